"""网上办事 on the desk: what each page lets one do, what a refused act says and keeps, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure.enums.prereviews import PreReviewState, Verdict
from disclosure.enums.result_notices import Handled, NoticeState
from disclosure.enums.services import GuideState, ItemState
from disclosure.models import Guide, ResultNotice, ServiceItem
from disclosure.operations import prereviews, service_texts, services
from disclosure.operations import result_notices as results
from portal import clock
from portal.models import AuditEntry
from portal.todos import counts, places
from tests.disclosure.services.kit import apply, editor, item, materials, scan, table, text
from tests.races import fresh


@pytest.fixture
def as_(client):
    """`as_(person)`: the browser, signed in."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def page(client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_an_item_is_written_on_one_page_and_published_by_another_person(as_, hall):
    browser = as_(hall.collector)
    data = editor(text(hall)) | {"materials-0-blank_form": scan("申请书"), "site": "fenju"}
    response = browser.post("/desk/services/new/", data)
    guide = Guide.objects.get()
    assert response.headers["Location"] == f"/desk/guides/{guide.pk}/"
    assert (guide.materials.first().blank_form.name, guide.is_free, guide.steps.count()) == (
        "申请书.txt",
        True,
        2,
    )
    assert "提交审核" in page(browser, f"/desk/guides/{guide.pk}/")
    browser.post(f"/desk/guides/{guide.pk}/submit/")
    assert "由别人审核发布" in page(browser, f"/desk/guides/{guide.pk}/")
    browser = as_(hall.moderator)
    assert counts(fresh(hall.moderator))["guides"] == 1
    browser.post(f"/desk/guides/{guide.pk}/approve/", {"version": fresh(guide).version})
    assert (fresh(guide).state, ServiceItem.objects.get().state) == (GuideState.IN_FORCE, ItemState.IN_FORCE)


def test_a_form_with_mistakes_comes_back_as_typed(as_, hall):
    data = editor(text(hall, name="")) | {"windows-0-name": "", "promised_days": "很快", "site": "fenju"}
    response = as_(hall.collector).post("/desk/services/new/", data)
    shown = response.content.decode()
    assert response.status_code == 422
    for words in ("请填写事项名称", "请填写窗口", "请填整数", "条例第十一条", "人民路 1 号"):
        assert words in shown
    assert not ServiceItem.objects.exists()


def test_rows_are_taken_away_and_files_kept_or_ticked_off(as_, hall):
    browser = as_(hall.collector)
    data = editor(text(hall)) | {"materials-0-blank_form": scan("申请书"), "materials-0-sample": scan("样表")}
    browser.post("/desk/services/new/", data)
    guide = Guide.objects.get()
    first = guide.materials.first()
    data = editor(text(hall), version=1) | {
        "materials-0-row_id": first.pk, "materials-0-no_sample": "on", "materials-1-name": "", "materials-1-note": "",
    }  # fmt: skip
    assert browser.post(f"/desk/guides/{guide.pk}/edit/", data).status_code == 302
    kept = guide.materials.all()
    assert [one.name for one in kept] == ["申请书", "委托书"]
    assert (kept[0].blank_form.name, kept[0].sample) == ("申请书.txt", None)


def test_a_row_of_another_guide_lends_no_files(as_, hall):
    rows = [{"name": "甲", "form": "COPY", "copies": 1, "blank_form": scan("别人的")}]
    other = item(hall, name="别的事项", materials=rows).guide.materials.get()
    browser = as_(hall.collector)
    browser.post("/desk/services/new/", editor(text(hall)) | {"materials-0-row_id": other.pk})
    assert Guide.objects.get(name="个体工商户设立登记").materials.first().blank_form is None


def test_two_who_edit_at_once_are_told_and_lose_nothing(as_, hall):
    guide = service_texts.create(hall.main, text(hall), by=hall.collector)
    browser = as_(hall.collector)
    assert browser.post(f"/desk/guides/{guide.pk}/edit/", editor(text(hall), version=1)).status_code == 302
    late = browser.post(f"/desk/guides/{guide.pk}/edit/", editor(text(hall, result="新执照"), version=1))
    assert late.status_code == 409
    assert "又保存过这一版" in late.content.decode()
    assert "新执照" in late.content.decode()


def test_what_may_not_be_done_is_refused_and_put_on_record(as_, hall, registered):
    browser = as_(hall.collector)
    assert browser.post(f"/desk/services/{registered.pk}/suspend/", {"note": "停"}).status_code == 403
    assert AuditEntry.objects.filter(verb="refused", actor=hall.collector).exists()
    for path in (f"/desk/services/{registered.pk}/suspend/", f"/desk/services/{registered.pk}/nothing/"):
        assert as_(hall.staff).post(path, {"note": "停"}).status_code == 404
    assert (
        as_(hall.moderator).post(f"/desk/services/{registered.pk}/suspend/", {"note": ""}).status_code == 422
    )
    assert fresh(registered).state == ItemState.IN_FORCE


def test_a_clerk_returns_each_material_with_its_reason_and_then_passes_it(as_, hall, registered):
    browser, found = as_(hall.clerk), apply(registered)
    one, other = materials(found).values()
    assert "赵小满" in page(browser, f"/desk/pre-reviews/{found.pk}/")
    bad = browser.post(
        f"/desk/pre-reviews/{found.pk}/return_/", {f"faulty_{other.pk}": "on", f"reason_{one.pk}": "照片不清"}
    )
    assert (
        bad.status_code,
        "请写明“身份证”" in bad.content.decode(),
        "照片不清" in bad.content.decode(),
    ) == (422, True, True)
    browser.post(
        f"/desk/pre-reviews/{found.pk}/return_/",
        {f"faulty_{other.pk}": "on", f"reason_{other.pk}": "只有正面"},
    )
    assert (fresh(found).state, fresh(other).verdict) == (PreReviewState.RETURNED, Verdict.FAULTY)
    late = browser.post(f"/desk/pre-reviews/{found.pk}/pass_/", {"bring": "请来窗口"})
    assert late.status_code == 409
    assert "现在是“待补正”" in late.content.decode()


def test_inspection_follows_a_pre_review_without_who_and_what(as_, hall, registered):
    found = apply(registered, words="家住北桥路")
    prereviews.return_(found, {materials(found)["身份证"].pk: "号码 320102199001011234 不清"}, by=hall.clerk)
    shown = page(as_(hall.inspector), f"/desk/pre-reviews/{found.pk}/")
    assert "待补正" in shown
    for hidden in ("赵小满", "13800000051", "北桥路", "身份证.txt", "320102199001011234"):
        assert hidden not in shown
    file = found.materials.first().files.first()
    page(as_(hall.inspector), f"/desk/pre-reviews/{found.pk}/files/{file.pk}/", 404)
    page(as_(hall.stranger), f"/desk/pre-reviews/{found.pk}/", 404)
    taken = as_(hall.clerk).get(f"/desk/pre-reviews/{found.pk}/files/{file.pk}/")
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(verb="look", actor=hall.clerk).count() == 1


def test_a_file_of_one_pre_review_is_not_reached_through_another(as_, hall, registered):
    found, other = apply(registered), apply(registered, nonce="1" * 32)
    file, browser = other.materials.first().files.first().pk, as_(hall.clerk)
    asked = [browser.get(f"/desk/pre-reviews/{one.pk}/files/{file}/").status_code for one in (found, other)]
    assert asked == [404, 200]


def test_a_result_is_entered_from_a_pre_review_and_published(as_, hall, registered):
    found = prereviews.pass_(apply(registered), bring="请来窗口", by=hall.clerk)
    browser = as_(hall.clerk)
    shown = page(browser, f"/desk/pre-reviews/{found.pk}/result/")
    assert "赵**" in shown
    assert "赵小满" not in shown
    data = {
        "number": "登字1号",
        "result": "GRANTED",
        "decided_on": clock.today().isoformat(),
        "remark": "赵小满自取",
    }
    assert browser.post(f"/desk/pre-reviews/{found.pk}/result/", data).status_code == 302
    notice = ResultNotice.objects.get()
    assert (notice.applicant, notice.remark) == ("赵**", "赵**自取")
    assert browser.post(f"/desk/result-notices/{notice.pk}/publish/").status_code == 403
    as_(hall.moderator).post("/desk/result-notices/publish-all/", {"site": "fenju"})
    assert fresh(notice).state == NoticeState.PUBLIC


def test_results_and_items_are_imported_with_the_bad_lines_shown(as_, hall, registered):
    browser = as_(hall.collector)
    head = ["事项名称", "责任部门"]
    response = browser.post(
        "/desk/services/import/", {"site": "fenju", "file": table(head, ["甲", "注册科"], ["乙", "无"])}
    )
    shown = response.content.decode()
    assert (response.status_code, ServiceItem.objects.filter(name="甲").exists()) == (200, True)
    assert "已导入 1 个事项" in shown
    assert "第 3 行" in shown
    assert browser.post("/desk/services/import/", {"file": scan("甲")}).status_code == 422
    head = ["事项名称", "办件编号", "申请人", "办理结果", "办结日期"]
    rows = [
        ["个体工商户设立登记", "登字1号", "张小暑", "准予许可", "2026-10-12"],
        ["无此事项", "登字2号", "李四", "准予许可", ""],
    ]
    response = as_(hall.clerk).post("/desk/result-notices/import/", {"file": table(head, *rows)})
    assert "已导入 1 条" in response.content.decode()
    assert "李四" not in response.content.decode()


@pytest.mark.parametrize("path", ["services/export/", "services/completeness/", "result-notices/export/"])
def test_what_is_taken_away_is_a_workbook(as_, hall, registered, path):
    response = as_(hall.inspector).get(f"/desk/{path}")
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"PK")
    assert as_(hall.staff).get(f"/desk/{path}").status_code == 404


def test_the_rail_leads_to_what_is_for_somebody(hall, registered):
    def shown(person):
        keys = {one.key for group in places(fresh(person)).values() for one in group}
        return keys & {"services", "pre_review_board", "results_board"}

    assert shown(hall.clerk) == {"services", "pre_review_board", "results_board"}
    assert shown(hall.collector) == {"services"}
    assert shown(hall.moderator) == {"services", "results_board"}
    assert shown(hall.staff) == set()


def test_boards_have_an_empty_state(as_, hall):
    assert "还没有办事事项" in page(as_(hall.collector), "/desk/services/")
    assert "没有网上预审" in page(as_(hall.clerk), "/desk/pre-reviews/")
    assert "还没有办理结果" in page(as_(hall.clerk), "/desk/result-notices/")


@pytest.mark.parametrize(
    "path", ["services/", "pre-reviews/", "pre-reviews/?state=SUBMITTED", "result-notices/", ""]
)
def test_boards_cost_the_same_for_one_and_thirty(as_, hall, path):
    def more(first: int, last: int) -> None:
        for place in range(first, last):
            one = item(hall, name=f"事项{place}")
            service_texts.revise(one, by=hall.collector)
            apply(one, nonce=f"{place:032x}")
            entry = results.Entry(
                item=one, number=f"{place}号", name="张三", is_person=True, result=Handled.DONE,
                decided_on=clock.today(),
            )  # fmt: skip
            results.enter(entry, by=hall.clerk)

    browser = as_(hall.clerk)
    more(0, 2)
    page(browser, f"/desk/{path}")
    with CaptureQueriesContext(connection) as few:
        page(browser, f"/desk/{path}")
    more(2, 14)
    with CaptureQueriesContext(connection) as many:
        page(browser, f"/desk/{path}")
    assert len(many) <= len(few)
    assert len(many) < 32


def test_a_suspended_item_is_resumed_and_a_revision_begun_at_a_button(as_, hall, registered):
    services.suspend(registered, note="搬迁", by=hall.moderator)
    as_(hall.moderator).post(f"/desk/services/{registered.pk}/resume/")
    assert fresh(registered).state == ItemState.IN_FORCE
    response = as_(hall.collector).post(f"/desk/services/{registered.pk}/revise/")
    assert response.headers["Location"] == f"/desk/guides/{registered.guides.first().pk}/edit/"

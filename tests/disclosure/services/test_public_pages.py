"""网上办事 for everybody: found, read, applied for, followed and corrected with number and password alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure.enums.prereviews import PreReviewState
from disclosure.enums.result_notices import Handled
from disclosure.models import PreReview
from disclosure.operations import prereviews, service_texts, services
from disclosure.operations import result_notices as results
from disclosure.queries import services as queries
from portal import clock, parameters
from portal import operations as portal_operations
from portal.forms.visitors import new_stamp
from portal.models import Parameter, RegisteredNetwork
from tests.disclosure.services.kit import PARTS, apply, item, materials, password_of, scan, text, typed
from tests.races import fresh


def page(client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def follow(client, found: PreReview, password: str):
    return client.post("/services/track/", {"code": found.code.lower(), "password": password.lower()})


def test_an_item_is_found_by_audience_theme_department_and_words(client, hall, registered):
    item(hall, name="股权出质登记", audience="ORGANISATION", theme="股权", takes_pre_review=False)
    both = page(client, "/services/")
    assert "个体工商户设立登记" in both
    assert "股权出质登记" in both
    for query in ("?audience=PERSON", "?theme=设立变更", "?q=委托书+设立"):
        found = page(client, f"/services/{query}")
        assert f'href="/services/{registered.pk}/"' in found
        assert "股权出质登记" not in found
    assert "没有符合条件的事项" in page(client, "/services/?q=不存在")
    for odd in (
        "?department=abc",
        "?department=999999999999",
        "?audience=%00",
        "?q=%00%27%3Cscript%3E",
        "?page=-1",
    ):
        assert "<script>" not in page(client, f"/services/{odd}").replace('<script src="', "")


def test_a_guide_says_everything_and_its_flow_reads_as_a_list(client, hall, registered):
    shown = page(client, f"/services/{registered.pk}/")
    for words in ("设定依据", "条例第十一条", "受理条件", "有经营能力的公民", "15 个工作日", "1 个工作日", "不收费",
                  "人民路 1 号",
                  "工作日 9:00—17:00", "电话 8005", "8003", 'href="/mailbox/"', "委托他人办理的", "注册科"):  # fmt: skip
        assert words in shown
    flow = shown[shown.index('<ol class="flow">') :]
    assert flow.index("受理") < flow.index("发照") < flow.index("</ol>")
    assert f'href="/services/{registered.pk}/apply/"' in shown


def test_what_is_written_is_shown_as_words_not_as_a_page(client, hall):
    wild = "<script>alert(1)</script>"
    found = item(hall, name=wild, basis=wild, conditions=wild, materials=[{"name": wild, "note": wild}])
    shown = page(client, f"/services/{found.pk}/") + page(client, "/services/")
    assert wild not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_drafts_retired_items_and_those_of_other_sites_are_not_there(client, hall, registered):
    draft = service_texts.create(hall.main, text(hall, name="草稿事项"), by=hall.collector)
    assert "草稿事项" not in page(client, "/services/")
    page(client, f"/services/{draft.item_id}/", 404)
    page(client, f"/s/beiqiao/services/{registered.pk}/", 404)
    services.retire(registered, note="取消", by=hall.moderator)
    page(client, f"/services/{registered.pk}/", 404)
    page(client, f"/services/{registered.pk}/apply/", 404)


def test_what_is_suspended_says_why_and_takes_no_application(client, hall, registered):
    services.suspend(registered, note="系统升级", by=hall.moderator)
    shown = page(client, f"/services/{registered.pk}/")
    assert "暂停办理</strong>系统升级" in shown
    assert "apply/" not in shown
    assert "系统升级" in page(client, f"/services/{registered.pk}/apply/", 403)
    assert client.post(f"/services/{registered.pk}/apply/", typed(registered)).status_code == 403


def test_forms_are_saved_never_shown_and_only_of_the_guide_in_force(client, hall):
    rows = [{**PARTS["materials"][0], "blank_form": scan("申请书"), "sample": None}]
    found = item(hall, materials=rows)
    one = found.guide.materials.get()
    response = client.get(f"/services/{found.pk}/forms/{one.pk}/blank/")
    assert b"".join(response.streaming_content) == "材料".encode()
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    for odd in (f"{one.pk}/sample/", f"{one.pk}/other/", f"{one.pk + 9}/blank/"):
        assert client.get(f"/services/{found.pk}/forms/{odd}").status_code == 404
    later = service_texts.revise(found, by=hall.collector).materials.get()
    assert client.get(f"/services/{found.pk}/forms/{later.pk}/blank/").status_code == 404


def test_a_sub_site_shows_its_own_items_else_those_above(client, hall, registered):
    shown = page(client, "/s/beiqiao/services/")
    assert "以下由城东分局基层信息网办理" in shown
    assert f'href="/services/{registered.pk}/"' in shown
    own = item(hall, hall.sub, name="摊贩登记卡", takes_pre_review=False)
    shown = page(client, "/s/beiqiao/services/")
    assert f'href="/s/beiqiao/services/{own.pk}/"' in shown
    assert "个体工商户设立登记" not in shown


def test_a_pre_review_is_applied_for_returned_corrected_and_passed_from_home(client, hall, registered):
    """The whole way through the pages: the form, the receipt, the number and password, the correction, the good news."""
    stamp = new_stamp(60)
    response = client.post(f"/services/{registered.pk}/apply/", typed(registered, stamp=stamp))
    found = PreReview.objects.get()
    receipt = response.content.decode()
    assert (response.status_code, found.code in receipt) == (200, True)
    password = response.context["receipt"].password
    assert password in receipt
    again = client.post(f"/services/{registered.pk}/apply/", typed(registered, stamp=stamp))
    assert again.context["receipt"].password == password
    assert PreReview.objects.count() == 1

    prereviews.return_(found, {materials(found)["身份证"].pk: "只有正面，请补反面"}, by=hall.clerk)
    track = f"/services/track/{found.code}/"
    page(client, track, 404)
    assert follow(client, found, password).headers["Location"] == track
    shown = page(client, track)
    assert "待补正" in shown
    assert "只有正面，请补反面" in shown
    assert f"material_{materials(found)['身份证'].material_id}" in shown
    assert f"material_{materials(found)['申请书'].material_id}" not in shown

    missing = client.post(f"{track}correct/", {"stamp": new_stamp(60), "words": "反面见附件"})
    assert missing.status_code == 422
    assert "请上传“身份证”" in missing.content.decode()
    assert "反面见附件" in missing.content.decode()
    sent = {"stamp": new_stamp(60), f"material_{materials(found)['身份证'].material_id}": scan("反面")}
    assert client.post(f"{track}correct/", sent).headers["Location"] == track
    assert fresh(found).state == PreReviewState.SUBMITTED
    late = client.post(f"{track}correct/", sent | {"stamp": new_stamp(60)})
    assert late.status_code == 409

    prereviews.pass_(fresh(found), bring="周二上午到 1 号窗口", by=hall.clerk)
    assert "周二上午到 1 号窗口" in page(client, track)
    assert client.post(f"{track}withdraw/").status_code == 409


def test_an_applicant_withdraws(client, hall, registered):
    found = apply(registered)
    follow(client, found, password_of(registered, "0" * 32))
    assert client.post(f"/services/track/{found.code}/withdraw/").status_code == 302
    assert fresh(found).state == PreReviewState.WITHDRAWN


@pytest.mark.parametrize(("said", "words"), [
    ({"name": ""}, "请填写姓名或单位名称"), ({"phone": "电话"}, "请填写电话号码"),
    ({"agrees": ""}, "请阅读个人信息的使用说明"),
    ({"email": "不是邮箱"}, "电子邮箱的格式不对"), ({"kind": "OTHER"}, "请选择申请人类型"),
    ({"name": "名" * 61}, "最多 60 字"),
    ({"words": "字" * 501}, "最多 500 字"), ({"homepage": "x"}, "没有通过检查"), ({"stamp": "x"}, "已经失效"),
])  # fmt: skip
def test_bad_input_is_told_at_its_place_and_what_was_typed_is_kept(client, registered, said, words):
    response = client.post(f"/services/{registered.pk}/apply/", typed(registered, words="请尽快") | said)
    shown = response.content.decode()
    assert (response.status_code, words in shown) == (422, True)
    assert said.get("words", "请尽快") in shown
    assert not PreReview.objects.exists()


def test_files_that_are_none_or_too_many_are_refused(client, registered):
    name = f"material_{registered.guide.materials.get(name='身份证').pk}"
    for files, words in (
        ([], "请上传“身份证”"), ([scan("空", "")], "空"), ([scan(str(n)) for n in range(6)], "最多 5 个文件"),
        ([scan("程序.exe")], "程序"),
    ):  # fmt: skip
        data = typed(registered) | {name: files}
        if words == "程序":
            data[name][0].name = "程序.exe"
        response = client.post(f"/services/{registered.pk}/apply/", data)
        assert (response.status_code, words in response.content.decode()) == (422, True)
    assert not PreReview.objects.exists()


def test_floods_and_guesses_are_held_back(client, hall, registered):
    for key in ("pre_reviews_an_hour", "track_tries"):
        Parameter.objects.create(key=key, label="测试", value=1, unit="次", clause="测试")
    parameters.changed()
    statuses = [
        client.post(f"/services/{registered.pk}/apply/", typed(registered)).status_code for _ in range(2)
    ]
    assert statuses == [200, 429]
    found = PreReview.objects.get()
    assert [follow(client, found, "AAAAAAAA").status_code for _ in range(2)] == [422, 429]


def test_a_wrong_number_and_a_wrong_password_are_told_apart_by_nobody(client, hall, registered):
    found = apply(registered)
    one = client.post("/services/track/", {"code": found.code, "password": "AAAAAAAA"})
    other = client.post("/services/track/", {"code": "Y261126AAAAAA", "password": "AAAAAAAA"})
    assert one.status_code == other.status_code == 422
    assert "预审编号或查询密码不对" in one.content.decode()
    assert "预审编号或查询密码不对" in other.content.decode()
    for path in ("", "correct/", "withdraw/"):
        assert client.post(f"/services/track/{found.code}/{path}").status_code in (404, 405)


def test_results_are_looked_up_by_number_and_show_nothing_unmasked(client, hall, registered):
    assert "目前没有" in page(client, "/services/results/")
    entry = results.Entry(
        item=registered, number="城东登字〔2026〕18号", name="欧阳小满", is_person=True, result=Handled.GRANTED,
        decided_on=clock.today(), remark="电话 13800000051",
    )  # fmt: skip
    notice = results.enter(entry, by=hall.clerk)
    assert "18号" not in page(client, "/services/results/")
    results.publish(notice, by=hall.moderator)
    for path in ("/services/results/", "/services/results/?q=城东登字〔2026〕18号", "/services/"):
        shown = page(client, path)
        assert "欧阳**" in shown
        assert "小满" not in shown
        assert "13800000051" not in shown
    assert "没有找到“19号”" in page(client, "/services/results/?q=19号")


@pytest.mark.parametrize("path", ["/services/", "/services/results/", "/"])
def test_pages_cost_the_same_for_one_and_thirty(client, hall, path):
    def more(first: int, last: int) -> None:
        for place in range(first, last):
            one = item(hall, name=f"事项{place}")
            entry = results.Entry(
                item=one,
                number=f"第{place}号",
                name="张三",
                is_person=True,
                result=Handled.DONE,
                decided_on=clock.today(),
            )
            results.publish(results.enter(entry, by=hall.clerk), by=hall.moderator)

    more(0, 1)
    page(client, path)
    with CaptureQueriesContext(connection) as one:
        page(client, path)
    more(1, 12)
    with CaptureQueriesContext(connection) as many:
        page(client, path)
    assert len(many) <= len(one) + 1  # the pages of a list are counted, where there are any
    assert len(many) < 30


def test_where_files_come_in_at_stations_alone_the_form_says_so_first(client, hall, registered):
    station = RegisteredNetwork(
        purpose="IMPORT_STATION",
        network="10.8.1.0/24",
        place="信息中心",
        department=hall.section,
        reason="专机",
    )
    portal_operations.register_network(station, by=hall.security)
    assert "不是登记的专机导入站" in page(client, f"/services/{registered.pk}/apply/", 403)
    refused = client.post(f"/services/{registered.pk}/apply/", typed(registered))
    assert (refused.status_code, "专机导入站" in refused.content.decode()) == (422, True)


def test_the_figures_of_a_site_count_guides_and_pre_reviews(hall, registered):
    passed, returned = apply(registered), apply(registered, nonce="1" * 32)
    prereviews.pass_(passed, bring="请来窗口", by=hall.clerk)
    prereviews.return_(returned, {materials(returned)["身份证"].pk: "只有正面"}, by=hall.clerk)
    assert queries.figures(hall.main) == {"guides": 1, "received": 2, "passed": 1}
    last_year = clock.today() - timedelta(days=365)
    assert queries.figures(hall.main, last_year, last_year) == {"guides": 1, "received": 0, "passed": 0}

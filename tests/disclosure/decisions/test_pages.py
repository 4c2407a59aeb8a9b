"""The pages of answers: what was typed survives a refusal, leaders decide on one screen, the applicant opens it."""

import pytest
from django.urls import reverse

from disclosure.enums.decisions import DecisionState, Outcome
from disclosure.enums.requests import Delivery, RequestState
from disclosure.models import Decision, DecisionFile, DisclosureRequest
from disclosure.operations import answer_files, decisions
from disclosure.operations.decisions import Draft
from disclosure.queries import decisions as queries
from disclosure.rules.outcomes import RULINGS
from portal import clock, limits, todos
from portal.models import AuditEntry
from portal.redaction import Box
from tests.disclosure.decisions.conftest import moment, pdf

pytestmark = pytest.mark.django_db
REFUSAL = Draft(Outcome.INTERNAL, ground="属于内部会议安排")


@pytest.fixture(autouse=True)
def _on_a_working_day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-10-12 09:00"))


@pytest.fixture
def look(client, house):
    """`look(person, name, *args, **typed)`: get, or post what was typed."""

    def ask(person, name, *args, typed=None):
        client.force_login(person)
        address = reverse(f"desk:{name}", args=args)
        return client.get(address) if typed is None else client.post(address, typed)

    return ask


def test_the_draft_page_offers_every_outcome_with_its_clause(house, ask, look):
    said = look(house.lawyer, "decision_draft", ask().pk).content.decode()
    assert said.count('name="outcome"') == len(Outcome)
    assert all(one.article in said for one in RULINGS.values())
    assert "部分公开" in said


def test_a_draft_is_saved_then_submitted(house, ask, look):
    request = ask()
    typed = {"version": 0, "outcome": "INTERNAL", "ground": "内部会议", "text": "", "place": ""}
    saved = look(house.lawyer, "decision_draft_act", request.pk, "save", typed=typed)
    assert (saved.status_code, Decision.objects.get().state) == (302, DecisionState.DRAFT)
    look(house.lawyer, "decision_draft_act", request.pk, "finish", typed=typed | {"version": 1})
    assert DisclosureRequest.objects.get().state == RequestState.IN_REVIEW


def test_files_are_attached_along_with_what_was_typed(house, ask, look):
    request = ask()
    typed = {"version": 0, "outcome": "PARTLY", "text": "", "ground": "个人隐私", "place": ""}
    look(house.lawyer, "decision_draft_act", request.pk, "attach", typed=typed | {"files": pdf()})
    decision = Decision.objects.get()
    assert (decision.ground, decision.files.get().name) == ("个人隐私", "名单")
    refused = look(house.lawyer, "decision_draft_act", request.pk, "attach", typed=typed | {"version": 1})
    assert refused.status_code == 422
    assert refused.context["form"].errors["files"] == ["请选择文件"]


def test_turning_the_page_keeps_its_marks_and_the_covered_file(house, ask, look):
    answer_files.attach(ask(), [pdf(pages=2)], by=house.lawyer)
    file = DecisionFile.objects.get()
    typed = {
        "page": 1,
        "left": "15",
        "top": "13",
        "width": "50",
        "height": "6",
        "name": "名单",
        "ground": "隐私",
    }
    turned = look(house.lawyer, "decision_file_act", file.pk, "mark", typed=typed | {"turn": "2"})
    assert turned.headers["Location"].endswith("?page=2")
    look(house.lawyer, "decision_file_act", file.pk, "burn", typed=typed)
    look(house.lawyer, "decision_file_act", file.pk, "mark", typed=typed | {"turn": "2"})
    assert DecisionFile.objects.get().original is not None


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(house, ask, look):
    typed = {"version": 0, "outcome": "PROCESS", "text": "我写的话", "ground": "", "place": ""}
    reply = look(house.lawyer, "decision_draft_act", ask().pk, "finish", typed=typed)
    said = reply.content.decode()
    assert reply.status_code == 422
    assert reply.context["form"].errors["ground"] == [
        "答复“属于四类过程性信息”须写明事实理由和法律依据（政府信息公开条例第十六条第二款、第三十六条第（三）项）"
    ]
    assert "我写的话" in said
    assert 'value="PROCESS"' in said


def test_a_draft_that_came_too_late_is_shown_to_be_copied(house, ask, look):
    request = ask()
    decisions.finish(request, REFUSAL, version=0, by=house.lawyer)
    typed = {"version": 0, "outcome": "PROCESS", "text": "我写的话", "ground": "依据", "place": ""}
    reply = look(house.colleague, "decision_draft_act", request.pk, "save", typed=typed)
    assert reply.status_code == 409
    assert "答复正在审核，要修改请先收回" in reply.content.decode()
    assert "我写的话" in reply.content.decode()


def test_a_leader_sees_all_on_one_screen_and_approves(house, ask, look):
    request = ask()
    decision = decisions.finish(request, REFUSAL, version=0, by=house.lawyer)
    shown = look(house.law_head, "decision", decision.pk)
    said = shown.content.decode()
    due = clock.local(limits.open_limits_for(request).get().due_at)
    words_shown = [
        f"{due.month}月{due.day}日前答复",
        "全部不合格名单",
        "属于三类内部事务信息",
        "属于内部会议安排",
    ]
    words_shown += ["不提供文件", "同意", "退回"]
    for words in words_shown:
        assert words in said, words
    step = decision.steps.get(state="CURRENT")
    typed = {"step": step.pk, "note": ""}
    assert look(house.law_head, "decision_act", decision.pk, "approve", typed=typed).status_code == 302
    again = look(house.law_head, "decision_act", decision.pk, "approve", typed=typed)
    assert again.status_code == 409
    assert "被改动或处理过" in again.content.decode()


def test_a_return_needs_its_reason(house, ask, look):
    decision = decisions.finish(ask(), REFUSAL, version=0, by=house.lawyer)
    typed = {"step": decision.steps.get(state="CURRENT").pk, "note": ""}
    reply = look(house.law_head, "decision_act", decision.pk, "return_", typed=typed)
    assert reply.status_code == 422
    assert reply.context["form"].errors["note"] == ["请写明退回的理由"]


def test_heaps_hold_what_waits_for_whom(house, ask):
    decision = decisions.finish(ask(), REFUSAL, version=0, by=house.lawyer)
    assert [
        todos.counts(person)["decisions"] for person in (house.law_head, house.signer, house.head_person)
    ] == [1, 0, 0]
    decisions.approve(decision.steps.get(state="CURRENT"), by=house.law_head)
    assert list(queries.to_decide(house.signer)) == [decision.steps.get(state="CURRENT")]


def test_the_preview_is_the_letter_and_comes_as_word(house, ask, look):
    request = ask()
    decisions.save(request, REFUSAL, version=0, by=house.lawyer)
    assert (
        "60日内向城东区人民政府申请行政复议"
        in look(house.lawyer, "decision_letter", request.pk).content.decode()
    )
    word = look(house.lawyer, "decision_word", request.pk)
    assert b"".join(word.streaming_content)[:2] == b"PK"


def test_rectangles_are_typed_by_numbers_without_script(house, ask, look):
    request = ask()
    answer_files.attach(request, [pdf(pages=2)], by=house.lawyer)
    file = DecisionFile.objects.get()
    shown = look(house.lawyer, "decision_file", file.pk)
    assert shown.content.decode().count('name="left"') == 3
    typed = {
        "page": 1, "left": ["15", "", ""], "top": ["13", "", ""], "width": ["50.5", "", ""], "height": ["6", "", ""],
        "name": "名单", "ground": "个人隐私",
    }  # fmt: skip
    look(house.lawyer, "decision_file_act", file.pk, "mark", typed=typed)
    look(house.lawyer, "decision_file_act", file.pk, "mark", typed=typed | {"page": 2})
    assert DecisionFile.objects.get().covered == [
        Box(1, 150, 130, 505, 60).as_json(), Box(2, 150, 130, 505, 60).as_json(),
    ]  # fmt: skip
    burnt = look(house.lawyer, "decision_file_act", file.pk, "burn", typed=typed)
    assert (burnt.status_code, DecisionFile.objects.get().is_unfinished) == (302, False)


@pytest.mark.parametrize(("row", "message"), [
    (("abc", "1", "1", "1"), "第 1 处请填写 0 到 100 的数字，单位是页面的百分之几"),
    (("nan", "1", "1", "1"), "第 1 处请填写 0 到 100 的数字，单位是页面的百分之几"),
    (("1e400", "1", "1", "1"), "第 1 处请填写 0 到 100 的数字，单位是页面的百分之几"),
    (("60", "1", "50", "1"), "第 1 页有一处遮盖超出页面或没有大小，请重新画"),
])  # fmt: skip
def test_numbers_that_are_no_rectangle_are_refused_and_kept(house, ask, look, row, message):
    answer_files.attach(ask(), [pdf()], by=house.lawyer)
    typed = dict(zip(("left", "top", "width", "height"), row, strict=True))
    typed |= {"page": 1, "name": "名单", "ground": "个人隐私"}
    reply = look(house.lawyer, "decision_file_act", DecisionFile.objects.get().pk, "mark", typed=typed)
    assert reply.status_code == 422
    assert reply.context["form"].errors["marks"] == [message]
    assert f'value="{row[0]}"' in reply.content.decode()


def test_a_page_is_a_picture_for_those_who_handle_it(house, ask, look):
    answer_files.attach(ask(), [pdf()], by=house.lawyer)
    file = DecisionFile.objects.get()
    shown = look(house.lawyer, "decision_page", file.pk, 1)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert look(house.lawyer, "decision_page", file.pk, 2).status_code == 404
    assert look(house.inspector, "decision_page", file.pk, 1).status_code == 403
    assert look(house.staff, "decision_page", file.pk, 1).status_code == 404


def test_a_file_of_500_pages_is_shown_as_too_long(house, ask, look):
    answer_files.attach(ask(), [pdf(pages=500)], by=house.lawyer)
    shown = look(house.lawyer, "decision_file", DecisionFile.objects.get().pk)
    assert "这份文件有 500 页，一份最多 120 页" in shown.content.decode()


def test_the_applicant_opens_the_answer_and_only_then_reads_it(house, ask, client):
    house.office.route = None
    house.office.save()
    request = ask(delivery=Delivery.ONLINE)
    answer_files.attach(request, [pdf()], by=house.lawyer)
    decisions.finish(request, Draft(Outcome.OPEN), version=1, by=house.lawyer)
    file, code = DecisionFile.objects.get(), request.code
    track = f"/disclosure/requests/track/{code}/"
    assert client.post(f"{track}answer/").status_code == 404
    session = client.session
    session["requests_shown"] = [request.pk]
    session.save()
    assert "打开答复书" in client.get(track).content.decode()
    assert [client.get(f"{track}answer/{what}").status_code for what in ("letter/", f"{file.pk}/")] == [
        404,
        404,
    ]
    client.post(f"{track}answer/")
    assert DisclosureRequest.objects.get().state == RequestState.CLOSED
    answers = [client.get(f"{track}answer/{what}") for what in ("letter/", f"{file.pk}/")]
    assert [one.status_code for one in answers] == [200, 200]
    assert "名单.pdf" in client.get(track).content.decode()


def test_the_applicant_never_gets_an_original(house, ask, client):
    house.office.route = None
    house.office.save()
    request = ask(delivery=Delivery.POST)
    answer_files.attach(request, [pdf()], by=house.lawyer)
    file = DecisionFile.objects.get()
    answer_files.mark(file, boxes=[Box(1, 150, 130, 500, 60)], name="名单", ground="隐私", by=house.lawyer)
    answer_files.burn(file, by=house.lawyer)
    decisions.finish(request, Draft(Outcome.PARTLY, ground="隐私"), version=1, by=house.lawyer)
    session = client.session
    session["requests_shown"] = [request.pk]
    session.save()
    given = client.get(f"/disclosure/requests/track/{request.code}/answer/{file.pk}/")
    assert b"SECRET" not in b"".join(given.streaming_content)
    assert client.get(file.file.get_absolute_url()).status_code == 404


def test_the_register_counts_by_outcome_and_year_and_names_nobody(house, ask, look, client):
    house.office.route = None
    house.office.save()
    for draft in (REFUSAL, Draft(Outcome.OPEN, place="网站"), Draft(Outcome.PROCESS, ground="讨论记录")):
        decisions.finish(ask(), draft, version=0, by=house.lawyer)
    client.force_login(house.clerk)
    address = reverse("desk:decisions")
    wanted = {
        "": 3,
        "?outcome=group-REFUSED": 2,
        "?outcome=OPEN": 1,
        "?year=2025": 0,
        "?outcome=nonsense": 3,
        "?q=zzz": 0,
    }
    assert {
        asked: client.get(address + asked).context["listing"].paginator.count for asked in wanted
    } == wanted
    assert "张三" not in client.get(address).content.decode()
    book = client.get(f"{address}?format=xlsx")
    assert b"".join(book.streaming_content)[:2] == b"PK"
    assert look(house.staff, "decisions").status_code == 404


def test_delivery_is_put_down_by_the_office_on_the_page(house, ask, look):
    house.office.route = None
    house.office.save()
    request = ask(delivery=Delivery.POST)
    decisions.finish(request, REFUSAL, version=0, by=house.lawyer)
    assert todos.counts(house.clerk)["deliveries"] == 1
    typed = {"delivery": "POST", "delivered_on": "2026-10-12", "proof": ""}
    refused = look(house.clerk, "decision_draft_act", request.pk, "deliver", typed=typed)
    assert refused.status_code == 422
    assert refused.context["delivering"].errors["proof"] == ["请填写送达凭证"]
    look(house.clerk, "decision_draft_act", request.pk, "deliver", typed=typed | {"proof": "EMS 1"})
    assert DisclosureRequest.objects.get().state == RequestState.CLOSED


def test_a_proceeding_is_entered_changed_exported_and_removed(house, ask, look, client):
    request = ask(state="CLOSED", answered_on=clock.today(), outcome="INTERNAL")
    typed = {"kind": "REVIEW", "organ": "区政府", "filed_on": "2026-10-01", "result": "PENDING"}
    refused = look(house.clerk, "proceeding_enter", request.pk, typed=typed)
    assert refused.status_code == 422
    assert "受理日期不能早于答复日期" in refused.content.decode()
    look(house.clerk, "proceeding_enter", request.pk, typed=typed | {"filed_on": "2026-10-12"})
    one = request.proceedings.get()
    changed = typed | {"filed_on": "2026-10-12", "result": "UPHELD", "closed_on": "2026-10-12", "version": 1}
    assert look(house.clerk, "proceeding", one.pk, typed=changed).status_code == 302
    assert look(house.clerk, "proceeding", one.pk, typed=changed).status_code == 409
    assert "结果维持" in look(house.inspector, "proceedings").content.decode()
    assert look(house.inspector, "proceeding", one.pk, typed=changed).status_code == 403
    assert client.get(reverse("desk:proceedings") + "?format=xlsx").status_code == 200
    assert look(house.clerk, "proceeding_remove", one.pk, typed={"note": "登记错误"}).status_code == 302
    assert not request.proceedings.exists()


def test_reading_what_is_personal_is_on_record(house, ask, look):
    request = ask()
    look(house.lawyer, "decision_draft", request.pk)
    assert AuditEntry.objects.filter(verb="look", actor=house.lawyer, object_id=str(request.pk)).count() == 1


@pytest.mark.parametrize("name", ["decisions", "proceedings", "home"])
def test_lists_cost_the_same_for_one_and_thirty_rows(house, ask, client, django_assert_max_num_queries, name):
    house.office.route = None
    house.office.save()

    def more(count: int) -> None:
        for _ in range(count):
            request = ask(delivery=Delivery.POST)
            decisions.finish(request, REFUSAL, version=0, by=house.lawyer)
            request.proceedings.create(
                kind="REVIEW", organ="区政府", filed_on=clock.today(), recorded_by=house.clerk
            )

    client.force_login(house.clerk)
    address = reverse(f"desk:{name}")
    more(1)
    client.get(address)
    with django_assert_max_num_queries(200) as few:
        client.get(address)
    more(29)
    with django_assert_max_num_queries(len(few)):
        client.get(address)

"""The whole clock across 中秋 and 国庆 2026, counted by hand (条例第三十、三十三条、国办函〔2020〕109号).

Working weekends are 20 September and 10 October; off are 25 to 27 September and 1 to 7 October.
"""

from datetime import date

import pytest

from disclosure.enums.requests import ConsultState, CorrectionKind, FeeMode, PartyKind
from disclosure.models import Decision, Fee
from disclosure.operations import charging, clocks, consulting, correcting, deferring, extensions, lapses
from disclosure.operations import requests as operations
from disclosure.rules.request_moves import offered
from portal import limits
from portal.models import AuditEntry
from portal.operations import set_day
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.requests.conftest import at, due, state
from tests.races import fresh


def correction(request, world, on="2026-09-21", kind=CorrectionKind.UNCLEAR):
    with at(on):
        return correcting.ask(request, kind, "请写明年份", by=world.registrar)


def third_party(request, world, on="2026-10-09", kind=PartyKind.THIRD_PARTY, asked_on="2026-10-09"):
    with at(on):
        return consulting.ask(
            request, kind, name="某市场", contact="", asks="是否同意", by=world.lawyer,
            asked_on=date.fromisoformat(asked_on) if asked_on else None,
        )  # fmt: skip


def test_twenty_working_days_from_the_day_of_receipt(ask):
    """15–18, 20–24, 28–30 September are twelve; 8–10, 12–16 October eight."""
    assert due(ask("2026-09-14")) == "答复申请 2026-10-16"


def test_a_correction_stops_the_clock_and_begins_it_anew_when_it_is_received(ask, world):
    request = ask("2026-09-14")
    asked = correction(request, world)

    assert (state(request), due(request)) == ("CORRECTING", "等待补正 2026-10-19")
    assert asked.due_on == date(2026, 10, 19)
    with at("2026-09-29"):
        correcting.correct(request, "要 2025 年的")
    assert (state(request), due(request)) == ("IN_HAND", "答复申请 2026-11-02")
    assert [(one.label, one.met_at is None) for one in request.limits.order_by("pk")] == [
        ("登记申请", False), ("答复申请", False), ("等待补正", False), ("答复申请", True),
    ]  # fmt: skip


def test_a_correction_on_paper_counts_from_the_day_it_was_received(ask, world):
    request = ask("2026-09-14")
    correction(request, world)
    with at("2026-09-30"):
        for wrong in (date(2026, 9, 20), date(2026, 10, 1)):
            with pytest.raises(Refused) as refusal:
                correcting.record_correction(request, "要 2025 年的", wrong, by=world.registrar)
            assert refusal.value.field == "received_on"
        correcting.record_correction(request, "要 2025 年的", date(2026, 9, 29), by=world.registrar)
    assert due(request) == "答复申请 2026-11-02"


def test_a_correction_is_asked_once_and_within_seven_working_days(ask, world):
    request = ask("2026-09-14")
    with at("2026-09-14"):
        assert correcting.notice_by(request) == date(2026, 9, 22)
    with pytest.raises(Refused, match="2026-09-22"):
        correction(request, world, "2026-09-23")
    correction(request, world, "2026-09-22 23:00")
    with at("2026-09-22"):
        correcting.correct(request, "要 2025 年的")
    with pytest.raises(Refused, match="只能告知一次"):
        correction(request, world, "2026-09-22")


def test_reasons_asked_for_do_not_stop_the_clock(ask, world):
    """第三十五条 names no pause."""
    request = ask("2026-09-14")
    correction(request, world, "2026-09-28", CorrectionKind.REASONS)
    assert (state(request), due(request)) == ("CORRECTING", "答复申请 2026-10-16")
    with at("2026-09-29"):
        correcting.correct(request, "为了核对")
    assert (state(request), due(request)) == ("IN_HAND", "答复申请 2026-10-16")


def test_the_clock_stands_still_while_anybody_is_asked(ask, world):
    request = ask("2026-09-14")
    correction(request, world)
    with at("2026-09-29"):
        correcting.correct(request, "要 2025 年的")
    first = third_party(request, world)
    second = third_party(request, world, "2026-10-12", PartyKind.CO_ORGAN, "2026-10-12")
    answered = {"text": "同意", "answered_on": date(2026, 10, 13), "by": world.lawyer}
    with at("2026-10-13"):
        consulting.answer(first, ConsultState.AGREED, **answered)
        assert limits.is_paused(clocks.running(request))
    with at("2026-10-16"):
        consulting.answer(second, ConsultState.AGREED, **answered)
    limit = clocks.running(request)
    assert not limits.is_paused(limit)
    assert due(request) == "答复申请 2026-11-10"  # 10, 12–16 October do not count
    assert "暂停6个工作日" in limit.computed["explained"]


def test_a_clock_that_begins_anew_while_somebody_is_asked_stands_still_at_once(ask, world):
    request = ask("2026-09-14")
    asked = third_party(request, world, "2026-09-15", asked_on="2026-09-15")
    correction(request, world, "2026-09-16")
    with at("2026-09-17"):
        correcting.correct(request, "要 2025 年的")
        assert limits.is_paused(clocks.running(request))
    with at("2026-09-21"):
        said = {"text": "同意", "answered_on": date(2026, 9, 18), "by": world.lawyer}
        consulting.answer(asked, ConsultState.AGREED, **said)
    assert due(request) == "答复申请 2026-10-26"  # from 21 October: 18, 20, 21 September do not count


def test_an_extension_is_approved_once_by_the_head(ask, world):
    request = ask("2026-09-14")
    with at("2026-10-12"):
        for days in (0, 21, -1):
            with pytest.raises(Refused, match="1 至 20"):
                extensions.ask(request, days, reason="材料多", by=world.lawyer)
        asked = extensions.ask(request, 20, reason="材料多", by=world.lawyer)
        assert due(request) == "答复申请 2026-10-16"
        for person in (world.lawyer, world.registrar, world.signer, world.stranger):
            with pytest.raises(NotAllowed):
                extensions.approve(asked, by=person)
        extensions.approve(asked, by=world.head_person)
        assert due(request) == "答复申请 2026-11-13"
        with pytest.raises(TooLate):
            extensions.approve(asked, by=world.head_person)
        with pytest.raises(Refused, match="只能延期一次"):
            extensions.ask(request, 1, reason="还要", by=world.lawyer)
    assert request.news.last().text.startswith("经批准，答复延长 20 个工作日，2026年11月13日前答复")


def test_a_refused_extension_may_be_asked_for_again_and_nobody_approves_their_own(ask, world):
    request = ask("2026-09-14")
    with at("2026-10-12"):
        asked = extensions.ask(request, 10, reason="材料多", by=world.lawyer)
        extensions.refuse(asked, by=world.head_person, note="可以按时答复")
        own = extensions.ask(request, 10, reason="材料多", by=world.head_person)
        with pytest.raises(NotAllowed, match="自己申请"):
            extensions.approve(own, by=world.head_person)


def test_an_overdue_clock_is_not_extended(ask, world):
    request = ask("2026-09-14")
    with at("2026-10-17"), pytest.raises(Refused, match="已逾期"):
        extensions.ask(request, 5, reason="材料多", by=world.lawyer)


def test_sound_reasons_for_many_requests_may_bring_a_later_day_once(ask, world):
    """第三十五条, the last sentence."""
    request = ask("2026-09-14")
    with at("2026-09-21"), pytest.raises(Refused, match="说明理由以后"):
        deferring.defer(request, 30, reason="一次申请二十件", by=world.head_person)
    correction(request, world, "2026-09-28", CorrectionKind.REASONS)
    with at("2026-09-29"):
        correcting.correct(request, "为了核对历年数据")
        with pytest.raises(NotAllowed, match="负责人确定"):
            deferring.defer(request, 30, reason="一次申请二十件", by=world.registrar)
        assert "defer" in offered(world.head_person, fresh(request), [])
        deferring.defer(request, 30, reason="一次申请二十件", by=world.head_person)
        assert due(request) == "答复申请 2026-11-27"
        assert "defer" not in offered(world.head_person, fresh(request), [])
        with pytest.raises(Refused, match="已经确定过"):
            deferring.defer(request, 5, reason="还要", by=world.head_person)
    assert request.news.last().text.endswith("2026年11月27日前答复。理由：一次申请二十件")


def test_a_fee_stops_the_clock_and_paid_it_begins_anew(ask, world):
    request = ask("2026-09-14")
    with at("2026-09-21"):
        fee = charging.charge(request, FeeMode.BY_PAGE, 101, reason="数量明显过多", by=world.registrar)
    assert (fee.amount, state(request), due(request)) == (720, "UNPAID", "等待缴费 2026-10-26")
    assert "第 101 页每页 20 元，计 20 元" in fee.explained
    with at("2026-09-29"):
        charging.pay(request, date(2026, 9, 29), receipt_number="0042", by=world.registrar)
        with pytest.raises(TooLate):
            charging.pay(request, date(2026, 9, 29), receipt_number="0042", by=world.registrar)
    assert (state(request), due(request)) == ("IN_HAND", "答复申请 2026-11-02")
    with at("2026-09-30"), pytest.raises(Refused, match="不能并用"):
        charging.charge(request, FeeMode.BY_CASE, 40, reason="数量明显过多", by=world.registrar)


def test_a_charge_by_case_counts_the_month_of_the_applicant(ask, world):
    for number in range(10):
        ask("2026-09-01", title=f"第{number}件")
    ask("2026-08-31", title="上个月的")
    request = ask("2026-09-14")
    with at("2026-09-15"):
        assert charging.estimate(request, FeeMode.BY_CASE, 1).amount == 100
        tenth = request.__class__.objects.get(title="第9件")
        with pytest.raises(Refused, match="按标准不收费"):
            charging.charge(tenth, FeeMode.BY_CASE, 1, reason="多", by=world.registrar)
        assert state(tenth) == "IN_HAND"


def test_a_charge_taken_back_lets_the_clock_begin_anew(ask, world):
    request = ask("2026-09-14")
    with at("2026-09-21"):
        charging.charge(request, FeeMode.BY_PAGE, 101, reason="多", by=world.registrar)
    with at("2026-09-29"):
        charging.uncharge(request, note="计算有误", by=world.registrar)
        assert (state(request), due(request)) == ("IN_HAND", "答复申请 2026-11-02")
        charging.charge(request, FeeMode.BY_PAGE, 50, reason="多", by=world.registrar)
    assert list(Fee.objects.order_by("pk").values_list("state", flat=True)) == ["CANCELLED", "DUE"]


def test_unpaid_and_not_corrected_lapse_with_their_answer_drafted(ask, world):
    unpaid, unclear = ask("2026-09-14"), ask("2026-09-14", title="别的")
    with at("2026-09-21"):
        charging.charge(unpaid, FeeMode.BY_PAGE, 101, reason="多", by=world.registrar)
    correction(unclear, world)
    with at("2026-10-19 23:59"):
        assert (lapses.lapse_corrections(), lapses.lapse_fees()) == (0, 0)
    with at("2026-10-30"):
        assert (lapses.lapse_corrections(), lapses.lapse_fees()) == (1, 1)
        assert (lapses.lapse_corrections(), lapses.lapse_fees()) == (0, 0)
        with pytest.raises(TooLate):
            correcting.correct(unclear, "晚了")
    assert list(Decision.objects.order_by("outcome").values_list("outcome", "request", "state")) == [
        ("NOT_CORRECTED", unclear.pk, "DRAFT"), ("NOT_PAID", unpaid.pk, "DRAFT"),
    ]  # fmt: skip
    # however late the sweep comes: from the day the term ended
    assert (due(unclear), due(unpaid)) == ("答复申请 2026-11-16", "答复申请 2026-11-23")


@pytest.mark.parametrize(
    ("kind", "meaning"),
    [(PartyKind.THIRD_PARTY, "由本机关依条例决定是否公开"), (PartyKind.CO_ORGAN, "视为同意公开")],
)
def test_silence_has_the_meaning_the_law_gives_it(ask, world, kind, meaning):
    request = ask("2026-09-14")
    asked = third_party(request, world, "2026-09-15", kind, "2026-09-15")  # fifteen days: 12 October
    with at("2026-10-12 23:00"):
        assert lapses.lapse_consultings() == 0
    with at("2026-10-13 00:10"):
        assert lapses.lapse_consultings() == 1
        assert lapses.lapse_consultings() == 0
    asked.refresh_from_db()
    assert asked.state == ConsultState.SILENT
    assert not limits.is_paused(clocks.running(request))
    assert meaning in AuditEntry.objects.get(verb="consult_closed").note


def test_a_party_that_was_not_reached_has_no_clock(ask, world):
    request = ask("2026-09-14")
    asked = third_party(request, world, "2026-09-15", asked_on=None)
    with at("2026-12-01"):
        assert lapses.lapse_consultings() == 0
        consulting.call_off(asked, note="查无此人", by=world.lawyer)
    assert not limits.is_paused(clocks.running(request))


def test_withdrawn_everything_ends(ask, world):
    request = ask("2026-09-14")
    asked = third_party(request, world, "2026-09-15", asked_on="2026-09-15")
    with at("2026-09-16"):
        extension = extensions.ask(request, 5, reason="多", by=world.lawyer)
        operations.withdraw(request, note="不需要了")
        with pytest.raises(TooLate):
            operations.withdraw(request, note="不需要了")
    request.refresh_from_db()
    asked.refresh_from_db()
    extension.refresh_from_db()
    assert (request.state, request.outcome, request.answered_on) == ("CLOSED", "OTHER", date(2026, 9, 16))
    assert (asked.state, extension.state) == ("CANCELLED", "REFUSED")
    assert not request.limits.filter(met_at=None).exists()


def test_withdrawn_before_it_was_registered_it_counts_for_nothing(submit):
    request = submit("2026-09-14").request
    with at("2026-09-14"):
        operations.withdraw(request, note="填错了")
    request.refresh_from_db()
    assert (request.state, request.outcome, request.answered_on) == ("CLOSED", "", None)


def test_a_changed_calendar_moves_the_date_and_the_applicant_reads_it(ask, world):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        set_day(date(2026, 10, 12), False, by=world.granter, note="临时放假")
        limits.recompute_open()
    assert due(request) == "答复申请 2026-10-19"
    assert "2026年10月19日" in request.news.last().text


def test_referring_tells_the_department_and_leaves_the_clock(ask, world):
    request = ask("2026-09-14", department=None)
    with at("2026-09-15"):
        request = operations.refer(request, world.law, note="法制科制作", by=world.registrar)
        with pytest.raises(Refused, match="还没有答复人员"):
            operations.refer(request, world.station, note="换", by=world.registrar)
        with pytest.raises(NotAllowed):
            operations.refer(request, world.section, note="换", by=world.lawyer)
    assert (request.department, due(request)) == (world.law, "答复申请 2026-10-16")

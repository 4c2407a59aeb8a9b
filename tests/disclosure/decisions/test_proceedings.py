"""复议诉讼: recorded by the disclosure office, its dates in an order that can be."""

from datetime import date

import pytest

from disclosure.enums.decisions import ProceedingKind, ProceedingResult
from disclosure.models import Proceeding
from disclosure.operations import proceedings
from disclosure.rules.proceedings import Facts
from portal import clock
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.decisions.conftest import moment

pytestmark = pytest.mark.django_db
REVIEW = Facts(ProceedingKind.REVIEW, "城东区人民政府", date(2026, 10, 20))


@pytest.fixture(autouse=True)
def _later():
    with clock.at(moment("2026-12-01 09:00")):
        yield


@pytest.fixture
def request_(ask):
    return ask(state="CLOSED", answered_on=date(2026, 10, 15), outcome="INTERNAL")


def changed(**more) -> Facts:
    return Facts(**{**REVIEW.__dict__, **more})


def test_a_review_is_recorded_and_its_result_entered(house, request_):
    one = proceedings.record(request_, REVIEW, by=house.clerk)
    facts = changed(result=ProceedingResult.UPHELD, closed_on=date(2026, 11, 20))
    one = proceedings.change(one, facts, version=1, by=house.clerk)
    assert (str(one), one.version) == ("行政复议：结果维持", 2)
    entries = AuditEntry.objects.filter(object_type="disclosure.proceeding").order_by("pk")
    assert list(entries.values_list("verb", flat=True)) == [
        "record", "change",
    ]  # fmt: skip


@pytest.mark.parametrize(("more", "field", "message"), [
    ({"filed_on": date(2026, 10, 14)}, "filed_on", "受理日期不能早于答复日期（2026-10-15）"),
    ({"filed_on": date(2026, 12, 2)}, "filed_on", "受理日期不能在今天以后"),
    ({"result": "UPHELD"}, "closed_on", "已有结果的，请填写审结日期"),
    ({"closed_on": date(2026, 11, 1)}, "result", "填了审结日期，请选择结果"),
    ({"result": "OTHER", "closed_on": date(2026, 10, 19)}, "closed_on", "审结日期不能早于受理日期"),
    ({"result": "OTHER", "closed_on": date(2026, 12, 2)}, "closed_on", "审结日期不能在今天以后"),
    ({"kind": "SUIT_AFTER_REVIEW"}, "kind", "复议后起诉的，请先登记已审结的行政复议"),
])  # fmt: skip
def test_contradictory_dates_are_refused_at_their_field(house, request_, more, field, message):
    with pytest.raises(Refused) as refusal:
        proceedings.record(request_, changed(**more), by=house.clerk)
    assert (refusal.value.field, refusal.value.message) == (field, message)
    assert not Proceeding.objects.exists()


def test_one_may_go_to_law_because_no_answer_came(house, ask):
    request = ask()
    assert proceedings.record(request, REVIEW, by=house.clerk).pk
    with pytest.raises(Refused, match="不能早于收到申请之日"):
        proceedings.record(request, changed(filed_on=date(2026, 10, 7)), by=house.clerk)


def test_a_suit_follows_a_closed_review(house, request_):
    facts = changed(result=ProceedingResult.UPHELD, closed_on=date(2026, 11, 10))
    proceedings.record(request_, facts, by=house.clerk)
    suit = changed(kind=ProceedingKind.SUIT_AFTER_REVIEW, organ="城东区人民法院", filed_on=date(2026, 11, 20))
    assert str(proceedings.record(request_, suit, by=house.clerk)) == "行政诉讼（复议后起诉）：尚未审结"


@pytest.mark.parametrize("who", ["lawyer", "law_head", "signer", "inspector", "auditor", "granter"])
def test_only_the_disclosure_office_records(house, request_, who):
    with pytest.raises(NotAllowed):
        proceedings.record(request_, REVIEW, by=getattr(house, who))


def test_of_two_who_change_it_the_second_looks_again(house, request_):
    one = proceedings.record(request_, REVIEW, by=house.clerk)
    proceedings.change(one, changed(number="〔2026〕1号"), version=1, by=house.clerk)
    with pytest.raises(TooLate):
        proceedings.change(one, changed(number="〔2026〕2号"), version=1, by=house.clerk)


def test_what_was_recorded_by_mistake_is_removed_with_a_reason(house, request_):
    one = proceedings.record(request_, REVIEW, by=house.clerk)
    with pytest.raises(Refused, match="请写明删除的理由"):
        proceedings.remove(one, note=" ", by=house.clerk)
    proceedings.remove(one, note="登记重复", by=house.clerk)
    with pytest.raises(TooLate):
        proceedings.remove(one, note="登记重复", by=house.clerk)
    assert AuditEntry.objects.get(verb="remove").note == "行政复议：尚未审结：登记重复"

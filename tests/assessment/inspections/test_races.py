"""Two at the same moment, on threads with connections of their own: one item has one answer, one order one clock."""

from assessment.enums.inspections import CheckResult, InspectionState
from assessment.models import InspectionCheck, Rectification
from assessment.operations import inspections as operations
from assessment.operations import rectifications
from portal import clock
from portal.models import Limit
from tests.assessment.inspections.conftest import DAY, GOOD, fault, fill
from tests.races import RACING, at_once, fresh, one_won

pytestmark = RACING


def then(act):
    """The day of the tests on the thread too."""

    def run():
        with clock.at(DAY):
            return act()

    return run


def test_of_two_who_answer_one_item_one_is_told(office, inspection):
    check = inspection(sample=1).checks.first()

    def answering(person, found):
        return then(
            lambda: operations.answer(
                InspectionCheck.objects.get(pk=check.pk), found, by=fresh(person), version=0
            )
        )

    won = one_won(at_once(answering(office.chief_inspector, GOOD), answering(office.inspector, fault())))
    kept = fresh(check)
    assert (kept.result, kept.version, kept.checked_by) == (won.result, 1, won.checked_by)


def test_an_answer_and_the_end_leave_no_item_open(office, inspection):
    found = inspection(sample=1)
    last = found.checks.first()
    fill(found, office, but=last.pk)
    at_once(
        then(lambda: operations.answer(fresh(last), fault(), by=fresh(office.inspector), version=0)),
        then(lambda: operations.end(fresh(found), summary="好。", by=fresh(office.chief_inspector))),
    )
    is_over = fresh(found).state == InspectionState.DONE
    assert not is_over or fresh(last).result == CheckResult.FAULT


def test_the_same_order_twice_at_once_is_one_with_one_clock(office):
    def ordering():
        return rectifications.order(
            key="round-1-9", unit=office.station, subject="考评不及格", demand="整改", clause="麻山第五条", url="",
            working_days=5, by=fresh(office.chief_inspector),
        )  # fmt: skip

    first, second = at_once(then(ordering), then(ordering))
    assert first == second
    assert (Rectification.objects.count(), Limit.objects.count()) == (1, 1)

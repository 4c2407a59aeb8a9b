"""Two at the same instant, on threads with connections of their own: one is heard, the other is told."""

import pytest

from disclosure.enums.prereviews import PreReviewState
from disclosure.enums.result_notices import Handled
from disclosure.enums.services import GuideState
from disclosure.models import Guide, PreReview
from disclosure.operations import applying, prereviews, service_texts, services
from disclosure.operations import result_notices as results
from portal import clock
from portal.workflow import Refused
from tests.disclosure.services.kit import apply, build_hall, item, materials, text
from tests.races import RACING, at_once, fresh, one_won

pytestmark = RACING


@pytest.fixture
def hall(shared_database):
    return build_hall()


@pytest.fixture
def registered(hall):
    return item(hall)


def test_of_two_clerks_who_decide_at_once_one_decides(hall, registered):
    found = apply(registered)
    faulty = materials(found)["身份证"].pk
    answers = at_once(
        lambda: prereviews.pass_(found, bring="请来窗口", by=hall.clerk),
        lambda: prereviews.return_(found, {faulty: "只有正面"}, by=hall.second),
    )
    one_won(answers)
    assert fresh(found).state in (PreReviewState.PASSED, PreReviewState.RETURNED)
    assert fresh(found).news.count() == 2  # received, and one decision


def test_the_clerk_decides_or_the_applicant_withdraws_never_both(hall, registered):
    found = apply(registered)
    answers = at_once(
        lambda: prereviews.refuse(found, note="不符", by=hall.clerk), lambda: applying.withdraw(found)
    )
    one_won(answers)
    assert fresh(found).state in (PreReviewState.REFUSED, PreReviewState.WITHDRAWN)


def test_the_same_form_sent_twice_at_once_is_one_application(hall, registered):
    receipts = at_once(lambda: apply(registered), lambda: apply(registered))
    assert receipts[0] == receipts[1]
    assert PreReview.objects.count() == 1


def test_two_who_begin_the_next_version_at_once_begin_the_same(hall, registered):
    begun = at_once(
        lambda: service_texts.revise(registered, by=hall.collector),
        lambda: service_texts.revise(registered, by=hall.moderator),
    )
    assert begun[0] == begun[1]
    assert Guide.objects.filter(item=registered).count() == 2


def test_a_guide_is_approved_or_returned_never_both(hall):
    guide = services.submit(service_texts.create(hall.main, text(hall), by=hall.collector), by=hall.collector)
    answers = at_once(
        lambda: services.approve(guide, by=hall.moderator),
        lambda: services.return_(guide, note="依据写到条", by=hall.moderator),
    )
    one_won(answers)
    assert fresh(guide).state in (GuideState.IN_FORCE, GuideState.RETURNED)


def test_one_number_entered_twice_at_once_stands_once(hall, registered):
    entry = results.Entry(
        item=registered,
        number="登字1号",
        name="张三",
        is_person=True,
        result=Handled.DONE,
        decided_on=clock.today(),
    )
    answers = at_once(
        lambda: results.enter(entry, by=hall.clerk), lambda: results.enter(entry, by=hall.second)
    )
    assert one_won(answers, Refused).number == "登字1号"

"""Two at once: of one source one incident is written; one page is taken down once; the switch is turned once."""

import pytest

from portal import incidents
from portal.enums import IncidentKind
from portal.incidents import handling, switching
from portal.models import Incident, Notice
from publishing.enums import ArticleState
from tests.races import RACING, at_once, fresh, one_won

pytestmark = RACING
ROUNDS = range(3)


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_sweeps_that_find_the_same_write_one_incident(turn, office):
    first, second = at_once(*[lambda: incidents.report(IncidentKind.TAMPER, "首页被改动", key="tamper")] * 2)
    found = Incident.objects.get()
    assert (first.pk, second.pk, found.times) == (found.pk, found.pk, 2)
    assert Notice.objects.filter(recipient=office.signer).count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_page_is_taken_down_once(turn, office, write):
    article = write(upto="publish").article
    found = incidents.report(IncidentKind.ILLEGAL, "不法链接", page=article.get_absolute_url())
    one_won(at_once(
        lambda: handling.take_down(fresh(found), by=fresh(office.granter), note="不法链接"),
        lambda: handling.take_down(fresh(found), by=fresh(office.security), note="不法链接"),
    ))  # fmt: skip
    assert fresh(article).state == ArticleState.WITHDRAWN


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_switch_is_turned_once(turn, office):
    one_won(at_once(
        lambda: switching.close_posting(fresh(office.main), by=fresh(office.granter), reason="攻击"),
        lambda: switching.close_posting(fresh(office.main), by=fresh(office.security), reason="攻击"),
    ))  # fmt: skip
    assert fresh(office.main).posting_closed_at is not None

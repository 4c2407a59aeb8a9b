"""An answer approved and taken back at the same instant: one comes first, the other is told, nobody waits for ever."""

import pytest

from interaction.enums.letters import Outcome
from interaction.models import Answer
from interaction.operations import answers
from portal import clock
from portal.workflow import Refused, TooLate
from tests.interaction.letters.conftest import moment
from tests.races import RACING, at_once, fresh

pytestmark = RACING


def in_october(act):
    with clock.at(moment("2026-10-09 10:00")):
        return act()


@pytest.mark.parametrize("turn", range(3))
def test_of_approval_and_recall_one_comes_first(turn, post, send):
    letter = send().letter
    answer = in_october(
        lambda: answers.finish(letter, text="已办理。", outcome=Outcome.SOLVED, version=0, by=post.lawyer)
    )
    step = answer.steps.get()
    results = at_once(
        lambda: in_october(lambda: answers.approve(step, by=fresh(post.law_head))),
        lambda: in_october(lambda: answers.take_back(fresh(letter), by=fresh(post.lawyer))),
    )
    refused = [type(one) for one in results if isinstance(one, Refused)]
    assert refused == [TooLate]
    kept = (Answer.objects.get().state, answer.steps.get().state)
    assert kept in {("SENT", "APPROVED"), ("DRAFT", "CANCELLED")}

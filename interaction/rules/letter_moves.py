"""Which buttons a letter's page offers to whom: the table's moves, and what is no change of state."""

from interaction.enums.letters import LetterState, Party
from interaction.models import Letter
from interaction.rules import letters as rules
from interaction.workflow.letters import LETTER
from portal.models import Limit, User

FIRED = ("receive", "refer", "dispute", "adjudicate", "take_back", "close", "merge", "decline")
BEFORE_ANSWER = (LetterState.SUBMITTED, LetterState.IN_HAND, LetterState.DISPUTED)


def may_draft(user: User, letter: Letter) -> bool:
    return letter.state == LetterState.IN_HAND and rules.seat(user, Party.HANDLER, letter) is not None


def offered(user: User, letter: Letter, limit: Limit | None, is_paused: bool) -> list[str]:
    """The verbs of `interaction.acts.letters` that `user` may press on `letter` now."""
    found = [verb for verb in FIRED if letter.state in LETTER[verb].sources and rules.may(user, verb, letter)]
    if rules.handles(user, letter):
        found += ["reclassify"] * (letter.state in BEFORE_ANSWER) + ["relate"]
        found += ["escalate"] * (letter.state != LetterState.CLOSED)
    if may_draft(user, letter):
        found += ["save", "finish", "instruct"]
    if limit and rules.seat(user, Party.OFFICE, letter):
        found += ["extend", "resume" if is_paused else "pause"]
    return found

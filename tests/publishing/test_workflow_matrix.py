"""The life of a text, state × verb × role: what is written here is allowed, everything else is refused."""

import pytest

from portal.workflow import NotAllowed, Refused, TooLate, fire
from publishing import rules
from publishing.enums import RevisionState
from publishing.models import Revision
from publishing.workflow import REVISION

ROLES = ("collector", "head_person", "moderator", "signer", "inspector", "granter", "staff")
ALLOWED = {
    ("DRAFT", "report"): {"collector", "moderator"},
    ("DRAFT", "discard"): {"collector", "moderator"},
    ("RETURNED", "report"): {"collector", "moderator"},
    ("RETURNED", "discard"): {"collector", "moderator"},
    ("IN_REVIEW", "recall"): {"collector"},
    ("IN_REVIEW", "approve"): {"head_person"},
    ("IN_REVIEW", "return_"): {"head_person"},
    ("APPROVED", "recall"): {"collector"},
    ("APPROVED", "send_back"): {"moderator"},
    ("APPROVED", "publish"): {"moderator"},
    ("APPROVED", "schedule"): {"moderator"},
    ("SCHEDULED", "send_back"): {"moderator"},
    ("SCHEDULED", "publish"): {"moderator"},
    ("SCHEDULED", "unschedule"): {"moderator"},
    ("PUBLISHED", "withdraw"): {"moderator"},
}
SYSTEM_ONLY = {"clear", "supersede", "take_down"}


@pytest.fixture
def revision(write) -> Revision:
    """A text by the collector, reported, so that a current review step exists."""
    return write(upto="report")


@pytest.mark.parametrize("state", RevisionState.values)
@pytest.mark.parametrize("verb", [verb for verb in REVISION.transitions if verb not in SYSTEM_ONLY])
def test_verb_works_for_exactly_the_roles_of_the_table(verb, state, revision, office):
    Revision.objects.filter(pk=revision.pk).update(state=state)
    done = set()
    for role in ROLES:
        Revision.objects.filter(pk=revision.pk).update(state=state)
        try:
            fire(revision, verb, actor=getattr(office, role), why_not=rules.why_not, note="理由")
            done.add(role)
        except (NotAllowed, TooLate):
            assert Revision.objects.get(pk=revision.pk).state == state
    assert done == ALLOWED.get((state, verb), set())


@pytest.mark.parametrize("verb", REVISION.transitions)
def test_verb_leads_to_its_target(verb, revision, office):
    move = REVISION[verb]
    for source in move.sources:
        Revision.objects.filter(pk=revision.pk).update(state=source)
        changed = fire(revision, verb, actor=office.moderator, why_not=lambda *_: "", note="理由")
        assert changed.state == move.target


@pytest.mark.parametrize("verb", [move.verb for move in REVISION.transitions.values() if move.needs_note])
def test_verb_that_needs_a_reason_is_refused_without_one(verb, revision, office):
    source = min(REVISION[verb].sources)
    Revision.objects.filter(pk=revision.pk).update(state=source)
    with pytest.raises(Refused, match="请写明") as refusal:
        fire(revision, verb, actor=office.moderator, why_not=lambda *_: "", note="  ")
    assert refusal.value.field == "note"


def test_unknown_verb_raises(revision, office):
    with pytest.raises(KeyError):
        rules.why_not(office.moderator, "bless", revision)

"""访谈提问: sent by anybody, accepted or refused before anybody sees them. The same form sent twice is one question."""

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from interaction.enums.interviews import QuestionState
from interaction.models import Activity, InterviewQuestion
from interaction.operations.interviews import changed
from interaction.operations.replays import AnotherThing
from interaction.rules import interviews as rules
from interaction.rules.public_copies import REWRITTEN, only_hides
from portal import audit, clock
from portal.models import User
from portal.workflow import Refused, TooLate, fire

TRIES = 5


def ask(
    activity: Activity, text: str, *, nonce: str, asker_name: str = "", by: User | None = None
) -> InterviewQuestion:
    """Take a question in. `nonce`: 32 hex digits of the form. Raises TooLate when nobody can ask (any more)."""
    for _ in range(TRIES):
        if known := InterviewQuestion.objects.filter(nonce=nonce).select_related("interview").first():
            if (known.interview.activity_id, known.text) != (activity.pk, text):
                raise AnotherThing
            return known
        try:
            with transaction.atomic():
                return _take_in(activity, text, nonce, asker_name, by)
        except IntegrityError:
            continue  # the same form at the same moment
    raise Refused("系统繁忙，请稍后再按一次“提交”")


@transaction.atomic
def accept(question: InterviewQuestion, public_text: str, *, by: User) -> InterviewQuestion:
    """采用: it goes to the host and is shown by the copy that was looked over."""
    question = InterviewQuestion.objects.get(pk=question.pk)
    public_text = " ".join(public_text.split())
    if not public_text or not only_hides(question.text, public_text):
        raise Refused(REWRITTEN, "public_text")
    return _decide(question, "accept", by, public_text=public_text, refused_reason="")


@transaction.atomic
def refuse(question: InterviewQuestion, *, note: str, by: User) -> InterviewQuestion:
    """不采用, with the reason, for the record; readers do not see it any more."""
    return _decide(question, "refuse", by, note=note, refused_reason=note)


def _decide(question: InterviewQuestion, verb: str, by: User, note: str = "", **changes) -> InterviewQuestion:
    changes |= {"decided_by": by, "decided_at": clock.now()}
    decided = fire(
        question, verb, actor=by, why_not=rules.why_not, acting_for=rules.acting_for, note=note,
        changes=changes,
    )  # fmt: skip
    changed(decided.interview)
    return decided


def _take_in(activity: Activity, text: str, nonce: str, asker_name: str, by: User | None):
    activity = Activity.objects.select_related("site", "interview").get(pk=activity.pk)
    if against := rules.why_not_ask(by or AnonymousUser(), activity):
        raise TooLate(against)
    question = InterviewQuestion.objects.create(
        interview=activity.interview, text=text, asker_name=asker_name, asker=by, sent_at=clock.now(),
        nonce=nonce, state=QuestionState.WAITING,
    )  # fmt: skip
    audit.record("ask", "访谈提问", question, actor=by or User.objects.system())
    return question

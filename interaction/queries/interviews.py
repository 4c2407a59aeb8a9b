"""Named reads of interviews: what readers see of one, what waits to be accepted, what waits for the host."""

from django.db.models import Exists, OuterRef, QuerySet

from columns import rules as column_rules
from interaction.enums.interviews import QuestionState
from interaction.models import Interview, InterviewEntry, InterviewQuestion
from portal.enums import Power
from portal.models import User


def record(interview: Interview) -> QuerySet[InterviewEntry]:
    """实录 in order, without what was taken back."""
    return interview.entries.filter(taken_back_at=None).select_related("guest", "question")


def accepted(interview: Interview) -> QuerySet[InterviewQuestion]:
    """Questions that readers see, with `is_answered`."""
    taken = InterviewEntry.objects.filter(question=OuterRef("pk"), taken_back_at=None)
    rows = interview.questions.filter(state=QuestionState.ACCEPTED).select_related("asker__department")
    return rows.annotate(is_answered=Exists(taken)).order_by("pk")


def queue(interview: Interview) -> QuerySet[InterviewQuestion]:
    """What the host may take up next."""
    return accepted(interview).filter(is_answered=False)


def questions(interview: Interview) -> QuerySet[InterviewQuestion]:
    """All of them, as they were sent."""
    return interview.questions.select_related("asker__department", "decided_by")


def to_accept(user: User) -> QuerySet[InterviewQuestion]:
    """Questions that nobody has decided about, on sites where `user` publishes; never their own."""
    sites = column_rules.powers_of(user).sites_with(Power.PUBLISH)
    rows = InterviewQuestion.objects.filter(state=QuestionState.WAITING, interview__activity__site__in=sites)
    own = {user.pk, *column_rules.principals(user)}
    return rows.exclude(asker__in=own).order_by("pk")

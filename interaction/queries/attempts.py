"""Named reads of 答卷: one's own, those that are being sat, what waits for a marker, which exams wait for a person."""

from django.db.models import Count, F, Q, QuerySet

from columns.rules import powers_of
from interaction.enums.activities import ActivityKind, Participants, Phase
from interaction.enums.banks import ExamQuestionKind
from interaction.enums.exams import AttemptState
from interaction.models import Activity, Attempt, AttemptItem, BankReader, PaperRule
from portal import lineage
from portal.enums import Power
from portal.models import User


def own(user: User, activity: Activity) -> list[Attempt]:
    """The person's papers of an exam, first to last."""
    rows = Attempt.objects.filter(activity=activity, person=user).select_related("activity__site")
    return list(rows.order_by("number"))


def running(user: User, activity: Activity) -> Attempt | None:
    rows = Attempt.objects.filter(activity=activity, person=user, state=AttemptState.RUNNING)
    return rows.select_related("activity__site").first()


def sheet(attempt: Attempt) -> list[AttemptItem]:
    """The items of a paper with their questions: one query."""
    return list(attempt.items.select_related("question").order_by("position"))


def sat(activity: Activity) -> QuerySet[Attempt]:
    """All papers of an exam for the proctor, those that are being sat first; `answered`: how many answers were saved."""
    rows = Attempt.objects.filter(activity=activity).select_related("activity", "person", "department")
    rows = rows.annotate(answered=Count("items", filter=Q(items__sequence__gt=0)), size=Count("items"))
    return rows.order_by("-state", "deadline_at", "pk")


def essays(activity: Activity) -> QuerySet[AttemptItem]:
    """The answers of an exam that a person marks, question by question; in the order of no person's name."""
    rows = AttemptItem.objects.filter(
        attempt__activity=activity, attempt__state=AttemptState.HANDED_IN,
        question__kind=ExamQuestionKind.ESSAY, sequence__gt=0,
    ).exclude(answer=[])  # fmt: skip
    return rows.order_by("question", "saved_at", "pk")


def essay_counts(activity: Activity) -> list[dict]:
    """By question: how many answers there are, and how many wait for their mark."""
    waiting = Count("pk", filter=Q(awarded=None))
    rows = essays(activity).order_by().values("question", "points", stem=F("question__stem"))
    return list(rows.annotate(answers=Count("pk"), waiting=waiting).order_by("question", "points"))


def next_essay(activity: Activity) -> AttemptItem | None:
    return essays(activity).filter(awarded=None).first()


def to_mark(user: User) -> QuerySet[Activity]:
    """Exams that are over, with answers that wait for a mark, where the person marks."""
    waiting = AttemptItem.objects.filter(
        attempt__state=AttemptState.HANDED_IN, question__kind=ExamQuestionKind.ESSAY, awarded=None
    )
    own_papers = Attempt.objects.filter(person=user).values("activity")
    rows = Activity.objects.in_phase(Phase.CLOSED).filter(
        kind=ActivityKind.EXAM, site__in=powers_of(user).sites_with(Power.COLLECT),
        pk__in=waiting.order_by().values("attempt__activity"),
    )  # fmt: skip
    return rows.exclude(pk__in=own_papers).order_by("closes_at", "pk")


def to_sit(user: User) -> QuerySet[Activity]:
    """Open exams that the person should sit and has not handed in; none that `rules.exams.why_barred` keeps from them."""
    departments = lineage.line_of(user.department_id)
    named = Activity.departments.through.objects.filter(department__in=departments).values("activity")
    invited = Q(participants=Participants.DEPARTMENTS, pk__in=named)
    invited |= ~Q(participants=Participants.DEPARTMENTS) & Q(site__department__in=departments)
    opened = BankReader.objects.filter(person=user).values("bank")
    known = PaperRule.objects.filter(bank__in=opened).order_by().values("setup__activity")
    made = Activity.writers.through.objects.filter(user=user).values("activity")
    handed_in = Attempt.objects.filter(person=user, state=AttemptState.HANDED_IN).values("activity")
    barred = Q(pk__in=made) | Q(pk__in=known) | Q(pk__in=handed_in) | Q(decided_by=user)
    rows = Activity.objects.in_phase(Phase.OPEN).filter(invited, ~barred, kind=ActivityKind.EXAM)
    return rows.order_by("closes_at", "pk")

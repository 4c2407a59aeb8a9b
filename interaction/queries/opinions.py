"""Named reads of opinions: what readers see, what waits to be looked over or decided, how many of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from columns import rules as column_rules
from columns.rules import Visitor
from interaction.enums.activities import ActivityKind, Phase
from interaction.enums.consultations import OpinionState, Outcome
from interaction.models import Activity, Consultation, ConsultationClause, Opinion
from portal import likeness
from portal.enums import Power
from portal.models import User

MADE = Coalesce("merged_into__outcome", "outcome")
"""What was made of an opinion, or of the one it was merged into, as part of a query."""


@dataclass(frozen=True)
class ClauseCount:
    """How many opinions there are to a clause (None: to the whole), and what was made of them."""

    clause: ConsultationClause | None
    total: int
    adopted: int
    partly: int
    declined: int

    @property
    def undecided(self) -> int:
        return self.total - self.adopted - self.partly - self.declined


def of(activity: Activity) -> QuerySet[Opinion]:
    """All opinions of a consultation, with `made`, what was made of each."""
    rows = Opinion.objects.filter(consultation__activity=activity)
    return rows.select_related("clause", "author__department", "merged_into").annotate(made=MADE)


def shown(consultation: Consultation) -> QuerySet[Opinion]:
    """What readers see, newest first."""
    rows = consultation.opinions.filter(state=OpinionState.SHOWN)
    return rows.select_related("clause", "author__department").order_by("-number")


def decided(consultation: Consultation) -> QuerySet[Opinion]:
    """What was decided, one row for all that were merged, with how many they are: for the feedback."""
    rows = consultation.opinions.filter(merged_into=None).exclude(outcome="")
    rows = rows.select_related("clause", "author__department").annotate(followers=Count("merged"))
    return rows.order_by(F("clause__position").asc(nulls_first=True), "number")


def sent_by(user: Visitor, activity: Activity) -> QuerySet[Opinion]:
    """What a signed-in person sent, newest first."""
    if not user.is_authenticated:
        return Opinion.objects.none()
    return of(activity).filter(author=user).order_by("-number")


def like(opinion: Opinion, most: int = 6) -> list[Opinion]:
    """Those that say much the same and stand for themselves still, likest first."""
    rows = Opinion.objects.filter(consultation=opinion.consultation_id, merged_into=None)
    rows = rows.exclude(pk=opinion.pk).select_related("clause").order_by("-pk")
    return likeness.nearest(rows, "text", opinion.text, most)


def counts(consultation: Consultation) -> list[ClauseCount]:
    """By clause, the whole first, clauses without an opinion too."""
    rows = consultation.opinions.order_by().annotate(made=MADE).values("clause")
    found = {
        row["clause"]: row
        for row in rows.annotate(
            total=Count("pk"),
            adopted=Count("pk", filter=Q(made=Outcome.ADOPTED)),
            partly=Count("pk", filter=Q(made=Outcome.PARTLY)),
            declined=Count("pk", filter=Q(made=Outcome.DECLINED)),
        )
    }
    return list(_counts(consultation, found))


def to_look_over(user: User) -> QuerySet[Opinion]:
    """Opinions that nobody has looked over yet, on sites where `user` publishes; never their own."""
    sites = column_rules.powers_of(user).sites_with(Power.PUBLISH)
    rows = Opinion.objects.filter(state=OpinionState.WAITING, consultation__activity__site__in=sites)
    return rows.exclude(author__in={user.pk, *column_rules.principals(user)}).order_by("pk")


def to_decide(user: User) -> QuerySet[Activity]:
    """Consultations that are over and whose opinions wait for a decision or for their feedback."""
    sites = column_rules.powers_of(user).sites_with(Power.COLLECT)
    rows = Activity.objects.in_phase(Phase.CLOSED).filter(
        kind=ActivityKind.CONSULTATION, site__in=sites, results_published_at=None, results_kept_at=None
    )
    waiting = Opinion.objects.filter(consultation__activity=OuterRef("pk")).annotate(made=MADE)
    return rows.filter(Exists(waiting.filter(made="")) | Q(consultation__feedback="")).order_by(
        "closes_at", "pk"
    )


def next_to_look_over(user: User, activity: Activity) -> Opinion | None:
    return to_look_over(user).filter(consultation__activity=activity).first()


def next_to_decide(user: User, activity: Activity) -> Opinion | None:
    """The next one that stands for itself and lacks a decision; never their own."""
    rows = Opinion.objects.filter(consultation__activity=activity, merged_into=None, outcome="")
    return rows.exclude(author__in={user.pk, *column_rules.principals(user)}).order_by("number").first()


def _counts(consultation: Consultation, found: dict) -> Iterator[ClauseCount]:
    names = ("total", "adopted", "partly", "declined")
    clauses = [None, *(clause for clause in consultation.clauses.all() if not clause.is_chapter)]
    for clause in clauses:
        row = found.get(clause.pk if clause else None, {})
        yield ClauseCount(clause, **{name: row.get(name, 0) for name in names})

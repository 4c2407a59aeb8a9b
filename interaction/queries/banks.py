"""Named reads of 题库: what a person sees, what a bank holds, whether it was renewed this month (办法第十五条)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from columns.rules import powers_of
from interaction.enums.banks import Difficulty, ExamQuestionKind
from interaction.models import BankReader, ExamQuestion, QuestionBank
from interaction.rules import banks as rules
from portal import clock, parameters
from portal.enums import Power
from portal.models import User

UPDATES, WARNING_DAYS = "exam_bank_updates", "exam_bank_warning_days"


@dataclass(frozen=True)
class Renewal:
    """How a bank stands this month: on how many days questions were added, how many it takes, how long is left."""

    done: int
    wanted: int
    days_left: int

    @property
    def is_met(self) -> bool:
        return self.done >= self.wanted

    @property
    def missing(self) -> int:
        return max(self.wanted - self.done, 0)


def renewal(bank: QuestionBank) -> Renewal | None:
    """Of a bank read by `with_updates`; None where the office's rule asks for nothing, or the bank is closed."""
    wanted = parameters.value(UPDATES)
    if not wanted or not bank.is_active:
        return None
    return Renewal(bank.updates, wanted, (last_day() - clock.today()).days)


def with_updates(banks: QuerySet[QuestionBank]) -> QuerySet[QuestionBank]:
    """Each with `updates`: on how many days of this month questions were added or renewed."""
    fresh = ExamQuestion.objects.filter(bank=OuterRef("pk"), made_at__gte=month_begins()).order_by()
    days = fresh.values("bank").annotate(days=Count(TruncDate("made_at"), distinct=True)).values("days")
    return banks.annotate(updates=Coalesce(Subquery(days, output_field=IntegerField()), 0))


def seen_by(user: User) -> QuerySet[QuestionBank]:
    """The banks of the person's sites, with how many questions are in use and when one was last added."""
    banks = QuestionBank.objects.filter(site__in=rules.sites_seen(user)).select_related("site")
    in_use = Count("questions", filter=Q(questions__is_active=True))
    banks = banks.annotate(size=in_use, renewed_at=Max("questions__made_at"))
    return with_updates(banks).order_by("-is_active", "site__position", "name", "pk")


def stale(user: User) -> QuerySet[QuestionBank]:
    """The banks in use that the person keeps and that lack this month's update, near the month's end."""
    keeps = powers_of(user).sites_with(Power.COLLECT)
    if not keeps:
        return QuestionBank.objects.none()
    wanted, warning = parameters.value(UPDATES), parameters.value(WARNING_DAYS)
    if not wanted or warning is None or (last_day() - clock.today()).days >= warning:
        return QuestionBank.objects.none()
    opened = BankReader.objects.filter(person=user).values("bank")
    banks = QuestionBank.objects.filter(is_active=True, site__in=keeps, pk__in=opened)
    return with_updates(banks).filter(updates__lt=wanted)


def topics(bank: QuestionBank) -> list[str]:
    """What the questions in use are about, in the order of the dictionary."""
    rows = bank.questions.filter(is_active=True).order_by("topic")
    return list(rows.values_list("topic", flat=True).distinct())


def composition(bank: QuestionBank) -> list[tuple[ExamQuestionKind, list[int], int]]:
    """By kind: how many in use of each difficulty in the enum's order, and in all."""
    rows = bank.questions.filter(is_active=True).order_by().values_list("kind", "difficulty")
    found = {(kind, level): number for kind, level, number in rows.annotate(number=Count("pk"))}
    table = [(kind, [found.get((kind, level), 0) for level in Difficulty]) for kind in ExamQuestionKind]
    return [(kind, counts, sum(counts)) for kind, counts in table if sum(counts)]


def questions(bank: QuestionBank, *, is_active: bool = True) -> QuerySet[ExamQuestion]:
    return bank.questions.filter(is_active=is_active).select_related("made_by")


def versions(question: ExamQuestion) -> list[ExamQuestion]:
    """The question's versions before this one, newest first; bounded by how often it was changed."""
    found, step = [], question
    while step.replaces_id:
        step = ExamQuestion.objects.select_related("made_by", "retired_by").get(pk=step.replaces_id)
        found.append(step)
    return found


def month_begins() -> datetime:
    """The first moment of this month, Asia/Shanghai."""
    return timezone.make_aware(datetime.combine(clock.today().replace(day=1), time.min))


def last_day() -> date:
    """The last day of this month."""
    return (clock.today().replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def month_ends() -> datetime:
    """The first moment after this month."""
    return timezone.make_aware(datetime.combine(last_day() + timedelta(days=1), time.min))

"""What a contest is decided from: the facts of its candidates, the votes; and whom it may put up."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from assessment.enums.facts import EventKind, Verdict
from assessment.enums.inspections import ContestKind, ContestState
from assessment.enums.scores import RoundState
from assessment.models import Contest, ContestCandidate, Publication, ReminderSlip, UnitScore
from assessment.queries.inspections import units_of
from assessment.queries.publications import counted
from columns import queries as column_queries
from columns.enums import Readers
from columns.models import Column, Tenure
from interaction.models import Comment, Contribution, Question
from interaction.queries import polls
from portal.enums import Power
from portal.models import Limit, Site, User

Facts = Mapping[int, Decimal]
FULL = Decimal(100)


def public() -> QuerySet[Contest]:
    return Contest.objects.filter(state=ContestState.PUBLISHED)


def facts(contest: Contest) -> dict[str, Facts]:
    """By name of the fact, by candidate id."""
    candidates = list(contest.candidates.all())
    return {part["fact"]: _SOURCES[part["fact"]](contest, candidates) for part in contest.formula}


def votes(contest: Contest) -> dict[int, int]:
    """By candidate id, counted from the ballots of the poll. Whether that may be done now is for the rules to say."""
    if not contest.poll_id or not contest.vote_weight:
        return {}
    lines = [line for tally in polls.results_of(contest.poll).tallies for line in tally.lines]
    counts = {line.option.pk: line.count for line in lines}
    return {one.pk: counts.get(one.option_id, 0) for one in contest.candidates.all()}


def offered(kind: str, starts_on: date, ends_on: date, most: int) -> list[ContestCandidate]:
    """Whom the system puts up, unsaved: every site; the columns open to all with most texts; the busiest moderators."""
    if kind == ContestKind.SITE:
        found = [of_site(one) for one in Site.objects.select_related("department").order_by("position", "pk")]
    else:
        maker = of_column if kind == ContestKind.COLUMN else of_person
        field = "column" if kind == ContestKind.COLUMN else "revision__published_by"
        rows = counted(starts_on, ends_on).order_by().values_list(field).annotate(n=Count("pk"))
        known = {one.pk: one for one in may_be(kind)}
        busiest = [pk for pk, _ in rows.order_by("-n", field) if pk in known]
        if kind == ContestKind.MODERATOR:  # few as they are: those who published nothing too
            busiest += [pk for pk in known if pk not in busiest]
        found = [maker(known[pk]) for pk in busiest[:most]]
    for place, one in enumerate(found, start=1):
        one.position = place
    return found


def may_be(kind: str) -> QuerySet:
    """Everything that may be put up in a contest of this kind."""
    if kind == ContestKind.SITE:
        return Site.objects.select_related("department").order_by("position", "pk")
    if kind == ContestKind.COLUMN:
        return _open_columns()
    live = Tenure.objects.live().order_by().values("appointment__user", "powers")
    people = {row["appointment__user"] for row in live if Power.PUBLISH in row["powers"]}
    rows = User.objects.filter(pk__in=people, is_active=True, department__isnull=False)
    return rows.select_related("department").order_by("department__position", "staff_number")


def of_site(site: Site) -> ContestCandidate:
    return ContestCandidate(name=site.name, unit=site.department, site=site)


def of_column(column: Column) -> ContestCandidate:
    """With the unit that answers for it."""
    name = f"{column.site.name}·{column.name}"
    return ContestCandidate(name=name[:120], unit=units_of(column.site, [column])[column.pk], column=column)


def of_person(person: User) -> ContestCandidate:
    return ContestCandidate(
        name=f"{person.name}（{person.department}）"[:120], unit=person.department, person=person
    )


def poll_makers(site: Site) -> list[User]:
    return list(column_queries.site_holders(site, Power.COLLECT))


def _open_columns() -> QuerySet[Column]:
    """Those that everybody may read, up to the main column, and that hold texts themselves."""
    shut: set[int] = set()
    for site in Site.objects.all():
        tree = column_queries.tree(site)
        limited = [one for one in tree if one.readers != Readers.EVERYONE]
        shut |= {below.pk for one in limited for below in tree.branch(one)}
    rows = Column.objects.exclude(pk__in=shut).filter(children=None)
    return rows.select_related("site__department").order_by("site__position", "site", "position", "pk")


def _by(
    candidates: Iterable[ContestCandidate], field: str, found: Mapping, missing: Decimal = Decimal(0)
) -> Facts:
    return {one.pk: Decimal(found.get(getattr(one, field), missing)) for one in candidates}


def _round_mean(contest: Contest, candidates: list[ContestCandidate]) -> Facts:
    """Of the rounds that are public and lie within the span."""
    rows = UnitScore.objects.filter(
        round__state__in=(RoundState.PUBLISHED, RoundState.FROZEN), round__starts_on__gte=contest.starts_on,
        round__ends_on__lte=contest.ends_on,
    )  # fmt: skip
    if contest.scheme_id:
        rows = rows.filter(round__scheme__key=contest.scheme.key)
    means = dict(rows.order_by().values_list("unit").annotate(Avg("total")))
    return _by(candidates, "unit_id", means)


def _published(contest: Contest, candidates: list[ContestCandidate]) -> Facts:
    rows = counted(contest.starts_on, contest.ends_on).order_by().values_list("column").annotate(Count("pk"))
    return _by(candidates, "column_id", dict(rows))


def _on_time(contest: Contest, candidates: list[ContestCandidate]) -> Facts:
    """Share of the months in which no reminder was issued to the column."""
    months = (
        (contest.ends_on.year - contest.starts_on.year) * 12
        + contest.ends_on.month
        - contest.starts_on.month
        + 1
    )
    slips = ReminderSlip.objects.filter(issued_at__range=_span(contest), column__isnull=False)
    rows = slips.order_by().annotate(month=TruncMonth("issued_at")).values_list("column", "month").distinct()
    late = Counter(column for column, _ in rows)
    return {one.pk: FULL * (months - late[one.column_id]) / months for one in candidates}


def _issued(contest: Contest, candidates: list[ContestCandidate]) -> Facts:
    rows = Publication.objects.filter(
        kind=EventKind.FIRST, verdict=Verdict.COUNTED, on__range=(contest.starts_on, contest.ends_on)
    )
    found = rows.order_by().values_list("revision__published_by").annotate(Count("pk"))
    return _by(candidates, "person_id", dict(found))


def _handled(contest: Contest, candidates: list[ContestCandidate]) -> Facts:
    """Share of the comments, contributions and questions handled by the person that were done in time."""
    done, in_time = Counter[int](), Counter[int]()
    people = [one.person_id for one in candidates]
    for model in (Comment, Contribution, Question):
        rows = model.objects.filter(decided_by__in=people, decided_at__range=_span(contest)).order_by()
        who = dict(rows.values_list("pk", "decided_by"))
        late = set(
            Limit.objects.filter(subject_type=ContentType.objects.get_for_model(model), subject_id__in=who)
            .filter(Q(met_at__gt=F("due_at")) | Q(met_at=None))
            .values_list("subject_id", flat=True)
        )
        done.update(who.values())
        in_time.update(person for pk, person in who.items() if pk not in late)
    return {
        one.pk: FULL * in_time[one.person_id] / done[one.person_id] if done[one.person_id] else FULL
        for one in candidates
    }


def _span(contest: Contest) -> tuple[datetime, datetime]:
    begin, end = (
        datetime.combine(day, at) for day, at in ((contest.starts_on, time.min), (contest.ends_on, time.max))
    )
    return timezone.make_aware(begin), timezone.make_aware(end)


_SOURCES: dict[str, Callable[[Contest, list[ContestCandidate]], Facts]] = {
    "round_mean": _round_mean,
    "published": _published,
    "on_time": _on_time,
    "issued": _issued,
    "handled": _handled,
}

"""What somebody who leaves has open among texts: what they were writing, and what waits for them alone."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from columns import queries as column_queries
from columns import rules as column_rules
from portal.enums import SEES_WORK, Power
from portal.models import Departure, Site, User
from portal.open_work import Handed, Kind, Line, register
from publishing import operations, queries
from publishing.enums import OPEN_STATES, RevisionState
from publishing.models import ReviewStep, Revision

NO_MORE = "由接替其权限的人审核：先在“无人接替的职责”中提出授权"


def _texts(departure: Departure) -> QuerySet[Revision]:
    return queries.left_behind(departure)


def _text_lines(departure: Departure, rows: Sequence[Revision], viewer: User) -> list[Line]:
    writers, seen = _writers(rows), _seen_by(viewer)
    return [
        Line(
            row.pk, row.title or "（未写标题）", where=f"{row.column.site} · {row.column}",
            stands=row.get_state_display(), since=row.saved_at,
            url=_url(row) if row.column_id in seen else "",
            successors=_by_nearness(writers.get(row.column_id, []), departure),
        )
        for row in rows
    ]  # fmt: skip


def _waiting(departure: Departure) -> QuerySet[ReviewStep]:
    return queries.waiting_for_nobody(departure)


def _waiting_lines(departure: Departure, rows: Sequence[ReviewStep], viewer: User) -> list[Line]:
    seen = _seen_by(viewer)
    return [
        Line(
            step.pk, step.revision.title, where=f"{step.revision.column.site} · {step.revision.column}",
            stands=f"{step.label}，现无人可审", since=step.revision.reported_at,
            url=_url(step.revision) if step.revision.column_id in seen else "", advice=NO_MORE,
        )
        for step in rows
    ]  # fmt: skip


def _hand_over(departure: Departure, rows: Sequence[Revision], successor: User, by: User) -> Handed:
    return operations.hand_over(rows, departure.person, successor, by=by)


def _writers(rows: Iterable[Revision]) -> dict[int, list[User]]:
    """By column: who may collect there and enter the editor. Three queries a site."""
    sites: dict[int, Site] = {row.column.site_id: row.column.site for row in rows}
    held = [column_queries.holders_of_all(site) for site in sites.values()]
    return {
        column: [person for person in people if person.is_staff]
        for found in held
        for (column, power), people in found.items()
        if power == Power.COLLECT
    }


def _by_nearness(people: Iterable[User], departure: Departure) -> list[User]:
    """Colleagues of the old department first."""
    others = [one for one in people if one.pk != departure.person_id]
    return sorted(others, key=lambda one: one.department_id != departure.from_department_id)


def _seen_by(viewer: User) -> set[int]:
    """Ids of the columns whose work the viewer may open: 网管 reads no texts."""
    powers = column_rules.powers_of(viewer)
    return set().union(*(powers.columns_with(power) for power in SEES_WORK))


def _url(revision: Revision) -> str:
    if revision.state == RevisionState.DRAFT:
        return reverse("desk:article", args=[revision.article_id])
    return reverse("desk:review", args=[revision.pk])


def _owners(people: Iterable[int]) -> set[int]:
    rows = Revision.objects.filter(saved_by__in=people, state__in=OPEN_STATES)
    return set(rows.order_by().values_list("saved_by", flat=True))


register(
    Kind("texts", "在办稿件", 30, _texts, _text_lines, _owners, _hand_over),
    Kind("reviews", "待其审核", 35, _waiting, _waiting_lines),
)

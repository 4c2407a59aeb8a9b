"""What the radar is told about a site: a bounded number of queries, however much the site holds."""

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import reverse

from assessment.enums.radar import Light, PageKind, VisitKind
from assessment.models import Reading, Threshold, Visit
from assessment.queries import services
from assessment.queries.spots import Spots
from assessment.rules import pages
from assessment.rules.dates import months_after
from assessment.rules.findings import Facts, Finding, Line, Reach, Waiting
from assessment.rules.radar import radar
from assessment.rules.standard import Limits
from columns import queries as column_queries
from columns import rules as column_rules
from columns.enums import ColumnKind
from columns.tree import ColumnTree
from interaction.enums.letters import OPEN_STATES, LetterKind
from interaction.enums.questions import OPEN
from interaction.models import Letter, Question
from interaction.queries import letterboxes
from portal import clock
from portal.enums import Power
from portal.models import Site
from portal.workdays import Calendar, end_of_day

MOST_WAITING = 200


def findings(site: Site, day: date | None = None) -> list[Finding]:
    """The nine items of a site as they stand on a day (today)."""
    day = day or clock.today()
    numbers = limits(site, day)
    return radar(facts(site, numbers), numbers)


def limits(site: Site, day: date) -> Limits:
    return Limits(
        day, [row.as_row() for row in Threshold.objects.filter(Q(site=None) | Q(site=site))], site.pk
    )


def facts(site: Site, numbers: Limits) -> Facts:
    """All of it; of a past day what is still known of it."""
    day = numbers.day
    columns, calendar = public_columns(site), Calendar.load()
    spots = Spots(site, columns, day)
    lookers = _last_round(site, day)
    channels, broken = _channels(site, columns, lookers)
    errors = _errors(site, day)
    late = [one for one in errors if calendar.add(one.since, numbers["error_days"]).due < day]
    return Facts(
        spots=spots.leaves(), owed=spots.owed(), reach=_reach(site, numbers), pages=len(lookers) or None,
        serious=_serious(lookers), errors=errors, errors_late=len(late), channels=channels, broken_channels=broken,
        waiting=_waiting(site, day), guides=services.guides(site, columns, spots),
        keeper=_keeper(site), editor=str(site.department), visits_url=f"{reverse('desk:visits')}?site={site.key}",
        services_url=reverse("desk:services"),
        mailbox_url=reverse("admin:interaction_letterbox_changelist"),
    )  # fmt: skip


def public_columns(site: Site) -> ColumnTree:
    """What somebody who is not signed in reads: an inspector."""
    return column_rules.readable_tree(AnonymousUser(), column_queries.tree(site))


def history(site: Site, since: date) -> list[Reading]:
    """The stored readings, oldest first."""
    return list(Reading.objects.filter(site=site, on__gte=since).defer("evidence").order_by("on", "item"))


def last_readings(site: Site, day: date) -> list[Reading]:
    """Each item's last reading up to a day."""
    rows = Reading.objects.filter(site=site, on__lte=day, on__gt=day - timedelta(days=100)).order_by("-on")
    found: dict[str, Reading] = {}
    for row in rows[:200]:
        found.setdefault(row.item, row)
    return [found[key] for key in sorted(found)]


def turned(day: date) -> QuerySet[Reading]:
    """Readings that turned amber or red on the day and were not told of yet."""
    rows = Reading.objects.filter(on=day, since=day, told_at=None).exclude(light=Light.OK)
    return rows.select_related("site").order_by("site__position", "site", "item")


def last_round(site: Site) -> list[Visit]:
    """The pages of the last whole round."""
    return _last_round(site, clock.today())


def _last_round(site: Site, day: date) -> list[Visit]:
    rows = Visit.objects.filter(site=site, kind=VisitKind.ROUND, at__lte=end_of_day(day))
    newest = rows.order_by("-at").values_list("at", flat=True).first()
    if newest is None:
        return []
    since = clock.local(newest).replace(hour=0, minute=0, second=0, microsecond=0)
    return list(rows.filter(at__gte=since).order_by("at", "pk"))


def _serious(lookers: Iterable[Visit]) -> list[Line]:
    return [
        Line(f"{visit.what}：{fault['text']}", visit.get_absolute_url())
        for visit in lookers
        for fault in visit.faults
        if fault["key"] == pages.FORGED
    ]


def _reach(site: Site, numbers: Limits) -> Reach:
    end = end_of_day(numbers.day)
    rows = Visit.objects.filter(site=site, kind=VisitKind.PULSE, at__lte=end)
    rows = rows.filter(at__gt=end - timedelta(days=numbers["unreachable_days"]))
    slow = Q(milliseconds__gt=numbers["open_seconds"] * 1000)
    failed = rows.filter(slow | Q(status__lt=200) | Q(status__gte=400))
    lines = [
        Line(
            f"{clock.local(one.at):%m-%d %H:%M} {one.faults[0]['text'] if one.faults else one.status}",
            one.get_absolute_url(),
        )
        for one in failed[:10]
    ]
    return Reach(rows.count(), tuple(lines), failed.count(), bool(settings.SELF_CHECK_URL))


def _channels(site: Site, columns: ColumnTree, lookers: list[Visit]) -> tuple[list[Line], list[Line]]:
    """Letterboxes and columns of questions; those whose page did not open on the last round are broken."""
    offered = letterboxes.offered(site)
    found = [(f"信箱“{box.name}”", box.get_absolute_url(), box.site.url("mailbox/")) for box in offered]
    asked = [one for one in columns if one.kind == ColumnKind.QUESTIONS]
    found += [(f"提问栏目“{one.name}”", one.get_absolute_url(), one.get_absolute_url()) for one in asked]
    closed = {one.url for one in lookers if one.page != PageKind.ARTICLE and not one.is_reached}
    works = [Line(name, url) for name, url, door in found if urlsplit(door).path not in closed]
    shut = [Line(f"{name}：巡访时打不开", url) for name, url, door in found if urlsplit(door).path in closed]
    return works, shut


def _open_letters(site: Site, day: date) -> QuerySet[Letter]:
    """Received within the year before, unanswered then. Their words and writers are not read."""
    end = end_of_day(day)
    still = Q(state__in=OPEN_STATES) & Q(answered_at=None) | Q(answered_at__gt=end)
    rows = Letter.objects.filter(still, site=site, written_at__lte=end)
    rows = rows.filter(written_at__gt=end_of_day(months_after(day, -12)))
    rows = rows.select_related("department", "letterbox__receiver", "matter").order_by("written_at", "pk")
    return rows.only(
        "code", "written_at", "department__name", "department__short_name", "matter__kind",
        "letterbox__receiver__name", "letterbox__receiver__short_name",
    )  # fmt: skip


def _waiting(site: Site, day: date) -> list[Waiting]:
    letters = [_waits(one) for one in _open_letters(site, day)[:MOST_WAITING]]
    end = end_of_day(day)
    rows = Question.objects.filter(site=site, asked_at__lte=end, state__in=OPEN)
    rows = rows.filter(asked_at__gt=end_of_day(months_after(day, -12)))
    questions = [
        Waiting(
            f"提问“{one.title}”", reverse("desk:question", args=[one.pk]), str(one.department),
            clock.local(one.asked_at).date(),
        )
        for one in rows.select_related("department").order_by("asked_at", "pk")[:MOST_WAITING]
    ]  # fmt: skip
    return [*letters, *questions]


def _errors(site: Site, day: date) -> list[Waiting]:
    rows = _open_letters(site, day).filter(matter__kind=LetterKind.ERROR)
    return [_waits(one) for one in rows[:MOST_WAITING]]


def _waits(letter: Letter) -> Waiting:
    owner = letter.department or letter.letterbox.receiver
    return Waiting(
        f"来信 {letter.code}", letter.get_absolute_url(), str(owner), clock.local(letter.written_at).date()
    )


def _keeper(site: Site) -> str:
    """网管 by name: who keeps the site running."""
    return "、".join(person.name for person in column_queries.site_holders(site, Power.SYSTEM)[:3])

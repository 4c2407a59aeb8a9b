"""自查雷达: the nine items as they stand now, and how they stood in the last quarters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.enums.radar import Item, Light
from assessment.models import Reading
from assessment.queries import radar as queries
from assessment.rules import looking_on
from assessment.rules.dates import Quarter
from assessment.rules.findings import Action, Finding, Line
from assessment.views.radar.access import all_sites, for_lookers_on, site_of
from columns import rules as column_rules
from portal import addresses, clock
from portal.enums import Power
from portal.models import Site

WEEKS, QUARTERS = 13, 4
OPENS_LETTERS = (Power.INSPECT, Power.AUDIT, Power.ANSWER)
LETTERS = ("/desk/letters/", "/desk/questions/")


@dataclass(frozen=True)
class Row:
    """A finding, and where its one act is done by whoever looks: `url` empty where it is not theirs to do.

    Of letters and questions whoever may not open them is told, and no more.
    """

    finding: Finding
    label: str
    url: str
    evidence: list[Line]

    @property
    def time_left(self) -> str:
        left = self.finding.days_left
        if left is None:
            return ""
        if left > 0:
            return f"还剩 {left} 天"
        return f"已过 {-left} 天" if left < 0 else "已到限"


@dataclass(frozen=True)
class Past:
    """One quarter: on how many item-days it was amber or red; with a package where anything was kept."""

    quarter: Quarter
    amber: int
    red: int
    days: int


@require_safe
@for_lookers_on
def board(request: HttpRequest) -> HttpResponse:
    sites = all_sites()
    site = site_of(request, sites)
    found = sorted(queries.findings(site), key=lambda one: -one.light.weight)
    readings = queries.history(site, Quarter.of(clock.today()).back(QUARTERS - 1).first)
    return render(request, "desk/self_check/board.html", {
        "here": "radar", "about": site, "sites": sites, "rows": [_row(request, one, site) for one in found],
        "counts": [(light, sum(one.light == light for one in found)) for light in Light],
        "now": clock.now(), "weeks": _mondays(clock.today()), "history": _weekly(readings, clock.today()),
        "quarters": _quarters(readings, clock.today()), "may_tighten": looking_on.may_tighten(request.user),
    })  # fmt: skip


def _row(request: HttpRequest, found: Finding, site: Site) -> Row:
    opens_letters = any(
        column_rules.powers_of(request.user).has_on_site(one, site.pk) for one in OPENS_LETTERS
    )
    evidence = [
        line if opens_letters or not _is_letter(line.url) else Line(line.what) for line in found.evidence
    ]
    if found.action is None or found.light == Light.OK:
        return Row(found, "", "", evidence)
    label, url = _act(request, found.action)
    return Row(found, label, url if opens_letters or not _is_letter(url) else "", evidence)


def _act(request: HttpRequest, action: Action) -> tuple[str, str]:
    """写稿 for whoever may collect there; everybody else finds the column and who is to write."""
    is_inside = request.user.is_staff and addresses.opens_admin(request)
    if action.column is not None:
        if is_inside and column_rules.powers_of(request.user).has(Power.COLLECT, action.column):
            return action.label, f"/{settings.ADMIN_PATH}/publishing/article/add/?column={action.column}"
        return "看栏目", action.url
    is_of_admin = action.url.startswith(f"/{settings.ADMIN_PATH}/")
    return action.label, action.url if is_inside or not is_of_admin else ""


def _is_letter(url: str) -> bool:
    return url.startswith(LETTERS)


def _mondays(today: date) -> list[date]:
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def _weekly(readings: Iterable[Reading], today: date) -> list[tuple[Item, list[dict[str, Any]]]]:
    """Of every item the worst light of each week; nothing where nothing was read."""
    worst: dict[tuple[str, date], Light] = {}
    for one in readings:
        place = one.item, one.on - timedelta(days=one.on.weekday())
        light = Light(one.light)
        if place not in worst or light.weight > worst[place].weight:
            worst[place] = light
    mondays = _mondays(today)
    return [(item, [{"week": week, "light": worst.get((item, week))} for week in mondays]) for item in Item]


def _quarters(readings: Iterable[Reading], today: date) -> list[Past]:
    current = Quarter.of(today)
    found = []
    for back in range(QUARTERS):
        quarter = current.back(back)
        rows = [one for one in readings if quarter.first <= one.on <= quarter.last]
        amber, red = (sum(one.light == light for one in rows) for light in (Light.AMBER, Light.RED))
        found.append(Past(quarter, amber, red, len({one.on for one in rows})))
    return found

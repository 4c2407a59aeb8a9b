"""The radar read every hour: one reading an item and day, and one notice a person when something turned for the worse."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from assessment.enums.radar import Light
from assessment.models import Reading, Threshold
from assessment.operations import facts
from assessment.queries import radar as queries
from assessment.rules.facts import may_assess
from assessment.rules.findings import Finding
from assessment.rules.standard import numbers
from columns import queries as column_queries
from portal import audit, clock
from portal.enums import NoticeKind, Power
from portal.models import Site, User
from portal.notices import tell
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused

TOLD = (Power.INSPECT, Power.CONSENT)
LOOKS_BACK = timedelta(days=100)


@sweep("read_radar", every=timedelta(hours=1), label="自查雷达")
def read_all() -> int:
    """Read every site's radar; returns how many items changed their light since the reading before."""
    facts.gather()
    changed = sum(read(site) for site in Site.objects.select_related("department"))
    tell_of_turns(clock.today())
    return changed


@transaction.atomic
def read(site: Site) -> int:
    """Write down how the nine items of a site stand today."""
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    day = clock.today()
    found = {finding.item: finding for finding in queries.findings(site, day)}
    earlier = _earlier(site, day)
    return sum(_keep(site, day, finding, earlier.get(item, [])) for item, finding in found.items())


@transaction.atomic
def tell_of_turns(day: date) -> int:
    """One notice for all that turned on a site's radar since whoever oversees it was told last."""
    turned = list(queries.turned(day).select_for_update(of=("self",)))
    by_site: dict[Site, list[Reading]] = defaultdict(list)
    for reading in turned:
        by_site[reading.site].append(reading)
    for site, readings in by_site.items():
        _tell(site, readings)
    Reading.objects.filter(pk__in=[one.pk for one in turned]).update(told_at=clock.now())
    return len(turned)


@transaction.atomic
def tighten(
    key: str, value: int, *, site: Site | None, since: date, reason: str, by: User, column_class: str = ""
) -> Threshold:
    """收紧: the office's own number from a day on. Refused where it asks less than the national one."""
    if not may_assess(by):
        raise NotAllowed("您没有主站全站的检查权限，不能调整指标")
    number = numbers().get(key)
    if number is None or number.tighter == "none":
        raise Refused("这项指标不能调整", "key")
    if not number.is_stricter(value):
        way = "小于" if number.tighter == "less" else "大于"
        raise Refused(f"只能比国家指标更严：应{way} {number.value} {number.unit}", "value")
    if not reason.strip():
        raise Refused("请写明收紧的依据或理由", "reason")
    made = Threshold.objects.create(
        key=key, site=site, column_class=column_class, value=value, since=since, reason=reason.strip()[:200],
        by=by, at=clock.now(),
    )  # fmt: skip
    audit.record(
        "tighten", "收紧自查指标", made, actor=by, note=f"{number.label} {value} {number.unit}：{reason}"
    )
    return made


@transaction.atomic
def loosen(threshold: Threshold, *, by: User) -> Threshold:
    """停用: the national number holds again, from today on."""
    if not may_assess(by):
        raise NotAllowed("您没有主站全站的检查权限，不能调整指标")
    threshold = Threshold.objects.select_for_update(of=("self",)).get(pk=threshold.pk)
    if threshold.until is None:
        threshold.until = max(clock.today(), threshold.since)
        threshold.save()
        label = numbers()[threshold.key].label
        audit.record("loosen", "停用收紧的指标", threshold, actor=by, note=f"{label} {threshold.value}")
    return threshold


def _earlier(site: Site, day: date) -> dict[str, list[Reading]]:
    """By item today's reading and the last one before it, newest first."""
    found: dict[str, list[Reading]] = defaultdict(list)
    rows = Reading.objects.filter(site=site, on__lte=day, on__gt=day - LOOKS_BACK).order_by("-on")
    for row in rows.defer("evidence"):
        if len(found[row.item]) < 2:
            found[row.item].append(row)
    return found


def _keep(site: Site, day: date, finding: Finding, earlier: list[Reading]) -> bool:
    """The day's reading as it is now. Whoever was told of a turn today is not told again if it flickers."""
    before = earlier[0] if earlier else None
    is_new = before is None or before.light != finding.light
    since = day if before is None or is_new else before.since
    values = {
        "light": finding.light, "since": since, "said": finding.said[:200], "limit": finding.limit[:200],
        "days_left": finding.days_left, "owner": finding.owner[:120],
        "evidence": [{"what": line.what, "url": line.url} for line in finding.evidence],
    }  # fmt: skip
    Reading.objects.update_or_create(site=site, item=finding.item, on=day, defaults=values)
    return is_new


def _tell(site: Site, readings: list[Reading]) -> None:
    title = f"{site}自查雷达：" + "，".join(_counts(readings))
    lines = [
        f"{one.get_light_display()} {one.item} {one.get_item_display()}：{one.said}"
        + (f"（{one.owner}）" if one.owner else "")
        for one in readings
    ]
    url = f"{reverse('desk:radar')}?site={site.key}"
    turns = "-".join(f"{one.item}{one.light[0]}" for one in readings)
    key = f"radar-{site.pk}-{readings[0].on:%Y%m%d}-{turns}"[:100]
    tell(_overseers(site), title, kind=NoticeKind.RESULT, body="\n".join(lines), url=url, key=key)


def _counts(readings: Iterable[Reading]) -> list[str]:
    red = sum(one.light == Light.RED for one in readings)
    amber = sum(one.light == Light.AMBER for one in readings)
    return [words for number, words in ((red, f"{red} 项不合格"), (amber, f"{amber} 项预警")) if number]


def _overseers(site: Site) -> list[User]:
    people = {one.pk: one for power in TOLD for one in column_queries.site_holders(site, power)}
    return list(people.values())

"""What people owe: somebody to report to, open incidents, posting that is closed, patrols, the emergency plan."""

from datetime import timedelta

from django.urls import reverse

from portal import clock
from portal.enums import Health, Severity
from portal.house.sweeps import span
from portal.incidents import rules as incident_rules
from portal.models import Incident, Site
from portal.safety import reading, rules
from portal.watch import Reading


def incidents() -> Reading:
    """Open ones, and whether there is anybody to report them to."""
    url = reverse("desk:incidents")
    found = list(Incident.objects.open().values_list("severity", flat=True))
    if not incident_rules.leaders().exists():
        words = "没有可报告的局领导：主站没有人持有签发权限"
        return Reading(Health.AMBER, words, "在权限档案中授予局领导主站的签发权限", value=len(found))
    if not found:
        return Reading(Health.OK, "没有待处置的安全事件", url=url, value=0)
    state = Health.AMBER if set(found) == {Severity.ORDINARY} else Health.RED
    return Reading(state, f"{len(found)} 件安全事件待处置", "打开事件，记录处置并结案", url, len(found))


def posting() -> Reading:
    closed = list(Site.objects.exclude(posting_closed_at=None))
    url = reverse("desk:posting")
    if not closed:
        return Reading(Health.OK, "各站点的网上互动都开放", url=url, value=0)
    names = "、".join(str(one) for one in closed)
    return Reading(Health.AMBER, f"暂停中：{names}", "查明后恢复", url, len(closed))


def patrols() -> Reading:
    """质监第十八条: somebody looks as often as the rule or a 特殊时期 asks."""
    hours, last, url = rules.patrol_hours(), reading.last_patrol(), reverse("desk:safety")
    special = rules.live_periods(clock.today())
    during = f"（特殊时期：{special[0]}）" if special else ""
    if not hours:
        return Reading(Health.OK, "制度没有规定人工巡查的间隔", url=url)
    if last is None:
        return Reading(Health.AMBER, f"还没有巡查记录{during}", "巡查后登记一条巡查记录", url)
    since = clock.now() - last
    words = f"{span(since)}前巡查过，要求每 {hours} 小时一次{during}"
    every = timedelta(hours=hours)
    state = Health.OK if since <= every else Health.AMBER if since <= 2 * every else Health.RED
    action = "" if state == Health.OK else "巡查后登记一条巡查记录"
    return Reading(state, words, action, url, since.total_seconds())


def plan() -> Reading:
    found = reading.plan_in_force()
    if found is None:
        return Reading(Health.AMBER, "没有登记应急预案", "登记现行的应急预案", reverse("desk:safety"))
    words = f"《{found.title}》，{found.on.year}年{found.on.month}月{found.on.day}日"
    return Reading(Health.OK, words, url=found.get_absolute_url())

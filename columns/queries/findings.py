"""权限体检: where the rules of least privilege do not hold (办法第九条; 石家庄第九条; 三员分立)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from columns.enums import ColumnKind
from columns.models import Appointment, Column, Responsibility, ReviewRoute
from columns.models.powers import HELD
from columns.queries.grants import drift
from columns.queries.holders import holders_of_all
from columns.queries.trees import route_id_of, tree
from portal import parameters
from portal.enums import THREE_ADMINISTRATORS, Power
from portal.models import Department, Site, User

Held = dict[tuple[int, str], list[User]]
Written = list[tuple[Column, ReviewRoute | None]]


@dataclass(frozen=True)
class Finding:
    """One thing to mend: what it is about, what is wrong, what to do next."""

    about: str
    message: str
    advice: str
    column: Column | None = None


def findings() -> list[tuple[str, str, list[Finding]]]:
    """(what was looked at, on what ground, what was found), also where nothing was."""
    sites = list(Site.objects.all())
    held = {site.pk: holders_of_all(site) for site in sites}
    routes = list(ReviewRoute.objects.prefetch_related("steps"))
    written = {site.pk: _written(site, routes) for site in sites}
    return [
        ("每个责任部门的版主人数", "办法第九条", list(_moderators(held))),
        (
            "每个栏目有人采集、审核、发布",
            "石家庄第九条",
            [one for site in sites for one in _gaps(site, held[site.pk], written[site.pk])],
        ),
        (
            "没有人包办一条审核路线的全部步骤",
            "办法第十六条",
            [one for site in sites for one in _alone(site, held[site.pk], written[site.pk])],
        ),
        ("三员齐备且互相排斥", "GB/T 22239-2019 安全管理中心", list(_administrators())),
        (
            "权限与档案一致",
            "石家庄第九条",
            [Finding(str(one.user), str(one), "定时任务会按档案修复并报告") for one in drift()],
        ),
    ]


def _moderators(held: dict[int, Held]) -> Iterator[Finding]:
    """分工负责栏目的科室和基层分局按工作量明确 2–4 名版主: people of the department who collect or publish there."""
    least, most = parameters.value("moderators_least"), parameters.value("moderators_most")
    owned: dict[Department, set[User]] = {}
    rows = Responsibility.objects.filter(collects=True, department__is_active=True)
    for row in rows.select_related("department", "column"):
        powers = held[row.column.site_id]
        people = [one for power in ("collect", "publish") for one in powers.get((row.column_id, power), [])]
        own = {one for one in people if one.department_id == row.department_id}
        owned.setdefault(row.department, set()).update(own)
    for department, people in owned.items():
        names = "、".join(sorted(one.name for one in people)) or "无"
        if least is not None and len(people) < least:
            yield Finding(
                str(department), f"版主 {len(people)} 人（{names}），少于 {least} 人", "由部门负责人提出授权"
            )
        if most is not None and len(people) > most:
            yield Finding(
                str(department), f"版主 {len(people)} 人（{names}），多于 {most} 人", "注销不再承担的授权"
            )


def _written(site: Site, routes: list[ReviewRoute]) -> Written:
    """Columns that texts are written for, each with its route: those without anything below them."""
    columns, known = tree(site), {one.pk: one for one in routes}
    default = next((one for one in routes if one.is_default), None)
    return [
        (column, known.get(route_id_of(column, columns), default))
        for column in columns
        if not columns.children(column) and column.kind in ColumnKind.values
    ]


def _gaps(site: Site, held: Held, written: Written) -> Iterator[Finding]:
    for column, route in written:
        steps = [Power(step.power) for step in route.steps.all()] if route else []
        first = Power.ANSWER if column.kind == ColumnKind.QUESTIONS else Power.COLLECT
        missing = [
            power for power in dict.fromkeys([first, *steps, Power.PUBLISH]) if (column.pk, power) not in held
        ]
        if missing:
            words = "、".join(power.label for power in missing)
            yield Finding(f"{site}·{column}", f"没有人{words}", "提出授权，经总版主同意后由网管办理", column)


def _alone(site: Site, held: Held, written: Written) -> Iterator[Finding]:
    for column, route in written:
        steps = [step.power for step in route.steps.all()] if route else []
        if not steps:
            continue
        sets = [set(held.get((column.pk, power), [])) for power in ("collect", *steps, "publish")]
        for person in sorted(set.intersection(*sets), key=lambda one: one.staff_number):
            yield Finding(
                f"{site}·{column}",
                f"{person}一人可以采集、审核并发布（路线：{route}）",
                "收回其中一步的权限",
                column,
            )


def _administrators() -> Iterator[Finding]:
    positions: dict[User, set[str]] = {}
    for row in _house_grants():
        positions.setdefault(row.user, set()).update(row.role.powers)
    for power in THREE_ADMINISTRATORS:
        if not any(power in held for held in positions.values()):
            yield Finding(power.label, "这个岗位没有人", "提出授权，三员由三人分别担任")
    for person, held in positions.items():
        both = [power.label for power in THREE_ADMINISTRATORS if power in held]
        if len(both) > 1:
            yield Finding(str(person), f"兼任{'、'.join(both)}", "保留其一，注销其余")
        if Power.AUDIT in held and held - {Power.AUDIT.value}:
            yield Finding(str(person), "审计管理员兼有其他权限", "注销其他授权")


def _house_grants() -> QuerySet[Appointment]:
    return Appointment.objects.filter(HELD, user__is_active=True).select_related("user", "role")

"""Who may file, accept, end and pause update limits (大庆第五条: 各单位规定更新时间或频率，报信息中心备案)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from columns.duties import Division
from columns.enums import CadenceRule, Duty, Period
from columns.models import Cadence, CadencePause, Column
from columns.rules.powers import on_main_site, powers_of
from columns.rules.readers import own_departments
from portal.enums import Power
from portal.models import Department, Site, User

WORKS = (Power.COLLECT, Power.PUBLISH, Power.MANAGE)


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What a unit files for itself: for all it is responsible for, or of that one column, one class, one site."""

    department: Department
    rule: CadenceRule
    column: Column | None = None
    update_class: str = ""
    site: Site | None = None
    together: bool = False
    count: int = 1
    period: str = ""
    days: int | None = None
    working: bool = False
    dates: str = ""
    clause: str


def accepts_cadences(user: User) -> bool:
    """The centre: 检查 on the whole of a main site."""
    return on_main_site(user, Power.INSPECT)


def why_not_cadence(user: User, verb: str, cadence: Cadence) -> str:
    """Why `user` may not accept, refuse or end this limit; "" when they may."""
    if Cadence.workflow[verb].power is None:
        return ""  # the system's own moves
    if not accepts_cadences(user):
        return "更新时限由有主站全站检查权限的人备案和停用"
    if cadence.department_id and cadence.department_id in own_departments(user):
        return "不能办理本单位的更新时限"
    return ""


def filing_departments(user: User) -> list[Department]:
    """The units `user` may file for: those they head, and their own where they collect, publish or manage."""
    ids = set(Department.objects.filter(head=user, is_active=True).values_list("pk", flat=True))
    if user.department_id and powers_of(user).anywhere(*WORKS):
        ids.add(user.department_id)
    return list(Department.objects.filter(pk__in=ids, is_active=True))


def why_not_pause(user: User, column: Column | None, department: Department | None, unit: int | None) -> str:
    """Why `user` may not pause the limits of a column (whose unit is `unit`) or of a department; "" when they may."""
    if not accepts_cadences(user):
        return "暂停和免除由有主站全站检查权限的人批准"
    own = own_departments(user)
    if (department and department.pk in own) or (column and unit in own):
        return "不能批准本单位的暂停"
    return ""


def unit_of(column: Column, division: Division) -> int | None:
    """责任单位: the first department in use that collects for the column, else that of the site while in use."""
    shares = division.shares(column)
    collecting = [pk for pk, held in shares.items() if any(one.duty == Duty.COLLECTS for one in held)]
    return first_in_use((division.departments[pk] for pk in collecting), column.site.department)


def first_in_use(departments: Iterable[Department], otherwise: Department) -> int | None:
    return next((one.pk for one in (*departments, otherwise) if one.is_active), None)


def filing_issues(filing: Filing) -> list[tuple[str, str]]:
    """(field, what is wrong) of what was typed; empty when it can be filed."""
    found = []
    if filing.rule == CadenceRule.AT_LEAST and filing.period not in Period.values:
        found.append(("period", "请选择每日、每周或每月"))
    if filing.rule == CadenceRule.AT_LEAST and filing.count < 1:
        found.append(("count", "请填写至少几条"))
    if filing.rule in (CadenceRule.WITHIN_DAYS, CadenceRule.MAX_SILENCE) and filing.days is None:
        found.append(("days", "请填写天数"))
    if filing.rule == CadenceRule.MAX_SILENCE and filing.days == 0:
        found.append(("days", "至少 1 天"))
    if filing.rule == CadenceRule.FIXED_DATES and not filing.dates:
        found.append(("dates", "请填写固定日期，如 01-10,07-10"))
    if filing.site and filing.column and filing.column.site_id != filing.site.pk:
        found.append(("column", "这个栏目不在所选的站点"))
    return found


def is_over(pause: CadencePause, today: date) -> bool:
    return pause.ends_on is not None and pause.ends_on < today

"""大庆第八条: who does not keep up their site for months loses its link on the main home page, told before, by itself;
the next publication gives it back.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Min

from assessment.models import LinkRemoval, Publication
from assessment.queries import slips as queries
from assessment.rules.cadences import months_after
from columns import queries as column_queries
from columns.models import Column
from portal import clock, notices, operations, parameters
from portal.enums import NoticeKind, Power
from portal.models import Parameter, Site, User
from portal.sweeps import sweep
from portal.workdays import Calendar

KEY = "link_removal_months"
CLAUSE = "门户网站信息更新管理规定第八条"


@sweep("tend_links", every=timedelta(minutes=10), label="撤消与恢复子站首页链接")
def tend_links() -> int:
    """Give back at once; warn and take away on working days only."""
    months, today = parameters.value(KEY), clock.today()
    seen = _last_updates()
    done = sum(_restore(one, seen.get(one.site_id), months) for one in _open())
    if months is None or not Calendar.load().is_workday(today):
        return done
    known = {one.site_id: one for one in _open()}
    for site in Site.objects.filter(parent__isnull=False).select_related("department__parent", "parent"):
        if site.pk not in seen:
            continue  # nobody has made a column there yet
        done += _take_away(site, seen[site.pk], known.get(site.pk), months)
    return done


def _take_away(site: Site, silent_since: date, row: LinkRemoval | None, months: int) -> bool:
    """Warned so many days before; where a warning came late, as many days after it."""
    days = timedelta(days=parameters.value("link_warning_days") or 0)
    ends, today = months_after(silent_since, months), clock.today()
    if row is None:
        return today > ends - days and _warn(site, silent_since, max(ends, today + days - timedelta(days=1)))
    told_on = clock.local(row.warned_at).date()
    if row.removed_at or today <= ends or today < told_on + days:
        return False
    return _remove(row)


@transaction.atomic
def _warn(site: Site, silent_since: date, until: date) -> bool:
    _lock(site)
    if LinkRemoval.objects.filter(site=site, restored_at=None).exists():
        return False
    row = LinkRemoval.objects.create(
        site=site, silent_since=silent_since, warned_at=clock.now(), clause=_clause()
    )
    _tell(
        row,
        f"{site}自 {silent_since:%Y-%m-%d} 起未维护更新，{until:%Y-%m-%d} 后仍未更新的，将撤消其在主站首页的链接",
        "warn",
    )
    return True


@transaction.atomic
def _remove(row: LinkRemoval) -> bool:
    """A text published in this very moment comes first: it is looked for once more under the lock."""
    site = _lock(row.site)
    row = LinkRemoval.objects.get(pk=row.pk)
    if row.removed_at or row.restored_at or _last_updates(site)[site.pk] > row.silent_since:
        return False
    note = f"自 {row.silent_since:%Y-%m-%d} 起未维护更新"
    row.removed_at = clock.now()
    row.save()
    operations.hide_link(site, by=User.objects.system(), note=note, clause=row.clause)
    _tell(row, f"{site}{note}，已撤消其在主站首页的链接；发布新的信息后自动恢复", "remove")
    return True


@transaction.atomic
def _restore(row: LinkRemoval, updated_on: date | None, months: int | None) -> bool:
    """Closed by the next publication, or when the rule holds no more."""
    if months is not None and (updated_on is None or updated_on <= row.silent_since):
        return False
    site = _lock(row.site)
    row = LinkRemoval.objects.get(pk=row.pk)
    if row.restored_at:
        return False
    row.restored_at = clock.now()
    row.save()
    reason = "已更新" if months is not None else "不再按此规定执行"
    operations.show_link(site, by=User.objects.system(), note=reason, clause=row.clause)
    said = "已恢复其在主站首页的链接" if row.removed_at else "不再撤消首页链接"
    _tell(row, f"{site}{reason}，{said}", "restore")
    return True


def _last_updates(site: Site | None = None) -> dict[int, date]:
    """By site: the day of its last publication, or that its first column was made on."""
    columns, texts = Column.objects.order_by(), Publication.objects.filter(on__lte=clock.today()).order_by()
    if site:
        columns, texts = columns.filter(site=site), texts.filter(site=site)
    made = dict(columns.values("site").values_list("site", Min("made_on")))
    return made | dict(texts.values("site").values_list("site", Max("on")))


def _open() -> list[LinkRemoval]:
    return list(
        LinkRemoval.objects.filter(restored_at=None).select_related("site__department", "site__parent")
    )


def _lock(site: Site) -> Site:
    return (
        Site.objects.select_for_update(no_key=True, of=["self"])
        .select_related("department", "parent")
        .get(pk=site.pk)
    )


def _clause() -> str:
    """As the office's own parameter says it."""
    row = Parameter.objects.filter(key=KEY).first()
    return row.clause if row else CLAUSE


def _tell(row: LinkRemoval, words: str, what: str) -> None:
    """The unit's moderators and head, and who assesses."""
    site = row.site
    unit = [*queries.collectors(site, None, site.department), queries.head_of(site.department)]
    assessors = column_queries.site_holders(site.parent or site, Power.INSPECT).filter(is_active=True)
    told = {one.pk: one for one in (*unit, *assessors) if one}
    notices.tell(
        told.values(), words, kind=NoticeKind.SYSTEM, body=f"依据：{row.clause}。", url=site.url(),
        key=f"link-{row.pk}-{what}",
    )  # fmt: skip

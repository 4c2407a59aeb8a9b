"""有效性 and who follows whom: a repealed document names the one in its place, and never comes back to itself."""

from datetime import date

from disclosure.models import CatalogueEntry
from portal import clock
from portal.workflow import Refused

NEEDS_SUCCESSOR_OF_SITE = "替代文件须是本站公开目录里的另一条"


def check_day(entry: CatalogueEntry, on: date) -> None:
    if on > clock.today():
        raise Refused("变动日期不能晚于今天；将来到期的，请在条目里填写“有效期至”，到期自动失效", "on")
    if on < entry.made_on:
        raise Refused(f"变动日期早于成文日期 {entry.made_on:%Y-%m-%d}，请核对", "on")


def check_successor(entry: CatalogueEntry, successor: CatalogueEntry) -> None:
    """Raises Refused for itself, another site's, or one that was itself followed by this one, however far back."""
    if successor.site_id != entry.site_id:
        raise Refused(NEEDS_SUCCESSOR_OF_SITE, "successor")
    if successor.pk == entry.pk:
        raise Refused("替代文件不能是它自己", "successor")
    for step in followers(successor):
        if step == entry.pk:
            raise Refused(f"“{successor}”正是由本文件替代的，互相替代会成为一圈，请核对", "successor")


def followers(entry: CatalogueEntry):
    """Ids of what came in its place, one after another; a loop in old data ends the walk."""
    seen, step = {entry.pk}, entry.successor_id
    while step is not None and step not in seen:
        seen.add(step)
        yield step
        step = CatalogueEntry.objects.filter(pk=step).values_list("successor", flat=True).first()

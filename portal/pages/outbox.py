"""What has to be rendered anew. Operations say so inside their transaction; nobody has to remember anything later.

`changed`: the old page stands until the new one is there. `dropped`: it is gone with the commit, in the process that
commits, and the application answers until it is rendered anew. Losing the broker loses nothing: a sweep looks in here.
"""

import logging
import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from kombu.exceptions import OperationalError

from portal import clock
from portal.celery import app
from portal.models import Edition, PublishedPage, StalePage
from portal.pages import kinds, store
from portal.pages.addresses import ALL_SITES, Address, paged

EAGER_PAGES = 3  # of a list are rendered unasked; deeper ones when somebody has asked for them
EVERYWHERE = Address(ALL_SITES, "*")  # in every page of every site: the address in the footer
AT_ONCE = 500
FREE_TO_UNLINK = 2000
SWEEP, LAYING = "publish_pages", "lay_out_pages"
ANSWERS_WITHIN = timedelta(seconds=60)  # a worker that is there
LATER_RANK = 9
QUIET_SECONDS, BUSY_SECONDS = 30, 1
log = logging.getLogger(__name__)
_quiet_until: dict[str, float] = {}


def changed(addresses: Iterable[Address], *, later: bool = False) -> None:
    """These pages show something else from this commit on; `later` lets all others go first."""
    _mark(set(addresses), later=later)


def dropped(addresses: Iterable[Address]) -> None:
    """As `changed`, and what lies there now may not be read any more once this commits."""
    gone = set(addresses)
    if settings.PUBLISHES_PAGES and gone:
        _mark(gone)
        transaction.on_commit(lambda: store.remove(gone))


def recorded(objects: Iterable[Any]) -> None:
    """Of everything the audit trail records: pages that show it are dropped, then rendered anew."""
    if not settings.PUBLISHES_PAGES:
        return
    found = {address for obj in objects for address in kinds.showing(obj)}
    if found & {EVERYWHERE}:
        site_changed()
    dropped(found - {EVERYWHERE})


def lists(site: str, path: str) -> set[Address]:
    """All pages of a list: the first ones to be rendered anew, deeper ones only to be forgotten."""
    return {Address(site, paged(path, number)) for number in range(1, EAGER_PAGES + 1)} | deep(site, path)


def deep(site: str, *paths: str) -> set[Address]:
    """Deeper pages of lists that lie there or are about to."""
    begins = Q()
    for path in paths:
        begins |= Q(path__startswith=f"{path}?page=")
    found: set[Address] = set()
    for model in (PublishedPage, StalePage) if paths and settings.PUBLISHES_PAGES else ():
        rows = model.objects.filter(begins, site=site).values_list("path", flat=True)
        found |= {Address(site, path) for path in rows}
    return {address for address in found if address.number > EAGER_PAGES}


def wished(address: Address) -> None:
    """Somebody asked for a page that is not there yet."""
    row = StalePage(site=address.site, path=address.path, rank=LATER_RANK, token=uuid4(), since=clock.now())
    StalePage.objects.bulk_create([row], ignore_conflicts=True)
    nudge()


def site_changed(*sites: str) -> None:
    """Every page of these sites shows something else (menu, footer); without names, of all sites."""
    if not settings.PUBLISHES_PAGES:
        return
    rows = Edition.objects.filter(site__in=sites) if sites else Edition.objects.all()
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        Edition.objects.filter(pk=pk).update(number=F("number") + 1)
    if sites:
        changed(Address(site, "") for site in sites)
    transaction.on_commit(lambda: nudge(LAYING))


def site_closed(site: str) -> None:
    """Nobody knows any more which pages of the site everybody may read: all are gone with the commit, then rendered
    anew. Pages too many to take one by one are set aside with their folder.
    """
    if not settings.PUBLISHES_PAGES:
        return
    site_changed(site)
    rows = PublishedPage.objects.filter(site__in=(site, ALL_SITES))
    if rows.count() <= FREE_TO_UNLINK:
        dropped(Address(*row) for row in rows.values_list("site", "path"))
        return
    for row in rows.values_list("site", "path").iterator(chunk_size=AT_ONCE):
        _mark({Address(*row)}, later=True)
    transaction.on_commit(lambda: store.set_aside(site))


def nudge(sweep: str = SWEEP) -> None:
    """Let the worker look at once; one that is busy (or away) is not called again for a second. Without a broker
    the sweep's turn comes all the same.
    """
    now = time.monotonic()
    if now < _quiet_until.get(sweep, 0):
        return
    seconds = 0.0
    try:
        app.send_task(f"sweep.{sweep}", retry=False, expires=60)
        if StalePage.objects.filter(since__lt=clock.now() - ANSWERS_WITHIN).exists():
            seconds = BUSY_SECONDS
    except (OperationalError, OSError) as error:
        seconds = QUIET_SECONDS
        log.warning("页面发布任务未能通知到后台：%s", error)
    _quiet_until[sweep] = now + seconds


def _mark(addresses: set[Address], *, later: bool = False) -> None:
    if not settings.PUBLISHES_PAGES or not addresses:
        return
    now = clock.now()
    known = ((address, kinds.kind_of(address)) for address in sorted(addresses))
    rows = [
        StalePage(
            site=address.site, path=address.path, token=uuid4(), since=now,
            rank=LATER_RANK if later else kind.rank, is_wanted=address.number <= EAGER_PAGES,
        )
        for address, kind in known if kind
    ]  # fmt: skip
    StalePage.objects.bulk_create(
        rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["site", "path"],
        update_fields=["token", "since", "is_wanted", *([] if later else ["rank"])],
    )  # fmt: skip
    if not later:
        _nudge_on_commit()


def _nudge_on_commit() -> None:
    if all(waiting is not nudge for _, waiting, *_ in connection.run_on_commit):
        transaction.on_commit(nudge)

"""The worker: renders what the outbox names, a few pages at a time, and puts them in place if nothing came between."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, transaction

from portal import clock
from portal.models import PublishedPage, StalePage
from portal.pages import manifest, store
from portal.pages.addresses import Address
from portal.publisher import laying
from portal.publisher.rendering import Press, Rendered
from portal.publisher.version import template_version
from portal.sweeps import sweep

BATCH, FIRST_BATCH, CLEARING_EVERY = 50, 6, 20
URGENT_RANK = 4
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """One page of a batch: its line in the outbox as it was before rendering, and what came of it."""

    row: StalePage
    address: Address
    rendered: Rendered | None
    ready: store.Ready | None


@sweep("publish_pages", every=timedelta(seconds=10), label="发布静态页面")
def publish_pages() -> int:
    """Render everything that is stale. Called at once after every change, and by the clock for what was left."""
    return drain() if settings.PUBLISHES_PAGES else 0


@sweep("lay_out_pages", every=timedelta(minutes=1), label="排定须重新生成的页面")
def lay_out_pages() -> int:
    """Ask for all pages of sites whose templates, menu or footer changed, and for those that the clock has changed."""
    if not settings.PUBLISHES_PAGES:
        return 0
    count = laying.lay_out_all() + laying.turned()
    return count + drain()


def drain(most: int | None = None) -> int:
    """Until nothing is left (or `most` pages are done). While somebody else renders here, it is their work: they look
    once more after they have finished. A full disk ends it; what waits goes on waiting.
    """
    done = 0
    while (most is None or done < most) and StalePage.objects.exists():
        with store.alone() as is_mine:
            if not is_mine:
                return done
            store.clear_aside()
            while count := _one_batch(BATCH if most is None else min(BATCH, most - done)):
                done += count
    return done


def _one_batch(most: int = BATCH) -> int:
    """A few when readers wait for them, more when not: none is seen before its batch is done."""
    rows = list(StalePage.objects.order_by("rank", "id")[:most])
    if rows and rows[0].rank < URGENT_RANK:
        rows = rows[:FIRST_BATCH]
    press, known = Press(), _known(rows)
    settle([_made(press, row, known.get((row.site, row.path))) for row in rows])
    return len(rows)


def _known(rows: list[StalePage]) -> dict[tuple[str, str], dict]:
    """What the manifest says of those that lie there, as far as it is ours."""
    paths, sites = {row.path for row in rows}, {row.site for row in rows}
    found = PublishedPage.objects.filter(site__in=sites, path__in=paths)
    return {(page.site, page.path): page.prints for page in found if manifest.is_genuine(page)}


def _made(press: Press, row: StalePage, known: dict | None) -> Done:
    address = Address(row.site, row.path)
    try:
        rendered = press.render(address) if row.is_wanted else None
    except DatabaseError:  # the page is not at fault: its turn comes again
        raise
    except Exception:  # whatever a view raises: the application answers there until the next change
        log.exception("页面未能生成：%s", address)
        rendered = None
    return Done(row, address, rendered, _ready(address, rendered, known))


def _ready(address: Address, rendered: Rendered | None, known: dict | None) -> store.Ready | None:
    if rendered is None:
        return None
    if rendered.file is None:
        return store.prepare(address, rendered.body, known)
    with suppress(FileNotFoundError):
        return store.prepare_copy(address, rendered.file)
    return None


def settle(batch: list[Done]) -> None:
    """Into place, under the lock of the outbox's lines: a page rendered before a newer change is thrown away, and the
    change that comes now waits until the page is in place, so that it takes it away.
    """
    with transaction.atomic():
        rows = StalePage.objects.select_for_update().filter(pk__in=[one.row.pk for one in batch])
        tokens = dict(rows.order_by("pk").values_list("pk", "token"))
        valid = [one for one in batch if tokens.get(one.row.pk) == one.row.token]
        _write([one for one in valid if one.ready])
        _retire([one.address for one in valid if not one.ready])
        StalePage.objects.filter(pk__in=[one.row.pk for one in valid]).delete()
    for one in batch:
        if one.ready:
            store.discard(one.ready)


def _write(batch: list[Done]) -> None:
    now, version = clock.now(), template_version()
    pages = []
    for one in batch:
        page = PublishedPage(
            site=one.address.site, path=one.address.path, kind=one.rendered.kind.name, prints=store.put(one.ready),
            version=version, rendered_at=now, checked_at=now, turns_at=one.rendered.turns_at,
        )  # fmt: skip
        page.seal = manifest.sign(page)
        pages.append(page)
    PublishedPage.objects.bulk_create(
        pages, update_conflicts=True, unique_fields=["site", "path"],
        update_fields=["kind", "prints", "seal", "version", "rendered_at", "checked_at", "turns_at"],
    )  # fmt: skip


def _retire(addresses: list[Address]) -> None:
    store.remove(addresses)
    for site in {address.site for address in addresses}:
        paths = [address.path for address in addresses if address.site == site]
        PublishedPage.objects.filter(site=site, path__in=paths).delete()

"""Which pages are due: all of a site whose edition changed, those that the clock has changed."""

from collections.abc import Iterable, Iterator
from itertools import islice

from portal import clock
from portal.models import Edition, PublishedPage, Site
from portal.pages import kinds, outbox, store
from portal.pages.addresses import ALL_SITES, Address
from portal.publisher.version import template_version

AT_ONCE = 1000


def lay_out_all(*, anew: bool = False) -> int:
    """Ask for every page of every site whose version is not the one laid out last; returns how many were asked for.

    Interrupted it begins again with that site: asking twice is harmless, and what was rendered meanwhile is done.
    """
    sites = list(Site.objects.all())
    store.link(sites)
    return sum(_lay_out(site, anew) for site in (None, *sites))


def turned() -> int:
    """Pages that read differently because time has passed: a new day, an activity that begins or ends."""
    rows = PublishedPage.objects.filter(turns_at__lte=clock.now()).values_list("site", "path")
    return _ask_for(Address(*row) for row in rows.iterator(chunk_size=AT_ONCE))


def enumerated(site: Site | None) -> Iterator[Address]:
    """Every page of the site that is published unasked; of no site: what all share."""
    key = site.key if site else ALL_SITES
    for kind in kinds.all_kinds():
        if kind.is_shared == (site is None):
            yield from (Address(key, path) for path in kind.addresses(site))


def _lay_out(site: Site | None, anew: bool) -> int:
    key = site.key if site else ALL_SITES
    edition, _ = Edition.objects.get_or_create(site=key)
    version = f"{template_version()}.{edition.number}"
    if edition.laid_out == version and not anew:
        return 0
    known = PublishedPage.objects.filter(site=key).values_list("path", flat=True)
    count = _ask_for(enumerated(site))
    count += _ask_for(
        Address(key, path) for path in known.iterator(chunk_size=AT_ONCE) if _is_deep(key, path)
    )
    Edition.objects.filter(pk=edition.pk).update(laid_out=version)
    return count


def _is_deep(key: str, path: str) -> bool:
    return Address(key, path).number > outbox.EAGER_PAGES


def _ask_for(addresses: Iterable[Address]) -> int:
    count, waiting = 0, iter(addresses)
    while some := list(islice(waiting, AT_ONCE)):
        outbox.changed(some, later=True)
        count += len(some)
    return count

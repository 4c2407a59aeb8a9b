"""巡访: the portal looked at from outside, as an inspector's crawler does. What was seen is kept as evidence.

Nothing is locked while pages are fetched: the pages of the very same database are asked for. A claim in the cache
keeps two sweeps apart, and a claim that a crash left behind runs out.
"""

import gzip
import hashlib
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from assessment.enums.radar import PageKind, VisitKind
from assessment.models import Visit
from assessment.models.radar import snapshots
from assessment.operations.fetching import PAUSE, Answer, Visitor
from assessment.queries import itinerary
from assessment.queries import visits as queries
from assessment.queries.itinerary import Stop
from assessment.rules.pages import Fault, Page, faults, is_dead, links
from assessment.rules.standard import numbers
from portal import clock, parameters
from portal.models import Site
from portal.safety import rules as safety_rules
from portal.sweeps import sweep

CLAIM_SECONDS = 60 * 60
ROUND_SECONDS = 15 * 60
SLOW_MILLISECONDS = 3000  # 国办发〔2017〕47号: a page loads within three seconds
SLACK = timedelta(minutes=2)
BATCH = 500


@sweep("visit_homes", every=timedelta(minutes=10), label="巡访：首页能否打开")
def visit_homes() -> int:
    """Ask for every site's home page, so often that an inspector's 20 spaced visits a day are met."""
    if not _may_visit():
        return 0
    every = timedelta(minutes=safety_rules.visit_minutes() or 30)
    due = [site for site in Site.objects.all() if _is_due(site, every) and _claim("pulse", site, 5 * 60)]
    seen = [_pulse(_visitor(), site) for site in due]
    Visit.objects.bulk_create(seen)
    for site in due:
        _release("pulse", site)
    return len(seen)


@sweep("visit_sites", every=timedelta(minutes=30), label="巡访：逐页检查")
def visit_sites() -> int:
    """Once a day, after the set hour: look through every site's pages. Returns how many pages were seen."""
    now = clock.local(clock.now())
    if not _may_visit() or now.hour < (parameters.value("visit_hour") or 0):
        return 0
    rows = Visit.objects.filter(
        kind=VisitKind.ROUND, at__gte=now.replace(hour=0, minute=0, second=0, microsecond=0)
    )
    done = set(rows.order_by().values_list("site", flat=True))
    return sum(visit(site) for site in Site.objects.exclude(pk__in=done))


def visit(site: Site) -> int:
    """One whole round of a site now; nothing while another is under way. Returns how many pages were seen."""
    if not settings.SELF_CHECK_URL or not _claim("round", site, CLAIM_SECONDS):
        return 0
    try:
        seen = list(_round(_visitor(), site))
        Visit.objects.bulk_create(seen)
    finally:
        _release("round", site)
    return len(seen)


@sweep("thin_visits", every=timedelta(days=1), label="清理巡访记录")
def thin_visits() -> int:
    """After some months only what did not open and one round a week stay, then nothing. Files go with their rows."""
    now = clock.now()
    full = now - timedelta(days=parameters.value("visit_full_days") or 100)
    kept = now - timedelta(days=parameters.value("visit_keep_days") or 400)
    return _forget(Visit.objects.filter(at__lt=kept)) + _forget(queries.to_thin(full))


def _round(visitor: Visitor, site: Site) -> Iterator[Visit]:
    """Pages one after another; then the links they hold, each asked for once."""
    ends = time.monotonic() + ROUND_SECONDS
    most, articles = parameters.value("visit_pages") or 0, parameters.value("visit_articles") or 0
    seen: list[tuple[Visit, list[str]]] = []
    for stop in itinerary.stops(site, most=most, articles=articles):
        if time.monotonic() < ends and visitor.may_fetch(stop.path, stop.host):
            time.sleep(PAUSE)
            seen.append(_look(visitor, site, stop, VisitKind.ROUND))
    _check_links(visitor, site, seen, ends)
    yield from (row for row, _ in seen)


def _check_links(visitor: Visitor, site: Site, seen: list[tuple[Visit, list[str]]], ends: float) -> None:
    """A dead link is a fault of every page that has it."""
    known, host = {row.url: row.status for row, _ in seen}, site.host_name or ""
    left = parameters.value("visit_links") or 0
    for row, found in seen:
        for path in found:
            if path not in known and left and time.monotonic() < ends and visitor.may_fetch(path, host):
                known[path], left = visitor.status_of(path, host), left - 1
            if is_dead(status := known.get(path, 200)):
                row.faults.append(_said(Fault("link", f"断链：{path[:120]}（{status or '打不开'}）")))


def _pulse(visitor: Visitor, site: Site) -> Visit:
    return _look(visitor, site, itinerary.home(site), VisitKind.PULSE)[0]


def _look(visitor: Visitor, site: Site, stop: Stop, kind: VisitKind) -> tuple[Visit, list[str]]:
    """The row of a visit, not saved, and the links of the page. A pulse keeps no copy unless something was wrong."""
    answer = visitor.get(stop.path, stop.host)
    row = Visit(
        site=site, kind=kind, page=stop.kind, url=stop.path[:300], what=stop.what[:80], at=clock.now(),
        status=answer.status, milliseconds=answer.milliseconds,
    )  # fmt: skip
    found, page = list(_faults_of_answer(answer)), None
    if answer.status == 200 and kind == VisitKind.ROUND:
        page = Page.read(PageKind(stop.kind), answer.body, stop.published)
        found += faults(page)
    row.faults = [_said(one) for one in found]
    if answer.body:
        row.sha256 = hashlib.sha256(answer.body).hexdigest()
        if kind == VisitKind.ROUND or answer.status != 200:
            row.snapshot.name = _store(row.sha256, answer.body)
    return row, links(page, stop.path) if page else []


def _faults_of_answer(answer: Answer) -> Iterator[Fault]:
    if answer.fault:
        yield Fault("status", answer.fault)
    elif answer.location:
        yield Fault("status", f"转到 {answer.location[:120]}")
    elif answer.status != 200:
        yield Fault("status", f"状态码 {answer.status}")
    if answer.status and answer.milliseconds > SLOW_MILLISECONDS:
        yield Fault("slow", f"用时 {answer.milliseconds / 1000:.1f} 秒，超过 {SLOW_MILLISECONDS // 1000} 秒")


def _store(digest: str, body: bytes) -> str:
    """The page under the digest of its content: the same page is kept once, however often it was seen."""
    name, storage = f"{digest[:2]}/{digest}.html.gz", snapshots()
    if not storage.exists(name):
        storage.save(name, ContentFile(gzip.compress(body, mtime=0)))
    return name


def _forget(rows) -> int:
    """Rows first, files after the transaction: a crash in between leaves a file too many, never a row without one."""
    done = 0
    while batch := list(rows.order_by("pk").values_list("pk", "snapshot")[:BATCH]):
        with transaction.atomic():
            done += Visit.objects.filter(pk__in=[pk for pk, _ in batch]).delete()[0]
        _drop_files({name for _, name in batch if name})
    return done


def _drop_files(names: Iterable[str]) -> None:
    storage = snapshots()
    for name in queries.unreferenced(list(names)):
        storage.delete(name)


def _visitor() -> Visitor:
    most = (parameters.value("visit_kilobytes") or 2048) * 1024
    return Visitor(settings.SELF_CHECK_URL, seconds=numbers()["open_seconds"].value, most_bytes=most)


def _may_visit() -> bool:
    """Only now: what is fetched is the portal of this moment, whatever moment a sweep is played as at."""
    return bool(settings.SELF_CHECK_URL) and abs(clock.now() - timezone.now()) < SLACK


def _is_due(site: Site, every: timedelta) -> bool:
    last = itinerary.newest_pulse(site)
    return last is None or clock.now() - last.at >= every - SLACK


def _claim(what: str, site: Site, seconds: int) -> bool:
    return cache.add(f"visit-{what}-{site.pk}", 1, seconds)


def _release(what: str, site: Site) -> None:
    cache.delete(f"visit-{what}-{site.pk}")


def _said(fault: Fault) -> dict[str, str]:
    return {"key": fault.key, "text": fault.text}

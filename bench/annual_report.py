"""The annual report: fifty thousand requests over some years, counted with their checks, memory flat."""

import time
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import Row, at_most
from disclosure.enums.decisions import Outcome
from disclosure.enums.requests import ApplicantKind, RequestState
from disclosure.models import DisclosureRequest
from disclosure.queries.reports import computed
from portal import clock
from portal.enums import DepartmentKind
from portal.models import Department, Site

REQUESTS, ROUNDS, YEARS = 50_000, 5, 3


def run() -> list[Row]:
    site, year = _office(), clock.today().year - 1
    DisclosureRequest.objects.bulk_create(_requests(site, year), batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        computed(site, year, {})
    took = sorted(_seconds(site, year) for _ in range(ROUNDS))[ROUNDS // 2]
    return [
        at_most("5 万件申请：年度报告三表与勾稽的查询数", len(asked), "次", 10),
        at_most(f"5 万件申请：年度报告三表与勾稽（{connection.vendor}）", took, "秒", 1),
        at_most("5 万件申请：统计时占用内存的峰值", _peak(site, year), "MB", 20),
    ]


def _office() -> Site:
    bureau = Department.objects.create(name="市局", code="shiju", kind=DepartmentKind.BUREAU)
    return Site.objects.create(key="shiju", name="市局网站", department=bureau)


def _requests(site: Site, year: int) -> Iterator[DisclosureRequest]:
    """Over the year before the report's, its own and the following one; of each hundred one is still owed."""
    outcomes, kinds, first = Outcome.values, ApplicantKind.values, date(year - 1, 1, 1)
    for n in range(REQUESTS):
        received = first + timedelta(days=n * 365 * YEARS // REQUESTS)
        answered = None if n % 100 == 0 else received + timedelta(days=n % 28)
        yield DisclosureRequest(
            site=site, year=received.year, serial=n, code=f"B{n:011}", password_digest="x", nonce=f"{n:032x}",
            channel="VISIT", kind=kinds[n % len(kinds)], name="申请人", identity_kind="OTHER", identity_number="0",
            applicant_key=f"{n:064x}", title=f"信息{n}", wanted="内容", delivery="COLLECT",
            state=RequestState.ANSWERED if answered else RequestState.IN_HAND, submitted_at=clock.now(),
            arrived_on=received, received_on=received, answered_on=answered,
            outcome=outcomes[n % len(outcomes)] if answered else "",
        )  # fmt: skip


def _seconds(site: Site, year: int) -> float:
    began = time.perf_counter()
    found = computed(site, year, {})
    assert found.tables.requests.number("received", "total") > REQUESTS // (YEARS + 1)
    return time.perf_counter() - began


def _peak(site: Site, year: int) -> float:
    """What the counting takes beyond what was there before it."""
    tracemalloc.start()
    computed(site, year, {})
    peak = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()
    return peak

"""What must hold of the registers: numbers run from one without a gap, as the counters say (条例第四十八条)."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Max, QuerySet

from disclosure.models import CatalogueEntry, DisclosureRequest, RequestYear
from portal.integrity import Finding, invariant, of


@invariant("request_numbers", "依申请公开的登记序号连续")
def request_numbers() -> Iterator[Finding]:
    found = _taken(DisclosureRequest.objects.values("site_id", "year"))
    yield from _gaps("disclosure.disclosurerequest", found)
    for row in RequestYear.objects.order_by("pk"):
        last = found.get((row.site_id, row.year), (0, 0))[1]
        if row.last != last:
            yield Finding(of(row), f"{row.year} 年计数到 {row.last} 号，登记簿到 {last} 号")


@invariant("index_numbers", "公开目录的流水号连续")
def index_numbers() -> Iterator[Finding]:
    yield from _gaps("disclosure.catalogueentry", _taken(CatalogueEntry.objects.values("issuer_id", "year")))


def _taken(rows: QuerySet) -> dict[tuple[int, int], tuple[int, int]]:
    """By owner and year: how many numbers were taken, and the last of them."""
    counted = rows.order_by().annotate(number=Count("pk"), last=Max("serial"))
    return {tuple(row.values())[:2]: (row["number"], row["last"]) for row in counted}


def _gaps(what: str, found: dict[tuple[int, int], tuple[int, int]]) -> Iterable[Finding]:
    return (
        Finding(f"{what}:{owner}-{year}", f"{year} 年有 {number} 条，最后一号是 {last}：号码有缺")
        for (owner, year), (number, last) in sorted(found.items())
        if number != last
    )

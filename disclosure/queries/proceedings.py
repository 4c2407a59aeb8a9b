"""复议诉讼 of a site, by year and kind: the rows of the fourth table."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from disclosure.enums.decisions import ProceedingKind, ProceedingResult
from disclosure.models import Proceeding
from disclosure.queries.decisions import years
from disclosure.queries.request_board import Scope
from portal.models import Site

SHOWN_WITH = ("request__site", "recorded_by")


@dataclass(frozen=True)
class Asked:
    """What the register was asked for; year None: all years."""

    site: Site
    year: int | None = None
    kind: str = ""
    result: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, str], sites: list[Site]) -> "Asked":
        site = next((one for one in sites if one.key == typed.get("site")), sites[0])
        year, kind, result = typed.get("year", ""), typed.get("kind", ""), typed.get("result", "")
        return cls(
            site, int(year) if year in map(str, years()) else None,
            kind if kind in ProceedingKind else "", result if result in ProceedingResult else "",
        )  # fmt: skip

    @property
    def is_narrowed(self) -> bool:
        return bool(self.year or self.kind or self.result)


def register(scope: Scope, asked: Asked) -> QuerySet[Proceeding]:
    rows = Proceeding.objects.filter(request__in=scope.rows(asked.site))
    if asked.year:
        rows = rows.filter(filed_on__year=asked.year)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.result:
        rows = rows.filter(result=asked.result)
    return rows.select_related(*SHOWN_WITH).order_by("-filed_on", "-pk")

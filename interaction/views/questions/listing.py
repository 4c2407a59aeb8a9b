"""What the lists of questions share: those of one column, and those of all columns of a site."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest

from columns.models import Column
from interaction.queries import questions as queries
from portal import richtext
from portal.models import Department

PAGE_SIZE = 20
COMMON = 8
KINDS = {"": "全部", "faq": "常见问题", "mine": "我的提问"}
WORDS = 80


def listing(request: HttpRequest, columns: list[Column]) -> dict[str, Any]:
    """`?q=` words in question or answer, `?kind=` one of KINDS, `?department=` who answered, page by page.

    Six queries at most, however many questions there are.
    """
    words = richtext.one_line(request.GET.get("q", ""))[:WORDS]
    kind = request.GET.get("kind", "")
    if kind not in KINDS or (kind == "mine" and not request.user.is_authenticated):
        raise Http404
    departments = queries.departments_in(queries.shown(columns))
    department = _chosen(departments, request.GET.get("department", ""))
    rows = {"": queries.shown, "faq": queries.common}.get(kind, lambda _: _own(request, columns))(columns)
    rows = queries.holding(rows, words)
    if department:
        rows = rows.filter(department=department)
    is_whole = not (words or kind or department)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "listing": page, "words": words, "kind": kind, "chosen": department, "departments": departments,
        "kinds": [one for one in KINDS.items() if one[0] != "mine" or request.user.is_authenticated],
        "common": list(queries.common(columns)[:COMMON]) if is_whole and page.number == 1 else [],
        "asks_in": columns, "is_whole": is_whole,
    }  # fmt: skip


def _own(request: HttpRequest, columns: list[Column]):
    return queries.of(request.user).filter(column__in=[one.pk for one in columns])


def _chosen(departments: list[Department], code: str) -> Department | None:
    if not code:
        return None
    found = next((one for one in departments if one.code == code), None)
    if found is None:
        raise Http404
    return found

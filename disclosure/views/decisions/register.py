"""答复登记: every answer sent in a year, by outcome; as a workbook too. Names nobody."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from disclosure.models import Decision
from disclosure.queries import decisions as queries
from disclosure.queries.request_board import Scope
from disclosure.rules.outcomes import RULINGS
from portal.spreadsheets import workbook

PAGE_SIZE = 20
HEADINGS = (
    "申请编号", "答复文号", "所需信息名称", "申请人类别", "申请渠道", "收到申请之日", "答复日期", "年报表三", "答复结论",
    "依据", "承办部门", "签发人", "送达方式", "送达日期",
)  # fmt: skip
WIDTHS = (18, 24, 44, 12, 22, 14, 14, 14, 28, 40, 16, 12, 14, 14)


@require_safe
@login_required
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    scope = Scope.of(request.user)
    if not scope.sites:
        raise Http404
    asked = queries.Asked.read(request.GET, scope.sites)
    rows = queries.register(scope, asked)
    if request.GET.get("format") == "xlsx":
        title = f"{asked.site.name}{asked.year}年依申请公开答复登记"
        return workbook(title, HEADINGS, _lines(rows.iterator(chunk_size=500)), WIDTHS)
    return render(request, "desk/decisions/register.html", {
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "asked": asked,
        "sites": scope.sites, "years": queries.years(), "outcomes": queries.outcome_choices(),
        "rulings": RULINGS, "here": "decisions_register",
    })  # fmt: skip


def _lines(rows: Iterable[Decision]) -> Iterator[tuple]:
    for one in rows:
        asked, ruling = one.request, RULINGS[one.outcome]
        yield (
            asked.code, one.number, asked.title, asked.get_kind_display(), asked.get_channel_display(),
            asked.received_on, asked.answered_on, ruling.key, ruling.label, ruling.clause, str(one.department),
            str(one.signed_by or ""), one.get_delivery_display() if one.delivered_on else "", one.delivered_on,
        )  # fmt: skip

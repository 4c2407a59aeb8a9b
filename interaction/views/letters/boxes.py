"""信箱 on the desk: what waits in each, and the register of who looked into it on which working day (常山(十))."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interaction.models import Letterbox
from interaction.operations import looks
from interaction.queries import letter_board, registers
from interaction.rules import letters as rules


@require_safe
@login_required
@never_cache
def letterboxes(request: HttpRequest) -> HttpResponse:
    """The letterboxes that the person receives for or oversees, each with what waits and this month's register."""
    boxes = registers.seen_by(request.user)
    if not boxes:
        raise Http404
    month = registers.month_of(request.GET.get("month", ""))
    return render(request, "desk/letters/letterboxes.html", {
        "register": registers.register(boxes, month), "month": month, "here": "letterboxes",
        "receiving": {box.pk for box in boxes if rules.receives(request.user, box)},
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def letterbox(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits in one letterbox. Opening it is looking at it: the first of a day is put down."""
    box = get_object_or_404(Letterbox.objects.select_related("site", "receiver", "office"), pk=pk)
    if not (rules.receives(request.user, box) or rules.oversees(request.user, box.site_id)):
        raise Http404
    is_first = looks.look_into(box, by=request.user)
    listing = letter_board.page(letter_board.rows_of_box(box), request.GET)
    return render(request, "desk/letters/letterbox.html", {
        "box": box, "listing": listing, "is_first": is_first, "looks": registers.latest(box), "here": "letterboxes",
    })  # fmt: skip

"""我的参与: everything somebody asked, contributed and said, how it stands and why (办法第十二条、第十四条)."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interaction.queries import comments, contributions, questions

PAGE_SIZE = 20
KINDS = {
    "questions": ("提问", questions.of),
    "contributions": ("投稿", contributions.of),
    "comments": ("评论", comments.of),
}


@require_safe
@login_required
@never_cache
def my(request: HttpRequest) -> HttpResponse:
    """`?kind=` questions (as it is without), contributions or comments."""
    kind = request.GET.get("kind") or "questions"
    if kind not in KINDS:
        raise Http404
    rows = {key: own(request.user) for key, (_, own) in KINDS.items()}
    return render(request, "desk/interaction/my.html", {
        "kind": kind, "listing": Paginator(rows[kind], PAGE_SIZE).get_page(request.GET.get("page")),
        "tabs": [(key, label, rows[key].count()) for key, (label, _) in KINDS.items()],
    })  # fmt: skip

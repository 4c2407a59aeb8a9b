"""What was said about one thing, with the form to say more: shown under articles and questions."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from interaction.forms import comments as forms
from interaction.models import Question
from interaction.queries import comments as queries
from interaction.rules import comments as rules
from publishing.models import Article

PAGE_SIZE = 20
MOST_OWN = 10


def thread(
    request: HttpRequest, subject: Article | Question, form: forms.CommentForm | None = None
) -> dict[str, Any]:
    """Two queries for whoever reads (as far as the visitor is known), one more for their own that nobody else sees."""
    user = request.user
    why_not = rules.why_not_post(user, subject)
    listing = Paginator(queries.shown(subject), PAGE_SIZE).get_page(request.GET.get("comments"))
    listing.object_list = list(listing.object_list) if listing.paginator.count else []
    return {
        "listing": listing,
        "own": list(queries.own_unseen(subject, user)[:MOST_OWN]) if user.is_authenticated else [],
        "why_not": why_not,
        "form": (form or forms.blank()) if not why_not else None,
        "address": subject.get_absolute_url(),
        "word": "讨论" if isinstance(subject, Question) else "评论",
    }

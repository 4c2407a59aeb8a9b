"""A paper as a file to take away."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from portal.documents import Paper, book, word

TYPES = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", word),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", book),
}


def answer(paper: Paper, form: str) -> HttpResponse:
    """Raises Http404 for a form of file that there is not."""
    if form not in TYPES:
        raise Http404
    mime, write = TYPES[form]
    response = HttpResponse(write(paper), content_type=mime)
    response["Content-Disposition"] = content_disposition_header(True, f"{paper.title}.{form}")
    response["Cache-Control"] = "no-store"
    return response

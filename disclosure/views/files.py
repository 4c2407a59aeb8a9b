"""Files that leave the house: a paper as .docx or .xlsx, a stored file saved and never shown in the browser."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from portal.documents import Paper, book, word
from portal.models import StoredFile

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


def saved(stored: StoredFile) -> FileResponse:
    response = FileResponse(default_storage.open(stored.file.name), as_attachment=True, filename=stored.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

"""A file kept with something on the desk; the view that calls this has checked who may have it."""

from django.http import FileResponse, Http404

from portal.enums import FileKind
from portal.models import StoredFile

SHOWN_IN_BROWSER = {"application/pdf"}


def send(stored: StoredFile) -> FileResponse:
    """Pictures and PDF open in the browser, anything else is saved under its Chinese name."""
    is_shown = stored.kind == FileKind.PICTURE or stored.content_type in SHOWN_IN_BROWSER
    try:
        answer = FileResponse(
            stored.file.open(),
            as_attachment=not is_shown,
            filename=stored.name,
            content_type=stored.content_type,
        )
    except FileNotFoundError as missing:
        raise Http404 from missing
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

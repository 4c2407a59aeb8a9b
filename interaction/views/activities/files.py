"""Files of an activity by right: readers of its page, and those who see the work; nobody else learns that they are."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from interaction.enums.activities import ActivityKind
from interaction.models import Activity
from interaction.rules import activity_files as rules
from portal import uploads
from portal.enums import FileKind
from portal.models import StoredFile
from publishing.views.files import SHOWN_IN_BROWSER, send


@require_safe
def download(request: HttpRequest, segment: str, pk: int, file: UUID, name: str) -> HttpResponse:
    """Pictures and PDF open in the browser, anything else is saved under its Chinese name."""
    stored = _readable(request, segment, pk, file)
    is_shown = stored.kind == FileKind.PICTURE or stored.content_type in SHOWN_IN_BROWSER
    return send(
        request, stored.file.name, etag=stored.sha256, content_type=stored.content_type, filename=stored.name,
        as_attachment=not is_shown,
    )  # fmt: skip


@require_safe
def thumbnail(request: HttpRequest, segment: str, pk: int, file: UUID, size: str) -> HttpResponse:
    """A picture cut to "card" (640×400) or "thumb" (240×150)."""
    stored = _readable(request, segment, pk, file)
    if size not in uploads.THUMBNAILS or stored.kind != FileKind.PICTURE:
        raise Http404
    name = uploads.thumbnail_name(stored, size)
    return send(request, name, etag=f"{stored.sha256}-{size}", content_type="image/jpeg")


def _readable(request: HttpRequest, segment: str, pk: int, file: UUID) -> StoredFile:
    kinds = [kind for kind in ActivityKind if kind.segment == segment]
    activity = get_object_or_404(Activity.objects.select_related("site"), pk=pk, kind__in=kinds)
    stored = rules.file_of(activity, file) if rules.may_read(request.user, activity) else None
    if stored is None:
        raise Http404
    return stored

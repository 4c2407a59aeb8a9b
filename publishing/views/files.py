"""Files by right: whoever may not see a file is told that there is none, so addresses cannot be probed."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from columns import rules as column_rules
from portal import addresses, uploads
from portal.enums import FileKind, Power
from portal.models import StoredFile
from publishing import rules

SHOWN_IN_BROWSER = {"application/pdf"}


@require_safe
def download(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """The file: pictures and PDF open in the browser, anything else is saved under its Chinese name."""
    stored = _readable_file(request, pk)
    is_shown = stored.kind == FileKind.PICTURE or stored.content_type in SHOWN_IN_BROWSER
    return send(
        request, stored.file.name, etag=stored.sha256,
        content_type=stored.content_type, filename=stored.name, as_attachment=not is_shown,
    )  # fmt: skip


@require_safe
def thumbnail(request: HttpRequest, pk: UUID, size: str) -> HttpResponse:
    """A picture cut to "card" (640×400) or "thumb" (240×150), as made when it was uploaded."""
    if size not in uploads.THUMBNAILS:
        raise Http404
    stored = _readable_file(request, pk)
    if stored.kind != FileKind.PICTURE:
        raise Http404
    name = uploads.thumbnail_name(stored, size)
    return send(request, name, etag=f"{stored.sha256}-{size}", content_type="image/jpeg")


@require_POST
def editor_upload(request: HttpRequest) -> JsonResponse:
    """What the editor's picture button and paste send; answers in CKEditor's JSON, refusals in Chinese."""
    if not column_rules.powers_of(request.user).anywhere(Power.COLLECT):
        return _refused("您没有采集权限，或登录已过期，请重新登录", status=403)
    if why_not := addresses.why_not_upload(request):
        return _refused(why_not)
    upload = request.FILES.get("upload")
    if upload is None:
        return _refused("没有收到文件，请重新选择")
    try:
        stored = uploads.accept(upload, owner=request.user)
    except uploads.UploadRefused as refusal:
        return _refused(refusal.message)
    return JsonResponse({"uploaded": 1, "fileName": stored.name, "url": stored.get_absolute_url()})


def _readable_file(request: HttpRequest, pk: UUID) -> StoredFile:
    stored = get_object_or_404(StoredFile, pk=pk)
    if not rules.may_read_file(request.user, stored):
        raise Http404
    return stored


def send(request: HttpRequest, name: str, *, etag: str, **options) -> HttpResponse:
    """The stored bytes, or 304. Browsers ask again each time, so a withdrawn file is gone at once."""
    try:
        response = FileResponse(default_storage.open(name), **options)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response.headers["ETag"] = f'"{etag}"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)


def _refused(message: str, status: int = 200) -> JsonResponse:
    return JsonResponse({"uploaded": 0, "error": {"message": message}}, status=status)

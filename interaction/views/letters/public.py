"""写信 and 选登: the letterboxes, one to write to, and what was published."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from interaction.forms.letters import WriteForm
from interaction.models import Letterbox, PublicLetter
from interaction.operations import writing
from interaction.queries import letterboxes as queries
from interaction.queries.handlers import answering_departments
from portal import addresses, parameters, rates, richtext, uploads
from portal.workflow import Refused

PAGE_SIZE, NEWEST = 20, 8
HOUR = 60 * 60
TOO_MANY = "这个地址一小时内来信太多，请稍后再写；内容都还在，不要关闭本页"


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """信箱: the letterboxes of the site, or of the one above it; how letters fare; what was published."""
    boxes = queries.offered(request.site)
    site = boxes[0].site if boxes else request.site
    return render(request, "public/letters/mailbox.html", {
        "boxes": boxes, "figures": queries.figures(site), "here": "letters",
        "published": queries.published(site)[:NEWEST],
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@never_cache
def write(request: HttpRequest, key: str) -> HttpResponse:
    """写信. The receipt is the answer to the form itself: its password stands in no address and in no session."""
    box = get_object_or_404(Letterbox.objects.select_related("site", "receiver"), key=key, site=request.site)
    if box.needs_sign_in and not request.user.is_authenticated:
        return render(request, "public/letters/sign_in.html", {"box": box, "here": "letters"}, status=403)
    given = {"letterbox": box, "departments": answering_departments(box.site)}
    if request.method == "GET":
        return _form(request, box, WriteForm(initial=_known(request), **given))
    form = WriteForm(request.POST, request.FILES, **given)
    if not form.is_valid():
        return _form(request, box, form, 422)
    if form.cleaned_data.get("files") and (why_not := addresses.why_not_upload(request)):
        form.add_error("files", why_not)
        return _form(request, box, form, 422)
    if not _may_write(request):
        form.add_error(None, TOO_MANY)
        return _form(request, box, form, 429)
    try:
        receipt = writing.write(_draft(box, form.cleaned_data), nonce=form.nonce, by=_signed_in(request))
    except (Refused, uploads.UploadRefused) as refusal:
        field = getattr(refusal, "field", "files")
        form.add_error(field if field in form.fields else None, refusal.message)
        return _form(request, box, form, 422)
    return render(request, "public/letters/receipt.html", {
        "receipt": receipt, "letter": receipt.letter, "box": box, "here": "letters",
        "limit": queries.clock_of(receipt.letter),
    })  # fmt: skip


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """选登来信, newest first; `?q=` seeks in titles."""
    words = richtext.one_line(request.GET.get("q", ""))[:60]
    rows = queries.published(request.site)
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"listing": listing, "words": words, "here": "letters"}
    return render(request, "public/letters/published.html", context)


@require_safe
def public_letter(request: HttpRequest, pk: int) -> HttpResponse:
    found = PublicLetter.objects.filter(is_public=True, site=request.site)
    shown = get_object_or_404(
        found.select_related("letter__letterbox", "letter__department", "letter__matter"), pk=pk
    )
    return render(
        request, "public/letters/public.html", {"shown": shown, "letter": shown.letter, "here": "letters"}
    )


def _form(request: HttpRequest, box: Letterbox, form: WriteForm, status: int = 200) -> HttpResponse:
    if not box.is_open:
        raise Http404
    context = {"box": box, "form": form, "matters": box.matters.filter(is_active=True), "here": "letters"}
    return render(request, "public/letters/write.html", context, status=status)


def _known(request: HttpRequest) -> dict[str, Any]:
    """Whoever is signed in need not type who they are."""
    user = _signed_in(request)
    return {"writer_name": user.name, "phone": user.phone, "email": user.email} if user else {}


def _draft(box: Letterbox, typed: dict[str, Any]) -> writing.Draft:
    known = {name: value for name, value in typed.items() if name in writing.Draft.__dataclass_fields__}
    return writing.Draft(letterbox=box, **known)


def _may_write(request: HttpRequest) -> bool:
    most = parameters.value("letters_an_hour")
    return most is None or rates.allow(rates.by_address("letters", request), most=most, seconds=HOUR)


def _signed_in(request: HttpRequest):
    return request.user if request.user.is_authenticated else None

"""网上预审: the form of one item. The receipt answers the form itself: its password stands in no address or session."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from disclosure.forms.prereviews import ApplyForm
from disclosure.models import ServiceItem
from disclosure.operations import applying
from disclosure.queries import prereviews as queries
from disclosure.rules import prereviews as rules
from disclosure.views.services.public import item_of
from portal import addresses, parameters, rates
from portal.uploads import UploadRefused
from portal.workflow import Refused

HOUR = 60 * 60
TOO_MANY = "这个地址一小时内提交的预审太多，请稍后再试；已填写的内容都在，文件须重新选择"


@require_http_methods(["GET", "POST"])
@never_cache
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_of(request, pk)
    reason = rules.why_not_apply(item) or (request.method == "GET" and addresses.why_not_upload(request))
    if reason:
        context = {"item": item, "why": reason, "here": "services"}
        return render(request, "public/services/closed.html", context, status=403)
    materials = item.guide.materials.all()
    if request.method == "GET":
        return _form(request, item, ApplyForm(materials=materials), 200)
    form = ApplyForm(request.POST, request.FILES, materials=materials)
    if not form.is_valid():
        return _form(request, item, form, 422)
    if form.sent and (why_not := addresses.why_not_upload(request)):
        form.add_error(None, why_not)
        return _form(request, item, form, 422)
    if not _may_apply(request):
        form.add_error(None, TOO_MANY)
        return _form(request, item, form, 429)
    try:
        receipt = applying.apply(_draft(item, form), nonce=form.nonce, by=signed_in(request))
    except (Refused, UploadRefused) as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, refusal.message)
        return _form(request, item, form, 422)
    return render(request, "public/services/receipt.html", {
        "receipt": receipt, "found": receipt.pre_review, "item": item, "here": "track",
        "limit": queries.clock_of(receipt.pre_review),
    })  # fmt: skip


def signed_in(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _draft(item: ServiceItem, form: ApplyForm) -> applying.Draft:
    said = {name: form.cleaned_data[name] for name in ("kind", "name", "agent", "phone", "email", "words")}
    return applying.Draft(item=item, files=form.sent, **said)


def _form(request: HttpRequest, item: ServiceItem, form: ApplyForm, status: int) -> HttpResponse:
    context = {"item": item, "guide": item.guide, "form": form, "here": "services"}
    return render(request, "public/services/apply.html", context, status=status)


def _may_apply(request: HttpRequest) -> bool:
    most = parameters.value("pre_reviews_an_hour")
    return most is None or rates.allow(rates.by_address("pre_reviews", request), most=most, seconds=HOUR)

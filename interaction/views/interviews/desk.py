"""An interview on the desk: who is asked while it is a draft; summary, video and pictures once it is approved."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from interaction.enums.activities import ActivityKind
from interaction.forms.interviews import GuestSet, HostForm, MediaForm, rows_of
from interaction.models import Activity
from interaction.operations import interviews as operations
from interaction.rules import interviews as rules
from interaction.views.activities.desk import find
from portal import addresses
from portal.refusals import refused, unseen
from portal.workflow import Refused

PREFIX = "guests"


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """主持人 and 嘉宾."""
    activity = interview_of(request, pk, editing=True)
    if request.method == "GET":
        form = HostForm(initial={"host": activity.interview.host, "version": activity.version})
        return _edit(request, activity, form, GuestSet(initial=rows_of(activity.interview), prefix=PREFIX))
    form, rows = HostForm(request.POST), GuestSet(request.POST, request.FILES, prefix=PREFIX)
    if not (form.is_valid() & rows.is_valid()):
        return _edit(request, activity, form, rows, 422)
    if against := addresses.why_not_upload(request) if request.FILES else "":
        form.add_error(None, against)
        return _edit(request, activity, form, rows, 422)
    try:
        operations.save(
            activity, form.cleaned_data["host"], rows.guests, by=request.user,
            version=form.cleaned_data["version"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _edit(request, activity, form, rows, refused(request, refusal, activity))
    messages.success(request, f"已保存：“{activity}”，嘉宾 {len(rows.guests)} 位")
    return redirect("desk:activity", pk)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def media(request: HttpRequest, pk: int) -> HttpResponse:
    """摘要、视频和图片."""
    activity = interview_of(request, pk)
    if not rules.may_keep_record(request.user, activity):
        raise unseen(request, activity, "不能更新这场访谈的摘要、视频和图片")
    interview = activity.interview
    initial = {"summary": interview.summary, "video_url": interview.video_url}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MediaForm(*sent, activity=activity, initial=initial)
    if request.method == "GET" or not form.is_valid():
        return _media(request, activity, form, 422 if request.method == "POST" else 200)
    if against := addresses.why_not_upload(request) if request.FILES else "":
        form.add_error("files", against)
        return _media(request, activity, form, 422)
    try:
        operations.save_media(activity, form.media, by=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _media(request, activity, form, refused(request, refusal, activity))
    messages.success(request, "已保存，公开页面随即更新")
    return redirect("desk:interview_media", pk)


def interview_of(request: HttpRequest, pk: int, *, editing: bool = False) -> Activity:
    """An interview for a page of the desk; 404 for another kind of activity too."""
    activity = find(request, pk, editing=editing)
    if activity.kind != ActivityKind.INTERVIEW:
        raise Http404
    return activity


def _edit(
    request: HttpRequest, activity: Activity, form: HostForm, rows: Any, status: int = 200
) -> HttpResponse:
    guests = {one.pk: one for one in activity.interview.guests.select_related("picture")}
    pictures = [guests.get(_kept(row)) for row in rows]
    return render(request, "desk/interviews/edit.html", {
        "activity": activity, "form": form, "rows": rows, "lines": list(zip(rows, pictures, strict=True)),
        "here": "activities",
    }, status=status)  # fmt: skip


def _kept(row: Any) -> int | None:
    """Which guest's picture a row shows, however it was typed."""
    value = str(row["keeps"].value() or "")
    return int(value) if value.isdecimal() and len(value) < 19 else None


def _media(request: HttpRequest, activity: Activity, form: MediaForm, status: int) -> HttpResponse:
    context = {"activity": activity, "form": form, "here": "activities"}
    return render(request, "desk/interviews/media.html", context, status=status)

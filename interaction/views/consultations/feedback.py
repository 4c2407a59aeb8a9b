"""征集情况反馈 on the desk: figures, what still lacks a decision, the text that goes with them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from interaction.forms.consultations import FeedbackForm
from interaction.models import Activity
from interaction.operations import consultations as operations
from interaction.rules import consultations as rules
from interaction.rules import opinions as opinion_rules
from interaction.views.consultations.desk import consultation_of
from interaction.views.consultations.public import feedback_of
from portal.refusals import refused, unseen
from portal.workflow import Refused


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    activity = consultation_of(request, pk)
    if not opinion_rules.may_read(request.user, activity):
        raise unseen(request, activity, "不能查看这项征集的意见")
    consultation = activity.consultation
    given = {"feedback": consultation.feedback, "version": consultation.version}
    form = FeedbackForm(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "GET":
        return _page(request, activity, form, 200)
    try:
        operations.require_handling(activity, request.user)
        if not form.is_valid():
            return _page(request, activity, form, 422)
        operations.feed_back(
            activity, form.cleaned_data["feedback"], by=request.user, version=form.cleaned_data["version"]
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, activity, form, refused(request, refusal, activity))
    messages.success(request, "已保存反馈说明，由发布人公布")
    return redirect("desk:consultation_feedback", pk)


def _page(request: HttpRequest, activity: Activity, form: FeedbackForm, status: int) -> HttpResponse:
    not_now = rules.not_now(activity)
    return render(request, "desk/consultations/feedback.html", {
        **feedback_of(activity, request.GET.get("page")), "activity": activity, "form": form, "not_now": not_now,
        "missing": rules.result_issues(activity), "may_write": not not_now and rules.may_handle(request.user, activity),
        "here": "activities",
    }, status=status)  # fmt: skip

"""运行监控 for the 网管, and the logs for 审计管理员."""

from datetime import timedelta

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal import clock, parameters, watch
from portal.enums import Health
from portal.house import keeping, machine, rules, sweeps
from portal.refusals import refused, unseen
from portal.workflow import Refused

NOT_FOR_YOU = "运行监控供系统、安全和审计管理员使用"


@require_safe
@login_required
@never_cache
def operations(request: HttpRequest) -> HttpResponse:
    """Everything that is watched, the worst first; below it every sweep and what failed."""
    if not rules.may_look(request.user):
        raise unseen(request, request.user, NOT_FOR_YOU)
    rows = watch.readings()
    counts = [(state, sum(reading.state == state for _, reading in rows)) for state in reversed(Health)]
    lines = sweeps.lines()
    order = {Health.RED: 0, Health.AMBER: 1, Health.OK: 2}
    return render(request, "desk/operations/board.html", {
        "rows": sorted(rows, key=lambda row: (order[row[1].state], row[0].place)), "counts": counts,
        "late_sweeps": [one for one in lines if one.state != Health.OK],
        "good_sweeps": [one for one in lines if one.state == Health.OK],
        "failures": sweeps.failures(), "version": machine.version(), "now": clock.now(),
        "here": "operations",
    })  # fmt: skip


class LogsForm(forms.Form):
    """Which days, which logs."""

    since = forms.DateField(
        label="从", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写开始日期", "invalid": "应为日期"},
    )  # fmt: skip
    until = forms.DateField(
        label="到", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写截止日期", "invalid": "应为日期"},
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label="内容", choices=list(keeping.KINDS.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择要导出的内容"},
    )  # fmt: skip

    def clean(self):
        typed = super().clean() or {}
        since, until = typed.get("since"), typed.get("until")
        if since and until and (until - since).days >= keeping.MOST_DAYS:
            self.add_error(
                "until", f"一次最多导出 {keeping.MOST_DAYS} 天；更长的在服务器上用命令 export_logs"
            )
        return typed


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def logs(request: HttpRequest) -> HttpResponse:
    """日志导出: a form; sent, the file."""
    if not rules.may_export(request.user):
        raise unseen(request, request.user, "日志由审计管理员导出")
    if request.method == "GET":
        today = clock.today()
        return _logs(request, LogsForm(initial={
            "since": today - timedelta(days=6), "until": today, "kinds": list(keeping.KINDS),
        }))  # fmt: skip
    form = LogsForm(request.POST)
    if not form.is_valid():
        return _logs(request, form, 422)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    try:
        packed = keeping.export(form.cleaned_data["kinds"], since, until, by=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _logs(request, form, refused(request, refusal, request.user))
    name = f"日志{since:%Y%m%d}-{until:%Y%m%d}.zip"
    return FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")


def _logs(request: HttpRequest, form: LogsForm, status: int = 200) -> HttpResponse:
    oldest, size = keeping.kept_days()
    return render(request, "desk/operations/logs.html", {
        "form": form, "oldest": oldest, "size": size, "days": parameters.value("log_days"), "here": "logs",
    }, status=status)  # fmt: skip

"""Which operation a button of a question's page calls, and what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from interaction.forms.decisions import DecisionForm
from interaction.forms.questions import AnswerForm, FaqForm, ReferForm
from interaction.models import Question
from interaction.operations import answers, escalations
from interaction.operations import questions as operations
from interaction.queries import questions as queries
from interaction.rules import questions as rules
from interaction.views.questions.desk import found_or_404, screen
from portal.models import User
from portal.refusals import refused
from portal.workflow import NotAllowed, Refused


@dataclass(frozen=True)
class Act:
    """`form(question, data)` cleans what was typed, `run(question, user, typed)` calls the operation; `name` is what
    the page calls the form, `done` is said afterwards."""

    name: str
    form: Callable[[Question, Any], forms.Form]
    run: Callable[[Question, User, dict[str, Any]], Any]
    done: str


def _answer_form(question: Question, data: Any) -> forms.Form:
    return AnswerForm(data)


def _note_form(prefix: str) -> Callable[[Question, Any], forms.Form]:
    return lambda question, data: DecisionForm(data, auto_id=f"{prefix}-%s")


def _refer_form(question: Question, data: Any) -> forms.Form:
    others = [
        one for one in queries.answering_departments(question.column) if one.pk != question.department_id
    ]
    return ReferForm(data, departments=others, auto_id="refer-%s")


def _faq_form(question: Question, data: Any) -> forms.Form:
    return FaqForm(data, auto_id="faq-%s")


def _nothing(question: Question, data: Any) -> forms.Form:
    return forms.Form(data)


def _escalate(question: Question, user: User, said: dict[str, Any]) -> None:
    """办法第十七条: whoever may answer puts a major question before the department's head and 总版主."""
    if reason := rules.why_not_answer(user, question):
        raise NotAllowed(reason)
    escalations.escalate(question, question.site, question.department, reason=said["note"], by=user)


ACTS = {
    "save": Act("answer_form", _answer_form, lambda one, user, said: answers.save(one, by=user, **said), "草稿已保存"),
    "answer": Act("answer_form", _answer_form, lambda one, user, said: answers.finish(one, by=user, **said), "已提交"),
    "take_back": Act("", _nothing, lambda one, user, said: answers.take_back(one, by=user), "已收回，可以修改了"),
    "refer": Act(
        "refer_form", _refer_form, lambda one, user, said: operations.refer(one, by=user, **said),
        "已转办，提问人已收到消息",
    ),
    "refuse": Act(
        "refuse_form", _note_form("refuse"), lambda one, user, said: operations.refuse(one, by=user, **said),
        "不予答复，理由已告知提问人",
    ),
    "escalate": Act(
        "escalate_form", _note_form("escalate"), _escalate, "已报告部门负责人和总版主，了结前都看得到"
    ),
    "close": Act(
        "close_form", _note_form("close"), lambda one, user, said: operations.close(one, by=user, **said),
        "已办结",
    ),
    "make_faq": Act(
        "faq_form", _faq_form, lambda one, user, said: operations.make_faq(one, by=user, **said),
        "已设为常见问题",
    ),
    "unmake_faq": Act(
        "", _nothing, lambda one, user, said: operations.unmake_faq(one, by=user), "已取消常见问题"
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed. On a refusal the page comes back with the reason and what was typed."""
    if verb not in ACTS:
        raise Http404
    if request.method == "GET":
        return redirect("desk:question", pk)
    found, one = found_or_404(request, pk), ACTS[verb]
    form = one.form(found, request.POST)
    if not form.is_valid():
        return _again(request, found, one, form, 422)
    try:
        one.run(found, request.user, form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _again(request, found_or_404(request, pk), one, form, refused(request, refusal, found))
    messages.success(request, f"{one.done}：{found}")
    return redirect("desk:question", pk)


def _again(request: HttpRequest, found: Question, one: Act, form: forms.Form, status: int) -> HttpResponse:
    refusal = next(iter(form.non_field_errors()), "") or next(iter(form.errors.values()), [""])[0]
    return screen(request, found, {one.name: form} if one.name else None, refusal, status)

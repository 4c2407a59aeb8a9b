"""What those who handle a request type, one form a button. The words survive a refusal; nothing here saves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from columns.queries.answerers import answering_departments
from disclosure.enums.requests import ConsultState, CorrectionKind, FeeMode, PartyKind, Receipt
from disclosure.forms.requests import WANTED, at_most, day, pick
from disclosure.models import Consulting, DisclosureRequest
from disclosure.operations.correcting import open_kinds
from disclosure.queries.requests import of_applicant
from disclosure.rules import requests as rules
from disclosure.rules.identity import tidy
from portal import clock
from portal.forms.fields import FilesField, ManyFiles, words

NOTE, MOST, MOST_DEFERRED = 200, 100_000, 250


def whole(label: str, most: int, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=most,
        error_messages={
            "required": f"请填写{label}", "invalid": "请填写整数", "min_value": "至少为 1",
            "max_value": f"至多为 {most}",
        }, **kwargs,
    )  # fmt: skip


class RequestForm(forms.Form):
    """Knows the request it is about."""

    def __init__(self, *args: Any, request: DisclosureRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request


class NoteForm(RequestForm):
    note = words("理由", NOTE, rows=2)


class FreeNoteForm(RequestForm):
    note = words("意见", NOTE, rows=2, required=False)


def departments(label: str, *, required: bool = True) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        None, label=label, empty_label="请选择部门", required=required,
        error_messages={"required": "请选择部门", "invalid_choice": "请选择部门"},
    )  # fmt: skip


class RegisterForm(RequestForm):
    """By the rule of the channel: the day it came, or the day it was confirmed with the applicant."""

    received_on = day("收到申请之日")
    how = words("确认方式", 120, required=False)
    department = departments("转给", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = answering_departments(self.request.site)
        self.fields["department"].empty_label = "公开工作机构自办"
        rule = rules.office_of(self.request).channels.filter(channel=self.request.channel).first()
        self.is_confirmed = rule is None or rule.receipt == Receipt.CONFIRMED
        if self.is_confirmed:
            self.fields["received_on"].label = "与申请人确认之日（收到申请之日）"
            self.fields["received_on"].initial = clock.today()
            self.fields["how"].required = True
            self.fields["how"].error_messages["required"] = "请写明怎样与申请人确认，如电话、短信"
        else:
            del self.fields["received_on"], self.fields["how"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.is_confirmed:
            cleaned |= {"received_on": self.request.arrived_on, "how": ""}
        return cleaned


class ReferForm(RequestForm):
    department = departments("转给")
    note = words("转办理由", NOTE, rows=2)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = answering_departments(self.request.site).exclude(pk=self.request.department_id)
        self.fields["department"].queryset = others


class AskCorrectionForm(RequestForm):
    kind = pick("事项", CorrectionKind.choices, radio=True)
    asks = words("需要补正的内容", 500, rows=3)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.is_bound and (kinds := open_kinds(self.request)):
            self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
            self.fields["kind"].initial = kinds[0]


class RecordCorrectionForm(RequestForm):
    answer = words("补正内容", WANTED, rows=3)
    received_on = day("收到补正之日")
    files = FilesField(label="扫描件", required=False, widget=ManyFiles)

    def clean_files(self) -> list[Any]:
        return at_most(self.cleaned_data["files"])


class ConsultForm(RequestForm):
    kind = pick("征求对象", PartyKind.choices, radio=True)
    name = words("名称", 60)
    contact = words("联系方式", 120, required=False)
    asks = words("征求意见的内容", 500, rows=3)
    asked_on = day("对方收到之日", required=False, help_text="还没有送达的先不填，送达后再登记")


class _OfConsulting(RequestForm):
    """About one of those who are asked."""

    consulting = forms.ModelChoiceField(
        Consulting.objects.none(), widget=forms.HiddenInput,
        error_messages={"required": "请刷新后再试", "invalid_choice": "请刷新后再试"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["consulting"].queryset = self.request.consultings.select_related("request")


class DeliverForm(_OfConsulting):
    asked_on = day("对方收到之日")


class AnswerConsultForm(_OfConsulting):
    state = pick(
        "意见", [(one.value, one.label) for one in (ConsultState.AGREED, ConsultState.OBJECTED)], radio=True
    )
    text = words("意见和理由", 1000, rows=3, required=False)
    answered_on = day("答复日期")
    files = FilesField(label="答复扫描件", required=False, widget=ManyFiles)

    def clean_files(self) -> list[Any]:
        return at_most(self.cleaned_data["files"])


class CallOffForm(_OfConsulting):
    note = words("理由", NOTE, rows=2)


class ExtendForm(RequestForm):
    days = whole("延长工作日", 60)
    reason = words("理由", NOTE, rows=2)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["days"].initial = rules.office_of(self.request).extension_days


class DeferForm(RequestForm):
    days = whole("延迟工作日", MOST_DEFERRED)
    reason = words("理由", NOTE, rows=2)


class ChargeForm(RequestForm):
    mode = pick("收费方式", [one for one in FeeMode.choices if one[0] != FeeMode.NONE], radio=True)
    number = whole("本件件数或页数", MOST)
    reason = words("申请数量、频次明显超过合理范围的情况", NOTE, rows=2)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["mode"].initial = rules.office_of(self.request).fee_mode


class PayForm(RequestForm):
    paid_on = day("缴费日期")
    receipt_number = words("票据号", 40)


class LinkForm(RequestForm):
    """An earlier request of the same applicant, by its number."""

    earlier = forms.CharField(
        label="此前申请的编号", max_length=40, error_messages={"required": "请填写申请编号"}
    )

    def clean_earlier(self) -> DisclosureRequest:
        rows = of_applicant(self.request).filter(pk__lt=self.request.pk)
        if found := rows.filter(code=tidy(self.cleaned_data["earlier"])).first():
            return found
        raise ValidationError("同一申请人此前没有这个编号的申请")


FORMS: dict[str, type[RequestForm]] = {
    "register": RegisterForm, "refer": ReferForm, "ask_correction": AskCorrectionForm,
    "correct": RecordCorrectionForm, "consult": ConsultForm, "deliver": DeliverForm, "hear": AnswerConsultForm,
    "call_off": CallOffForm, "extend": ExtendForm, "defer": DeferForm, "approve_extension": FreeNoteForm,
    "refuse_extension": NoteForm, "charge": ChargeForm, "pay": PayForm, "uncharge": NoteForm, "link": LinkForm,
    "withdraw": NoteForm,
}  # fmt: skip
"""By the verb of the button (disclosure.acts.requests)."""

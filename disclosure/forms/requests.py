"""申请表 (条例第二十九条): who asks, what for, how the answer is to come; as the applicant or a clerk types it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from disclosure.enums.requests import ApplicantKind, Channel, Delivery, IdentityKind, Receipt
from disclosure.models import Office
from disclosure.operations.filing import Came, Draft
from disclosure.rules import identity
from disclosure.rules.receipt import Dates, contradictions
from portal import clock
from portal.forms.fields import FilesField, ManyFiles, words
from portal.forms.visitors import VisitorForm
from portal.richtext import one_line

TITLE, WANTED, PURPOSE, MOST_FILES = 100, 2000, 500, 3
PHONE = r"^[0-9+][0-9 \-]{5,19}$"
NEEDS = {
    Delivery.EMAIL: ("email", "选择电子邮件的，请填写电子邮箱"),
    Delivery.POST: ("address", "选择邮寄的，请填写通信地址和邮编"),
    Delivery.FAX: ("phone", "选择传真的，请填写电话或传真号码"),
}
"""What a way of getting the answer takes."""


def pick(label: str, choices: Any, *, radio: bool = False, **kwargs: Any) -> forms.ChoiceField:
    missing = f"请选择{label}"
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect if radio else forms.Select,
        error_messages={"required": missing, "invalid_choice": missing}, **kwargs,
    )  # fmt: skip


def day(label: str, *, required: bool = True, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写{label}", "invalid": "请填写日期，如 2026-10-20"}, **kwargs,
    )  # fmt: skip


class ApplicationForm(forms.Form):
    """What both forms ask."""

    kind = pick("申请人类别", ApplicantKind.choices, radio=True)
    name = words("姓名或名称", 60, autocomplete="name")
    representative = words("法定代表人或联系人", 30, required=False)
    identity_kind = pick("证件类型", IdentityKind.choices)
    identity_number = words("证件号码", 40, autocomplete="off", spellcheck="false")
    identity_files = FilesField(label="身份证明", required=False, widget=ManyFiles)
    phone = forms.RegexField(
        PHONE, label="联系电话", required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": "请填写电话号码，如 13800000000 或 0512-60000000"},
    )  # fmt: skip
    email = forms.EmailField(
        label="电子邮箱", required=False, max_length=100, widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "电子邮箱的格式不对，如 name@example.cn", "max_length": "电子邮箱太长"},
    )  # fmt: skip
    address = words("通信地址和邮编", 120, required=False, autocomplete="street-address")
    title = words("所需信息的名称", TITLE, maxlength=TITLE)
    wanted_number = words("文号或其他特征", 80, required=False)
    wanted = words("内容描述", WANTED, rows=6)
    purpose = words("用途", PURPOSE, rows=2, required=False)
    delivery = pick("获取信息的方式", Delivery.choices, radio=True)

    def clean_identity_number(self) -> str:
        return identity.tidy(self.cleaned_data["identity_number"])

    def clean_title(self) -> str:
        if title := one_line(self.cleaned_data["title"]):
            return title
        raise ValidationError("请填写所需信息的名称")

    def clean_identity_files(self) -> list[Any]:
        return at_most(self.cleaned_data["identity_files"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, wrong in (*self._identity(cleaned), *self._contact(cleaned)):
            self.add_error(name, wrong)
        return cleaned

    def _identity(self, cleaned: dict[str, Any]) -> list[tuple[str, str]]:
        applicant, kind, number = (cleaned.get(name) for name in ("kind", "identity_kind", "identity_number"))
        found = []
        if applicant and applicant != ApplicantKind.CITIZEN and not cleaned.get("representative"):
            found.append(("representative", "法人和其他组织请填写法定代表人或联系人"))
        if applicant and kind and (wrong := identity.wrong_kind(applicant, kind)):
            found.append(("identity_kind", wrong))
        elif kind and number and (wrong := identity.wrong_number(kind, number, clock.today())):
            found.append(("identity_number", wrong))
        return found

    def _contact(self, cleaned: dict[str, Any]) -> list[tuple[str, str]]:
        name, wrong = NEEDS.get(cleaned.get("delivery"), ("", ""))
        if name and not cleaned.get(name) and name not in self.errors:
            return [(name, wrong)]
        ways = ("phone", "email", "address")
        if not any(cleaned.get(one) or one in self.errors for one in ways):
            return [("phone", "电话、电子邮箱、通信地址至少填一项，以便联系")]
        return []

    @property
    def draft(self) -> Draft:
        """What was typed, as an operation takes it."""
        known = Draft.__dataclass_fields__
        return Draft(**{name: value for name, value in self.cleaned_data.items() if name in known})


class OnlineForm(ApplicationForm, VisitorForm):
    """网上申请."""

    again = forms.BooleanField(required=False, label="我知道已经提交过内容相同的申请，仍然要再次提交")
    agrees = forms.BooleanField(
        label="我保证所填内容真实，并已阅读上面的说明",
        error_messages={"required": "请阅读说明，同意后再提交"},
    )


class TypeForm(ApplicationForm):
    """登记 what came on paper: how, when, and the scan."""

    channel = pick("申请渠道", [one for one in Channel.choices if one[0] != Channel.ONLINE], radio=True)
    arrived_on = day("来件日期")
    written_on = day("申请书日期", required=False)
    confirmed_on = day("与申请人确认的日期", required=False)
    confirmed_how = words("确认方式", 120, required=False)
    scans = FilesField(label="申请书扫描件", required=False, widget=ManyFiles)
    nonce = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, office: Office, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.receipts = {one.channel: one.receipt for one in office.channels.all()}

    def clean_scans(self) -> list[Any]:
        return at_most(self.cleaned_data["scans"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        confirmed = self.receipts.get(cleaned.get("channel")) == Receipt.CONFIRMED
        if not confirmed:
            cleaned["confirmed_on"], cleaned["confirmed_how"] = None, ""
        elif cleaned.get("confirmed_on") and not cleaned.get("confirmed_how"):
            self.add_error("confirmed_how", "请写明怎样与申请人确认，如电话、短信")
        if cleaned.get("arrived_on"):
            for name, wrong in contradictions(self._dates(cleaned), clock.today()):
                self.add_error(name, wrong)
        return cleaned

    @property
    def came(self) -> Came:
        typed = self.cleaned_data
        return Came(
            channel=typed["channel"], dates=self._dates(typed), confirmed_how=typed.get("confirmed_how", "")
        )

    @staticmethod
    def _dates(cleaned: dict[str, Any]) -> Dates:
        return Dates(cleaned["arrived_on"], cleaned.get("written_on"), cleaned.get("confirmed_on"))


class TrackForm(forms.Form):
    """The two parts of a receipt."""

    code = forms.CharField(
        label="申请编号", max_length=40, error_messages={"required": "请填写申请编号"},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    password = forms.CharField(
        label="查询密码", max_length=20, error_messages={"required": "请填写查询密码"},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        return identity.tidy(self.cleaned_data["code"])


class CorrectForm(forms.Form):
    """补正 by the applicant."""

    answer = words("补正内容", WANTED, rows=5)
    files = FilesField(label="补正材料", required=False, widget=ManyFiles)

    def clean_files(self) -> list[Any]:
        return at_most(self.cleaned_data["files"])


class WithdrawForm(forms.Form):
    note = words("撤回的原因", PURPOSE, rows=2)


def at_most(files: list[Any]) -> list[Any]:
    if len(files) > MOST_FILES:
        raise ValidationError(f"文件最多 {MOST_FILES} 个")
    return files

"""What is typed about official mailboxes: applications, requests, decisions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.enums import MailboxKind
from portal.mailbox_life import MAILBOX
from portal.mailboxes import rules
from portal.models import Department, OfficialMailbox, User
from portal.models.mailboxes import ADDRESS_FORM, ADDRESS_LENGTH

NOTE_LENGTH = 500
GIVES_ADDRESS = ("issue", "change", "correct")


class AddressField(forms.CharField):
    """An address as it is given out: lower-case, in full."""

    def __init__(self, **kwargs: Any):
        widget = forms.TextInput(
            {"inputmode": "email", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        )
        messages = {"required": ADDRESS_FORM, "max_length": f"邮箱地址最多 {ADDRESS_LENGTH} 个字符"}
        super().__init__(max_length=ADDRESS_LENGTH, widget=widget, error_messages=messages, **kwargs)

    def clean(self, value: Any) -> str:
        address = super().clean(value).lower()
        if address and (fault := rules.address_fault(address)):
            raise ValidationError(fault)
        return address


class NoteField(forms.CharField):
    def __init__(self, *, missing: str = "", **kwargs: Any):
        widget = forms.Textarea({"rows": 3, "maxlength": NOTE_LENGTH})
        messages = {"required": missing, "max_length": f"最多 {NOTE_LENGTH} 字，请精简"}
        super().__init__(max_length=NOTE_LENGTH, widget=widget, error_messages=messages, **kwargs)


class KeeperField(forms.ModelChoiceField):
    """专人 (慈溪第二十条): one of those who work in the unit."""

    def __init__(self, unit: Department | None, current: User, **kwargs: Any):
        messages = {"invalid_choice": "管理人须是本单位在职的人员", "required": "请选择管理人"}
        people = rules.members(unit).order_by("name", "staff_number")
        is_there = current.is_active and unit is not None and current.department_id == unit.pk
        super().__init__(
            people, empty_label=None if is_there else "请选择", initial=current.pk, required=False,
            error_messages=messages, **kwargs,
        )  # fmt: skip

    def label_from_instance(self, person: User) -> str:
        return f"{person.name}（{person.title or person.staff_number}）"


class ApplyForm(forms.Form):
    """申请: for oneself, or for the unit."""

    wanted_address = AddressField(
        label="拟用地址", required=False, help_text="可不填，由系统管理员按统一规则设定"
    )

    def __init__(self, *args: Any, kind: MailboxKind, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if kind == MailboxKind.UNIT:
            self.fields["holder"] = KeeperField(
                user.department, user, label="管理人", help_text="由专人收发处理本单位的公务邮件"
            )
        else:
            self.fields["is_listed"] = forms.BooleanField(
                label="同意在内部通讯录公布", required=False, help_text="只有登录人员看得到，随时可以取消。"
            )
        self.fields["note"] = NoteField(label="申请说明", required=False, help_text="可不填")


class ChangeForm(forms.Form):
    """申请更改: what is to be different, and why."""

    wanted_address = AddressField(label="新地址", required=False)
    note = NoteField(label="更改理由", missing="请写明申请更改的理由")

    def __init__(self, *args: Any, mailbox: OfficialMailbox, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if mailbox.is_unit:
            self.fields["wanted_address"].help_text = "不改地址请留空"
            self.fields["wanted_holder"] = KeeperField(mailbox.department, mailbox.holder, label="管理人")
            self.order_fields(["wanted_address", "wanted_holder", "note"])


class CancelForm(forms.Form):
    """申请注销, with the reason."""

    note = NoteField(label="注销理由", missing="请写明申请注销的理由")


class DecisionForm(forms.Form):
    """What 系统管理员 type: address and keeper where the verb gives them, the reason where it needs one."""

    address = AddressField(label="邮箱地址", required=False)
    note = NoteField(label="意见", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, mailbox: OfficialMailbox, verb: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        if mailbox.is_unit:
            keeper = mailbox.wanted_holder or mailbox.holder
            self.fields["holder"] = KeeperField(mailbox.department, keeper, label="管理人")
        self.fields["address"].initial = mailbox.wanted_address or mailbox.address
        self.fields["version"].initial = mailbox.version
        if verb:
            self._ask_for(verb)

    def _ask_for(self, verb: str) -> None:
        """A reason or an address only where this verb takes one; what else was typed is no mistake."""
        address = self.fields["address"]
        if verb in GIVES_ADDRESS:
            address.required = True
        else:
            self.fields["address"] = forms.CharField(
                required=False, label=address.label, widget=address.widget, initial=address.initial
            )
        if MAILBOX[verb].needs_note:
            self.fields["note"].required = True
            self.fields["note"].error_messages["required"] = f"请写明{MAILBOX[verb].label}的理由"

"""What a writer types: the letter, the query code, how satisfied they are."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from interaction.enums.letters import Satisfaction
from interaction.models import Letterbox, Matter
from portal.forms.fields import FilesField, ManyFiles, words
from portal.forms.visitors import VisitorForm
from portal.models import Department
from portal.richtext import one_line

TITLE, BODY, NOTE, MOST_FILES = 60, 5000, 500, 3
PHONE = r"^[0-9+][0-9 \-]{5,19}$"


class WriteForm(VisitorForm):
    """写信. What the letterbox does not want is not asked for."""

    matter = forms.ModelChoiceField(
        Matter.objects.none(), label="类别", empty_label=None, widget=forms.RadioSelect,
        error_messages={"required": "请选择来信类别", "invalid_choice": "请选择来信类别"},
    )  # fmt: skip
    department = forms.ModelChoiceField(
        Department.objects.none(), label="写给", empty_label="请选择部门", required=False,
        error_messages={"required": "请选择要写给的部门", "invalid_choice": "请选择要写给的部门"},
    )  # fmt: skip
    title = words("标题", TITLE, maxlength=TITLE)
    body = words("内容", BODY, rows=10)
    files = FilesField(label="附件", required=False, widget=ManyFiles)
    writer_name = words("姓名", 30, autocomplete="name")
    phone = forms.RegexField(
        PHONE, label="联系电话", required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": "请填写电话号码，如 13800000000 或 0512-60000000"},
    )  # fmt: skip
    email = forms.EmailField(
        label="电子邮箱", required=False, max_length=100, widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "电子邮箱的格式不对，如 name@example.cn", "max_length": "电子邮箱太长"},
    )  # fmt: skip
    address = words("联系地址", 100, required=False, autocomplete="street-address")
    agrees_to_publish = forms.BooleanField(required=False, label="同意隐去个人信息后选登")
    agrees = forms.BooleanField(
        label="我已阅读并同意上面的说明",
        error_messages={"required": "请阅读个人信息的使用说明，同意后再提交"},
    )

    def __init__(self, *args: Any, letterbox: Letterbox, departments: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        matters = letterbox.matters.filter(is_active=True)
        self.fields["matter"].queryset = matters
        if len(matters) == 1:
            self.fields["matter"].initial = matters[0]
        self.fields["department"].queryset = departments
        self.fields["department"].required = letterbox.writer_picks
        if not letterbox.writer_picks:
            del self.fields["department"]
        if not letterbox.takes_files:
            del self.fields["files"]
        if not letterbox.may_publish:
            del self.fields["agrees_to_publish"]

    def clean_title(self) -> str:
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise ValidationError("请填写标题")
        return title

    def clean_files(self) -> list[Any]:
        files = self.cleaned_data["files"]
        if len(files) > MOST_FILES:
            raise ValidationError(f"附件最多 {MOST_FILES} 个")
        return files

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.pop("agrees", None)
        if "phone" in cleaned and "email" in cleaned and not (cleaned["phone"] or cleaned["email"]):
            self.add_error("phone", "电话和电子邮箱至少填一项，以便核实情况")
        return cleaned


class TrackForm(forms.Form):
    """The two parts of a receipt."""

    code = forms.CharField(
        label="查询码", max_length=20, error_messages={"required": "请填写查询码"},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    password = forms.CharField(
        label="查询密码", max_length=20, error_messages={"required": "请填写查询密码"},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].upper().split())


class RateForm(forms.Form):
    satisfaction = forms.ChoiceField(
        label="您对答复", choices=Satisfaction.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择是否满意", "invalid_choice": "请选择是否满意"},
    )  # fmt: skip
    note = words("说明", NOTE, rows=2, required=False)


class ReopenForm(forms.Form):
    note = words("还有什么没有解决", NOTE, rows=3)

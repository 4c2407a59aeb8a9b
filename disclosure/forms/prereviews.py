"""What an applicant fills in, and what the department finds. The fields for files follow the guide's materials."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from disclosure.enums.prereviews import ApplicantType
from disclosure.models import GuideMaterial, PreReview, PreReviewMaterial
from disclosure.operations.prereviews import usual_words
from portal.forms.fields import FilesField, ManyFiles, words
from portal.forms.visitors import VisitorForm

PHONE = r"^[0-9+][0-9 \-]{5,19}$"
MOST_FILES = 5


class SendForm(VisitorForm):
    """Fields for the files of some materials; `sent` by the material's id, after `is_valid()`."""

    def add_materials(self, materials: Iterable[GuideMaterial], *, all_needed: bool) -> None:
        self.materials = list(materials)
        for one in self.materials:
            needed = all_needed or one.is_required
            self.fields[f"material_{one.pk}"] = FilesField(
                label=one.name, required=False, widget=ManyFiles({"data-needed": "yes"} if needed else {})
            )
            self.fields[f"material_{one.pk}"].is_needed = needed

    @property
    def sent(self) -> dict[int, list[Any]]:
        found = {one.pk: self.cleaned_data.get(f"material_{one.pk}") for one in self.materials}
        return {pk: files for pk, files in found.items() if files}

    @property
    def rows(self) -> list[tuple[GuideMaterial, forms.BoundField]]:
        return [(one, self[f"material_{one.pk}"]) for one in self.materials]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for one in self.materials:
            name = f"material_{one.pk}"
            files = cleaned.get(name) or []
            if not files and self.fields[name].is_needed and name not in self.errors:
                self.add_error(name, f"请上传“{one.name}”")
            if len(files) > MOST_FILES:
                self.add_error(name, f"一份材料最多 {MOST_FILES} 个文件")
        return cleaned


class ApplyForm(SendForm):
    """申请预审."""

    kind = forms.ChoiceField(
        label="申请人类型", choices=ApplicantType.choices, widget=forms.RadioSelect, initial=ApplicantType.PERSON,
        error_messages={"required": "请选择申请人类型", "invalid_choice": "请选择申请人类型"},
    )  # fmt: skip
    name = words("姓名或单位名称", 60, autocomplete="name")
    agent = words("经办人", 30, required=False)
    phone = forms.RegexField(
        PHONE, label="联系电话", widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={
            "required": "请填写联系电话", "invalid": "请填写电话号码，如 13800000000 或 0512-60000000",
        },
    )  # fmt: skip
    email = forms.EmailField(
        label="电子邮箱", required=False, max_length=100, widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "电子邮箱的格式不对，如 name@example.cn", "max_length": "电子邮箱太长"},
    )  # fmt: skip
    words = words("补充说明", 500, rows=3, required=False)
    agrees = forms.BooleanField(
        label="我已阅读并同意上面的说明",
        error_messages={"required": "请阅读个人信息的使用说明，同意后再提交"},
    )

    def __init__(self, *args: Any, materials: Iterable[GuideMaterial], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.add_materials(materials, all_needed=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.pop("agrees", None)
        return cleaned


class CorrectForm(SendForm):
    """补正: a file for each material that was returned."""

    words = words("补充说明", 500, rows=3, required=False)

    def __init__(self, *args: Any, materials: Iterable[GuideMaterial], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.add_materials(materials, all_needed=True)


class TrackForm(forms.Form):
    """The two parts of a receipt."""

    code = forms.CharField(
        label="预审编号", max_length=20, error_messages={"required": "请填写预审编号"},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    password = forms.CharField(
        label="查询密码", max_length=20, error_messages={"required": "请填写查询密码"},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].upper().split())


class PassForm(forms.Form):
    bring = words("递交原件的时间、地点和材料", 500, rows=4)

    def __init__(self, *args: Any, found: PreReview, **kwargs: Any):
        super().__init__(*args, initial={"bring": usual_words(found)}, **kwargs)


class ReturnForm(forms.Form):
    """A tick and a reason for each material; `faults` by its id."""

    def __init__(self, *args: Any, rows: Iterable[PreReviewMaterial], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for one in self.rows:
            self.fields[f"faulty_{one.pk}"] = forms.BooleanField(label=str(one), required=False)
            self.fields[f"reason_{one.pk}"] = words(
                "需补正的内容", 300, rows=1, required=False, placeholder="哪里不对，怎样改"
            )

    @property
    def pairs(self) -> list[tuple[PreReviewMaterial, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"faulty_{one.pk}"], self[f"reason_{one.pk}"]) for one in self.rows]

    @property
    def faults(self) -> dict[int, str]:
        """A reason without its tick counts as ticked: nobody writes one for nothing."""
        cleaned = self.cleaned_data
        return {
            one.pk: cleaned[f"reason_{one.pk}"]
            for one in self.rows
            if cleaned[f"faulty_{one.pk}"] or cleaned[f"reason_{one.pk}"]
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        for one in self.rows:
            if cleaned[f"faulty_{one.pk}"] and not cleaned[f"reason_{one.pk}"]:
                self.add_error(f"reason_{one.pk}", f"请写明“{one}”需要补正的内容")
        if not self.errors and not self.faults:
            raise ValidationError("请勾选需要补正的材料，并写明每份材料的问题")
        return cleaned


class RefuseForm(forms.Form):
    note = words("理由", 500, rows=3)

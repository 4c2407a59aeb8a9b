"""What is typed of a dispatch: its words, its files, to whom it goes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from disclosure.enums.dispatches import Priority
from disclosure.models import Dispatch
from disclosure.operations.dispatches import TEXTS, Words
from disclosure.queries import dispatches as queries
from portal.enums import DepartmentKind
from portal.forms.fields import FilesField, ManyFiles, words
from portal.models import Department, Site

TITLE, NUMBER, TEXT, NOTE = 120, 60, 20_000, 200


class DispatchForm(forms.Form):
    """`units` are the ones named; `everyone`, `kinds` and `under` pick whole groups, which come to the same list."""

    title = words("标题", TITLE)
    document_number = words("文号", NUMBER, required=False, placeholder="如 城东市监〔2026〕12号")
    priority = forms.ChoiceField(label="紧急程度", choices=Priority.choices, initial=Priority.ORDINARY)
    sign_by = forms.DateField(
        label="签收期限", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写签收期限", "invalid": "不是日期，写法如 2026-09-30"},
    )  # fmt: skip
    text = words("正文", TEXT, rows=10, required=False)
    files = FilesField(label="附件", required=False, widget=ManyFiles)
    everyone = forms.BooleanField(label="全部单位", required=False)
    kinds = forms.MultipleChoiceField(
        label="按类别", choices=(), required=False, widget=forms.CheckboxSelectMultiple
    )
    under = forms.ModelMultipleChoiceField(
        Department.objects.none(), label="某单位及其下属", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "没有这个单位，或已撤并"},
    )  # fmt: skip
    units = forms.ModelMultipleChoiceField(
        Department.objects.none(), label="逐个选", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "没有这个单位，或已撤并"},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, site: Site, issuer_id: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.site, self.issuer_id = site, issuer_id
        offered = queries.units_beneath(site)
        above = queries.above(issuer_id)
        kinds = {one.kind for one in offered if one.pk not in above}
        self.fields["kinds"].choices = [pair for pair in DepartmentKind.choices if pair[0] in kinds]
        rows = Department.objects.filter(pk__in=[one.pk for one in offered])
        parents = {one.parent_id for one in offered}
        self._offer("units", rows, offered)
        self._offer(
            "under", rows, [one for one in offered if one.pk in parents and one.pk != site.department_id]
        )

    def _offer(self, name: str, rows: Any, offered: Sequence[Department]) -> None:
        field = self.fields[name]
        field.queryset = rows
        field.choices = [(one.pk, one.name) for one in offered]

    @classmethod
    def of(cls, dispatch: Dispatch) -> "DispatchForm":
        said = {name: getattr(dispatch, name) for name in (*TEXTS, "version")}
        said["units"] = list(dispatch.receipts.values_list("unit", flat=True))
        return cls(initial=said, site=dispatch.site, issuer_id=dispatch.issuer_id)

    @property
    def words(self) -> Words:
        said = self.cleaned_data
        units = queries.picked(
            self.site, self.issuer_id, everyone=said["everyone"], kinds=said["kinds"],
            under=[one.pk for one in said["under"]], units=[one.pk for one in said["units"]],
        )  # fmt: skip
        return Words(units=units, **{name: said[name] for name in TEXTS})


class WithdrawForm(forms.Form):
    note = words("撤回理由", NOTE, rows=2)

"""What is typed about a poll or an appraisal, cleaned into what the operations take. Nothing here saves."""

from typing import Any

from django import forms

from interaction.models import Activity, PollQuestion
from interaction.operations.polls import MOST_OPTIONS, MOST_QUESTIONS, Asked, Choosable

SPARE_ROWS = 4
SIGNED, ANONYMOUS = "signed", "anonymous"
HIGHEST_POINTS = 1000


class PromiseForm(forms.Form):
    """What the poll promises about its ballots."""

    ballots = forms.ChoiceField(
        label="选票", widget=forms.RadioSelect,
        choices=[(ANONYMOUS, "不记名：选票与投票人不作任何关联"), (SIGNED, "记名：选票记录投票人，投票前告知")],
        error_messages={"required": "请选择是否记名"},
    )  # fmt: skip
    counts_units = forms.BooleanField(
        label="按单位统计", required=False,
        help_text="选票另记投票人的单位；人数太少的单位不单独列出，结束后其选票上的单位也会抹去。记名投票总能按单位统计。",
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def promise(self) -> dict[str, bool]:
        is_anonymous = self.cleaned_data["ballots"] == ANONYMOUS
        return {"is_anonymous": is_anonymous, "counts_units": self.cleaned_data["counts_units"]}


class RowForm(forms.Form):
    """One line of a table of options, levels or things appraised; a line without words counts as empty."""

    text = forms.CharField(required=False, max_length=120, error_messages={"max_length": "不超过 120 字"})
    description = forms.CharField(
        required=False, max_length=500, error_messages={"max_length": "不超过 500 字"}
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "text" in typed and not typed["text"] and any(typed.get(name) not in ("", None) for name in typed):
            self.add_error("text", "这一行没有写名称")
        return typed


class LevelForm(RowForm):
    points = forms.IntegerField(
        required=False, min_value=0, max_value=HIGHEST_POINTS,
        error_messages={
            "invalid": "请填整数", "min_value": "不小于 0", "max_value": f"不超过 {HIGHEST_POINTS}",
        },
    )  # fmt: skip


class Rows(forms.BaseFormSet):
    """A table that is typed row by row, its order the order of the rows; some empty rows are always left."""

    default_error_messages = {"missing_management_form": "表单不完整，请刷新后再填"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, form_kwargs={"use_required_attribute": False}, **kwargs)

    def clean(self) -> None:
        names = [row["text"] for row in self.typed()]
        if len(names) != len(set(names)):
            raise forms.ValidationError("有重名的行，请改成不同的名称")

    def typed(self) -> list[dict[str, Any]]:
        """The rows that say something."""
        rows = (form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data"))
        return [row for row in rows if row.get("text")]


def _rows(form: type[forms.Form], most: int) -> type[Rows]:
    return forms.formset_factory(
        form, formset=Rows, extra=SPARE_ROWS, max_num=most, absolute_max=most, validate_max=True
    )


OptionRows = _rows(RowForm, MOST_OPTIONS)
ItemRows = _rows(RowForm, MOST_QUESTIONS)
LevelRows = _rows(LevelForm, 10)


class QuestionForm(forms.Form):
    """One question of a poll; its options are `OptionRows`."""

    text = forms.CharField(label="题目", max_length=200, error_messages={"required": "请填写题目"})
    description = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    least = forms.IntegerField(label="至少选", min_value=1, max_value=MOST_OPTIONS, initial=1)
    most = forms.IntegerField(label="最多选", min_value=1, max_value=MOST_OPTIONS, initial=1)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("least", "most"):
            words = f"请填 1 至 {MOST_OPTIONS} 的整数"
            self.fields[name].error_messages = dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), words
            )
            for validator in self.fields[name].validators:
                validator.message = words

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("least") and typed.get("most") and typed["least"] > typed["most"]:
            self.add_error("most", "最多选的项数不能少于至少选的项数")
        return typed

    def asked(self, rows: Rows) -> Asked:
        names = ("text", "description", "least", "most")
        return Asked(**{name: self.cleaned_data[name] for name in names}, options=choosable(rows))


def choosable(rows: Rows) -> list[Choosable]:
    return [Choosable(row["text"], row["description"], row.get("points")) for row in rows.typed()]


def items(rows: Rows) -> list[Asked]:
    """What is appraised, as questions of which one level is chosen."""
    return [Asked(text=row["text"], description=row["description"]) for row in rows.typed()]


def promise_of(activity: Activity) -> dict[str, Any]:
    """What the form of the promise begins with."""
    poll = activity.poll
    return {
        "ballots": ANONYMOUS if poll.is_anonymous else SIGNED, "counts_units": poll.counts_units,
        "version": activity.version,
    }  # fmt: skip


def question_of(question: PollQuestion | None, activity: Activity) -> dict[str, Any]:
    """What the form of a question begins with."""
    if question is None:
        return {"least": 1, "most": 1, "version": activity.version}
    names = ("text", "description", "least", "most")
    return {**{name: getattr(question, name) for name in names}, "version": activity.version}


def rows_of(things) -> list[dict[str, Any]]:
    """What a table of options, levels or items begins with."""
    names = ("text", "description", "points")
    return [{name: getattr(one, name, None) for name in names} for one in things]

"""What is typed about an interview: guests, questions, what was said, what is added to it. Nothing here saves."""

import re
import secrets
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from columns.rules import Visitor
from interaction.forms.letters import FilesField, ManyFiles
from interaction.forms.texts import Line, LongText
from interaction.models import Activity, Interview, InterviewEntry, InterviewQuestion
from interaction.operations.interview_entries import Line as Said
from interaction.operations.interviews import MOST_GUESTS, Guest, Media
from interaction.queries import interviews as queries
from interaction.rules import interviews as rules
from portal.forms.visitors import VisitorForm

QUESTION_LENGTH, ENTRY_LENGTH, SUMMARY_LENGTH, NOTE_LENGTH = 300, 3_000, 3_000, 500
HOST = "host"
NONCE = re.compile("[0-9a-f]{32}")


class HostForm(forms.Form):
    """主持人."""

    host = Line(most=30, label="主持人", missing="请填写主持人")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class GuestForm(forms.Form):
    """One guest; `keeps` says whose picture stays."""

    name = Line(most=30, label="姓名", required=False)
    title = Line(most=60, label="职务", required=False)
    picture = forms.FileField(
        label="照片", required=False, widget=forms.FileInput({"accept": "image/*"}),
        error_messages={"empty": "是空文件，请重新选择", "invalid": "没有收到文件，请重新选择"},
    )  # fmt: skip
    keeps = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, words in (("name", "请填写嘉宾姓名"), ("title", "请填写嘉宾职务")):
            if (
                name in cleaned
                and not cleaned[name]
                and any(cleaned.get(one) for one in ("name", "title", "picture"))
            ):
                self.add_error(name, words)
        return cleaned


class Guests(BaseFormSet):
    """The rows in the order that is typed beside them, without empty ones and those ticked to go."""

    def get_ordering_widget(self):
        return forms.NumberInput(attrs={"min": 1, "max": 999, "inputmode": "numeric"})

    def clean(self) -> None:
        if any(self.errors) or not self.management_form.is_valid():
            return
        names = [guest.name for guest in self.guests]
        if len(names) != len(set(names)):
            raise forms.ValidationError("同一位嘉宾写了两次")

    @property
    def guests(self) -> list[Guest]:
        rows = (form.cleaned_data for form in self.ordered_forms)
        return [
            Guest(name=row["name"], title=row["title"], keeps=row["keeps"], picture=row["picture"])
            for row in rows
            if row.get("name") and row.get("title")
        ]


GuestSet = formset_factory(
    GuestForm, formset=Guests, extra=2, can_order=True, can_delete=True, max_num=MOST_GUESTS,
    absolute_max=MOST_GUESTS + 10, validate_max=True,
)  # fmt: skip


def rows_of(interview: Interview) -> list[dict[str, Any]]:
    """What the form set begins with."""
    return [{"name": one.name, "title": one.title, "keeps": one.pk} for one in interview.guests.all()]


class QuestionForm(VisitorForm):
    """A question by anybody; whoever is signed in asks under their 工号."""

    text = LongText(most=QUESTION_LENGTH, rows=3, label="问题", missing="请填写问题")
    asker_name = Line(most=20, label="称呼", required=False)

    def __init__(self, *args: Any, user: Visitor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if user.is_authenticated:
            del self.fields["asker_name"]

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class AcceptForm(forms.Form):
    """The copy of a question to be shown, or why it is not taken up."""

    public_text = LongText(most=QUESTION_LENGTH + 100, rows=2, label="公开文本", required=False)
    note = Line(most=NOTE_LENGTH, label="不采用的理由", required=False)


class EntryForm(forms.Form):
    """What was said, by whom, to which question."""

    speaker = forms.ChoiceField(
        label="发言人", error_messages={"required": "请选择发言人", "invalid_choice": "请选择发言人"}
    )
    text = LongText(most=ENTRY_LENGTH, rows=6, label="内容", missing="请填写内容")
    question = forms.ModelChoiceField(
        InterviewQuestion.objects.none(), label="网友提问", required=False, empty_label="不引用",
        error_messages={"invalid_choice": "这个问题没有采用，不能放进实录"},
    )  # fmt: skip
    nonce = forms.CharField(required=False, widget=forms.HiddenInput)
    note = Line(most=NOTE_LENGTH, label="更正理由", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.guests = {str(one.pk): one for one in interview.guests.all()}
        names = [(key, f"{one.name}（{one.title}）") for key, one in self.guests.items()]
        self.fields["speaker"].choices = [(HOST, f"主持人 {interview.host}"), *names]
        field = self.fields["question"]
        field.queryset = queries.accepted(interview)
        field.label_from_instance = lambda one: f"{one.pk}　{one.public_text[:40]}"
        self.fields["nonce"].initial = secrets.token_hex(16)

    def clean_nonce(self) -> str:
        """A broken one is as good as a new form."""
        nonce = self.cleaned_data["nonce"]
        return nonce if NONCE.fullmatch(nonce) else secrets.token_hex(16)

    @property
    def line(self) -> Said:
        typed = self.cleaned_data
        return Said(text=typed["text"], guest=self.guests.get(typed["speaker"]), question=typed["question"])

    def hand_out_anew(self) -> None:
        """Sent again it is another line."""
        self.data = self.data.copy()
        self.data[self.add_prefix("nonce")] = secrets.token_hex(16)


def initial_of(entry: InterviewEntry) -> dict[str, Any]:
    """What the form of a correction begins with."""
    return {
        "speaker": str(entry.guest_id or HOST), "text": entry.text, "question": entry.question_id,
        "version": entry.version,
    }  # fmt: skip


class MediaForm(forms.Form):
    """Summary, video and pictures."""

    summary = LongText(
        most=SUMMARY_LENGTH,
        rows=6,
        label="内容摘要",
        required=False,
        help_text="访谈结束后填写，空一行另起一段",
    )
    video_url = Line(
        most=300, label="视频地址", required=False,
        help_text="本站的路径（以 / 开头），或“应用链接”中登记过的网站上的页面",
    )  # fmt: skip
    files = FilesField(
        required=False, widget=ManyFiles, label="添加图片", help_text="JPG、PNG、WEBP，可一次选几张"
    )
    caption = Line(most=60, label="图片说明", required=False, help_text="用于这次添加的图片")
    drops = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.attached = list(activity.files.select_related("file"))
        self.fields["drops"].choices = [(one.pk, str(one)) for one in self.attached]

    def clean_video_url(self) -> str:
        url = self.cleaned_data["video_url"]
        if url and (against := rules.why_not_video(url)):
            raise forms.ValidationError(against)
        return url

    @property
    def media(self) -> Media:
        typed = self.cleaned_data
        return Media(
            summary=typed["summary"], video_url=typed["video_url"], pictures=typed["files"],
            caption=typed["caption"], drops=typed["drops"],
        )  # fmt: skip

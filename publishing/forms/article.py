"""The editor's form: the working text of one article."""

import uuid
from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from columns import rules as column_rules
from columns.forms import column_choices
from columns.models import Column
from portal import clock, richtext
from portal.enums import FileKind, Power
from portal.models import Site, StoredFile, User
from publishing import rules
from publishing.models import Article, Revision
from publishing.operations import Draft

MOST_ATTACHMENTS = 20


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d", attrs={"class": "input input-date"})


def _text(rows: int = 0, **attrs: str) -> forms.Widget:
    return UnfoldAdminTextareaWidget({"rows": rows, **attrs}) if rows else UnfoldAdminTextInputWidget(attrs)


class ArticleForm(forms.Form):
    """Cleaned into a `Draft`. Files travel as ids in hidden fields: they were accepted before."""

    title = forms.CharField(
        label="标题", max_length=120, widget=_text(), error_messages={"required": "请填写标题"}
    )
    column = forms.TypedChoiceField(label="栏目", coerce=int, error_messages={"required": "请选择栏目"})
    body = forms.CharField(label="正文", required=False, widget=CKEditorWidget())
    author_name = forms.CharField(label="作者", max_length=60, required=False, widget=_text())
    is_reprint = forms.BooleanField(label="转载", required=False)
    source_name = forms.CharField(
        label="来源",
        max_length=80,
        required=False,
        widget=_text(),
        help_text="转载须注明出处（办法第十二条）。",
    )
    written_on = forms.DateField(label="成文日期", required=False, widget=DateInput())
    summary = forms.CharField(
        label="摘要", max_length=200, required=False, widget=_text(rows=3), help_text="留空则取正文开头。"
    )
    is_headline = forms.BooleanField(label="推荐为头条", required=False)
    cover = forms.UUIDField(required=False, widget=forms.HiddenInput())
    remove_cover = forms.BooleanField(label="不用题图", required=False)
    token = forms.CharField(required=False, widget=forms.HiddenInput())
    key = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(
        self, data: MultiValueDict | None = None, *, user: User, article: Article | None = None, **kwargs
    ):
        super().__init__(data, **kwargs)
        self.user, self.article = user, article
        self.dropped: list[str] = []
        self.columns = _collected_columns(user, article)
        choices = [("", "———"), *column_choices(_sites_of(self.columns), set(self.columns))]
        self.fields["column"].choices = choices
        self.fields["column"].widget = UnfoldAdminSelectWidget(choices=choices)
        self.attachments = self._files(self._attachment_ids())
        self.cover_file = next(iter(self._files([self["cover"].value()])), None)

    def clean_column(self) -> Column:
        return self.columns[self.cleaned_data["column"]]

    def clean_body(self) -> str:
        """The text as it will be kept; what was dropped is told in `dropped`."""
        try:
            body, self.dropped = richtext.clean_with_report(self.cleaned_data["body"])
        except richtext.RichTextTooLong as too_long:
            raise ValidationError(str(too_long)) from too_long
        return body

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.cover_file and self.cover_file.kind != FileKind.PICTURE:
            self.add_error(None, f"题图须是图片，“{self.cover_file.name}”不是")
        if len(self.attachments) > MOST_ATTACHMENTS:
            self.add_error(None, f"附件最多 {MOST_ATTACHMENTS} 个，请去掉一些")
        return cleaned

    def draft(self, current: Revision | None) -> Draft:
        """What was typed; the reporting department stays that of the text's first writer."""
        typed = self.cleaned_data
        names = ("title", "column", "body", "summary", "author_name", "source_name", "written_on")
        return Draft(
            **{name: typed[name] for name in names},
            is_reprint=typed["is_reprint"],
            is_headline=typed["is_headline"],
            department=current.department if current else None,
            cover=None if typed["remove_cover"] else self.cover_file,
            attachments=self.attachments,
            key=f"form:{typed['key']}" if typed["key"] else "",
        )

    def _attachment_ids(self) -> list[Any]:
        if not self.is_bound:
            return [file.pk for file in self.initial.get("attachments", [])]
        gone = set(self.data.getlist("remove_attachment"))
        return [pk for pk in self.data.getlist("attachments") if pk not in gone]

    def _files(self, ids: list[Any]) -> list[StoredFile]:
        """Files by id, in that order; what does not exist or the writer may not read is left out."""
        wanted = list(dict.fromkeys(pk for pk in map(_uuid, ids) if pk))
        found = StoredFile.objects.in_bulk(wanted) if wanted else {}
        return [found[pk] for pk in wanted if pk in found and rules.may_read_file(self.user, found[pk])]


def initial_of(revision: Revision | None, token: str, user: User) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if revision is None:
        return {
            "author_name": user.name, "written_on": clock.today(), "token": token, "key": uuid.uuid4(),
            "attachments": [],
        }  # fmt: skip
    names = ("title", "body", "author_name", "is_reprint", "source_name", "written_on", "is_headline")
    is_own_summary = revision.summary != richtext.summary(revision.body)
    return {
        **{name: getattr(revision, name) for name in names},
        "summary": revision.summary if is_own_summary else "",  # taken from the text, it goes on following it
        "column": revision.column_id,
        "cover": revision.cover_id,
        "attachments": [one.file for one in revision.attachments.select_related("file")],
        "token": token,
    }


def _collected_columns(user: User, article: Article | None) -> dict[int, Column]:
    """The columns `user` may write for; those of the article's own site once there is one."""
    ids = column_rules.powers_of(user).columns_with(Power.COLLECT)
    rows = Column.objects.filter(pk__in=ids).select_related("site")
    if article is not None:
        rows = rows.filter(site=article.site_id)
    return {column.pk: column for column in rows}


def _sites_of(columns: dict[int, Column]) -> list[Site]:
    sites = {column.site_id: column.site for column in columns.values()}
    return sorted(sites.values(), key=lambda site: (site.position, site.pk))


def _uuid(text: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None

"""What is typed about columns and review routes, cleaned. Nothing here saves."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
)

from columns import rules
from columns.enums import Readers
from columns.models import Column, ReviewRoute, RouteStep
from columns.queries import tree
from portal.enums import Power
from portal.models import Department, Site, User

ASKS = [
    ("content", "内容"),
    ("secrecy", "保密"),
    ("signature", "签字"),
    ("second_review", "复核"),
    ("final", "终审"),
]


def indented(columns: Iterable[Column], depths: dict[int, int]) -> list[tuple[int, str]]:
    """(id, name moved in by its depth), for a select."""
    return [(column.pk, "　" * depths[column.pk] + column.name) for column in columns]


def column_choices(sites: Iterable[Site], wanted: set[int] | None = None) -> list[tuple[str, list]]:
    """Columns for a grouped select: per site, in reading order, moved in; `wanted`: only these ids."""
    groups = []
    for site in sites:
        columns = tree(site)
        rows = [column for column in columns if wanted is None or column.pk in wanted]
        depths = {column.pk: len(columns.path(column)) - 1 for column in rows}
        if rows:
            groups.append((site.name, indented(rows, depths)))
    return groups


class ColumnForm(forms.ModelForm):
    """One column. `site` is known: from the column itself or from where 新增 was pressed."""

    class Meta:
        model = Column
        fields = [
            "name", "slug", "parent", "kind", "placement", "content_note", "format_note", "update_class", "readers",
            "reader_departments", "takes_comments", "takes_contributions", "route", "clause",
        ]  # fmt: skip
        labels = {"parent": "上级栏目"}
        widgets = {"reader_departments": UnfoldAdminCheckboxSelectMultipleWidget}
        help_texts = {
            "name": "更名、移动和隐藏都不影响已有的链接。",
            "slug": "出现在网址中的小写字母、数字和横线；留空自动编号，保存后不再改变。",
            "content_note": "写给采编的人：这个栏目登什么。",
            "format_note": "写给采编的人：材料应有的格式。",
            "update_class": "更新时限按类别规定的，写明类别，如“新闻动态”；留空随上级栏目。",
            "reader_departments": "读者选“指定部门”时填写，含其下级部门。",
            "takes_comments": "登录人员可以在文章下发表评论，经本栏目版主审核后显示。",
            "takes_contributions": "没有采编权限的干部可以向本栏目在线投稿，由本栏目版主采用。",
            "route": "留空则随上级栏目。",
        }

    def __init__(self, *args, user: User, site: Site, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.site = site
        mine = {column.pk for column in tree(site) if rules.may(user, Power.MANAGE, column)}
        self._offer_parents(site, mine, rules.may_manage_site(user, site))
        self.fields["route"].empty_label = "随上级栏目"
        self.fields["reader_departments"].queryset = Department.objects.with_tree_fields()
        self.fields["reader_departments"].label_from_instance = lambda one: "　" * one.tree_depth + one.name
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"] or self._next_slug()
        if Column.objects.filter(site=self.instance.site, slug=slug).exclude(pk=self.instance.pk).exists():
            raise ValidationError("这个站点已有同样地址的栏目")
        return slug

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("readers") == Readers.DEPARTMENTS and not cleaned.get("reader_departments"):
            self.add_error("reader_departments", "请指定至少一个部门")
        return cleaned

    def _offer_parents(self, site: Site, mine: set[int], may_be_main: bool) -> None:
        field, columns = self.fields["parent"], tree(site)
        below = {one.pk for one in columns.branch(self.instance)} if self.instance.pk else set()
        keep = {self.instance.parent_id} if self.instance.pk else set()
        rows = [one for one in columns if one.pk in (mine | keep) - below]
        field.queryset = Column.objects.filter(pk__in=[one.pk for one in rows])
        field.required = not (may_be_main or (self.instance.pk and self.instance.parent_id is None))
        depths = {one.pk: len(columns.path(one)) - 1 for one in rows}
        field.widget = UnfoldAdminSelectWidget(
            choices=([] if field.required else [("", "（主栏目）")]) + indented(rows, depths)
        )

    def _next_slug(self) -> str:
        taken = set(Column.objects.filter(site=self.instance.site).values_list("slug", flat=True))
        number = len(taken) + 1
        while f"lanmu{number}" in taken:
            number += 1
        return f"lanmu{number}"


class ReviewRouteForm(forms.ModelForm):
    class Meta:
        model = ReviewRoute
        fields = ["name", "key", "clause", "is_default"]
        help_texts = {"is_default": "没有另设路线的栏目都走它；设了新的，旧的即不再是默认。"}

    def _get_validation_exclusions(self) -> set[str]:
        """Two defaults at once are no mistake of the person: the operation lets the new one win."""
        return super()._get_validation_exclusions() | {"is_default"}


class RouteStepForm(forms.ModelForm):
    asks = forms.MultipleChoiceField(
        label="审核要点", choices=ASKS, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )

    class Meta:
        model = RouteStep
        fields = ["position", "label", "power", "asks", "working_days", "clause"]

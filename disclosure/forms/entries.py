"""What is typed about a document of the catalogue, and about a change of its validity."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from disclosure.enums.catalogue import PageKind, Publicity
from disclosure.models import CatalogueEntry, Office
from disclosure.queries import issuers
from disclosure.queries.categories import Branch, CategoryTree
from disclosure.queries.packages import Span
from disclosure.rules.entries import Facts
from disclosure.rules.numbers import tidy_document_number
from portal import clock
from portal.models import Department
from portal.richtext import one_line
from publishing.models import Article

INDENT = "　"
GENRES = (
    "通知",
    "公告",
    "通告",
    "通报",
    "意见",
    "决定",
    "规定",
    "办法",
    "报告",
    "批复",
    "函",
    "纪要",
    "方案",
    "其他",
)


def day(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"required": f"请填写{label}", "invalid": f"{label}请填写为年-月-日，如 2026-03-01"},
    )  # fmt: skip


def words(
    label: str, length: int, *, required: bool = False, help_text: str = "", **attrs: Any
) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=required, help_text=help_text, widget=forms.TextInput(attrs),
        error_messages={"required": f"请填写{label}", "max_length": f"{label}最多 {length} 字，请精简"},
    )  # fmt: skip


def indented(branch: Branch) -> str:
    return f"{INDENT * branch.depth}{branch.category.name}"


class IssuerField(forms.ModelChoiceField):
    """By their full names, as they stand on documents."""

    def label_from_instance(self, department: Department) -> str:
        return department.name


class EntryForm(forms.Form):
    """编目. `version` is what the person looked at."""

    category = forms.TypedChoiceField(
        label="类别", error_messages={"required": "请选择类别", "invalid_choice": "请选择类别"}
    )
    issuer = IssuerField(
        Department.objects.none(), label="发布机构", empty_label=None,
        error_messages={"required": "请选择发布机构", "invalid_choice": "请选择发布机构"},
    )  # fmt: skip
    title = words("名称", 120, required=True)
    document_number = words("文号", 60, help_text="如 城分发〔2026〕5 号；没有的不填")
    made_on = day("成文日期", required=True, help_text="从这一天起计算主动公开的期限")
    effective_on = day("施行日期", help_text="与成文日期相同的不填")
    expires_on = day("有效期至", help_text="次日自动失效；长期有效不填")
    publicity = forms.ChoiceField(
        label="公开属性", choices=Publicity.choices, widget=forms.RadioSelect, initial=Publicity.OPEN,
        error_messages={"required": "请选择公开属性", "invalid_choice": "请选择公开属性"},
    )  # fmt: skip
    ground = words(
        "不予公开的依据",
        200,
        help_text="写明条款和理由；不予公开的必填，公众看不到",
    )
    genre = words("体裁", 20, list="genres")
    theme = words("主题分类", 40)
    theme_words = words("主题词", 120, help_text="几个词之间空一格，公众按这些词查找")
    medium = words("载体形式", 20)
    is_normative = forms.BooleanField(label="行政规范性文件", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    article = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, office: Office, tree: CategoryTree, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.tree = tree
        known = [(str(one.category.pk), indented(one)) for one in tree.flat()]
        current = str(self.initial.get("category", ""))
        if current and current not in dict(known) and (kept := tree.get(int(current))):
            known.append((current, f"{kept}（已停用）"))
        self.fields["category"].choices = [("", "请选择"), *known]
        kept = Department.objects.filter(pk=self.initial.get("issuer"))
        self.fields["issuer"].queryset = issuers.issuers(office) | kept

    def clean_title(self) -> str:
        if title := one_line(self.cleaned_data["title"]):
            return title
        raise ValidationError("请填写名称")

    def clean_document_number(self) -> str:
        return tidy_document_number(self.cleaned_data["document_number"])

    @property
    def facts(self) -> Facts:
        said = {
            name: value for name, value in self.cleaned_data.items() if name not in ("version", "article")
        }
        return Facts(
            **{
                **said,
                "category": self.tree.get(int(said["category"])),
                "medium": said["medium"] or "电子文档",
            }
        )


def of_entry(entry: CatalogueEntry) -> dict[str, Any]:
    """What the form shows of an entry."""
    names = [name for name in EntryForm.base_fields if name not in ("category", "issuer", "article")]
    plain = {name: getattr(entry, name) for name in names}
    return plain | {"category": str(entry.category_id), "issuer": entry.issuer_id}


def of_nothing(office: Office) -> dict[str, Any]:
    """A new entry without a text."""
    return {"issuer": office.site.department_id, "medium": "电子文档", "publicity": Publicity.OPEN}


def of_article(article: Article, tree: CategoryTree, office: Office) -> dict[str, Any]:
    """A new entry, filled in from its article as far as that says it."""
    revision = article.published_revision or article.revisions.order_by("-number").first()
    category = next((one for one in tree.all if one.column_id == article.column_id and one.is_active), None)
    written = revision.written_on if revision else None
    return {
        "title": article.title, "made_on": written or (article.published_at and clock.local(article.published_at).date()),
        "category": str(category.pk) if category else "", "issuer": office.site.department_id, "article": article.pk,
        "publicity": Publicity.OPEN, "medium": "电子文档",
    }  # fmt: skip


class ChangeForm(forms.Form):
    """有效性变动."""

    on = day("变动日期", required=True)
    note = words("变动说明", 200, required=True)
    successor = words("替代文件的索引号或文号", 60)

    def __init__(self, *args: Any, entry: CatalogueEntry, verb: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.entry = entry
        if verb == "restore":
            del self.fields["successor"]

    def clean_successor(self) -> CatalogueEntry | None:
        typed = self.cleaned_data["successor"]
        if not typed.strip():
            return None
        rows = CatalogueEntry.objects.filter(site=self.entry.site_id)
        number = tidy_document_number(typed)
        found = list(rows.filter(index_number=number.upper())[:2]) or list(
            rows.filter(document_number=number)[:2]
        )
        if len(found) != 1:
            why = "有几条用这个文号，请填写索引号" if found else "公开目录里没有这个索引号或文号"
            raise ValidationError(why)
        return found[0]


class ArticleForm(forms.Form):
    """Which article: chosen among those found."""

    article = forms.IntegerField(error_messages={"required": "请选择稿件", "invalid": "请选择稿件"})


class PageForm(ArticleForm):
    kind = forms.ChoiceField(
        label="列为",
        choices=PageKind.choices,
        error_messages={"required": "请选择列为哪一类", "invalid_choice": "请选择列为哪一类"},
    )


class LeaveOutForm(ArticleForm):
    reason = forms.CharField(
        label="理由", max_length=100, error_messages={"required": "请写明为什么不需编目"}
    )


class PackageForm(forms.Form):
    """A year, or from one day to another."""

    year = forms.IntegerField(
        label="年度", required=False, min_value=1949, max_value=2100,
        error_messages={"invalid": "请填写四位年份", "min_value": "请填写四位年份", "max_value": "请填写四位年份"},
    )  # fmt: skip
    first = day("公开日期从")
    last = day("到")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if self.errors or cleaned.get("year"):
            return cleaned
        if not (first and last):
            raise ValidationError("请填写年度，或者起止日期")
        if first > last:
            self.add_error("last", "截止日期早于起始日期，请核对")
        return cleaned

    @property
    def span(self) -> Span:
        if year := self.cleaned_data.get("year"):
            return Span(date(year, 1, 1), date(year, 12, 31))
        return Span(self.cleaned_data["first"], self.cleaned_data["last"])

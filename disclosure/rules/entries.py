"""What an entry must say (条例第二十四条、福建第三十条), and which article may be its text. Writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser

from columns import rules as column_rules
from columns.queries import tree
from disclosure.enums.catalogue import Publicity
from disclosure.models import CatalogueEntry, Category, Office
from portal import clock
from portal.models import Department
from publishing.enums import ArticleState
from publishing.models import Article

PUBLISH_CLAUSE = "政府信息公开条例第二十六条"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is typed about a document."""

    category: Category
    issuer: Department
    title: str
    made_on: date
    publicity: str = Publicity.OPEN
    ground: str = ""
    document_number: str = ""
    genre: str = ""
    theme: str = ""
    theme_words: str = ""
    medium: str = "电子文档"
    effective_on: date | None = None
    expires_on: date | None = None
    is_normative: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong with it, at which field."""

    field: str
    message: str


def faults(office: Office, facts: Facts, entry: CatalogueEntry | None = None) -> Iterator[Fault]:
    """Everything that contradicts itself, the rules or what is in the catalogue; `entry` is the one being changed."""
    if facts.category.site_id != office.site_id:
        yield Fault("category", "请选择本站的公开类别")
    elif not facts.category.is_active and (entry is None or entry.category_id != facts.category.pk):
        yield Fault("category", f"“{facts.category}”已停用，请另选类别")
    if not facts.title.strip():
        yield Fault("title", "请填写名称")
    yield from _dates(facts)
    if facts.publicity == Publicity.CLOSED and not facts.ground.strip():
        yield Fault("ground", "不予公开的，请写明法律依据（条例第十四至十六条）")
    if entry and facts.publicity != Publicity.OPEN and _is_online(entry.article):
        yield Fault("publicity", "全文还在网上，请先撤稿，再改公开属性")
    if facts.document_number and (known := _same_number(facts, entry)):
        yield Fault("document_number", f"文号已在目录中：{known.index_number}“{known.title}”")


def why_not_text(office: Office, article: Article, entry: CatalogueEntry | None = None) -> str:
    """Why this article may not be the text of an entry; "" when it may."""
    if article.site_id != office.site_id:
        return f"这件稿件属于“{article.site}”，不能编入“{office.site}”的公开目录"
    known = CatalogueEntry.objects.filter(article=article).first()
    if known and (entry is None or known.pk != entry.pk):
        return f"这件稿件已编入目录：{known.index_number}"
    if article.state == ArticleState.WITHDRAWN:
        return "这件稿件已撤稿，不能编入目录"
    columns = tree(article.site)
    column = columns.get(article.column_id)
    if column is None or not column_rules.may_read(AnonymousUser(), column, columns):
        return f"“{article.column}”栏目不对公众开放，其中的稿件不能作为主动公开的全文"
    return ""


def closed_columns(site) -> set[int]:
    """Ids of the columns that the public may not read: nothing of them stands in public lists (JS-24)."""
    return column_rules.unreadable(AnonymousUser(), tree(site))


def search_words(entry: CatalogueEntry) -> str:
    """What a citizen finds it by: name, numbers, words (条例第二十四条)."""
    said = (entry.title, entry.document_number, entry.index_number, entry.theme, entry.theme_words)
    return "\n".join(one for one in said if one).lower()


def _dates(facts: Facts) -> Iterator[Fault]:
    if facts.made_on > clock.today():
        yield Fault("made_on", "成文日期不能晚于今天")
    if facts.effective_on and facts.effective_on < facts.made_on:
        yield Fault("effective_on", "施行日期早于成文日期，请核对")
    begins = facts.effective_on or facts.made_on
    if facts.expires_on and facts.expires_on < begins:
        yield Fault("expires_on", f"有效期早于{'施行' if facts.effective_on else '成文'}日期，请核对")


def _is_online(article: Article | None) -> bool:
    return article is not None and article.state == ArticleState.LIVE


def _same_number(facts: Facts, entry: CatalogueEntry | None) -> CatalogueEntry | None:
    rows = CatalogueEntry.objects.filter(issuer=facts.issuer, document_number=facts.document_number)
    return (rows.exclude(pk=entry.pk) if entry else rows).first()

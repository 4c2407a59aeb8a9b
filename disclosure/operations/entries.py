"""编目: an entry is registered, changed, given its text. It is never deleted, and its index number never changes."""

from collections.abc import Callable

from django.db import IntegrityError, transaction

from disclosure.enums.catalogue import Publicity
from disclosure.models import CatalogueEntry, IndexYear, Office
from disclosure.operations import reach
from disclosure.rules import cataloguing, entries, numbers
from disclosure.rules.entries import Facts
from portal import audit, clock
from portal.models import User
from portal.richtext import one_line
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand
from publishing.models import Article

FIELDS = (
    "category", "issuer", "title", "made_on", "publicity", "ground", "document_number", "genre", "theme",
    "theme_words", "medium", "effective_on", "expires_on", "is_normative",
)  # fmt: skip
LINES = ("title", "ground", "genre", "theme", "theme_words", "medium")
NAMES = {"made_on": "成文日期", "publicity": "公开属性", "category": "类别", "issuer": "发布机构"}


def register(office: Office, facts: Facts, *, by: User, article: Article | None = None) -> CatalogueEntry:
    """编目: check, take the next index number under the issuer's lock, keep what is known, start the clock."""
    return _once_only(lambda: _register(office, facts, by, article))


def save(entry: CatalogueEntry, facts: Facts, *, by: User, version: int) -> CatalogueEntry:
    """Change what is known of a document. Publicity and the day it was made bear on the clock."""
    return _once_only(lambda: _save(entry, facts, by, version))


@transaction.atomic
def give_text(entry: CatalogueEntry, article: Article, *, by: User) -> CatalogueEntry:
    """The entry had no text yet: this article is it."""
    entry, office = _locked(entry)
    by = as_they_stand(by)
    _require_right(cataloguing.why_not_edit(by, office, entry))
    if entry.publicity != Publicity.OPEN:
        raise Refused(f"这一条是{entry.get_publicity_display()}，不登全文", "article")
    if entry.article_id:
        raise TooLate(f"这一条已有全文：“{entry.article.title}”")
    article = _require_text(office, article, entry)
    entry.article, entry.version = article, entry.version + 1
    reach.settle(entry, office, by=by)
    entry.save()
    _record("give_text", "关联全文", entry, office, by, note=f"“{article.title}”")
    return entry


def _register(office: Office, facts: Facts, by: User, article: Article | None) -> CatalogueEntry:
    by, facts = as_they_stand(by), _tidy(facts)
    _require_right(cataloguing.why_not_catalogue(by, office, facts.category, facts.publicity))
    counter = _locked_counter(facts)
    _require_sound(office, facts)
    code = numbers.issuer_code(office, facts.issuer)
    if article is not None:
        if facts.publicity != Publicity.OPEN:
            raise Refused("有全文的条目应为主动公开", "publicity")
        article = _require_text(office, article)
    entry = CatalogueEntry(site=office.site, article=article, registered_by=by, registered_at=clock.now())
    _fill(entry, facts)
    entry.year = facts.made_on.year
    counter.last += 1
    counter.save()
    entry.serial = counter.last
    entry.index_number = numbers.index_number(code, facts.category, entry.year, entry.serial)
    entry.words = entries.search_words(entry)
    reach.settle(entry, office)
    entry.save(force_insert=True)
    reach.start_clock(entry, office, by=by)
    _record("catalogue", "编入公开目录", entry, office, by, note=entry.index_number, clause=office.clause)
    return entry


def _save(entry: CatalogueEntry, facts: Facts, by: User, version: int) -> CatalogueEntry:
    entry, office = _locked(entry)
    by, facts = as_they_stand(by), _tidy(facts)
    if entry.version != version:
        raise TooLate("您打开之后，别人修改过这一条。您填写的还在下面，请另开窗口核对后再保存")
    _require_right(cataloguing.why_not_edit(by, office, entry))
    _require_right(cataloguing.why_not_catalogue(by, office, facts.category, facts.publicity))
    _require_sound(office, facts, entry)
    if facts.issuer != entry.issuer:
        numbers.issuer_code(office, facts.issuer)
    changed = [name for name in FIELDS if getattr(entry, name) != getattr(facts, name)]
    _fill(entry, facts)
    entry.version += 1
    entry.words = entries.search_words(entry)
    if entry.publicity != Publicity.OPEN:
        entry.article = None
    if {"made_on", "publicity"} & set(changed):
        reach.stop_clock(entry, by=by)
        reach.settle(entry, office, by=by)
        reach.start_clock(entry, office, by=by)
    entry.save()
    labels = "、".join(str(entry._meta.get_field(name).verbose_name) for name in changed)
    _record("save_entry", "修改目录条目", entry, office, by, note=labels or "没有变化")
    return entry


def _once_only(act: Callable[[], CatalogueEntry]) -> CatalogueEntry:
    """Two people may type the same number or take the same article at one moment: the second one is told."""
    try:
        with transaction.atomic():
            return act()
    except IntegrityError as clash:
        raise TooLate("这件稿件或这个文号刚刚被别人编入目录，请刷新后再看") from clash


def _locked_counter(facts: Facts) -> IndexYear:
    """The last number of the issuer's year, locked until the entry is written or taken back with it: no number is left
    out, and whoever comes second sees what the first one registered.
    """
    IndexYear.objects.get_or_create(issuer=facts.issuer, year=facts.made_on.year)
    return IndexYear.objects.select_for_update().get(issuer=facts.issuer, year=facts.made_on.year)


def _locked(entry: CatalogueEntry) -> tuple[CatalogueEntry, Office]:
    rows = CatalogueEntry.objects.select_for_update(of=("self",), no_key=True)
    related = ("site__disclosure_office__department", "category", "issuer", "article")
    found = rows.select_related(*related).get(pk=entry.pk)
    office = found.site.disclosure_office
    office.site = found.site
    return found, office


def _tidy(facts: Facts) -> Facts:
    said = {name: one_line(getattr(facts, name)) for name in LINES}
    said["document_number"] = numbers.tidy_document_number(facts.document_number)
    return Facts(**{name: said.get(name, getattr(facts, name)) for name in FIELDS})


def _fill(entry: CatalogueEntry, facts: Facts) -> None:
    for name in FIELDS:
        setattr(entry, name, getattr(facts, name))


def _require_right(why_not: str) -> None:
    if why_not:
        raise NotAllowed(why_not)


def _require_sound(office: Office, facts: Facts, entry: CatalogueEntry | None = None) -> None:
    for fault in entries.faults(office, facts, entry):
        raise Refused(fault.message, fault.field)


def _require_text(office: Office, article: Article, entry: CatalogueEntry | None = None) -> Article:
    """The article as it stands now, locked: it is neither published nor withdrawn meanwhile."""
    rows = Article.objects.select_for_update(of=("self",), no_key=True).select_related("site", "column")
    article = rows.get(pk=article.pk)
    if why_not := entries.why_not_text(office, article, entry):
        raise Refused(why_not, "article")
    return article


def _record(
    verb: str,
    label: str,
    entry: CatalogueEntry,
    office: Office,
    by: User,
    *,
    note: str = "",
    clause: str = "",
) -> None:
    principal = cataloguing.in_whose_place(by, office)
    audit.record(verb, label, entry, actor=by, note=note, clause=clause, acting_for=principal)

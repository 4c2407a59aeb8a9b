"""Writing and changing texts. Nothing here reaches a reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history

from columns import rules as column_rules
from columns.models import Column
from portal import audit, clock, richtext
from portal.enums import FileKind, Power
from portal.models import Department, StoredFile, User
from portal.workflow import NotAllowed, Refused, TooLate
from publishing import rules
from publishing.enums import EDITABLE_STATES, OPEN_STATES
from publishing.models import Article, Attachment, Revision
from publishing.operations.moves import by_person

TEXT_FIELDS = (
    "column", "title", "summary", "author_name", "is_reprint", "source_name", "department", "written_on",
    "cover", "is_headline",
)  # fmt: skip
LINES = ("title", "summary", "author_name", "source_name")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What an editor typed. `body` is any HTML, cleaned here; `key` makes creating the same text twice harmless.

    `contributor`: whose text it is where the editor took it over from a reader (办法第十四条).
    """

    column: Column
    title: str
    body: str
    summary: str = ""
    author_name: str = ""
    is_reprint: bool = False
    source_name: str = ""
    department: Department | None = None
    written_on: date | None = None
    cover: StoredFile | None = None
    is_headline: bool = False
    attachments: Sequence[StoredFile] = ()
    contributor: User | None = None
    key: str = ""


def create(draft: Draft, *, by: User) -> Revision:
    """采集: a new article with its first draft. The same `key` in the same column gives the first one back."""
    return create_many([draft], by=by)[0]


@transaction.atomic
def create_many(drafts: Sequence[Draft], *, by: User) -> list[Revision]:
    """As `create`, for an import: few statements however many drafts. All of them or none."""
    for column in {draft.column for draft in drafts}:
        if not column_rules.may(by, Power.COLLECT, column):
            raise NotAllowed(f"您没有“{column}”栏目的采集权限", "column")
    known = _already_created(drafts)
    fresh = [draft for draft in drafts if (draft.column.pk, draft.key) not in known]
    revisions = _write_new(fresh, by)
    found = known | {
        (r.article.column_id, r.article.import_key): r for r in revisions if r.article.import_key
    }
    unkeyed = iter([revision for revision in revisions if not revision.article.import_key])
    return [found[draft.column.pk, draft.key] if draft.key else next(unkeyed) for draft in drafts]


@transaction.atomic
def save(article: Article, draft: Draft, *, by: User, token: str) -> Revision:
    """Change the open revision, or begin a new one from the live text; the live page stands.

    `token` is what `version_token` said when the editor opened the text: a later save by somebody else refuses
    this one. A text under review is refused too, until it is recalled or returned.
    """
    article = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    if draft.column.site_id != article.site_id:
        raise Refused("不能把稿件移到别的站点", "column")
    for column in {article.column, draft.column}:
        if not column_rules.may(by, Power.COLLECT, column):
            raise NotAllowed(f"您没有“{column}”栏目的采集权限", "column")
    current = _open_ones(article).select_for_update(of=("self",), no_key=True).first()
    if current is not None and current.state not in EDITABLE_STATES:
        raise TooLate(f"这件稿件{current.get_state_display()}，要修改请先收回。")
    if version_token(article) != token:
        who, when = (
            (current.saved_by, clock.local(current.saved_at))
            if current
            else ("别人", clock.local(clock.now()))
        )
        raise TooLate(
            f"{who}已在 {when:%m-%d %H:%M} 保存过这件稿件。您写的内容还在下面，请另开窗口核对后再保存。"
        )
    revision = current or _next_revision(article, by)
    _fill(revision, draft, by)
    if current:
        revision.version += 1
    revision.save()
    _link_files([(revision, draft)], by)
    if article.published_revision_id is None:
        article.title, article.column = revision.title, revision.column
        article.save()
    audit.record("save", "保存", revision, actor=by, acting_for=revision.saved_for)
    return revision


def discard(revision: Revision, *, by: User) -> Revision:
    """作废 a draft; it stays on record."""
    return by_person(revision, "discard", actor=by)


def open_revision(article: Article) -> Revision | None:
    """The one revision on its way, if any."""
    return _open_ones(article).first()


def _open_ones(article: Article) -> QuerySet[Revision]:
    return article.revisions.filter(state__in=OPEN_STATES).select_related("saved_by", "column__site")


def version_token(article: Article) -> str:
    """What an editor's form carries along: changes with every save of the text."""
    current = open_revision(article) or article.published_revision
    return f"{current.pk}.{current.version}.{current.state}" if current else "new"


def _already_created(drafts: Sequence[Draft]) -> dict[tuple[int, str], Revision]:
    """What the keys stand for; until the end of the transaction nobody else creates by key in these columns."""
    keys = {draft.key for draft in drafts if draft.key}
    if not keys:
        return {}
    columns = Column.objects.filter(pk__in={draft.column.pk for draft in drafts if draft.key})
    list(columns.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    revisions = Revision.objects.filter(number=1, article__import_key__in=keys).select_related("article")
    return {(one.article.column_id, one.article.import_key): one for one in revisions}


def _write_new(drafts: Sequence[Draft], by: User) -> list[Revision]:
    now = clock.now()
    articles = Article.objects.bulk_create(
        Article(
            site=draft.column.site, column=draft.column, title=richtext.one_line(draft.title), import_key=draft.key,
            department=draft.department or by.department, created_by=by, created_at=now,
            contributed_by=draft.contributor,
        )
        for draft in drafts
    )  # fmt: skip
    revisions = [Revision(article=article, number=1, created_by=by) for article in articles]
    for revision, draft in zip(revisions, drafts, strict=True):
        _fill(revision, draft, by)
    bulk_create_with_history(revisions, Revision, batch_size=500, default_user=by, default_date=now)
    _link_files(list(zip(revisions, drafts, strict=True)), by)
    acts = [audit.Act("create", "采集", one.article, acting_for=one.saved_for) for one in revisions]
    audit.record_all(acts, actor=by)
    return revisions


def _next_revision(article: Article, by: User) -> Revision:
    last = article.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    return Revision(article=article, number=last + 1, created_by=by)


def _fill(revision: Revision, draft: Draft, by: User) -> None:
    for name in TEXT_FIELDS:
        setattr(revision, name, getattr(draft, name))
    for name in LINES:
        setattr(revision, name, richtext.one_line(getattr(draft, name)))
    revision.department = draft.department or by.department
    revision.body = richtext.clean(draft.body)
    revision.summary = revision.summary or richtext.summary(revision.body)
    if draft.cover and not _may_show(by, draft.cover):
        revision.cover = None
    revision.saved_by, revision.saved_at = by, clock.now()
    revision.saved_for = column_rules.acting_for(by, Power.COLLECT, draft.column)


def _link_files(pairs: Sequence[tuple[Revision, Draft]], by: User) -> None:
    """Tie pictures of the text and attachments to the revision; a file the writer may not read is left out."""
    wanted = {
        revision.pk: (set(richtext.picture_ids(revision.body)), [file.pk for file in draft.attachments])
        for revision, draft in pairs
    }
    ids = {pk for pictures, files in wanted.values() for pk in (*pictures, *files)}
    if not ids:
        if len(pairs) == 1 and pairs[0][0].version + pairs[0][0].number > 2:
            _unlink(pairs[0][0])
        return
    usable = {
        file.pk: file for file in StoredFile.objects.filter(pk__in=ids) if rules.may_read_file(by, file)
    }
    for revision, _draft in pairs:
        pictures, files = wanted[revision.pk]
        revision.pictures.set(
            [usable[pk] for pk in pictures if pk in usable and usable[pk].kind == FileKind.PICTURE]
        )
        revision.attachments.all().delete()
        Attachment.objects.bulk_create(
            Attachment(revision=revision, file=usable[pk], position=place)
            for place, pk in enumerate(dict.fromkeys(files), start=1)
            if pk in usable
        )


def _may_show(by: User, picture: StoredFile) -> bool:
    return picture.kind == FileKind.PICTURE and rules.may_read_file(by, picture)


def _unlink(revision: Revision) -> None:
    revision.pictures.clear()
    revision.attachments.all().delete()

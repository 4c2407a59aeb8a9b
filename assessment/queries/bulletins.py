"""Named reads of bulletins, and what one says: read anew while it is a draft, as it was kept once issued."""

from collections.abc import Sequence

from django.db.models import QuerySet

from assessment.enums.bulletins import BulletinKind, BulletinState
from assessment.models import Bulletin
from assessment.queries import bulletin_parts as parts
from assessment.rules import bulletins as rules
from assessment.rules.points import Window
from portal import clock
from portal.documents import Heading, Paper, Paragraph, Part, from_json

ORDER = "一二三四五六七八九十"
SECTIONS = {
    BulletinKind.RANKING: (parts.ranking, parts.publishing, parts.mentions),
    BulletinKind.QUARTERLY: (
        parts.publishing, parts.replies, parts.ranking, parts.reminders, parts.mentions,
    ),
    BulletinKind.YEARLY: (
        parts.ranking, parts.awards, parts.publishing, parts.replies, parts.reminders, parts.mentions,
    ),
}  # fmt: skip


def listed(*, drafts: bool) -> QuerySet[Bulletin]:
    """For the desk: issued ones, and all with `drafts`."""
    rows = Bulletin.objects.defer("content")
    return rows if drafts else rows.filter(state=BulletinState.ISSUED)


def public() -> QuerySet[Bulletin]:
    rows = Bulletin.objects.filter(state=BulletinState.ISSUED, is_public=True)
    return rows.defer("content").order_by("-issued_at", "-pk")


def paper_of(bulletin: Bulletin) -> Paper:
    issued = bulletin.issued_at
    return Paper(
        masthead=bulletin.masthead, title=bulletin.title, number=bulletin.number, addressed=bulletin.addressed,
        signed=bulletin.signed, dated=clock.local(issued).date() if issued else clock.today(),
        parts=parts_of(bulletin),
    )  # fmt: skip


def parts_of(bulletin: Bulletin) -> Sequence[Part]:
    if bulletin.state != BulletinState.DRAFT:
        return from_json(bulletin.content)
    return _compose(bulletin)


def _compose(bulletin: Bulletin) -> list[Part]:
    """The opening, the sections that have something to say, numbered, and what is asked for next."""
    kind = BulletinKind(bulletin.kind)
    now = Window(bulletin.starts_on, bulletin.ends_on)
    before = Window(*rules.before(kind, bulletin.starts_on))
    found: list[Part] = [Paragraph(bulletin.opening.strip() or _usual_opening(bulletin))]
    sections = [said for section in SECTIONS[kind] if (said := section(bulletin, now, before))]
    if bulletin.closing.strip():
        sections.append([Heading("下一步要求"), Paragraph(bulletin.closing.strip())])
    for number, (heading, *rest) in zip(ORDER, sections, strict=False):
        found += [Heading(f"{number}、{heading.text}"), *rest]
    return found


def _usual_opening(bulletin: Bulletin) -> str:
    by = f"按照《{bulletin.scheme.source.strip('《》')}》，" if bulletin.scheme else ""
    span = f"{bulletin.starts_on:%Y年%-m月%-d日}至{bulletin.ends_on:%Y年%-m月%-d日}"
    return f"{by}现将{span}信息网信息发布、答复和更新维护情况通报如下。"

"""The sections of a bulletin: each reads its figures with a few grouped queries, for all units at once."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Count

from assessment.enums.facts import EventKind, Verdict
from assessment.enums.scores import RoundState
from assessment.enums.slips import MentionKind, MentionState
from assessment.models import Bulletin, Mention, Publication, Round
from assessment.queries.facts.base import FACTS
from assessment.rules.points import EMPTY, Tally, Window
from portal.documents import Bars, Heading, Paragraph, Part, Table
from portal.models import Department

LONGEST_CHART = 30
RANKS = ("名次", "单位", "发布条数", "得分", "与上期比")
PUBLISHED = ("单位", "计入条数", "比上期", "更新", "被采用", "不予计入")
PUBLIC = (RoundState.PUBLISHED, RoundState.FROZEN)
Section = list[Part]


def ranking(bulletin: Bulletin, now: Window, before: Window) -> Section:
    """得分和名次 of the scheme's round of just this span; nothing before it was made public."""
    rounds = (
        Round.objects.filter(scheme__key=bulletin.scheme.key) if bulletin.scheme else Round.objects.none()
    )
    rounds = {
        row.starts_on: row
        for row in rounds.filter(state__in=PUBLIC, starts_on__in=(now.starts_on, before.starts_on))
    }
    current, last = rounds.get(now.starts_on), rounds.get(before.starts_on)
    if current is None or current.ends_on != now.ends_on:
        return []
    places = dict(last.units.values_list("unit", "place")) if last else {}
    rows = list(current.units.order_by("place", "unit"))
    table = [
        [row.place, row.unit_name, row.published, row.total, _moved(places.get(row.unit_id), row.place)]
        for row in rows
    ]
    chart = rows[:LONGEST_CHART]
    return [
        Heading("得分和名次"),
        Table("各单位得分和名次", RANKS, table, [1, 3, 1, 1, 2], _how(bulletin)),
        Bars("各单位得分", [row.unit_name for row in chart], [row.total for row in chart], "分"),
    ]  # fmt: skip


def awards(bulletin: Bulletin, now: Window, before: Window) -> Section:
    rounds = (
        Round.objects.filter(scheme__key=bulletin.scheme.key) if bulletin.scheme else Round.objects.none()
    )
    current = rounds.filter(state__in=PUBLIC, starts_on=now.starts_on, ends_on=now.ends_on).first()
    won: dict[str, list[str]] = {}
    for row in current.units.exclude(award="").order_by("place", "unit") if current else ():
        won.setdefault(row.award, []).append(row.unit_name)
    said = [Paragraph(f"{award}：{'、'.join(names)}。") for award, names in won.items()]
    return [Heading("表彰"), *said] if said else []


def publishing(bulletin: Bulletin, now: Window, before: Window) -> Section:
    """信息发布情况: what counted, against the span before, what was updated and what did not count."""
    counted, last = (_published(window) for window in (now, before))
    rows = Publication.objects.filter(on__range=now).order_by()
    others = rows.filter(kind=EventKind.FIRST).exclude(verdict__in=(Verdict.COUNTED, Verdict.ADOPTED))
    uncounted = _by_unit(others.values("unit").annotate(n=Count("pk")))
    updates = _by_unit(rows.filter(kind=EventKind.UPDATE).values("unit").annotate(n=Count("pk")))
    adopted = {unit: int(tally.number) for unit, tally in FACTS["adopted"].tally(now, {}).items()}
    units = _units(counted, last, updates, uncounted)
    table = [
        [unit.name, counted.get(unit.pk, 0), counted.get(unit.pk, 0) - last.get(unit.pk, 0), updates.get(unit.pk, 0),
         adopted.get(unit.pk, 0), uncounted.get(unit.pk, 0)]
        for unit in sorted(units, key=lambda unit: -counted.get(unit.pk, 0))
    ]  # fmt: skip
    total, change = sum(counted.values()), sum(counted.values()) - sum(last.values())
    words = f"各单位共发布并计入信息 {total} 条，{_compared(change)}；"
    words += f"另有 {sum(uncounted.values())} 条近似重复、拆分或自行重发，不予计入。"
    chart = table[:LONGEST_CHART]
    return [
        Heading("信息发布情况"),
        Paragraph(words),
        Table("各单位信息发布情况", PUBLISHED, table, [3, 1, 1, 1, 1, 1]),
        *([Bars("各单位计入条数", [row[0] for row in chart], [row[1] for row in chart], "条")] if total else []),
    ]  # fmt: skip


def replies(bulletin: Bulletin, now: Window, before: Window) -> Section:
    """咨询、来信答复情况 (质监第二十二条): what fell due in the span."""
    letters, questions = (FACTS[key].tally(now, {}) for key in ("letters_in_time", "questions_in_time"))
    content = FACTS["satisfaction"].tally(now, {})
    units = _units(letters, questions)
    table = [
        [unit.name, *_share(letters.get(unit.pk, EMPTY)), *_share(questions.get(unit.pk, EMPTY)),
         _percent(content.get(unit.pk, EMPTY))]
        for unit in units
    ]  # fmt: skip
    if not table:
        return [Heading("来信和提问答复情况"), Paragraph("本期没有到期应答复的来信和提问。")]
    headings = ["单位", "到期来信", "按时答复", "到期提问", "按时答复", "来信满意率"]
    return [Heading("来信和提问答复情况"), Table("各单位答复情况", headings, table, [3, 1, 1, 1, 1, 1])]


def reminders(bulletin: Bulletin, now: Window, before: Window) -> Section:
    issued, lapsed = (FACTS[key].tally(now, {}) for key in ("slips_issued", "slips_lapsed"))
    units = _units(issued, lapsed)
    if not units:
        return [Heading("更新维护情况"), Paragraph("本期没有发出更新提醒单。")]
    table = [
        [unit.name, int(issued.get(unit.pk, EMPTY).number), int(lapsed.get(unit.pk, EMPTY).number)]
        for unit in units
    ]
    return [
        Heading("更新维护情况"),
        Table("更新提醒单", ["单位", "收到提醒单", "逾期未改进"], table, [3, 1, 1]),
    ]


def mentions(bulletin: Bulletin, now: Window, before: Window) -> Section:
    """Confirmed entries of the lists, each with the rule it met (石家庄第二十七、二十八条)."""
    rows = Mention.objects.filter(state=MentionState.CONFIRMED, on__range=now).order_by("kind", "on", "pk")
    said: Section = []
    for kind in MentionKind:
        of_kind = [row for row in rows.select_related("unit", "column", "person") if row.kind == kind]
        if of_kind:
            said += [Heading(f"（{'一二'[len(said) // 2 % 2]}）{kind.label}", 2)]
            said += [Paragraph("\n".join(_mention(row) for row in of_kind))]
    return [Heading("表扬和批评"), *said] if said else []


def _mention(row: Mention) -> str:
    whom = "、".join(str(one) for one in (row.unit, row.person, row.column) if one)
    facts = f"：{row.facts}" if row.facts else ""
    return f"{whom}{facts}（{row.rule}，{row.clause}）。"


def _published(window: Window) -> dict[int, int]:
    return {unit: int(tally.number) for unit, tally in FACTS["published"].tally(window, {}).items()}


def _by_unit(rows) -> dict[int, int]:
    return {row["unit"]: row["n"] for row in rows}


def _units(*found: Mapping[int, object]) -> list[Department]:
    """The departments that any of `found` names, in their order."""
    return list(
        Department.objects.filter(pk__in={pk for one in found for pk in one}).order_by("position", "pk")
    )


def _share(tally: Tally) -> tuple[int, int]:
    return int(tally.of or 0), int(tally.number)


def _percent(tally: Tally) -> str:
    return f"{tally.number / tally.of * 100:.1f}%" if tally.of else "—"


def _moved(was: int | None, now: int | None) -> str:
    if was is None or now is None:
        return "—"
    return f"上升 {was - now} 位" if now < was else f"下降 {now - was} 位" if now > was else "持平"


def _compared(change: int | Decimal) -> str:
    return f"比上期{'增加' if change > 0 else '减少'} {abs(change)} 条" if change else "与上期持平"


def _how(bulletin: Bulletin) -> str:
    return f"说明：得分依据《{bulletin.scheme.name}》（{bulletin.scheme.clause}）。"

"""V4: columns that are not updated, that owe an update, that are blank."""

from collections.abc import Sequence
from datetime import date, timedelta

from assessment.enums.radar import Item, Light
from assessment.rules.dates import months_after
from assessment.rules.findings import Facts, Finding, Line, Spot, by, finding, owners, write
from assessment.rules.standard import Limits


def stale(facts: Facts, limits: Limits) -> Finding:
    limit = (
        f"动态、要闻 {limits['news_days']} 天不更新，通知公告、政策文件 {limits['notice_months']} 个月不更新，"
        f"合计 {limits['stale_columns']} 个即不合格"
    )
    turns = [(_goes_stale(spot, limits), spot) for spot in facts.spots if spot.watch]
    return _counted(
        Item.V4A, turns, limits, limits["stale_columns"], limits.warning("stale_warning", "stale_columns"), limit,
        "不更新", "本站没有动态、要闻或通知公告、政策文件类栏目", "newest",
    )  # fmt: skip


def due(facts: Facts, limits: Limits) -> Finding:
    limit = f"有更新时限而未更新的栏目 {limits['due_columns']} 个即不合格"
    turns = [(spot.due_on, spot) for spot in facts.owed if spot.due_on]
    return _counted(
        Item.V4B, turns, limits, limits["due_columns"], limits.warning("due_warning", "due_columns"), limit,
        "应更新未更新", "本站公开栏目没有规定更新时限", "updated",
    )  # fmt: skip


def blank(facts: Facts, limits: Limits) -> Finding:
    most, limit = limits["blank_columns"], f"空白栏目 {limits['blank_columns']} 个即不合格"
    empty = [spot for spot in facts.spots if not spot.items]
    light = Light.RED if len(empty) >= most else Light.AMBER
    light = light if len(empty) >= limits.warning("blank_warning", "blank_columns") else Light.OK
    said = f"{len(empty)} 个栏目没有内容" if empty else "公开栏目都有内容"
    evidence = [Line(f"{spot.name}：没有内容{by(spot.owner)}", spot.url) for spot in empty]
    left = 0 if light == Light.RED else None
    action = write(empty[0]) if empty else None
    return finding(Item.V4C, light, said, limit, left, owners(empty), evidence, action)


def _goes_stale(spot: Spot, limits: Limits) -> date:
    """The day on which it counts as not updated; an item without a publish time does not count, no item never did."""
    if spot.newest is None:
        return date.min
    if spot.watch == "news":
        return spot.newest + timedelta(days=limits.of("news_days", spot.classes))
    return months_after(spot.newest, limits.of("notice_months", spot.classes))


def _counted(
    item: Item, turns: Sequence[tuple[date | None, Spot]], limits: Limits, most: int, warning: int, limit: str,
    word: str, nothing: str, seen: str,
) -> Finding:  # fmt: skip
    """So many columns past their day fail; `days_left`: until the one comes that makes it so many."""
    rows = sorted(((turn, spot) for turn, spot in turns if turn), key=lambda row: (row[0], row[1].pk))
    if not rows:
        return finding(item, Light.OK, nothing, limit)
    past = [spot for turn, spot in rows if turn <= limits.day]
    left = None if len(rows) < most else max(0, _days_until(rows[most - 1][0], limits.day))
    is_near = left is not None and left <= limits["ahead_days"]
    light = Light.RED if len(past) >= most else Light.AMBER if len(past) >= warning or is_near else Light.OK
    said = f"{len(past)} 个栏目{word}" if past else f"{len(rows)} 个栏目都按时更新"
    if len(rows) < most:
        said += f"；此类栏目共 {len(rows)} 个"
    elif is_near and light == Light.AMBER:
        said += f"；再过 {left} 天满 {most} 个"
    evidence = [Line(_how_old(spot, getattr(spot, seen), limits.day), spot.url) for spot in past]
    if not past:
        evidence = [Line(f"{rows[0][1].name}：{rows[0][0]} 前须更新{by(rows[0][1].owner)}", rows[0][1].url)]
    return finding(item, light, said, limit, left, owners(past or [rows[0][1]]), evidence, write(rows[0][1]))


def _days_until(turn: date, day: date) -> int:
    return 0 if turn == date.min else (turn - day).days


def _how_old(spot: Spot, seen: date | None, day: date) -> str:
    when = f"最近更新 {seen}，已 {(day - seen).days} 天" if seen else "没有带发布日期的信息"
    rule = f"（{spot.rule}）" if spot.rule and not spot.watch else ""
    return f"{spot.name}：{when}{rule}{by(spot.owner)}"

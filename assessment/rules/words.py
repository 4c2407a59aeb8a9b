"""How points come about, in words a leader can follow and a clerk can recompute by hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assessment.enums.schemes import IndicatorKind as K
from assessment.rules.points import Window, number, parts
from assessment.rules.schemes import IndicatorRules
from assessment.rules.seals import tally_of

PART_NAMES = ("每周", "每半月", "每月")


def plain(value: Any) -> str:
    """6, 0.5: without zeros that say nothing."""
    return f"{number(value).normalize():f}"


def how(one: IndicatorRules, word: str = "件") -> str:
    """What the indicator gives for what; `word` counts the things of its fact."""
    said = one.settings
    most = "" if one.most is None else plain(one.most)
    match K(one.kind):
        case K.COUNTED:
            return f"每{word} {plain(said['per_item'])} 分" + (f"，最多 {most} 分" if most else "，不封顶")
        case K.BANDED:
            return "；".join(
                f"{plain(least)} {word}以上记 {plain(points)} 分" for least, points in said["bands"]
            )
        case K.RHYTHM:
            return _rhythm(said)
        case K.DEDUCTED:
            return f"满分 {most} 分，每{word}扣 {plain(said['per_item'])} 分，扣完为止"
        case K.RATIO:
            none = "记满分" if said.get("when_none", "full") == "full" else "记 0 分"
            return f"{most} 分 × 比例；没有应办的{none}" if number(one.most or 0) else "只列出比例，不计分"
        case K.CHECKLIST:
            return "；".join(f"{item['label']} {plain(item['points'])} 分" for item in one.items)
        case K.VOTE:
            return f"{most} 分 × 得票比例；不足 {said.get('least_votes', 1)} 票的由考核人核定"
    return f"由考核人核定，最高 {most} 分"


def reckoning(one: IndicatorRules, facts: Mapping[str, Any], window: Window, word: str = "件") -> str:
    """How the figure of one unit was computed, step by step."""
    if "rounds" in facts:
        return (
            "、".join(f"{name} {plain(points)} 分" for _, name, points in facts["rounds"])
            or "没有已公布的考核期"
        )
    if one.is_by_people or "number" not in facts:
        return ""
    tally, said = tally_of(dict(facts)), one.settings
    n = plain(tally.number)
    match K(one.kind):
        case K.COUNTED:
            worth = tally.number * number(said["per_item"])
            capped = one.most is not None and worth > one.most
            return f"{n} {word} × {plain(said['per_item'])} 分 = {plain(worth)} 分" + (
                f"，按最高 {plain(one.most)} 分计" if capped else ""
            )
        case K.RHYTHM:
            return _covered(sorted(tally.days), said, window)
        case K.DEDUCTED:
            cost = tally.number * number(said["per_item"])
            taken = plain(min(cost, number(one.most)))
            return f"{plain(one.most)} 分 − {n} {word} × {plain(said['per_item'])} 分（扣 {taken} 分）"
        case K.RATIO | K.VOTE:
            return f"{n} ÷ {plain(tally.of)} {word}" if tally.of else "期内没有应计的"
    return f"{n} {word}"


def _rhythm(said: Mapping[str, Any]) -> str:
    times = int(said.get("times", 1))
    each = "有更新" if times == 1 else f"有不少于 {times} 天更新"
    levels = [
        f"四段（1–7、8–14、15–21、22–月末）每段{each}记 {plain(said['weekly'])} 分",
        f"上、下半月（1–15、16–月末）都{each}记 {plain(said['half_monthly'])} 分",
        f"当月{each}记 {plain(said['monthly'])} 分",
    ]
    worth = [number(said[name]) > 0 for name in ("weekly", "half_monthly", "monthly")]
    return "；".join(level for level, has in zip(levels, worth, strict=True) if has) + "；否则记 0 分"


def _covered(days: list[date], said: Mapping[str, Any], window: Window) -> str:
    """1–7 日 2 天、8–14 日 0 天 …: of one month the parts, of several only how many days."""
    if (window.ends_on - window.starts_on).days > 31:
        return f"共 {len(days)} 天有更新，按各月分别计分后取平均"
    quarters, halves, _ = parts(window.starts_on)

    def count(span: Window) -> str:
        found = sum(span.starts_on <= day <= span.ends_on for day in days)
        return f"{span.starts_on.day}–{span.ends_on.day} 日 {found} 天"

    if number(said["half_monthly"]) == 0:
        return "，".join(count(span) for span in quarters)
    return "，".join(count(span) for span in quarters) + "；" + "，".join(count(span) for span in halves)

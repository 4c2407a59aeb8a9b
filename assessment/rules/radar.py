"""The veto radar: facts of one site, the numbers in force and a day give one finding an item. Nothing is read here.

Every item counts towards the day on which it would fail if nothing was done: `days_left` until then, 0 or less is
red. Amber comes before, as the monitors warn.
"""

from collections.abc import Callable
from datetime import date, timedelta

from assessment.enums.radar import Item, Light
from assessment.rules import stale_columns
from assessment.rules.dates import months_after
from assessment.rules.findings import Action, Facts, Finding, Line, Waiting, by, finding, stalest, write
from assessment.rules.standard import Limits


def radar(facts: Facts, limits: Limits) -> list[Finding]:
    """The nine items, in their order."""
    return [look(facts, limits) for look in ITEMS.values()]


def _serious(facts: Facts, limits: Limits) -> Finding:
    limit = f"严重错误、违法链接、伪造发布日期等，{limits['serious']} 处即不合格"
    errors = [Line(f"找错来信 {one.name}，{one.since} 收到，未办结", one.url) for one in facts.errors]
    evidence = [*facts.serious, *errors]
    if len(facts.serious) >= limits["serious"]:
        said = f"发现 {len(facts.serious)} 处严重问题"
        return finding(Item.V1, Light.RED, said, limit, 0, facts.editor, evidence, _to_visits(facts))
    if facts.errors_late:
        said = f"{facts.errors_late} 封找错来信超过 {limits['error_days']} 个工作日未办结"
        oldest = facts.errors[0]
        handle = Action("办理找错来信", oldest.url)
        return finding(Item.V1, Light.AMBER, said, limit, None, oldest.owner, evidence, handle)
    if facts.pages is None:
        said = "还没有全面巡访过，不能认定没有严重问题"
        return finding(Item.V1, Light.AMBER, said, limit, None, facts.keeper, evidence, _to_visits(facts))
    seen = Line(f"最近一次巡访 {facts.pages} 个页面，发布日期与系统记录一致", facts.visits_url)
    return finding(Item.V1, Light.OK, "巡访未发现严重问题", limit, None, facts.editor, [seen, *errors])


def _reach(facts: Facts, limits: Limits) -> Finding:
    reach, least = facts.reach, limits["visits_a_day"] * limits["unreachable_days"]
    limit = (
        f"近 {limits['unreachable_days']} 天每天间隔访问 {limits['visits_a_day']} 次以上，"
        f"{limits['open_seconds']} 秒内打不开的占 {limits['unreachable_percent']}% 即不合格"
    )
    percent = 100 * reach.failed / reach.visits if reach.visits else 0.0
    numbers = f"访问 {reach.visits} 次，打不开 {reach.failed} 次（{percent:.1f}%）"
    evidence = [Line(numbers, facts.visits_url), *reach.failures]
    if reach.visits < least:
        why = "" if reach.is_visiting else "；没有设置 SELF_CHECK_URL，不自动巡访"
        said = (
            f"近 {limits['unreachable_days']} 天只访问了 {reach.visits} 次，不足 {least} 次，还不能认定{why}"
        )
        light = Light.AMBER
    elif percent >= limits["unreachable_percent"]:
        light, said = Light.RED, f"打不开的占 {percent:.1f}%"
    elif percent > limits.warning("unreachable_warning", "unreachable_percent"):
        light, said = Light.AMBER, f"打不开的占 {percent:.1f}%，接近 {limits['unreachable_percent']}%"
    else:
        light, said = Light.OK, f"打不开的占 {percent:.1f}%"
    left = 0 if light == Light.RED else None
    action = None if light == Light.OK else Action("看巡访记录，检查服务器", facts.visits_url)
    return finding(Item.V2, light, said, limit, left, facts.keeper, evidence, action)


def _home(facts: Facts, limits: Limits) -> Finding:
    days, warning = limits["home_days"], limits.warning("home_warning", "home_days")
    limit = f"{days} 天没有新信息即不合格，超过 {warning} 天预警"
    dated = [spot for spot in facts.spots if spot.newest]
    if not dated:
        spot = stalest(facts.spots)
        return finding(
            Item.V3, Light.RED, "首页还没有信息", limit, 0, spot.owner if spot else facts.editor, (),
            write(spot) if spot else None,
        )  # fmt: skip
    newest = max(dated, key=lambda spot: spot.newest or date.min)
    age = (limits.day - _known(newest.newest)).days
    spot = stalest([one for one in dated if one.watch == "news"] or dated) or newest
    evidence = [Line(f"最新的是“{newest.name}”{_known(newest.newest)} 发布的信息", newest.url)]
    light = Light.RED if age >= days else Light.AMBER if age > warning else Light.OK
    said = "首页今天有新信息" if age == 0 else f"首页最近 {age} 天没有新信息"
    return finding(Item.V3, light, said, limit, days - age, spot.owner, evidence, write(spot))


def _channels(facts: Facts, limits: Limits) -> Finding:
    least, limit = limits["channels"], f"能用的咨询、建议渠道少于 {limits['channels']} 个即不合格"
    evidence = [*facts.channels, *facts.broken_channels]
    works = len(facts.channels) >= least
    light = Light.RED if not works else Light.AMBER if facts.broken_channels else Light.OK
    said = f"{len(facts.channels)} 个渠道能用" if facts.channels else "没有能用的咨询、建议渠道"
    if works and facts.broken_channels:
        said += f"，{len(facts.broken_channels)} 个打不开"
    action = None if light == Light.OK else Action("开设或修复信箱", facts.mailbox_url)
    return finding(Item.V5A, light, said, limit, None if works else 0, facts.keeper, evidence, action)


def _answers(facts: Facts, limits: Limits) -> Finding:
    months, limit = (
        limits["reply_months"],
        f"近一年有效留言超过 {limits['reply_months']} 个月未答复，一件即不合格",
    )
    if not facts.waiting:
        return finding(Item.V5B, Light.OK, "没有等待答复的留言", limit)
    rows = sorted(facts.waiting, key=lambda one: one.since)
    late = [one for one in rows if _too_late(one, months) <= limits.day]
    left = (_too_late(rows[0], months) - limits.day).days
    light = Light.RED if late else Light.AMBER if left <= limits["reply_warning"] else Light.OK
    said = (
        f"{len(late)} 件超过 {months} 个月未答复"
        if late
        else f"{len(rows)} 件等待答复，最早的是 {rows[0].since}"
    )
    evidence = [Line(f"{one.name}，{one.since} 收到，未答复{by(one.owner)}", one.url) for one in rows]
    return finding(
        Item.V5B, light, said, limit, left, rows[0].owner, evidence, Action("答复最早的一件", rows[0].url)
    )


def _services(facts: Facts, limits: Limits) -> Finding:
    """The rule's own words: a site without services fails, as one whose guides lack what they must say."""
    most, limit = (
        limits["guides_lacking"],
        f"没有办事服务，或要素不全的办事指南有 {limits['guides_lacking']} 件，即不合格",
    )
    if facts.guides is None:
        action = Action("建立办事事项", facts.services_url)
        line = Line("本站没有在办的办事事项，也没有办事服务类的公开栏目；按指标原文，没有办事服务即不合格")
        return finding(Item.V6, Light.RED, "尚无办事服务", limit, 0, facts.editor, [line], action)
    if not facts.guides:
        action = Action("建立办事事项", facts.services_url)
        line = Line("办事服务栏目里还没有办事指南，也没有在办的办事事项")
        return finding(Item.V6, Light.RED, "办事服务没有内容", limit, 0, facts.editor, [line], action)
    lacking = [one for one in facts.guides if one.lacks]
    light = Light.RED if len(lacking) >= most else Light.OK
    said = f"{len(lacking)} 件办事指南要素不全" if lacking else f"{len(facts.guides)} 件办事指南要素齐全"
    evidence = [Line(f"{one.name}：缺{'、'.join(one.lacks)}", one.url) for one in lacking]
    mend = Action("补全办事指南", lacking[0].url) if lacking else None
    owner = lacking[0].owner if lacking else facts.editor
    return finding(Item.V6, light, said, limit, 0 if light == Light.RED else None, owner, evidence, mend)


ITEMS: dict[Item, Callable[[Facts, Limits], Finding]] = {
    Item.V1: _serious,
    Item.V2: _reach,
    Item.V3: _home,
    Item.V4A: stale_columns.stale,
    Item.V4B: stale_columns.due,
    Item.V4C: stale_columns.blank,
    Item.V5A: _channels,
    Item.V5B: _answers,
    Item.V6: _services,
}


def _too_late(one: Waiting, months: int) -> date:
    """超过: the day after so many months."""
    return months_after(one.since, months) + timedelta(days=1)


def _to_visits(facts: Facts) -> Action:
    return Action("看巡访发现的问题", facts.visits_url)


def _known(day: date | None) -> date:
    return day or date.min

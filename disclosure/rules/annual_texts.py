"""Sentences that the numbers of the year suggest for the parts of an annual report; the office mends them."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from disclosure.enums.decisions import ProceedingKind, ProceedingResult
from disclosure.rules.annual_checks import Tables
from disclosure.rules.annual_form import (
    CARRIED_IN,
    CARRIED_OUT,
    HANDLED,
    NORMATIVE,
    RECEIVED,
    TOTAL,
)
from disclosure.rules.annual_tables import Table


@dataclass(frozen=True)
class Year:
    """What the sentences are made of: `published` entries of the catalogue went online, `fees` were taken."""

    organ: str
    number: int
    tables: Tables
    published: int
    fees: Decimal


def proposals(year: Year) -> dict[str, str]:
    """Part → text. Part five, what is wrong and what is done about it, nobody can compute."""
    said: dict[str, Callable[[Year], str]] = {
        "overview": _overview, "proactive": _proactive, "requests": _requests,
        "proceedings": _proceedings, "others": _others,
    }  # fmt: skip
    return {part: words(year) for part, words in said.items()}


def _overview(year: Year) -> str:
    table = year.tables.requests
    return (
        f"本报告依据《中华人民共和国政府信息公开条例》第四十九条、第五十条和"
        f"《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制，"
        f"统计期限自{year.number}年1月1日起至{year.number}年12月31日止。\n"
        f"{year.number}年，{year.organ}编入公开目录并主动公开政府信息{year.published}条；"
        f"收到政府信息公开申请{table.number(RECEIVED, TOTAL)}件，上年结转{table.number(CARRIED_IN, TOTAL)}件，"
        f"办结{table.number(HANDLED, TOTAL)}件，结转下年度继续办理{table.number(CARRIED_OUT, TOTAL)}件。"
    )


def _proactive(year: Year) -> str:
    table = year.tables.proactive
    new, gone, now = (table.number(NORMATIVE, key) for key in ("issued", "repealed", "in_force"))
    return f"本年制发行政规范性文件{new}件，废止{gone}件，现行有效{now}件，均已按规定公开。"


def _requests(year: Year) -> str:
    table = year.tables.requests
    if not table.number(RECEIVED, TOTAL) + table.number(CARRIED_IN, TOTAL):
        return "本年度没有收到政府信息公开申请，也没有上年结转的申请。"
    who = _listed(table, RECEIVED)
    new = f"本年度新收政府信息公开申请{table.number(RECEIVED, TOTAL)}件" + (f"，其中{who}" if who else "")
    results = [
        (row.label, table.number(row.key, TOTAL))
        for row in table.rows
        if row.key not in (RECEIVED, CARRIED_IN, HANDLED, CARRIED_OUT) and not row.is_heading
    ]
    how = "，".join(f"{_plain(label)}{number}件" for label, number in results if number)
    handled = f"办结{table.number(HANDLED, TOTAL)}件" + (f"：{how}" if how else "")
    return f"{new}；{handled}。结转下年度继续办理{table.number(CARRIED_OUT, TOTAL)}件。"


def _listed(table: Table, row: str) -> str:
    numbers = [(name, table.number(row, key)) for name, key in zip(table.columns, table.keys, strict=True)][
        :-1
    ]
    return "、".join(f"{name}{number}件" for name, number in numbers if number)


def _plain(label: str) -> str:
    """（一）予以公开 → 予以公开, 1.属于国家秘密 → 属于国家秘密."""
    label = label.partition("）")[2] if label.startswith("（") else label.partition(".")[2]
    return label.partition("（")[0]


def _proceedings(year: Year) -> str:
    table = year.tables.proceedings
    if not sum(table.number(kind, TOTAL) for kind in ProceedingKind):
        return "本年度没有因政府信息公开引起的行政复议和行政诉讼。"
    said = []
    for row in table.rows:
        if number := table.number(row.key, TOTAL):
            corrected = table.number(row.key, ProceedingResult.CORRECTED)
            pending = table.number(row.key, ProceedingResult.PENDING)
            said.append(f"{row.label}{number}件，其中结果纠正{corrected}件、尚未审结{pending}件")
    return "；".join(said) + "。"


def _others(year: Year) -> str:
    if not year.fees:
        return "依据《政府信息公开信息处理费管理办法》，本年度未收取信息处理费。"
    return f"依据《政府信息公开信息处理费管理办法》，本年度收取信息处理费{year.fees.normalize():f}元。"

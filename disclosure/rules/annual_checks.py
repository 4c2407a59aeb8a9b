"""勾稽: whether the tables of an annual report agree with themselves, with the records and with last year's.

Each check says what was compared and what breaks it; the cases that break it are named by `Odd`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from disclosure.enums.decisions import ProceedingResult
from disclosure.rules.annual_form import (
    CARRIED_IN,
    CARRIED_OUT,
    FIGURES,
    HANDLED,
    NORMATIVE,
    PROCEEDING_COLUMNS,
    RECEIVED,
    TOTAL,
)
from disclosure.rules.annual_tables import Table, outcome_rows, sums

NO_LAST_YEAR = "上年度报告没有在本系统发布，未作比较"


@dataclass(frozen=True)
class Odd:
    """A case that a sum trips over: what it is, where it is, why. `kind` names the model, `check` what it breaks."""

    check: str
    kind: str
    pk: int
    label: str
    why: str


@dataclass(frozen=True)
class Check:
    """`detail` says the sums; where there was nothing to compare, the check holds and `detail` says so."""

    key: str
    rule: str
    holds: bool
    detail: str
    odd: Sequence[Odd] = ()

    def as_json(self) -> dict[str, Any]:
        cases = [{"kind": one.kind, "id": one.pk, "label": one.label, "why": one.why} for one in self.odd]
        return {
            "key": self.key,
            "rule": self.rule,
            "holds": self.holds,
            "detail": self.detail,
            "cases": cases,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Check":
        """What `as_json` wrote."""
        odd = [Odd(kept["key"], one["kind"], one["id"], one["label"], one["why"]) for one in kept["cases"]]
        return cls(kept["key"], kept["rule"], kept["holds"], kept["detail"], odd)


@dataclass(frozen=True)
class Tables:
    """表二、表三、表四 of one year, by the number the form gives them."""

    proactive: Table
    requests: Table
    proceedings: Table
    old_proceedings: Mapping[str, int] = field(default_factory=dict)
    """By kind, how many of the year's proceedings were filed before it."""

    def as_json(self) -> dict[str, Any]:
        return {
            "2": self.proactive.as_json(), "3": self.requests.as_json(), "4": self.proceedings.as_json(),
        }  # fmt: skip

    def kept(self) -> dict[str, Any]:
        return {"2": self.proactive.kept(), "3": self.requests.kept(), "4": self.proceedings.kept()}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Tables":
        return cls(Table.read(kept["2"]), Table.read(kept["3"]), Table.read(kept["4"]))


LastYear = Mapping[str, Any]
"""The tables of last year's issued report, as `Tables.kept` wrote them; empty where there is none."""


def check(tables: Tables, last: LastYear, odd: Sequence[Odd]) -> list[Check]:
    """All checks in the order of the form."""
    found = [
        _balance(tables.requests), _across(tables.requests), _down(tables.requests),
        _carried(tables.requests, last), _dated(),
        _entered(tables.proactive), _documents(tables.proactive, last), _dated_documents(),
        _proceedings(tables.proceedings), _pending(tables, last), _dated_proceedings(),
    ]  # fmt: skip
    return [_with(one, [case for case in odd if case.check == one.key]) for one in found]


def is_broken(key: str, checks: Sequence[Check]) -> bool:
    return any(one.key == key and not one.holds for one in checks)


RECORDS = ("dated", "documents_dated", "proceedings_dated")
"""Checks of the records themselves: one case is enough to break them."""


def _with(one: Check, odd: Sequence[Odd]) -> Check:
    if one.key in RECORDS and odd:
        return Check(one.key, one.rule, False, f"有 {len(odd)} 件", odd)
    return Check(one.key, one.rule, one.holds, one.detail, () if one.holds else odd)


def _balance(table: Table) -> Check:
    wrong = []
    for name, key in zip(table.columns, table.keys, strict=True):
        new, old, done, owed = (
            table.number(row, key) for row in (RECEIVED, CARRIED_IN, HANDLED, CARRIED_OUT)
        )
        if new + old != done + owed:
            wrong.append(f"{name}：{new}＋{old}≠{done}＋{owed}")
    said = wrong or [_sum_words(table)]
    return Check("balance", "表三各列：一＋二＝三（七）＋四", not wrong, "；".join(said))


def _sum_words(table: Table) -> str:
    new, old, done, owed = (table.number(row, TOTAL) for row in (RECEIVED, CARRIED_IN, HANDLED, CARRIED_OUT))
    return f"总计：{new}＋{old}＝{done}＋{owed}"


def _across(table: Table) -> Check:
    wrong = [
        f"{row.label}：{sums(row.values[:-1])}≠{row.values[-1]}"
        for row in table.rows
        if not row.is_heading and sums(row.values[:-1]) != row.values[-1]
    ]
    return Check("across", "表三各行：总计＝各类申请人之和", not wrong, "；".join(wrong) or "各行相符")


def _down(table: Table) -> Check:
    wrong = []
    for name, key in zip(table.columns, table.keys, strict=True):
        lines = sum(table.number(row, key) for row in outcome_rows())
        if lines != table.number(HANDLED, key):
            wrong.append(f"{name}：{lines}≠{table.number(HANDLED, key)}")
    return Check("down", "表三各列：三（七）＝（一）至（六）之和", not wrong, "；".join(wrong) or "各列相符")


def _carried(table: Table, last: LastYear) -> Check:
    rule = "表三各列：本年“二、上年结转”＝上年“四、结转下年度继续办理”"
    if not last:
        return Check("carried", rule, True, NO_LAST_YEAR)
    before = _row(last["3"], CARRIED_OUT)
    wrong = [
        f"{name}：本年 {value}，上年 {was}"
        for name, value, was in zip(table.columns, table.row(CARRIED_IN).values, before, strict=True)
        if value != was
    ]
    return Check("carried", rule, not wrong, "；".join(wrong) or f"都是 {before[-1]} 件")


def _dated() -> Check:
    return Check("dated", "每件申请有收到之日，答复日期不早于它", True, "没有日期颠倒的申请")


def _entered(table: Table) -> Check:
    missing = [one.label for one in FIGURES if table.value(one.row, one.column) is None]
    return Check("entered", "表二由本机关填报的各项已填", not missing, _few(missing, "未填：") or "都已填报")


def _documents(table: Table, last: LastYear) -> Check:
    rule = "表二行政规范性文件：上年现行有效＋本年制发－本年废止＝本年现行有效"
    if not last:
        return Check("documents", rule, True, NO_LAST_YEAR)
    was = _row(last["2"], NORMATIVE)[table.keys.index("in_force")] or 0
    new, gone, now = (table.number(NORMATIVE, key) for key in ("issued", "repealed", "in_force"))
    so = was + new - gone == now
    return Check("documents", rule, so, f"{was}＋{new}－{gone}{'＝' if so else '≠'}{now}")


def _dated_documents() -> Check:
    return Check("documents_dated", "废止、失效的行政规范性文件写明日期", True, "都有日期，且不早于成文日期")


def _proceedings(table: Table) -> Check:
    wrong = [
        f"{row.label}：{sums(row.values[:-1])}≠{row.values[-1]}"
        for row in table.rows
        if sums(row.values[:-1]) != row.values[-1]
    ]
    return Check("proceedings", "表四各类：总计＝四种结果之和", not wrong, "；".join(wrong) or "各类相符")


def _pending(tables: Tables, last: LastYear) -> Check:
    rule = "表四：上年尚未审结的，都在本年审结或仍未审结的案件中"
    if not last:
        return Check("pending", rule, True, NO_LAST_YEAR)
    place, wrong = list(PROCEEDING_COLUMNS).index(ProceedingResult.PENDING), []
    for row in tables.proceedings.rows:
        was, now = _row(last["4"], row.key)[place], tables.old_proceedings.get(row.key, 0)
        if was != now:
            wrong.append(f"{row.label}：上年未审结 {was}，本年表中上年受理的 {now}")
    return Check("pending", rule, not wrong, "；".join(wrong) or "相符")


def _dated_proceedings() -> Check:
    return Check("proceedings_dated", "复议诉讼的审结日期不早于受理日期", True, "没有日期颠倒的案件")


def _row(table: Mapping[str, Any], key: str) -> list[int]:
    return next(row["values"] for row in table["rows"] if row["key"] == key)


def _few(names: Sequence[str], before: str) -> str:
    if not names:
        return ""
    return before + "、".join(names[:3]) + (f"等 {len(names)} 项" if len(names) > 3 else "")

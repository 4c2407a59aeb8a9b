"""信息处理费: what so many cases of a month, or so many pages, cost, and how it was computed (国办函〔2020〕109号).

Pure and table-driven: the bands are the office's rows. By case, each case costs what the band of its place in the month
says; by page, each page what the band of its place in the whole says. Never both for one request.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.enums.requests import FeeMode

UNIT = {FeeMode.BY_CASE: "件", FeeMode.BY_PAGE: "页"}


@dataclass(frozen=True)
class Band:
    """From the `over`+1-th on each costs `price`, and `step` more for every further `every`."""

    over: int
    price: Decimal
    step: Decimal = Decimal(0)
    every: int = 0
    clause: str = ""


@dataclass(frozen=True)
class Stretch:
    """Places `first` to `last`, all at the same price."""

    first: int
    last: int
    price: Decimal

    @property
    def number(self) -> int:
        return self.last - self.first + 1

    @property
    def amount(self) -> Decimal:
        return self.price * self.number


@dataclass(frozen=True)
class Charge:
    amount: Decimal
    explained: str


def charge(mode: FeeMode, number: int, bands: Iterable[Band], *, before: int = 0) -> Charge:
    """What `number` cases or pages cost. `before`: the applicant's earlier cases of the month; pages have none.

    Raises ValueError for a mode that charges nothing, or numbers that cannot be.
    """
    if mode not in UNIT or number < 1 or before < 0:
        raise ValueError(f"{mode} {number} {before}")
    rows = sorted(bands, key=lambda band: band.over)
    found = list(_stretches(before + 1, before + number, rows))
    amount = sum((one.amount for one in found), Decimal(0))
    clauses = "、".join(dict.fromkeys(band.clause for band in rows if band.clause))
    return Charge(amount, _explained(mode, number, before, found, amount, clauses))


def _stretches(first: int, last: int, bands: Sequence[Band]) -> Iterator[Stretch]:
    """The places from `first` to `last`, cut where the price changes; what no band covers is free."""
    place = first
    while place <= last:
        price, end = _price(place, bands)
        yield Stretch(place, min(end, last), price)
        place = min(end, last) + 1


def _price(place: int, bands: Sequence[Band]) -> tuple[Decimal, int]:
    """What the thing at `place` costs, and up to which place it is the same."""
    held = [band for band in bands if band.over < place]
    if not held:
        return Decimal(0), (bands[0].over if bands else place)
    band = held[-1]
    following = next((one.over for one in bands if one.over >= place), 10**12)
    if not band.every:
        return band.price, following
    stage = (place - band.over - 1) // band.every
    return band.price + stage * band.step, min(band.over + (stage + 1) * band.every, following)


def _explained(
    mode: FeeMode, number: int, before: int, stretches: Sequence[Stretch], amount: Decimal, clauses: str
) -> str:
    unit = UNIT[mode]
    head = f"共 {number} 页。" if mode == FeeMode.BY_PAGE else f"本月此前 {before} 件，本件计 {number} 件。"
    parts = "；".join(_line(one, unit) for one in stretches)
    return f"{head}{parts}。合计 {_yuan(amount)} 元。" + (f"依据：{clauses}。" if clauses else "")


def _line(one: Stretch, unit: str) -> str:
    place = f"第 {one.first} {unit}" if one.number == 1 else f"第 {one.first} 至 {one.last} {unit}"
    if not one.price:
        return f"{place}不收费"
    return f"{place}每{unit} {_yuan(one.price)} 元，计 {_yuan(one.amount)} 元"


def _yuan(amount: Decimal) -> str:
    """100, 12.5: without noughts that say nothing."""
    return f"{amount.normalize():f}" if amount else "0"

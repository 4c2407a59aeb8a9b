"""What a paper is made of, whatever it is written to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

Cell = str | int | Decimal | None


def cell_text(value: Cell) -> str:
    """98.5, not 98.50; nothing for None."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Heading:
    """一、… (level 1) or （一）… (level 2), with its number already written."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Table:
    """A table with a caption; numbers stand in the middle. `widths`: shares of the line, the same for all if empty.

    `over`: what stands above the headings, each with how many of them it covers; "" leaves them as they are.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = field(default_factory=list)
    note: str = ""
    over: Sequence[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Bars:
    """A chart of bars: one number for each label, in the order given."""

    caption: str
    labels: Sequence[str]
    values: Sequence[int | Decimal]
    unit: str = ""

    @property
    def most(self) -> int | Decimal:
        """The highest value, never 0: what the longest bar stands for."""
        return max([*self.values, 0]) or 1

    @property
    def bars(self) -> list[tuple[str, int | Decimal]]:
        return list(zip(self.labels, self.values, strict=True))


Part = Heading | Paragraph | Table | Bars
KINDS: dict[str, type[Part]] = {kind.__name__: kind for kind in (Heading, Paragraph, Table, Bars)}


def as_json(parts: Sequence[Part]) -> list[dict]:
    """What `from_json` reads back; numbers with decimals stand as text of a form of their own."""
    return [{"part": type(part).__name__, **_plain(asdict(part))} for part in parts]


def from_json(kept: Sequence[dict]) -> list[Part]:
    return [
        KINDS[one["part"]](**{name: _read(value) for name, value in one.items() if name != "part"})
        for one in kept
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        return Decimal(value["decimal"])
    return [_read(one) for one in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Paper:
    """One paper: whose it is (`masthead`), its number, title, whom it addresses, its parts, who signs it and when."""

    masthead: str
    title: str
    parts: Sequence[Part] = field(default_factory=tuple)
    number: str = ""
    addressed: str = ""
    signed: str = ""
    dated: date | None = None

    @property
    def tables(self) -> list[Table]:
        return [part for part in self.parts if isinstance(part, Table)]

    @property
    def date_words(self) -> str:
        """2026年10月9日, as official papers write it."""
        return f"{self.dated.year}年{self.dated.month}月{self.dated.day}日" if self.dated else ""

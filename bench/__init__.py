"""Measures, printed by `python -m bench`: every module here that offers `run() -> list[Row]` takes part.

`run()` finds Django set up with production-like settings and an empty, migrated database of its own; nothing
of the office's data is touched.
"""

from dataclasses import dataclass

ON_BOTH_DATABASES = (
    "catalogue",
    "import_articles",
    "letters",
    "scores",
)  # modules that run on PostgreSQL, too, where it is installed

ON_POSTGRES_WHEN_NAMED = ("peers",)  # long measurements, on PostgreSQL alone: `python -m bench peers`


@dataclass(frozen=True)
class Row:
    """One measure. `ratio` says how far inside its limit it lies: 2.0 is twice as good as asked, below 1 fails."""

    name: str
    value: float
    unit: str
    limit: float
    ratio: float


def at_least(name: str, value: float, unit: str, limit: float) -> Row:
    """More is better."""
    return Row(name, value, unit, limit, value / limit)


def at_most(name: str, value: float, unit: str, limit: float) -> Row:
    """Less is better."""
    return Row(name, value, unit, limit, limit / value if value else float("inf"))

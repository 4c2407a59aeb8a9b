"""Statements that Django writes once and that run often: writing one takes longer than the database needs to answer.

    live = Prepared(lambda user: Tenure.objects.live().filter(appointment__user=user).values_list("powers"))
    live.rows(user.pk)

What is asked may depend on the numbers given and on `clock.now()` and `clock.today()` as they are, on nothing else.
"""

import sys
from collections.abc import Callable, Iterable
from copy import copy
from datetime import UTC, date, datetime
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from portal import clock

MARK = datetime(2001, 2, 3, 4, 5, 6, 789012, tzinfo=UTC)
NUMBER = 987_000_001


class Written:
    """A queryset with its statement, as written for one database."""

    def __init__(self, queryset: QuerySet):
        self.using, self.queryset = queryset.db, queryset
        self.compiler = queryset.query.get_compiler(using=self.using)
        self.sql, self.values = self.compiler.as_sql()
        self._converters: dict | None = None

    def rows(self, values: tuple | None = None) -> list[Any]:
        """What it finds now; with other values in the places of those it was written with."""
        compiler, filled = copy(self.compiler), self.values if values is None else values
        compiler.connection = connections[self.using]
        compiler.as_sql = lambda *args, **kwargs: (self.sql, filled)
        compiler.get_converters = self._converters_of
        queryset = self.queryset._chain()
        queryset._query = _Query(self.queryset.query, compiler)
        return list(queryset._iterable_class(queryset))

    def _converters_of(self, expressions: Iterable[Any]) -> dict:
        """What makes values of the columns; the columns are always the same."""
        if self._converters is None:
            self._converters = self.compiler.get_converters(expressions)
        return self._converters


class Lasting:
    """A statement about plain values, written at some moment and asked at later ones. The moment itself is filled in each
    time; what was reckoned from it, or from the day, stays as it was.

    Only the text is kept, so that one for every person takes little room.
    """

    def __init__(self, build: Callable[[], QuerySet]):
        with clock.at(clock.now()):
            written = Written(build())
            self._using, self._sql, self._values = written.using, sys.intern(written.sql), written.values
            then = self._moment()
        self._places = [place for place, one in enumerate(self._values) if _is_plain(one) and one == then]

    def rows(self) -> list[dict[str, Any]]:
        values, now = list(self._values), self._moment()
        for place in self._places:
            values[place] = now
        with connections[self._using].cursor() as cursor:
            cursor.execute(self._sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def _moment(self) -> Any:
        return connections[self._using].ops.adapt_datetimefield_value(clock.now())


class _Query:
    """A query whose statement is written already."""

    def __init__(self, query: Any, compiler: Any):
        self._query, self._compiler = query, compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        return self._compiler


class Prepared:
    """`rows(*numbers)`: what `build(*numbers)` asks for, written the first time."""

    def __init__(self, build: Callable[..., QuerySet]):
        self.build = build
        self._written: dict[tuple[str, int], tuple[Written, list[tuple[int, Any]]]] = {}
        self._last: QuerySet | None = None

    def rows(self, *numbers: int) -> list[Any]:
        written, places = self._of(len(numbers))
        ops, values = connections[written.using].ops, list(written.values)
        for place, what in places:
            if what == "now":
                values[place] = ops.adapt_datetimefield_value(clock.now())
            elif what == "today":
                values[place] = ops.adapt_datefield_value(clock.today())
            else:
                values[place] = numbers[what]
        return written.rows(tuple(values))

    def _of(self, count: int) -> tuple[Written, list[tuple[int, Any]]]:
        using = self._last.db if self._last is not None else None
        if using is None or (using, count) not in self._written:
            with clock.at(MARK):
                self._last = self.build(*(NUMBER + number for number in range(count)))
                written = Written(self._last)
            self._written[written.using, count] = written, _places(written, count)
            return self._written[written.using, count]
        return self._written[using, count]


def _places(written: Written, count: int) -> list[tuple[int, Any]]:
    """Where the moment, the day and each number stand. ValueError for what is reckoned from the moment."""
    ops, day = connections[written.using].ops, clock.local(MARK).date()
    marks = {
        ops.adapt_datetimefield_value(MARK): "now",
        ops.adapt_datefield_value(day): "today",
        **{NUMBER + number: number for number in range(count)},
    }
    for one in written.values:
        if isinstance(one, str | date) and str(one).startswith("2001-0") and one not in marks:
            raise ValueError(f"what is reckoned from the moment cannot be prepared: {one}")
    return [
        (place, marks[one]) for place, one in enumerate(written.values) if _is_plain(one) and one in marks
    ]


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | date)

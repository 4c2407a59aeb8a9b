"""How alike two short texts are: by the pairs of characters they share. No dictionary, no index of its own."""

import re
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

LOOKED_AT = 300
MOST_PAIRS = 12
LEAST = 0.2
WORDS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[0-9a-z]+")
EMPTY = re.compile("[的了吗呢吧啊我你他她它请问您是在有和与及就都也把被给向对]")


def pairs(text: str) -> list[str]:
    """Pairs of neighbouring characters, words of letters or digits whole, in the order of the text, each once."""
    found: dict[str, None] = {}
    for run in WORDS.findall(EMPTY.sub(" ", text.lower())):
        steps = [run] if run[0].isascii() else [run[i : i + 2] for i in range(len(run) - 1)]
        found.update(dict.fromkeys(steps))
    return list(found)


def likeness(one: str, other: str) -> float:
    """0 nothing in common, 1 the same pairs (Dice's coefficient)."""
    left, right = set(pairs(one)), set(pairs(other))
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def nearest(rows: QuerySet, field: str, text: str, most: int = 5) -> list[Any]:
    """Those of `rows` whose `field` is most like `text`, likest first: one query, of the newest that share a pair."""
    wanted = pairs(text)[:MOST_PAIRS]
    if not wanted:
        return []
    shares = reduce(or_, (Q(**{f"{field}__icontains": pair}) for pair in wanted))
    found = [(likeness(text, getattr(row, field)), row) for row in rows.filter(shares)[:LOOKED_AT]]
    found = [one for one in found if one[0] >= LEAST]
    return [row for _, row in sorted(found, key=lambda one: -one[0])[:most]]

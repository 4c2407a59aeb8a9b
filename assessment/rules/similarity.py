"""Whether a text says again what was published before: fingerprints of words, titles without their numbering."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from assessment.enums.facts import Verdict
from portal.likeness import pairs

BITS = 64
_DIGITS = "0-9０-９一二三四五六七八九十"
_NUMBERING = re.compile(
    rf"[\s·\-—:：]*(?:[（(【\[]\s*(?:[{_DIGITS}]+|上|中|下|续)\s*[）)】\]]|之[{_DIGITS}]+|[（(]?续[{_DIGITS}]*[）)]?)\s*$"
)
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Print:
    """What is compared of one publication: where it stood, its title, the fingerprint and length of its words."""

    pk: int
    on: date
    unit: int
    site: int
    title_key: str
    shape: int
    size: int


@dataclass(frozen=True)
class Measure:
    """The office's numbers: parameters `similar_bits` and `split_days`."""

    bits: int
    split_days: int


def title_key(title: str) -> str:
    """The title without its numbering, signs and spaces: “工作简报（二）” and “工作简报（一）” are one."""
    return _NOT_WORDS.sub("", _NUMBERING.sub("", title)).lower()[:120]


def is_numbered(title: str) -> bool:
    return bool(_NUMBERING.search(title))


def shape(text: str) -> int:
    """A fingerprint of 64 bits, signed; texts that share most of their words differ in few bits (simhash)."""
    weights = [0] * BITS
    for pair in pairs(text):
        hashed = _hashed(pair)
        for bit in range(BITS):
            weights[bit] += 1 if hashed >> bit & 1 else -1
    found = sum(1 << bit for bit in range(BITS) if weights[bit] > 0)
    return found - (1 << BITS) if found >> (BITS - 1) else found


def distance(one: int, other: int) -> int:
    """How many bits differ, 0 to 64."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()


def verdict(new: Print, numbered: bool, earlier: Iterable[Print], below: set[int], measure: Measure):
    """What `new` counts for, and the earlier publication it repeats (None when it counts).

    `earlier`: candidates, the newest first; `below`: ids of the sites under that of `new`.
    """
    for one in earlier:
        if new.size and one.size and distance(new.shape, one.shape) <= measure.bits:
            if one.site in below:
                return Verdict.ADOPTED, one
            same = one.unit == new.unit and one.shape == new.shape and one.size == new.size
            return (Verdict.REPOST if same else Verdict.DUPLICATE), one
        is_near = new.on - one.on <= timedelta(days=measure.split_days)
        if numbered and is_near and one.unit == new.unit and one.title_key == new.title_key:
            return Verdict.SPLIT, one
    return Verdict.COUNTED, None


@lru_cache(maxsize=1 << 16)
def _hashed(pair: str) -> int:
    return int.from_bytes(hashlib.blake2b(pair.encode(), digest_size=8).digest())

"""What is shown of somebody else's words: a copy may hide, and nothing else. Pure."""

import re
from itertools import pairwise

STARS = re.compile(r"[*＊]+")
REWRITTEN = "公开文本只能用 * 隐去原文的一部分，不能增删或改写文字"


def only_hides(original: str, copy: str) -> bool:
    """Whether `copy` says the same as `original`, but for places that stars stand for."""
    original, copy = _plain(original), _plain(copy)
    parts = STARS.split(copy)
    if len(parts) == 1:
        return copy == original
    if not original.startswith(parts[0]):
        return False
    place = len(parts[0])
    for _, part in pairwise(parts[:-1]):
        place = original.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return original.endswith(parts[-1]) and len(original) - len(parts[-1]) >= place


def _plain(text: str) -> str:
    """Line ends and spaces are no words."""
    return "".join(text.split())

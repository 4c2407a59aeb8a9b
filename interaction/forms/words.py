"""Plain words as people type them."""

import re

BLANK_LINES = re.compile(r"\n[ \t\u3000]*\n\s*\n+")


def tidy(words: str) -> str:
    """Line ends of one kind, never more than one empty line."""
    return BLANK_LINES.sub("\n\n", words.replace("\r\n", "\n").replace("\r", "\n")).strip()

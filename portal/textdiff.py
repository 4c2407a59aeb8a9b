"""What changed between two texts, shown to the person who decides: paragraphs first, then characters."""

import re
import time
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape
from itertools import groupby

from diff_match_patch import diff_match_patch

from portal import richtext

_SECONDS = 1.0
_LEAST_SECONDS = 0.001  # to the differ zero means "take all the time you want"
_KIN = 0.5  # below this likeness two paragraphs are strangers, not versions of one another
_WINDOW = 8  # how far ahead a paragraph's new version is looked for
_NEAR = 1  # unchanged paragraphs shown before and after a change
_DELETE, _EQUAL, _INSERT = -1, 0, 1
_PICTURE = re.compile(r'<img src="[^"]*" alt="([^"]*)">')
_BETWEEN_CELLS = re.compile(r"(</t[dh]>)(?=<t[dh][ >])")
_TABLE = '<table class="table">'
_ONLY_FORMAT = '<p class="diff-gap">（文字没有变化，只调整了格式）</p>'

Step = tuple[int, list[str]]


def is_changed(old_html: str, new_html: str) -> bool:
    """Whether two cleaned texts differ at all, be it in format only."""
    return old_html != new_html


def compare(old_html: str, new_html: str) -> str:
    """Safe HTML, one `<p class="diff-…">` per paragraph: same, new, gone, changed (with ins and del) or gap.

    Takes cleaned texts. Pictures and tables stand as 〔图片:alt〕 and 〔表格〕 lines, rows as cells.
    Returns "" when nothing changed. Stops refining after a second: long texts may show coarser changes.
    """
    if not is_changed(old_html, new_html):
        return ""
    deadline = time.monotonic() + _SECONDS
    steps = _aligned(_lines(old_html), _lines(new_html), deadline)
    if all(kind == _EQUAL for kind, _ in steps):
        return _ONLY_FORMAT
    return "".join(_written(steps, deadline))


def _lines(html: str) -> list[str]:
    marked = _PICTURE.sub(lambda found: f"<br>〔图片：{found[1] or '无说明'}〕<br>", html)
    marked = _BETWEEN_CELLS.sub(r"\1| ", marked.replace(_TABLE, f"{_TABLE}〔表格〕<br>"))
    return richtext.plain_text(marked).split("\n")


def _differ(deadline: float) -> diff_match_patch:
    differ = diff_match_patch()
    differ.Diff_Timeout = max(deadline - time.monotonic(), _LEAST_SECONDS)
    return differ


def _aligned(old: list[str], new: list[str], deadline: float) -> list[Step]:
    """Runs of lines that are gone, the same or new; every distinct line counts as one character."""
    codes: dict[str, str] = {}
    coded = ["".join(codes.setdefault(line, chr(len(codes) + 1)) for line in lines) for lines in (old, new)]
    lines = {code: line for line, code in codes.items()}
    diffs = _differ(deadline).diff_main(*coded, False)
    return [(kind, [lines[code] for code in run]) for kind, run in diffs]


def _written(steps: list[Step], deadline: float) -> Iterator[str]:
    """Equal runs shortened to what stands near a change; gone and new lines in between paired."""
    for is_equal, group in groupby(enumerate(steps), key=lambda step: step[1][0] == _EQUAL):
        runs = list(group)
        if is_equal:
            (position, (_, same)) = runs[0]
            yield from _shortened(same, is_first=position == 0, is_last=position == len(steps) - 1)
        else:
            gone = [line for _, (kind, run) in runs if kind == _DELETE for line in run]
            came = [line for _, (kind, run) in runs if kind == _INSERT for line in run]
            yield from (_change(old, new, deadline) for old, new in _paired(gone, came, deadline))


def _shortened(same: list[str], is_first: bool, is_last: bool) -> Iterator[str]:
    head, tail = (0 if is_first else _NEAR), (0 if is_last else _NEAR)
    hidden = len(same) - head - tail
    if hidden <= 1:
        head, hidden = len(same), 0
    yield from (f'<p class="diff-same">{escape(line)}</p>' for line in same[:head])
    if hidden:
        yield f'<p class="diff-gap">（此处 {hidden} 段没有变化）</p>'
        yield from (f'<p class="diff-same">{escape(line)}</p>' for line in same[head + hidden :])


def _paired(gone: list[str], came: list[str], deadline: float) -> Iterator[tuple[str, str]]:
    """Each old line with its new version, in order; a line without a counterpart stands beside ""."""
    start = 0
    for old in gone:
        near = came[start : start + _WINDOW]
        likeness = [_likeness(old, new, deadline) for new in near]
        if likeness and max(likeness) >= _KIN:
            found = start + likeness.index(max(likeness))
            yield from (("", new) for new in came[start:found])
            yield old, came[found]
            start = found + 1
        else:
            yield old, ""
    yield from (("", new) for new in came[start:])


def _likeness(old: str, new: str, deadline: float) -> float:
    if time.monotonic() > deadline:
        return 0.0
    return SequenceMatcher(None, old, new, autojunk=False).quick_ratio()


def _change(old: str, new: str, deadline: float) -> str:
    if not old:
        return f'<p class="diff-new"><ins>{escape(new)}</ins></p>'
    if not new:
        return f'<p class="diff-gone"><del>{escape(old)}</del></p>'
    differ = _differ(deadline)
    diffs = differ.diff_main(old, new, False)
    if time.monotonic() < deadline:
        differ.diff_cleanupSemantic(diffs)
    return f'<p class="diff-changed">{"".join(_marked(kind, escape(words)) for kind, words in diffs)}</p>'


def _marked(kind: int, words: str) -> str:
    return {_DELETE: f"<del>{words}</del>", _INSERT: f"<ins>{words}</ins>", _EQUAL: words}[kind]

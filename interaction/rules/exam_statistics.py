"""What the numbers of an exam say: how papers spread, how hard a question was and how well it tells people apart."""

from collections.abc import Sequence
from decimal import Decimal

EDGE = 0.27
"""Of the best and the weakest papers this share is compared for 区分度 (Kelley)."""
FEWEST_FOR_EDGE = 8
BANDS = (90, 80, 70, 60, 0)


def bands(points: Sequence[Decimal], whole: int) -> list[tuple[str, int]]:
    """How many papers reached which part of the whole, from the top down."""
    shares = [100 * float(one) / whole if whole else 0.0 for one in points]
    return [
        (_band(edge, above), sum(edge <= share < above for share in shares))
        for edge, above in zip(BANDS, (101, *BANDS), strict=False)
    ]


def rates(papers: Sequence[tuple[Decimal, float]]) -> tuple[float | None, float | None]:
    """正答率 (0 to 1) and 区分度 (-1 to 1) of one question from (points of the paper, share of the question's points).

    区分度 is how much more the best papers got of it than the weakest; None where there are too few to compare.
    """
    if not papers:
        return None, None
    p = sum(rate for _, rate in papers) / len(papers)
    if len(papers) < FEWEST_FOR_EDGE:
        return p, None
    ordered = [rate for _, rate in sorted(papers, key=lambda pair: pair[0])]
    edge = max(round(len(ordered) * EDGE), 1)
    return p, sum(ordered[-edge:]) / edge - sum(ordered[:edge]) / edge


def _band(edge: int, above: int) -> str:
    if above > 100:
        return f"{edge}% 及以上"
    return f"{edge}%—{above}%" if edge else f"不到 {above}%"

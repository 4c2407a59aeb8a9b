"""Places and prizes: pure, ties said plainly."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from assessment.enums.schemes import Ranking


class Standing(NamedTuple):
    """One unit as it is ranked."""

    unit: int
    total: Decimal
    published: int = 0


def placed(rows: Iterable[Standing], ranking: str) -> dict[int, int]:
    """Place by unit. Equal totals share a place and the next ones are passed over (1, 2, 2, 4); under FIRST_COME whoever
    published more goes first, and only what is equal in both is shared.
    """

    def worth(one: Standing) -> tuple:
        return (one.total, one.published) if ranking == Ranking.FIRST_COME else (one.total,)

    places: dict[int, int] = {}
    best, place = None, 0
    for number, one in enumerate(sorted(rows, key=worth, reverse=True), start=1):
        if worth(one) != best:
            best, place = worth(one), number
        places[one.unit] = place
    return places


def prize_for(
    place: int, total: Decimal, awards: Iterable[Mapping[str, Any]], pass_mark: Decimal | None
) -> str:
    """麻山第五条: first prize 1, second 2, third 3 are the places 1, 2–3 and 4–6. A shared place shares its
    prize, and the places passed over are not given again. Nobody is praised for nothing or below the pass mark.
    """
    if total <= 0 or fails(total, pass_mark):
        return ""
    upto = 0
    for award in awards:
        upto += award["places"]
        if place <= upto:
            return str(award["name"])
    return ""


def fails(total: Decimal, pass_mark: Decimal | None) -> bool:
    return pass_mark is not None and total < pass_mark

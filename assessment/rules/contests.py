"""评比 (办法第二十三条): from facts and votes to standings; decisions that write nothing.

Score part: each part of the formula as a share of 100 (BEST: of the best candidate's; SHARE: as it is), times its weight.
Vote part: votes as a share of those of the most voted. Total: both by the contest's weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assessment.models import Contest
from assessment.rules import oversight
from interaction.enums.activities import ActivityState, Phase
from portal.models import User

BEST, SHARE = "BEST", "SHARE"
GONE = (ActivityState.WITHDRAWN, ActivityState.DISCARDED)
"""A poll that came to nothing: another one may be made."""
HUNDRED, CENT = Decimal(100), Decimal("0.01")
VOTE_RULE = "得票数以得票最多的候选为 100 折算"


@dataclass(frozen=True)
class Entry:
    """One candidate as it goes in: facts by the names of the formula, votes."""

    key: int
    name: str
    unit: str
    facts: Mapping[str, Decimal]
    votes: int


def why_not(user: User, verb: str, contest: Contest) -> str:
    """Why `user` may not `verb` it; nobody decides about themselves."""
    if reason := oversight.why_not_assess(user):
        return reason
    return "您是候选人，须由他人评定和公布" if contest.candidates.filter(person=user.pk).exists() else ""


def not_now(contest: Contest) -> str:
    """What speaks against deciding now; "" when nothing does."""
    if not contest.candidates.exists():
        return "还没有候选"
    if not contest.vote_weight:
        return ""
    poll = contest.poll
    if poll is None:
        return "投票占有权重，请先从候选建立投票"
    if poll.state in GONE:
        return f"投票{poll.get_state_display()}，请重新建立投票"
    if poll.state != ActivityState.APPROVED or poll.phase != Phase.CLOSED:
        return "投票还没有结束，结果到结束才启封，现在不能评定"
    unlinked = [one.name for one in contest.candidates.filter(option=None)]
    return f"这些候选在投票里没有对应的选项，请先对应：{'、'.join(unlinked)}" if unlinked else ""


def standings(
    entries: Sequence[Entry],
    formula: Sequence[Mapping[str, Any]],
    *,
    score_weight: int,
    vote_weight: int,
    winners: int,
) -> list[dict[str, Any]]:
    """One row a candidate, the best first: parts, score, votes, vote, total, place; equals share a place and say so.

    Whoever shares the last place that wins, wins too.
    """
    best = {
        part["fact"]: max((one.facts[part["fact"]] for one in entries), default=Decimal(0))
        for part in formula
    }
    most = max((one.votes for one in entries), default=0)
    rows = [_row(one, formula, best, most, score_weight, vote_weight) for one in entries]
    rows.sort(key=lambda row: -Decimal(row["total"]))
    totals = [row["total"] for row in rows]
    for row in rows:
        row["place"] = totals.index(row["total"]) + 1
        row["tied"] = totals.count(row["total"]) > 1
        row["won"] = row["place"] <= winners
    return rows


def _row(one: Entry, formula, best, most: int, score_weight: int, vote_weight: int) -> dict[str, Any]:
    parts, score = [], Decimal(0)
    for part in formula:
        fact = one.facts[part["fact"]]
        share = fact if part["scale"] == SHARE else _share(fact, best[part["fact"]])
        score += share * part["weight"] / HUNDRED
        parts.append({"label": part["label"], "fact": _plain(fact), "share": _plain(share)})
    vote = _share(Decimal(one.votes), Decimal(most))
    total = _round(_round(score) * score_weight / HUNDRED + _round(vote) * vote_weight / HUNDRED)
    return {
        "candidate": one.key, "name": one.name, "unit": one.unit, "parts": parts, "score": _plain(score),
        "votes": one.votes, "vote": _plain(vote), "total": _plain(total),
    }  # fmt: skip


def _share(value: Decimal, of: Decimal) -> Decimal:
    return max(value, Decimal(0)) * HUNDRED / of if of > 0 else Decimal(0)


def _round(number: Decimal) -> Decimal:
    return number.quantize(CENT, ROUND_HALF_UP)


def _plain(number: Decimal) -> str:
    """As it is kept and shown: two places at most."""
    return f"{_round(Decimal(number)):f}"

"""What must hold of votes: as many ballots as people who voted, signed or not (办法第十四条第4项)."""

from collections.abc import Iterator

from interaction.models import Ballot, Poll, VoterMark
from portal.integrity import Finding, invariant


@invariant("ballots", "选票数与投票人数一致")
def ballots() -> Iterator[Finding]:
    for activity in Poll.objects.order_by("activity_id").values_list("activity_id", flat=True):
        voters = VoterMark.objects.filter(activity=activity).count()
        cast = Ballot.objects.filter(activity=activity).count()
        if voters != cast:
            yield Finding(f"interaction.activity:{activity}", f"{voters} 人投过票，却有 {cast} 张选票")

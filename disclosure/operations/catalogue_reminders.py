"""催办: what is open and not online yet, at half of its twenty working days, one before, on the day and after."""

from datetime import timedelta

from disclosure.models import CatalogueEntry
from disclosure.operations.reach import LABEL
from disclosure.queries import catalogue_clocks as queries
from portal import limits, notices
from portal.enums import Stage
from portal.models import Limit
from portal.sweeps import sweep


@sweep("remind_of_publishing", every=timedelta(minutes=30), label="主动公开催办")
def remind_of_publishing() -> int:
    """Whoever keeps the catalogue or collects for the category, each stage once; overdue ones each working day."""
    return limits.remind(list(queries.running()), _call)


def _call(limit: Limit, stage: Stage) -> limits.Call:
    entry: CatalogueEntry = limit.subject
    people = queries.called(entry, heads=stage == Stage.OVERDUE)
    return limits.Call(people, f"{LABEL}{stage.label}：{entry.title}", entry.desk_url)


def _moved(limit: Limit, move: str) -> None:
    entry: CatalogueEntry = limit.subject
    notices.tell(
        queries.called(entry), f"工作日历调整，{LABEL}“{entry.title}”{move}",
        body=f"{limit.computed['explained']}。", url=entry.desk_url,
    )  # fmt: skip


limits.tell_moves_of(CatalogueEntry, _moved)

"""`--demo`: reminder slips as the sweep issued them on the mornings of the last weeks, some signed for, one excused; a
unit's own limit that waits to be accepted; entries of the public lists.
"""

import uuid

from django.db import transaction

from assessment.enums.slips import SlipState
from assessment.models import ReminderSlip
from assessment.operations import facts, mentions, reminders, slips
from assessment.operations.mentions import Entry
from assessment.queries.conditions import condition
from columns.enums import CadenceRule
from columns.operations import cadences
from columns.rules.cadences import Filing
from portal import clock
from portal.models import Department, User
from portal.presets import scenes
from portal.presets.days import Days

MARK = uuid.UUID("6f1c1f5e-0c7d-4c8e-9d55-3f1f3a0c1a09")
WEEKS = 2


@transaction.atomic
def play(preset: str) -> None:
    """Nothing where a slip was issued already, nor where the preset brings no story of slips."""
    story = scenes.rows(preset, "slips.yaml", "story")
    if not story or ReminderSlip.objects.exists():
        return
    days, people = Days(), {one.staff_number: one for one in User.objects.all()}
    facts.gather_all()
    for ago in range(7 * WEEKS, -1, -1):
        with clock.at(days.at(ago, 9)):
            reminders.remind()
        for row in (one for one in story if one["days"] == ago):
            with clock.at(days.at(ago, 14, 20)):
                _ACTS[row["act"]](row, people[row["by"]])


def _acknowledge(row: dict, by: User) -> None:
    """The oldest they have to sign for."""
    waiting = ReminderSlip.objects.filter(recipients=by, state=SlipState.ISSUED, acknowledged_at=None)
    if slip := waiting.order_by("pk").first():
        slips.acknowledge(slip, by=by, reply=row["text"])


def _excuse(row: dict, by: User) -> None:
    """Of that site, the newest that is open."""
    waiting = ReminderSlip.objects.filter(site__key=row["site"], state=SlipState.ISSUED).order_by("-pk")
    if slip := waiting.first():
        slips.excuse(slip, by=by, note=row["text"])


def _file(row: dict, by: User) -> None:
    filing = Filing(
        department=Department.objects.get(code=row["department"]), rule=CadenceRule(row["rule"]), together=True,
        days=row["limit"], working=True, clause=row["clause"],
    )  # fmt: skip
    cadences.file(filing, by=by, note=row["text"])


def _mention(row: dict, by: User) -> None:
    met, unit = condition(row["condition"]), Department.objects.get(code=row["department"])
    if met is None:
        return
    entry = Entry(kind=met.kind, unit=unit, rule=met.text, clause=met.full_clause, facts=row["text"])
    mention = mentions.enter(entry, by=by, key=uuid.uuid5(MARK, f"{row['condition']}{row['department']}"))
    if row["act"] == "mention":
        mentions.confirm(mention, by=by)


_ACTS = {
    "acknowledge": _acknowledge,
    "excuse": _excuse,
    "file": _file,
    "mention": _mention,
    "enter": _mention,
}

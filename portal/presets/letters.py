"""`--demo`: sample letters, each written, handled and answered by the real operations on the days they tell of."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from columns.enums import StepState
from interaction.enums.letters import Satisfaction
from interaction.models import Letter, Letterbox
from interaction.operations import answers, letters, looks, public_letters, writers, writing
from interaction.rules import answers as answer_rules
from portal import clock
from portal.enums import Power
from portal.models import Department, User
from portal.presets.scenes import rows
from portal.workdays import Calendar

Row = Mapping[str, Any]
LOOKED_DAYS = 45


def play(preset: str) -> None:
    """Once, in an office that has no letter yet."""
    told = rows(preset, "letters.yaml", "letters")
    if not told or Letter.objects.exists():
        return
    _look_daily()
    stage = Stage()
    for row in sorted(told, key=lambda row: -row["ago"]):
        stage.write(row)
    steps = [(step["ago"], place, row, step) for row in told for place, step in enumerate(row["steps"])]
    for _, place, row, step in sorted(steps, key=lambda one: (-one[0], one[1])):
        with clock.at(_moment(step["ago"], hour=10, minute=5 * place)):
            stage.take(row["key"], step)


class Stage:
    """What the letters share, looked up once."""

    def __init__(self) -> None:
        self.people = {person.staff_number: person for person in User.objects.all()}
        self.departments = {department.code: department for department in Department.objects.all()}
        self.boxes = {box.key: box for box in Letterbox.objects.select_related("site", "receiver", "route")}
        self.letters: dict[str, int] = {}

    def write(self, row: Row) -> None:
        box = self.boxes[row["box"]]
        draft = writing.Draft(
            letterbox=box, matter=box.matters.get(key=row["matter"]), title=row["title"], body=row["body"].strip(),
            department=self.departments[row["department"]] if row.get("department") else None,
            writer_name=row["name"], phone=row.get("phone", ""), email=row.get("email", ""),
            agrees_to_publish=row.get("publish", False),
        )  # fmt: skip
        nonce = f"{len(self.letters):032x}"
        with clock.at(_moment(row["ago"], hour=9)):
            receipt = writing.write(draft, nonce=nonce, by=self.people.get(row.get("writer", "")))
        self.letters[row["key"]] = receipt.letter.pk

    @transaction.atomic
    def take(self, key: str, step: Row) -> None:
        """One step of one letter, by whoever the sample names."""
        letter, verb = self._letter(key), step["do"]
        by = self.people[step["by"]] if "by" in step else None
        if verb in ("refer", "receive", "adjudicate"):
            helpers = [self.departments[code] for code in step.get("helpers", [])]
            more = {"helpers": helpers} if verb == "adjudicate" else {}
            getattr(letters, verb)(
                letter, self.departments[step["to"]], by=by, note=step.get("note", ""), **more
            )
        elif verb in ("dispute", "decline"):
            getattr(letters, verb)(letter, by=by, note=step["note"])
        elif verb == "merge":
            letters.merge(letter, self._letter(step["into"]), by=by, note=step["note"])
        elif verb == "answer":
            answers.finish(letter, text=step["text"], outcome=step["outcome"], version=0, by=by)
        elif verb == "approve":
            self._approve(letter)
        elif verb == "rate":
            writers.rate(letter, Satisfaction(step["satisfaction"]), note=step.get("note", ""))
        elif verb == "reopen":
            writers.reopen(letter, note=step["note"])
        elif verb == "close":
            letters.close(letter, by=by)
        elif verb == "publish":
            public_letters.publish(public_letters.prepare(letter, by=by), by=by)

    def _letter(self, key: str) -> Letter:
        return Letter.objects.select_related("letterbox__route", "site", "department").get(
            pk=self.letters[key]
        )

    def _approve(self, letter: Letter) -> None:
        answer = answers.open_answer(letter)
        step = answer.steps.get(state=StepState.CURRENT)
        answers.approve(step, by=answer_rules.deciders(answer, Power(step.power))[0])


def _look_daily() -> None:
    """Somebody of the receiving department looked into each letterbox on every working day, but for one."""
    boxes = Letterbox.objects.filter(is_looked_at_daily=True).select_related("site", "receiver")
    keepers = {"bangongshi": "bangongshi", "jianchashi": "jiancha", "renjiaoke": "zongbanzhu"}
    people = {
        person.staff_number: person for person in User.objects.filter(staff_number__in=keepers.values())
    }
    calendar = Calendar.load()
    for ago in range(LOOKED_DAYS, 0, -1):
        moment = _moment(ago, hour=8, minute=40)
        if not calendar.is_workday(clock.local(moment).date()) or ago == 11:
            continue
        for box in boxes:
            with clock.at(moment):
                looks.look_into(box, by=people[keepers[box.receiver.code]])


def _moment(ago: int, *, hour: int, minute: int = 0) -> datetime:
    """So many days ago at that hour; today, no later than a quarter of an hour ago."""
    day = clock.local(clock.now()) - timedelta(days=ago)
    then = day.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(minutes=minute)
    return min(then, clock.now() - timedelta(minutes=15 - min(minute, 14)))

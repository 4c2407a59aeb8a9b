"""`--demo`: sample interviews: announced, asked, led and put on record by the real operations."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from interaction.enums.activities import ActivityKind, Participants
from interaction.models import Activity, Interview
from interaction.operations import (
    activities,
    activity_moves,
    interview_entries,
    interview_questions,
    interviews,
)
from portal import clock
from portal.masking import masked
from portal.models import Department, Site, User
from portal.presets import source
from portal.presets.moments import moment, on_workday
from portal.presets.scenes import rows

Row = Mapping[str, Any]


def play(preset: str) -> None:
    """Once, in an office that has no interview yet."""
    told = rows(preset, "interviews.yaml", "interviews")
    if not told or Activity.objects.filter(kind=ActivityKind.INTERVIEW).exists():
        return
    stage = Stage(source.folder(preset) / "demo" / "pictures")
    for row in sorted(told, key=lambda row: -row["day"]):
        with transaction.atomic():
            stage.play(row)


class Stage:
    """What the interviews share, looked up once."""

    def __init__(self, pictures: Path) -> None:
        self.pictures = pictures
        self.people = {person.staff_number: person for person in User.objects.all()}
        self.departments = {department.code: department for department in Department.objects.all()}
        self.sites = {site.key: site for site in Site.objects.all()}

    def play(self, row: Row) -> None:
        hour, minute = map(int, row["starts"].split(":"))
        begins = on_workday(moment(row["day"], hour=hour, minute=minute))
        activity = self._announce(row, begins)
        questions = {}
        for number, asked in enumerate(row["questions"], start=1):
            questions[asked["key"]] = self._ask(activity, row, number, asked, begins)
        for number, said in enumerate(row.get("entries", []), start=1):
            self._enter(activity, row, number, said, questions, begins)
        if "summary" in row:
            self._sum_up(activity, row, begins)

    def _announce(self, row: Row, begins: datetime) -> Activity:
        maker = self.people[row["maker"]]
        frame = activities.Frame(
            title=row["title"], intro=row["intro"].strip(), department=self.departments[row["department"]],
            participants=Participants.EVERYONE, opens_at=begins,
            closes_at=begins + timedelta(minutes=row["minutes"]),
        )  # fmt: skip
        guests = [interviews.Guest(name=one["name"], title=one["title"]) for one in row["guests"]]
        announced = min(begins, clock.now()) - timedelta(days=row["announced"])
        with clock.at(announced):
            made = activities.create(ActivityKind.INTERVIEW, self.sites[row["site"]], frame, by=maker)
            interviews.save(made, row["host"], guests, by=maker)
            activity_moves.report(made, by=maker)
        with clock.at(announced + timedelta(hours=3)):
            return activity_moves.approve(made, by=self.people[row["reviewer"]])

    def _ask(self, activity: Activity, row: Row, number: int, asked: Row, begins: datetime):
        moderator = self.people[row["moderator"]]
        then = min(begins, clock.now()) + timedelta(days=asked["asked"], minutes=number - 60)
        with clock.at(then):
            question = interview_questions.ask(
                activity, asked["text"], nonce=f"{activity.pk:015x}f{number:016x}",
                asker_name=asked.get("name", ""),
            )  # fmt: skip
        with clock.at(then + timedelta(minutes=20)):
            if asked.get("accept"):
                copy = masked(question.text, [question.asker_name])
                return interview_questions.accept(question, copy, by=moderator)
            if "refuse" in asked:
                interview_questions.refuse(question, note=asked["refuse"], by=moderator)
        return question

    def _enter(
        self, activity: Activity, row: Row, number: int, said: Row, questions: Row, begins: datetime
    ) -> None:
        guests = {one.name: one for one in activity.interview.guests.all()}
        line = interview_entries.Line(
            text=said["text"],
            guest=guests.get(said.get("by", "")),
            question=questions.get(said.get("question")),
        )
        with clock.at(begins + timedelta(minutes=said["minute"])):
            nonce = f"{activity.pk:016x}{number:016x}"
            interview_entries.enter(activity, line, nonce=nonce, by=self.people[row["maker"]])

    def _sum_up(self, activity: Activity, row: Row, begins: datetime) -> None:
        maker, interview = self.people[row["maker"]], activity.interview
        pictures = [self._picture(one["file"]) for one in row.get("pictures", [])]
        media = interviews.Media(
            summary=row["summary"].strip(), pictures=pictures, caption=_first_caption(row)
        )  # fmt: skip
        with clock.at(begins + timedelta(minutes=row["minutes"] + 90)):
            if wrong := row.get("correction"):
                _correct(interview, wrong, maker)
            interviews.save_media(activity, media, by=maker)

    def _picture(self, name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, (self.pictures / name).read_bytes())


def _correct(interview: Interview, wrong: Row, by: User) -> None:
    entry = interview.entries.get(position=wrong["line"])
    line = interview_entries.Line(text=wrong["text"], guest=entry.guest, question=entry.question)
    interview_entries.correct(entry, line, note=wrong["note"], by=by)


def _first_caption(row: Row) -> str:
    return next((one["caption"] for one in row.get("pictures", [])), "")

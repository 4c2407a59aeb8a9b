"""`--demo`: sample consultations, each made, approved, answered to and fed back by the real operations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from interaction.enums.activities import ActivityKind, Participants
from interaction.enums.consultations import Outcome
from interaction.models import Activity, Opinion
from interaction.operations import activities, activity_moves, consultations, opinion_decisions, opinions
from interaction.rules.clauses import cut
from portal import clock
from portal.masking import masked
from portal.models import Department, Site, User
from portal.presets.moments import moment
from portal.presets.scenes import rows

Row = Mapping[str, Any]
DAYS_OF_WORK = 2  # between making one and its beginning


def play(preset: str) -> None:
    """Once, in an office that has no consultation yet."""
    told = rows(preset, "consultations.yaml", "consultations")
    if not told or Activity.objects.filter(kind=ActivityKind.CONSULTATION).exists():
        return
    stage = Stage()
    for row in sorted(told, key=lambda row: -row["opens"]):
        with transaction.atomic():
            stage.play(row)


class Stage:
    """What the consultations share, looked up once."""

    def __init__(self) -> None:
        self.people = {person.staff_number: person for person in User.objects.all()}
        self.departments = {department.code: department for department in Department.objects.all()}
        self.sites = {site.key: site for site in Site.objects.all()}

    def play(self, row: Row) -> None:
        activity = self._announce(row)
        for number, said in enumerate(row["opinions"], start=1):
            self._say(activity, row, number, said)
        if "feedback" in row:
            self._feed_back(activity, row)

    def _announce(self, row: Row) -> Activity:
        maker = self.people[row["maker"]]
        frame = activities.Frame(
            title=row["title"], intro=row["intro"].strip(), department=self.departments[row["department"]],
            participants=Participants.EVERYONE, opens_at=moment(row["opens"], hour=9),
            closes_at=moment(row["closes"], hour=17, minute=30), clause=row.get("clause", ""),
        )  # fmt: skip
        with clock.at(moment(row["opens"] + DAYS_OF_WORK, hour=10)):
            made = activities.create(
                ActivityKind.CONSULTATION, self.sites[row["site"]], frame, by=maker
            )  # fmt: skip
            consultations.save(made, _content(row), by=maker)
            activity_moves.report(made, by=maker)
        with clock.at(moment(row["opens"] + 1, hour=15)):
            return activity_moves.approve(made, by=self.people[row["reviewer"]])

    def _say(self, activity: Activity, row: Row, number: int, said: Row) -> None:
        clauses = {one.heading: one for one in activity.consultation.clauses.all()}
        draft = opinions.Draft(
            clause=clauses[said["clause"]] if "clause" in said else None, text=said["text"],
            writer_name=said.get("name", ""), phone=said.get("phone", ""),
        )  # fmt: skip
        then = moment(said["ago"], hour=10, minute=3 * number)
        with clock.at(then):
            nonce = f"{activity.pk:016x}{number:016x}"
            sent = opinions.send(activity, draft, nonce=nonce, by=self.people.get(said.get("by", ""))).opinion
        if "look" in said:
            with clock.at(_later(then)):
                self._look_over(sent, said, self.people[row["moderator"]])

    def _look_over(self, sent: Opinion, said: Row, by: User) -> None:
        if said["look"] == "show":
            opinions.show(sent, masked(sent.text, [sent.writer_name]), by=by)
        else:
            opinions.hold(sent, note=said["note"], by=by)

    def _feed_back(self, activity: Activity, row: Row) -> None:
        """The maker decides and sums up, the moderator publishes."""
        maker, said = self.people[row["maker"]], activity.consultation.opinions
        with clock.at(moment(row["published"] + 2, hour=10)):
            for one in row.get("merges", []):
                opinion_decisions.merge(
                    said.get(number=one["into"]), said.filter(number__in=one["others"]), by=maker
                )  # fmt: skip
            for one in row["decisions"]:
                opinion_decisions.decide(
                    said.get(number=one["number"]), Outcome(one["outcome"]), reason=one["reason"], by=maker
                )
            consultations.feed_back(activity, row["feedback"].strip(), by=maker)
        with clock.at(moment(row["published"], hour=9)):
            activity_moves.publish_results(activity, by=self.people[row["moderator"]])


def _content(row: Row) -> consultations.Content:
    files = [SimpleUploadedFile(one["name"], one["text"].encode()) for one in row.get("files", [])]
    return consultations.Content(
        background=row["background"].strip(), contact=row["contact"], clauses=cut(row["draft"]), files=files
    )


def _later(then: datetime) -> datetime:
    """Looked over a moment afterwards, never in the time to come."""
    return min(then + (clock.now() - then) / 2, clock.now())

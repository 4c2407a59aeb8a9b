"""`--demo`: sample banks and exams, made, approved, sat, marked and published by the real operations on their days."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from interaction.enums.activities import ActivityKind
from interaction.enums.banks import Difficulty, ExamQuestionKind
from interaction.models import Activity, Attempt, AttemptItem, QuestionBank
from interaction.operations import activities, activity_moves, attempts, banks, exam_marking, exams
from interaction.operations.activities import Frame
from interaction.operations.attempts import Typed
from interaction.operations.exams import Paper, RuleDraft
from interaction.rules.exam_questions import QuestionDraft, offered, read_key
from portal import clock
from portal.models import Department, Site, User
from portal.presets import source

MORNING, EVENING = time(9), time(17, 30)
CLAUSE = "办法第十五条"


def play(preset: str) -> None:
    """Play the samples once, in an office that has no bank yet: what the office made of them later stays."""
    path = source.folder(preset) / "demo" / "exams.yaml"
    if not path.exists() or QuestionBank.objects.exists():
        return
    data, stage = source.read_file(path, "exams.yaml"), Stage()
    for row in data["banks"]:
        stage.fill(row)
    for row in data["exams"]:
        stage.hold(row)


class Stage:
    """What the scenes share: the day it is really, and people, sites, departments and banks, looked up once."""

    def __init__(self) -> None:
        self.now = clock.now()
        self.people = {person.staff_number: person for person in User.objects.select_related("department")}
        self.sites = {site.key: site for site in Site.objects.all()}
        self.departments = {department.code: department for department in Department.objects.all()}
        self.banks: dict[str, QuestionBank] = {}

    def moment(self, days_ago: int, at: time) -> datetime:
        """That time of that day; of today never later than a while ago."""
        day = clock.local(self.now).date() - timedelta(days=days_ago)
        moment = timezone.make_aware(datetime.combine(day, at))
        return min(moment, self.now - timedelta(minutes=30)) if days_ago == 0 else moment

    def fill(self, row: dict) -> None:
        """A bank with its questions, each on its day."""
        keeper = self.people[row["keeper"]]
        with clock.at(self.moment(row["days_ago"], MORNING)):
            bank = banks.make(self.sites[row["site"]], row["name"], note=row.get("note", ""), by=keeper)
        self.banks[row["name"]] = bank
        days = sorted({one.get("days_ago", row["days_ago"]) for one in row["questions"]}, reverse=True)
        for day in days:
            drafts = [draft(one) for one in row["questions"] if one.get("days_ago", row["days_ago"]) == day]
            with clock.at(self.moment(day, MORNING) + timedelta(minutes=20)):
                banks.import_questions(bank, drafts, by=keeper)

    def hold(self, row: dict) -> None:
        """An exam, as far as its row takes it: written, approved, sat, marked, published."""
        written_on = row.get("opens_days_ago", 1) + 3
        with clock.at(self.moment(max(written_on, 1), MORNING)):
            activity = self._write(row)
            if "approver" in row:
                activity_moves.report(activity, by=self.people[row["by"]])
        if "approver" not in row:
            return
        with clock.at(self.moment(max(written_on, 1), MORNING) + timedelta(hours=3)):
            activity = activity_moves.approve(activity, by=self.people[row["approver"]])
        for place, sitting in enumerate(row.get("sittings", [])):
            begins = self.moment(row["opens_days_ago"] - place % 3, MORNING) + timedelta(minutes=7 * place)
            self._sit(activity, sitting, min(begins, self.now - timedelta(minutes=sitting["minutes"] + 5)))
        if "marker" in row:
            self._mark(activity, row)
        if "publisher" in row:
            with clock.at(activity.closes_at + timedelta(days=2)):
                activity_moves.publish_results(activity, by=self.people[row["publisher"]])

    def _write(self, row: dict) -> Activity:
        by, site = self.people[row["by"]], self.sites[row["site"]]
        dates = {}
        if "opens_days_ago" in row:
            dates["opens_at"] = self.moment(row["opens_days_ago"], MORNING)
            dates["closes_at"] = self.moment(row["closes_days_ago"], EVENING)
        frame = Frame(
            title=row["title"], intro=row.get("intro", ""), clause=CLAUSE,
            department=self.departments[row["department"]], **dates,
        )  # fmt: skip
        activity = activities.create(ActivityKind.EXAM, site, frame, by=by)
        rules = [RuleDraft(**(rule | {"bank": self.banks[rule["bank"]]})) for rule in row["rules"]]
        paper = Paper(
            rules=rules, minutes=row["minutes"], pass_mark=row["pass_mark"], **row.get("settings", {})
        )
        exams.save_setup(activity, paper, by=by)
        return activity

    def _sit(self, activity: Activity, sitting: dict, begins: datetime) -> None:
        """Somebody who knows so many of a hundred answers, always the same ones."""
        person, chance = self.people[sitting["person"]], Random(f"{sitting['person']} {activity.title}")
        with clock.at(begins):
            attempt = attempts.start(activity, by=person)
        typed = {
            item.position: Typed(_answer(item, chance.random() * 100 < sitting["knows"], sitting))
            for item in attempt.items.select_related("question")
        }
        with clock.at(begins + timedelta(minutes=sitting["minutes"])):
            attempts.save_all(activity.pk, attempt.number, typed, by=person)
            attempts.hand_in(attempt, by=person)

    def _mark(self, activity: Activity, row: dict) -> None:
        marker = self.people[row["marker"]]
        said = {sitting["person"]: sitting for sitting in row["sittings"]}
        waiting = AttemptItem.objects.filter(
            attempt__in=Attempt.objects.filter(activity=activity), question__kind=ExamQuestionKind.ESSAY
        )
        for place, item in enumerate(waiting.filter(awarded=None).select_related("attempt__person")):
            sitting = said[item.attempt.person.staff_number]
            with clock.at(activity.closes_at + timedelta(hours=16, minutes=4 * place)):
                points = Decimal(str(sitting.get("mark", 0)))
                exam_marking.mark(item, points, remark=sitting.get("remark", ""), by=marker)


def draft(row: dict) -> QuestionDraft:
    kind = ExamQuestionKind(row["kind"])
    return QuestionDraft(
        kind=kind, stem=row["stem"], topic=row["topic"], difficulty=Difficulty(row["difficulty"]),
        options=offered(kind, row.get("options", [])), key=read_key(kind, row["key"]), points=row["points"],
        explanation=row.get("explanation", ""),
    )  # fmt: skip


def _answer(item: AttemptItem, knows: bool, sitting: dict) -> list[str]:
    """As the page would send it."""
    kind, key = ExamQuestionKind(item.question.kind), item.question.key
    if kind == ExamQuestionKind.ESSAY:
        return [sitting.get("essay", "")]
    if kind == ExamQuestionKind.FILL_IN:
        return [variants[0] for variants in key] if knows else ["不记得"]
    places = [item.order.index(original) for original in key]
    if kind == ExamQuestionKind.MULTIPLE:
        return [str(place) for place in (places if knows else places[:-1])]
    return [str(places[0] if knows else (places[0] + 1) % len(item.order))]

"""`--demo`: the sample people, and their texts taken through the real operations on the days they happened.

There is no path around the route, not even here: somebody collects and reports, whoever holds the power approves,
a moderator publishes, each under their own name.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from itertools import groupby
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from columns import operations as column_operations
from columns import queries as column_queries
from columns.enums import StepState
from columns.models import Column, Role
from portal import clock, notices, uploads
from portal import operations as portal_operations
from portal.enums import Power
from portal.models import Department, Site, StoredFile, User
from portal.presets import (
    annual,
    bulletins,
    catalogue,
    comments,
    consultations,
    contributions,
    decisions,
    dispatches,
    exams,
    inspections,
    interviews,
    letters,
    polls,
    questions,
    reminders,
    requests,
    safety,
    scores,
    self_checks,
    services,
    surveys,
)
from portal.presets.correspondence import open_mailboxes
from portal.presets.scenes import Scene, people, scenes
from portal.workdays import Calendar
from publishing import operations
from publishing.models import Article, Revision
from publishing.operations import Draft

PASSWORD = "demo-Portal-2026"
DAYS_IN_OFFICE = 14  # before the first text of the story
DAY_BEGINS, DAY_ENDS = time(8, 30), time(17, 30)


def tell_story(preset: str, show=iter) -> int:
    """Create the sample people and play the sample texts that are not there yet; returns how many were played.

    `show` wraps the list of texts, for a progress bar.
    """
    played = sorted([*scenes(preset), *catalogue.texts(preset)], key=lambda scene: -scene.days_ago)
    longest = max((scene.days_ago for scene in played), default=0)
    with clock.at(clock.now() - timedelta(days=longest + DAYS_IN_OFFICE)):
        hire(preset)
    open_mailboxes(preset)
    known = set(Article.objects.exclude(import_key="").values_list("import_key", flat=True))
    fresh = [scene for scene in played if scene.key not in known]
    stage = Stage()
    for moment, scene in show(list(_timetable(fresh))):
        with clock.at(moment), uploads.together():
            stage.play(scene, moment)
    for one in (
        questions,
        comments,
        contributions,
        letters,
        requests,
        decisions,
        polls,
        surveys,
        consultations,
        interviews,
        exams,
        catalogue,
        services,
        scores,
        inspections,
        self_checks,
        reminders,
        bulletins,
        annual,
        dispatches,
        safety,
    ):
        one.play(preset)
    for person in User.objects.filter(is_sample=True):
        _read_what_is_done(person)
    return len(fresh)


@transaction.atomic
def hire(preset: str) -> None:
    """人员与授权 (办法第八至十条), as the regulation's own roles."""
    system = User.objects.system()
    departments = {department.code: department for department in Department.objects.all()}
    sites = {site.key: site for site in Site.objects.all()}
    for row in people(preset):
        fields = {"name": row["name"], "title": row["title"], "is_staff": row["is_staff"]}
        person = User.objects.filter(staff_number=row["staff_number"]).first()
        if person is None:
            person = User.objects.create_user(
                row["staff_number"], PASSWORD, department=departments[row["department"]],
                has_initial_password=True, is_sample=True, **fields,
            )  # fmt: skip
        for code in row.get("heads", []):
            _put_at_the_head(departments[code], person, system)
        for grant in row["appointments"]:
            role = Role.objects.get(key=grant["role"])
            for key in sites if grant["sites"] == "*" else grant["sites"]:
                for column in _columns(sites[key], grant.get("columns")):
                    column_operations.appoint(
                        person, role, sites[key], column=column, by=system, reason="随制度预设建立的样例授权"
                    )


def _put_at_the_head(department: Department, person: User, system: User) -> None:
    """负责人 of a department that has none yet."""
    if department.head_id is None:
        department.head = person
        portal_operations.save_department(department, by=system)


def _columns(site: Site, slugs: list[str] | None) -> list[Column | None]:
    return list(Column.objects.filter(site=site, slug__in=slugs)) if slugs else [None]


def _timetable(fresh: Iterable[Scene]) -> Iterator[tuple[datetime, Scene]]:
    """When each text is collected: on a working day, in office hours, one after another, never in the future."""
    calendar, today = Calendar.load(), clock.today()

    def working_day(scene: Scene):
        day = today - timedelta(days=scene.days_ago)
        while not calendar.is_workday(day):
            day -= timedelta(days=1)
        return day

    for day, group in groupby(sorted(fresh, key=working_day), key=working_day):
        row = list(group)
        ends = min(timezone.make_aware(datetime.combine(day, DAY_ENDS)), clock.now() - timedelta(minutes=20))
        begins = min(timezone.make_aware(datetime.combine(day, DAY_BEGINS)), ends - timedelta(hours=4))
        for place, scene in enumerate(row):
            yield begins + (ends - begins) * place / len(row), scene


class Stage:
    """What the scenes share: people, columns and pictures, looked up once."""

    def __init__(self) -> None:
        self.people = {person.staff_number: person for person in User.objects.select_related("department")}
        self.departments = {department.code: department for department in Department.objects.all()}
        self.columns = {
            (column.site.key, column.slug): column
            for column in Column.objects.select_related("site", "route")
        }
        self.pictures: dict[tuple[Path, User], StoredFile] = {}

    def play(self, scene: Scene, moment: datetime) -> None:
        """采集 → 报送 → 审核 → 发布, some minutes apart; `upto` says where the text stands at the end."""
        collector = self.people[scene.collector]
        revision = operations.create(self._draft(scene, collector), by=collector)
        if scene.upto == "draft":
            return
        with clock.at(moment + timedelta(minutes=3)):
            revision = operations.report(revision, by=collector)
        if scene.upto == "report":
            return
        with clock.at(moment + timedelta(minutes=9)):
            revision = self._review(revision, returns=scene.upto == "return")
        if scene.upto == "publish":
            with clock.at(moment + timedelta(minutes=15)):
                operations.publish(revision, by=self._holder(revision, Power.PUBLISH))

    def _review(self, revision: Revision, *, returns: bool) -> Revision:
        while step := revision.steps.filter(state=StepState.CURRENT).first():
            reviewer = self._holder(revision, Power(step.power), reviewing=True)
            if returns:
                return operations.return_(
                    step, by=reviewer, note="第二段数字请与统计口径核对一致，并补充活动照片后再报。"
                )
            revision = operations.approve(step, by=reviewer)
        return revision

    def _holder(self, revision: Revision, power: Power, *, reviewing: bool = False) -> User:
        own = revision.writers | {revision.reported_by_id} if reviewing else set()
        holders = column_queries.holders(revision.column, power).exclude(pk__in=own).order_by("pk")
        return holders.first()

    def _draft(self, scene: Scene, collector: User) -> Draft:
        return Draft(
            column=self.columns[scene.site, scene.column], title=scene.title, body=scene.body,
            author_name=scene.author, is_reprint=scene.reprint, source_name=scene.source_name,
            department=self.departments[scene.department], written_on=scene.written_on,
            cover=self._picture(scene.cover, collector), is_headline=scene.headline, key=scene.key,
        )  # fmt: skip

    def _picture(self, path: Path | None, owner: User) -> StoredFile | None:
        if path is None:
            return None
        if (path, owner) not in self.pictures:
            upload = SimpleUploadedFile(path.name, path.read_bytes())
            self.pictures[path, owner] = uploads.accept(upload, owner=owner)
        return self.pictures[path, owner]


def _read_what_is_done(person: User) -> None:
    """Nobody starts with weeks of unread messages: only those of the last two days are new."""
    notices.mark_read(person, before=clock.now() - timedelta(days=2))

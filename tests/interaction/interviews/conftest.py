"""An office with one interview that is going on, open to everybody: a host and two guests."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from interaction.enums.activities import ActivityKind, Participants
from interaction.models import Activity, InterviewEntry, InterviewQuestion
from interaction.operations import (
    activities,
    activity_moves,
    interview_entries,
    interview_questions,
    interviews,
)
from interaction.operations.activities import Frame
from interaction.operations.interviews import Guest
from portal import clock
from portal.forms.visitors import new_stamp
from portal.models import User
from tests.conftest import build
from tests.snapshot import Snapshot

GUESTS = [Guest(name="何卫民", title="消保科科长"), Guest(name="林局", title="副局长")]


def make(office, *, upto: str = "approve", **fields) -> Activity:
    now = clock.now()
    fields = {
        "title": "放心消费访谈", "department": office.section, "participants": Participants.EVERYONE,
        "opens_at": now - timedelta(minutes=10), "closes_at": now + timedelta(minutes=50), **fields,
    }  # fmt: skip
    made = activities.create(ActivityKind.INTERVIEW, office.main, Frame(**fields), by=office.collector)
    interviews.save(made, "郑主持", GUESTS, by=office.collector)
    if upto in ("report", "approve"):
        made = activity_moves.report(made, by=office.collector)
    return activity_moves.approve(made, by=office.head_person) if upto == "approve" else made


def build_studio() -> SimpleNamespace:
    world = build()
    world.activity = make(world)
    world.guest, world.other_guest = world.activity.interview.guests.all()
    return world


STUDIO = Snapshot(build_studio)


@pytest.fixture
def studio(db) -> SimpleNamespace:
    world, now = STUDIO.restore(), clock.now()
    User.objects.update(password_set_at=now)
    for name, person in vars(world).items():
        if isinstance(person, User):
            setattr(world, name, User.objects.get(pk=person.pk))
    world.activity = Activity.objects.select_related("site", "interview").get(pk=world.activity.pk)
    return world


@pytest.fixture
def ask(studio):
    """`ask("…", accepted=True)` sends a question from nobody in particular, and takes it up."""
    count = iter(range(1_000_000))

    def send(text: str = "预付卡能退吗？", *, accepted: bool = False, by: User | None = None, name: str = ""):
        question = interview_questions.ask(
            studio.activity, text, nonce=f"{next(count):032x}", asker_name=name, by=by
        )  # fmt: skip
        return interview_questions.accept(question, text, by=studio.moderator) if accepted else question

    return send


@pytest.fixture
def enter(studio):
    """`enter("…", guest=…, question=…)` puts a line on record."""
    count = iter(range(1_000_000))

    def put(text: str = "可以退。", **fields) -> InterviewEntry:
        line = interview_entries.Line(text=text, **fields)
        return interview_entries.enter(
            studio.activity, line, nonce=f"{next(count):032x}", by=studio.collector
        )  # fmt: skip

    return put


@pytest.fixture
def sign_in(client):
    def as_person(person: User | None):
        client.logout()
        if person is not None:
            client.force_login(person)
        return client

    return as_person


def typed(**fields) -> dict:
    """What the form of a question sends, handed out a moment ago."""
    return {"stamp": new_stamp(seconds_ago=5), "homepage": "", "text": "预付卡能退吗？", **fields}


def move(activity: Activity, *, opens: int, closes: int) -> None:
    """Let it begin and be over so many minutes from now."""
    now = clock.now()
    Activity.objects.filter(pk=activity.pk).update(
        opens_at=now + timedelta(minutes=opens), closes_at=now + timedelta(minutes=closes)
    )
    activity.refresh_from_db()


def fresh(question: InterviewQuestion) -> InterviewQuestion:
    return InterviewQuestion.objects.get(pk=question.pk)

"""An office with one consultation that is open to everybody: two chapters, three clauses."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from interaction.enums.activities import ActivityKind, Participants
from interaction.models import Activity, Opinion
from interaction.operations import activities, activity_moves, consultations, opinions
from interaction.operations.activities import Frame
from interaction.rules.clauses import cut
from portal import clock
from portal.forms.visitors import new_stamp
from portal.models import User
from tests.conftest import build
from tests.snapshot import Snapshot

DRAFT = """第一章 总则
第一条 为了规范市场计量，制定本办法。
第二条 市场开办者统一配秤。
第二章 附则
第三条 本办法自公布之日起施行。"""
DAYS_OPEN = 7


def frame(office, **fields) -> Frame:
    now = clock.now()
    fields = {
        "title": "计量办法征求意见", "department": office.section, "participants": Participants.EVERYONE,
        "opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=DAYS_OPEN), **fields,
    }  # fmt: skip
    return Frame(**fields)


def make(office, *, upto: str = "approve", draft: str = DRAFT, **fields) -> Activity:
    activity = activities.create(
        ActivityKind.CONSULTATION, office.main, frame(office, **fields), by=office.collector
    )
    consultations.save(activity, consultations.Content(clauses=cut(draft)), by=office.collector)
    if upto in ("report", "approve"):
        activity = activity_moves.report(activity, by=office.collector)
    return activity_moves.approve(activity, by=office.head_person) if upto == "approve" else activity


def build_forum() -> SimpleNamespace:
    world = build()
    world.activity = make(world)
    clauses = world.activity.consultation.clauses.exclude(text="")
    world.first, world.second, world.third = clauses
    return world


FORUM = Snapshot(build_forum)


@pytest.fixture
def forum(db) -> SimpleNamespace:
    world, now = FORUM.restore(), clock.now()
    User.objects.update(password_set_at=now)
    for name, person in vars(world).items():
        if isinstance(person, User):
            setattr(world, name, User.objects.get(pk=person.pk))
    world.activity = Activity.objects.select_related("site", "consultation").get(pk=world.activity.pk)
    return world


@pytest.fixture
def say(forum):
    """`say("…", clause=…)` sends an opinion from nobody in particular; returns the receipt."""
    count = iter(range(1_000_000))

    def send(
        text: str = "建议免费配秤", *, by: User | None = None, nonce: str = "", **fields
    ) -> opinions.Receipt:
        draft = opinions.Draft(text=text, **{"clause": forum.second, **fields})
        return opinions.send(forum.activity, draft, nonce=nonce or f"{next(count):032x}", by=by)

    return send


@pytest.fixture
def sign_in(client):
    def as_person(person: User | None):
        client.logout()
        if person is not None:
            client.force_login(person)
        return client

    return as_person


def typed(**fields) -> dict:
    """What the form of an opinion sends, handed out a moment ago."""
    return {"stamp": new_stamp(seconds_ago=5), "homepage": "", "clause": "", "text": "建议免费配秤", **fields}


def close(activity: Activity) -> None:
    now = clock.now()
    Activity.objects.filter(pk=activity.pk).update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
    )
    activity.refresh_from_db()


def texts(rows) -> list[str]:
    return [one.text for one in rows]


def fresh(opinion: Opinion) -> Opinion:
    return Opinion.objects.get(pk=opinion.pk)

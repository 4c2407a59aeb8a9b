"""An office with letterboxes: 办公室 receives and adjudicates, 法制科 and 注册科 answer, 法制科 also reviews."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from columns import operations as column_operations
from columns.models import Role
from interaction.enums.letters import LetterKind
from interaction.models import Letterbox, Matter
from interaction.operations import writing
from portal import clock
from portal.enums import Power
from portal.models import Department, User
from tests.conftest import LONG_AGO, build
from tests.snapshot import Snapshot

CHINA = ZoneInfo("Asia/Shanghai")
CLAUSE = "参照福建第二十二条"


def moment(text: str) -> datetime:
    """`2026-09-30 10:00`, in Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def build_post() -> SimpleNamespace:
    world = build()
    with clock.at(LONG_AGO):
        _hire(world)
    days = {"refer_days": 3, "upward_days": 5, "reopen_days": 30}
    world.box = _letterbox(world, "juzhang", "局长信箱", writer_picks=True, route=world.head, **days)
    world.centre_box = _letterbox(
        world, "liuyan", "公众留言", receive_days=1, is_looked_at_daily=True, reopen_days=30
    )
    world.complaint = _matter(world.box, "tousu", "投诉", LetterKind.COMPLAINT, 10)
    world.enquiry = _matter(world.box, "zixun", "咨询", LetterKind.ENQUIRY, 2)
    world.message = _matter(world.centre_box, "liuyan", "留言", LetterKind.SUGGESTION, 5)
    return world


def _hire(world: SimpleNamespace) -> None:
    answers = Role.objects.create(key="ANSWERER", name="答复人员", powers=[str(Power.ANSWER)])
    reviews = Role.objects.get(key="HEAD")
    for key, name in {"law": "法制科", "registry": "注册科"}.items():
        department = Department.objects.create(name=name, code=key, kind="SECTION", parent=world.bureau)
        setattr(world, key, department)
    people = {"clerk": world.section, "lawyer": world.law, "registrar": world.registry, "law_head": world.law}
    for number, department in people.items():
        person = User.objects.create_user(number, name=f"{department.name}{number}", department=department)
        role = reviews if number == "law_head" else answers
        column_operations.appoint(person, role, world.main, by=world.system, reason="测试")
        setattr(world, number, person)
    world.law.head = world.law_head
    world.law.save()


def _letterbox(world: SimpleNamespace, key: str, name: str, **more) -> Letterbox:
    places = {"receiver": world.section, "office": world.section, "clause": CLAUSE}
    return Letterbox.objects.create(site=world.main, key=key, name=name, **places | more)


def _matter(box: Letterbox, key: str, name: str, kind: LetterKind, days: int) -> Matter:
    return Matter.objects.create(
        letterbox=box, key=key, name=name, kind=kind, answer_days=days, clause=CLAUSE
    )


POST = Snapshot(build_post)


@pytest.fixture
def post(db) -> SimpleNamespace:
    world, now = POST.restore(), clock.now()
    User.objects.update(password_set_at=now)
    return world


@pytest.fixture
def send(post):
    """`send(at="2026-09-30 10:00", …)` writes a letter to 法制科 in 局长信箱; other fields as of `writing.Draft`."""

    def write(at: str = "2026-09-30 10:00", *, nonce: str = "0" * 32, by: User | None = None, **more):
        said = {
            "letterbox": post.box, "matter": post.complaint, "department": post.law, "title": "超市拒不退货",
            "body": "我叫张三，在超市买到过期食品，电话13812345678", "writer_name": "张三", "phone": "13812345678",
        }  # fmt: skip
        with clock.at(moment(at)):
            return writing.write(writing.Draft(**said | more), nonce=nonce, by=by)

    return write

"""Letters: due dates by the thousand, and the centre's board over two hundred thousand of them."""

import time
from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import Row, at_least, at_most
from columns import operations as column_operations
from columns.models import Role
from interaction.enums.letters import LetterKind
from interaction.models import Letterbox, Matter
from portal import clock, limits
from portal.enums import DepartmentKind, Power
from portal.models import Department, Limit, Site, User
from portal.presets import volume
from portal.workdays import Calendar

CASES, LETTERS, DEPARTMENTS, ROUNDS = 1000, 200_000, 20, 9
PASSWORD = "bench-Portal-2026"


def run() -> list[Row]:
    call_command("collectstatic", interactive=False, verbosity=0)
    box, departments = _office()
    volume.letters.write(LETTERS, departments, box)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    browser = _browser(box)
    pages = {
        "看板首页": "/desk/letters/",
        "看板按部门": f"/desk/letters/?department={departments[3].pk}",
        "看板逾期": "/desk/letters/?state=late",
        "看板翻到很后面": f"/desk/letters/?before={LETTERS // 2}",
        "各部门办理情况": "/desk/letters/figures/",
    }
    rows = [at_least("一秒推算的到期日", CASES / _seconds(_due_dates), "件", 1000)]
    for name, address in pages.items():
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        rows.append(at_most(f"20 万封来信：{name}的查询数", len(asked), "次", 15))
        took = _seconds(lambda address=address: browser.get(address)) * 1000
        rows.append(at_most(f"20 万封来信：{name}（{connection.vendor}）", took, "毫秒", 400))
    return rows


def _due_dates() -> None:
    """As a changed calendar recomputes them: pauses and extensions none, the explanation written."""
    calendar, now = Calendar.load(), clock.now()
    for case in range(CASES):
        limit = Limit(started_at=now - timedelta(days=case % 300), working_days=case % 20 + 1)
        limits.reckon(limit, [], [], calendar)


def _office() -> tuple[Letterbox, list[Department]]:
    bureau = Department.objects.create(name="市局", code="shiju", kind=DepartmentKind.BUREAU)
    departments = [
        Department.objects.create(name=f"科室{n}", code=f"ke{n}", kind=DepartmentKind.SECTION, parent=bureau)
        for n in range(DEPARTMENTS)
    ]
    site = Site.objects.create(key="shiju", name="市局网站", department=bureau)
    box = Letterbox.objects.create(
        site=site,
        key="juzhang",
        name="局长信箱",
        receiver=departments[0],
        office=departments[0],
        clause="测量",
    )
    Matter.objects.create(
        letterbox=box, key="tousu", name="投诉", kind=LetterKind.COMPLAINT, answer_days=10, clause="测量"
    )
    return box, departments


def _browser(box: Letterbox) -> Client:
    """Of somebody in the centre."""
    person = User.objects.create_user("centre", PASSWORD, name="受理人", department=box.receiver)
    role = Role.objects.create(key="ANSWERER", name="答复人员", powers=[str(Power.ANSWER)])
    column_operations.appoint(person, role, box.site, by=User.objects.system(), reason="测量")
    User.objects.update(password_set_at=clock.now())
    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(person, backend="columns.backends.PowerBackend")
    return browser


def _seconds(act: Callable[[], object]) -> float:
    """Of one run on the wall clock, the median of some."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return sorted(took)[ROUNDS // 2]

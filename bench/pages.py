"""Database queries of the pages people open, uncached, over the sample texts and 30 more waiting for review."""

import tempfile
import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import Row, at_most
from columns.models import Column
from portal.models import User
from publishing import operations
from publishing.models import Article
from publishing.operations import Draft

ROUNDS = 30
WAITING = 30
LIMITS = {"首页": 3, "子站首页": 3, "栏目页": 3, "文章页": 5, "登录后的首页": 18, "待审队列": 12}


def run() -> list[Row]:
    settings.ALLOWED_HOSTS = ["testserver"]
    with tempfile.TemporaryFile("w") as quiet:
        call_command("prepare", demo=True, stdout=quiet, stderr=quiet)
    _report_more()
    article = Article.objects.filter(site__key="fenju", state="LIVE", column__slug="yaowenbaodao").latest(
        "pk"
    )
    leader = Client()
    leader.force_login(User.objects.get(staff_number="suozhang"))
    anyone = Client()
    visits: dict[str, Callable] = {
        "首页": lambda: anyone.get("/"),
        "子站首页": lambda: anyone.get("/s/beiqiao/"),
        "栏目页": lambda: anyone.get("/c/yaowenbaodao/"),
        "文章页": lambda: anyone.get(article.get_absolute_url()),
        "登录后的首页": lambda: leader.get("/"),
        "待审队列": lambda: leader.get("/desk/reviews/"),
    }
    return [row for name, visit in visits.items() for row in _measure(name, visit)]


def _report_more() -> None:
    collector = User.objects.get(staff_number="xinxiyuan")
    column = Column.objects.get(site__key="beiqiao", slug="yaowenbaodao")
    for number in range(WAITING):
        draft = Draft(column=column, title=f"待审稿件 {number}", body="<p>正文</p>", author_name="李岚")
        operations.report(operations.create(draft, by=collector), by=collector)


def _measure(name: str, visit: Callable) -> list[Row]:
    assert visit().status_code == 200, name
    with CaptureQueriesContext(connection) as captured:
        visit()
        queries = len(captured)
    began = time.process_time()
    for _ in range(ROUNDS):
        visit()
    milliseconds = (time.process_time() - began) / ROUNDS * 1000
    return [
        at_most(f"{name}查询数", queries, "次", LIMITS[name]),
        at_most(f"{name}处理器时间", milliseconds, "毫秒", 100),
    ]

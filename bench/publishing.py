"""静态发布: how fast pages become files, how soon a publication is to be read (handing them out: `bench.peers`)."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from bench import Row, at_least, at_most
from columns.models import Column
from portal.models import User
from portal.pages import Address, outbox, store
from portal.publisher import laying, working
from publishing import operations
from publishing.models import Article

PUBLICATIONS, ROUNDS = 20, 5
VISIBLE_WITHIN = 0.200


def run() -> list[Row]:
    with tempfile.TemporaryFile("w") as quiet:
        call_command("prepare", demo=True, stdout=quiet, stderr=quiet)
    laying.lay_out_all()
    working.drain()
    return [_pages_a_second(), *_until_visible()]


def _pages_a_second() -> Row:
    """Rendering through the view, gzip, brotli, writing and manifest, in processor time: one core's worth. Into a folder
    that is new each time: a page that comes out the same would not be written.
    """
    rows = Article.objects.filter(state="LIVE").values_list("site__key", "pk")
    addresses = [address for site, pk in rows if store.place(address := Address(site, f"a/{pk}/")).exists()]
    rates = []
    for number in range(ROUNDS):
        with override_settings(PAGES_ROOT=Path(settings.VAR_DIR, f"pages-{number}")):
            outbox.changed(addresses, later=True)
            began = time.process_time()
            working.drain()
            rates.append(len(addresses) / (time.process_time() - began))
    return at_least("生成并写入文章页（gzip、brotli）", max(rates), "页/秒", 300)


def _until_visible() -> Iterator[Row]:
    """From the click until the file says it, with a worker of its own that has nothing else to do."""
    column = Column.objects.get(site__key="fenju", slug="yaowenbaodao")
    waits: dict[str, list[float]] = {"文章页": [], "栏目页": [], "首页": []}
    with worker():
        first = publish(column, 0)
        seen(f"a/{first.pk}/", first.title, patience=120)  # until the worker has taken up its work
        for number in range(1, PUBLICATIONS + 1):
            title, article = f"发布至可见第{number}次", None
            began = time.perf_counter()
            article = publish(column, number, title)
            places = {
                "文章页": f"a/{article.pk}/", "栏目页": "c/yaowenbaodao/", "首页": "",
            }  # fmt: skip
            for name, where in places.items():
                waits[name].append(seen(where, title) - began)
            time.sleep(0.3)
    for name, seconds in waits.items():
        worst = statistics.quantiles(seconds, n=20)[-1] * 1000
        yield at_most(f"发布至{name}可见，p95", worst, "毫秒", VISIBLE_WITHIN * 1000)


def publish(column: Column, number: int, title: str = "先发一篇") -> Article:
    """Everything that the publisher's click does; the text has been cleared before."""
    collector = User.objects.get(staff_number="zongbanzhu")
    draft = operations.Draft(column=column, title=title, body="<p>正文</p>", author_name="李岚")
    revision = operations.create(draft, by=collector)
    type(revision).objects.filter(pk=revision.pk).update(state="APPROVED")
    revision.refresh_from_db()
    return operations.publish(revision, by=collector)


def seen(where: str, title: str, patience: float = 10) -> float:
    file, deadline = store.place(Address("fenju", where)), time.perf_counter() + patience
    while time.perf_counter() < deadline:
        if file.exists() and title in file.read_text():
            return time.perf_counter()
        time.sleep(0.002)
    raise TimeoutError(where)


@contextmanager
def worker() -> Iterator[None]:
    """At the priority that the Procfile gives it."""
    celery = f"{sys.executable} -m celery -q -A portal worker -P threads -c 2"
    command = f"nice -n 10 {celery} --without-mingle --without-gossip --without-heartbeat".split()
    worker = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(30)

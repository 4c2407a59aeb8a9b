"""A process of its own with a primary and a copy: prints what each step read from, as one JSON document."""

import json
import os
import signal
import time
from contextlib import ExitStack

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from columns.models import Column  # noqa: E402
from portal import clock  # noqa: E402
from portal.models import User  # noqa: E402
from portal.replicas import watching  # noqa: E402
from portal.replicas.routing import Reading, Router, reading  # noqa: E402
from tests.conftest import build  # noqa: E402

said: dict[str, object] = {}
visitor = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)


def visit(path: str, client: Client = visitor) -> dict[str, int]:
    """How many queries went to which server."""
    with ExitStack() as stack:
        seen = {name: stack.enter_context(CaptureQueriesContext(connections[name])) for name in connections}
        status = client.get(path).status_code
    return {"status": status, **{name: len(queries) for name, queries in seen.items()}}


def settle(holds, seconds: float = 10) -> bool:
    """Looks as the watching thread does, until it is so."""
    until, written = time.monotonic() + seconds, None
    while time.monotonic() < until:
        written = watching.look(written)
        if holds():
            return True
        time.sleep(0.1)
    return False


def on_copy(statement: str) -> None:
    with connections["replica1"].cursor() as cursor:
        cursor.execute(statement)


call_command("migrate", run_syncdb=True, verbosity=0)
office = build()
User.objects.update(password_set_at=clock.now())
watching._look.process = os.getpid()  # this story looks itself
said["before_a_look"] = visit("/")
said["is_fit"] = settle(lambda: watching.fit() == "replica1")
visit("/")
said["anonymous"] = visit("/c/yaowenbaodao/")
browser = Client(headers={"host": "127.0.0.1"})
browser.post("/login/", {"username": "collector", "password": "test-Portal-2026"})
said["cookie"] = browser.cookies["wrote"]["max-age"]
said["just_signed_in"] = visit("/desk/", browser)
del browser.cookies["wrote"]
said["signed_in"] = visit("/desk/", browser)
token = reading.set(Reading("replica1"))
router = Router()
with django.db.transaction.atomic():
    said["in_transaction"] = router.db_for_read(Column)
said["outside"] = router.db_for_read(Column)
router.db_for_write(Column)
said["after_a_write"] = router.db_for_read(Column)
reading.reset(token)
on_copy("SELECT pg_wal_replay_pause()")
Column.objects.filter(pk=office.news.pk).update(name="改过的栏目")
said["behind_is_left_out"] = settle(lambda: watching.fit() is None)
said["while_behind"] = visit("/c/yaowenbaodao/")
on_copy("SELECT pg_wal_replay_resume()")
said["is_fit_again"] = settle(lambda: watching.fit() == "replica1")
os.kill(int(os.environ["STANDBY_PID"]), signal.SIGQUIT)  # at once, as a machine that loses its power
time.sleep(0.5)
said["gone_under_a_request"] = visit("/c/yaowenbaodao/")
said["fit_afterwards"] = watching.fit()
print(json.dumps(said))

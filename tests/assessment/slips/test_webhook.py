"""Slips to the office's messenger: against a real server, which refuses, sends elsewhere, and at last takes them."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from assessment.models import ReminderSlip
from assessment.operations.webhook import push_slips


class Messenger(BaseHTTPRequestHandler):
    answers: list[int] = []
    taken: list[tuple[str, dict]] = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.taken.append((self.path, body))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *args):
        """Nothing on the console."""


@pytest.fixture
def messenger(settings) -> Iterator[type[Messenger]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Messenger)
    Messenger.answers, Messenger.taken = [], []
    Thread(target=server.serve_forever, daemon=True).start()
    settings.REMINDER_WEBHOOK_URL = f"http://127.0.0.1:{server.server_port}/hook?key=1"
    yield Messenger
    server.shutdown()
    server.server_close()


@pytest.fixture
def slip(slips, limit, publish, reminded) -> ReminderSlip:
    limit(slips.trends)
    publish("2026-09-01 10:00")
    reminded("2026-09-09")
    return ReminderSlip.objects.get()


def test_each_slip_is_posted_once(slip, messenger):
    assert push_slips() == 1
    assert push_slips() == 0
    path, said = messenger.taken[0]
    assert path == "/hook?key=1"
    assert {name: said[name] for name in ("number", "unit", "column", "since", "due", "level")} == {
        "number": "提醒〔2026〕1号", "unit": "办公室", "column": "工作动态", "since": "2026-09-01", "due": "2026-09-14",
        "level": 1,
    }  # fmt: skip
    assert said["text"].startswith(
        "提醒〔2026〕1号：办公室负责的城东分局基层信息网·工作动态自 2026-09-01 起未更新"
    )
    assert [one["staff_number"] for one in said["recipients"]] == ["collector", "head", "moderator"]


def test_what_fails_is_tried_again_and_no_other_address_is_told(slip, messenger):
    messenger.answers += [500, 302]
    assert [push_slips(), push_slips()] == [0, 0]
    slip.refresh_from_db()
    assert (slip.sent_at, slip.tries, messenger.taken) == (None, 2, [])
    assert push_slips() == 1
    slip.refresh_from_db()
    assert (slip.sent_at is None, slip.tries) == (False, 3)


def test_nobody_there_is_no_harm(slip, settings):
    settings.REMINDER_WEBHOOK_URL = "http://127.0.0.1:9/"
    assert push_slips() == 0
    slip.refresh_from_db()
    assert slip.sent_at is None


def test_unset_it_is_off(slip, settings):
    settings.REMINDER_WEBHOOK_URL = None
    assert push_slips() == 0
    slip.refresh_from_db()
    assert slip.tries == 0

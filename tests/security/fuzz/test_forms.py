"""Every form of every address gets hostile input from the person who may send it: never an error page, never a wait.

`make fuzz` does the same for longer: FUZZ=200 tries each form so often, and shrinks what it finds.
"""

import os
import re
import time
import traceback
from itertools import product
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.rights.test_rights_everywhere import GET, POST, rows_by_kind
from tests.security.fuzz import hostile
from tests.security.fuzz.listening import listening, written

TRIES = int(os.environ.get("FUZZ", "0"))
"""0: the standing test, small and always the same."""

FORMS, PAGES, ADDRESSES = (1, 1, 1) if TRIES else (3, 8, 16)
"""The standing test tries every third form, every eighth page, every sixteenth odd address: always the same."""

LONGEST_SECONDS = 10
"""Of the processor's time, so that a busy machine fails nobody."""

SENDABLE = [422, 409, 200, 302, 400, 403]
RULES = settings(
    max_examples=TRIES or 2,
    deadline=None,
    database=None,
    derandomize=not TRIES,
    phases=[Phase.generate, Phase.shrink] if TRIES else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def who_may(rows) -> tuple[str, str] | None:
    """Kind of text and role for which the table promises most: a form that is read rather than refused."""
    answers = [
        (SENDABLE.index(status), role == "anonymous", kind, role)
        for kind, row in rows_by_kind(rows).items()
        for role, status in row.items()
        if status in SENDABLE
    ]
    return min(answers)[2:] if answers else None


def sendable(table) -> list[tuple[str, str, str]]:
    return [(route, *found) for route, rows in table.items() if (found := who_may(rows))]


def answers_to(sound: list) -> st.SearchStrategy:
    """Mostly what the field would take, so that one bad field is not hidden behind another."""
    well = st.sampled_from(sound)
    badly = hostile.files | hostile.texts if isinstance(sound[0], UploadedFile) else hostile.texts
    return st.one_of(
        st.lists(well, min_size=1, max_size=1),
        st.lists(badly, min_size=1, max_size=1),
        st.lists(well | badly, max_size=3),
    )


def send(visitors, role: str, method: str, where: str, data: dict[str, list]) -> HttpResponse:
    """As a browser would, with files as multipart; what it changed is taken back."""
    browser = visitors.browsers[role]
    browser.raise_request_exception = True
    browser.cookies.clear()
    browser.cookies.load(visitors.sessions[role])
    with transaction.atomic():
        response = getattr(browser, method)(where, data)
        response.held = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return response


def judge(response: HttpResponse, began: float) -> None:
    assert response.status_code < 500
    assert time.process_time() - began < LONGEST_SECONDS
    if response.headers.get("Content-Type", "").startswith("text/html"):
        assert f"<{hostile.MARK}" not in response.held.decode(errors="replace")
    assert urlsplit(response.headers.get("Location", "")).hostname in (None, "testserver")


def attack(visitors, monkeypatch, method: str, route: str, kind: str, role: str) -> None:
    """One quiet request shows what is asked for; then hostile answers."""
    where = visitors.address(route, kind)
    with listening(monkeypatch) as asked:
        quiet = send(visitors, role, method, where, {})
    page = written(quiet.held)
    sound = {name: page.get(name) or values for name, values in asked.fields().items()}
    if not sound:
        return

    @seed(crc32(route.encode()))
    @RULES
    @given(st.fixed_dictionaries({name: answers_to(values) for name, values in sound.items()}))
    def try_it(data):
        for one in (one for values in data.values() for one in values if isinstance(one, UploadedFile)):
            one.seek(0)
        began = time.process_time()
        judge(send(visitors, role, method, where, data), began)

    try_it()


def found_by(visitors, monkeypatch, method: str, asked: list[tuple[str, str, str]]) -> dict[str, str]:
    """What broke, by address; all of it, for each is mended at its own place."""
    broken = {}
    for route, kind, role in asked:
        try:
            attack(visitors, monkeypatch, method, route, kind, role)
        except Exception as error:
            broken[f"{role} {route}"] = f"{type(error).__name__}: {error}"[:300]
            if TRIES:
                print(f"--- {role} {method} {route}\n{_whole(error)}", flush=True)
    return broken


def _whole(error: BaseException) -> str:
    return "".join(traceback.format_exception(error, limit=-6))[-3000:]


def one_of(many: int, name: str) -> bool:
    return crc32(name.encode()) % many == 0


@pytest.mark.parametrize("part", range(2))
def test_no_form_breaks(visitors, monkeypatch, part):
    forms = [one for one in sendable(POST) if one_of(FORMS, one[0])]
    assert found_by(visitors, monkeypatch, "post", forms[part::2]) == {}


def test_no_question_in_an_address_breaks(visitors, monkeypatch):
    pages = [one for one in sendable(GET) if one_of(PAGES, one[0])]
    assert found_by(visitors, monkeypatch, "get", pages) == {}


PLACES = (
    "0", "9" * 30, "9223372036854775808", "%00", "a%00b", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%ff", "'%20or%201=1--",
)  # fmt: skip


def test_no_wrong_number_or_name_in_an_address_breaks(visitors):
    broken = []
    for (route, _, role), place in product([one for one in sendable(GET) if "<" in one[0]], PLACES):
        where = "/" + re.sub(r"\^?\(\?P<(\w+)>.*|<[^>]+>", place, route)
        if not one_of(ADDRESSES, where):
            continue
        try:
            assert send(visitors, role, "get", where, {}).status_code < 500
        except Exception as error:
            broken.append((where, role, repr(error)[:200]))
    assert broken == []

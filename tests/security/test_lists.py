"""Lists of injections against every page that looks something up: nothing is found, nothing is slow, nothing breaks."""

import time
from urllib.parse import quote

import pytest
from django.test import Client

from tests.security.fuzz.hostile import INJECTIONS, TRAVERSALS

SEEKING = (
    "/search/?q={}", "/search/?q=a&page={}", "/directory/?q={}", "/feeds/{}/", "/c/{}/",
    "/disclosure/catalogue/?q={}&year={}",
    "/mailbox/public/?q={}", "/questions/?q={}", "/services/?q={}", "/login/?next={}",
)  # fmt: skip
INSIDE = (
    "/desk/reviews/?kind={}", "/admin/publishing/article/?q={}", "/admin/portal/user/?q={}",
    "/admin/portal/auditentry/?q={}",
    "/admin/publishing/article/?state={}", "/admin/publishing/article/?o={}",
)  # fmt: skip
SLOW_SECONDS = 5
FEW = 5
"""Each of the list is tried on every fifth page, all pages get their share of the list."""


@pytest.fixture
def browsers(office, write) -> dict[str, Client]:
    write(title="唯一的标题", upto="publish")
    found = {"visitor": Client(), "auditor": Client(), "moderator": Client()}
    found["auditor"].force_login(office.auditor)
    found["moderator"].force_login(office.moderator)
    return found


@pytest.mark.parametrize("hostile", INJECTIONS + TRAVERSALS)
def test_what_is_looked_up_is_a_word_and_never_a_statement(browsers, hostile, settings):
    pages = [("visitor", one) for one in SEEKING] + [
        (who, one) for who in ("auditor", "moderator") for one in INSIDE
    ]
    turn = (INJECTIONS + TRAVERSALS).index(hostile)
    for who, page in pages[turn % FEW :: FEW]:
        began = time.process_time()
        told = browsers[who].get(page.replace("{}", quote(hostile, safe="")))
        assert told.status_code in (200, 302, 400, 403, 404), page
        assert time.process_time() - began < SLOW_SECONDS
        if page.startswith("/search"):
            assert hostile in ("%", "_", "\\") or "唯一的标题" not in told.content.decode()

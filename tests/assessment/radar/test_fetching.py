"""The visitor's browser: the portal's own address and no other, bounded in time and size."""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assessment.operations.fetching import AGENT, Elsewhere, Visitor
from portal.settings import values


class Portal(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/slow/":
            time.sleep(2)
        if self.path == "/moved/":
            self.send_response(302)
            self.send_header("Location", "http://elsewhere.example/")
            self.end_headers()
            return
        if self.path == "/robots.txt":
            return self._say(b"User-agent: *\nDisallow: /no/\n")
        host, agent = self.headers["Host"], self.headers["User-Agent"]
        return self._say(
            f"{self.path} {host} {agent}".encode() + b"x" * (5000 if self.path == "/long/" else 0)
        )

    def do_HEAD(self):
        self.send_response(405 if self.path == "/form/" else 404 if self.path == "/gone/" else 200)
        self.end_headers()

    def _say(self, body: bytes):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):  # who reads so much only hangs up
            self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def base():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def visitor(base):
    return Visitor(base, seconds=1, most_bytes=1000)


def test_it_says_who_it_is_and_which_site_it_asks_for(visitor, base):
    assert visitor.get("/a/1/").body.decode() == f"/a/1/ {base[7:]} {AGENT}"
    assert visitor.get("/表/", "nanhu.example").body.decode() == f"/%E8%A1%A8/ nanhu.example {AGENT}"


def test_it_reads_so_much_and_waits_so_long(visitor):
    assert len(visitor.get("/long/").body) == 1000
    answer = visitor.get("/slow/")
    assert (answer.status, answer.fault) == (0, "1 秒内没有打开")
    assert answer.milliseconds >= 1000


def test_a_redirect_is_reported_and_not_followed(visitor):
    answer = visitor.get("/moved/")
    assert (answer.status, answer.location) == (302, "http://elsewhere.example/")


def test_nobody_at_home_is_an_answer_too():
    answer = Visitor("http://127.0.0.1:9", seconds=1, most_bytes=10).get("/")
    assert (answer.status, answer.fault) == (0, "连接失败：ConnectionRefusedError")


def test_links_are_asked_for_by_head_and_opened_where_that_is_not_known(visitor):
    assert [visitor.status_of(path) for path in ("/a/1/", "/gone/", "/form/")] == [200, 404, 200]


def test_robots_are_told_where_not_to_go(visitor):
    assert (visitor.may_fetch("/a/1/"), visitor.may_fetch("/no/1/")) == (True, False)


@pytest.mark.parametrize("hosts", [["*"], ["portal.example.cn"]])
@pytest.mark.parametrize(
    "where",
    [
        "http://169.254.169.254",
        "http://10.0.0.5:8000",
        "http://elsewhere.example",
        "ftp://127.0.0.1",
        "http://0.0.0.0",
    ],
)
def test_it_goes_nowhere_else(settings, hosts, where):
    settings.ALLOWED_HOSTS = hosts
    with pytest.raises(Elsewhere):
        Visitor(where, seconds=1, most_bytes=10)


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("http://127.0.0.1:8000", []),
        ("http://localhost:8000/", []),
        ("http://[::1]:8000", []),
        ("https://portal.example.cn", ["portal.example.cn"]),
        ("https://nanhu.example.cn", [".example.cn"]),
    ],
)
def test_its_address_is_this_machine_or_one_of_the_portals_names(text, hosts):
    assert values.own_address(text, hosts) == text.rstrip("/")


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("http://10.0.0.5", ["*"]),
        ("https://example.cn.evil.example", [".example.cn"]),
        ("http://127.0.0.1:8000/a/", []),
        ("http://user:word@127.0.0.1", []),
        ("127.0.0.1:8000", []),
    ],
)
def test_any_other_address_stops_the_start(text, hosts):
    with pytest.raises(values.Wrong, match="门户自己的地址"):
        values.own_address(text, hosts)

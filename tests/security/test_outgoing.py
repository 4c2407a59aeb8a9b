"""Requests that the portal sends: to nobody inside unless the operator said so, no further than asked, no longer."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest

from portal import outgoing


class Inside(BaseHTTPRequestHandler):
    """A server of the office's network that would rather not be asked."""

    asked: list[str] = []

    def do_GET(self):
        Inside.asked.append(self.path)
        if self.path == "/drip":
            return self._drip()
        body = b"x" * (5_000 if self.path == "/long" else 3)
        self.send_response(302 if self.path == "/moved" else 200)
        if self.path == "/moved":
            self.send_header("Location", "/secret")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self):
        """One byte at a time, each well within any timeout of a single read."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(100):
            try:
                self.wfile.write(b"a")
            except OSError:
                return
            time.sleep(0.1)

    def log_message(self, *args):
        """Nothing on the console."""


@pytest.fixture
def inside():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Inside)
    Inside.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def ask(url: str, **more) -> outgoing.Answer:
    return outgoing.ask("GET", url, **{"seconds": 2, "most_bytes": 1000, **more})


def test_a_server_inside_is_not_even_connected_to(inside):
    with pytest.raises(outgoing.NotThere):
        ask(inside + "/secret")
    assert Inside.asked == []


def test_whom_the_operator_named_is_asked(inside, settings):
    assert ask(inside + "/", is_named=True).body == b"xxx"
    settings.OUTGOING_NETWORKS = (ip_network("127.0.0.0/8"),)
    assert ask(inside + "/").body == b"xxx"


def test_a_redirect_is_an_answer_and_leads_nowhere(inside):
    assert ask(inside + "/moved", is_named=True).status == 302
    assert Inside.asked == ["/moved"]


def test_an_answer_that_is_too_long_is_none(inside):
    with pytest.raises(outgoing.NotThere, match="超过"):
        ask(inside + "/long", is_named=True)


def test_who_speaks_slowly_is_cut_off(inside):
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        ask(inside + "/drip", is_named=True, seconds=0.5)
    assert time.monotonic() - began < 3


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind(inside, monkeypatch):
    """DNS rebinding: public when it is judged, inside when it is connected to."""
    port, answers = int(inside.rpartition(":")[2]), [["93.184.216.34"], ["127.0.0.1"]]
    looked = []

    def resolve(host, *args, **kwargs):
        looked.append(host)
        return [(2, 1, 6, "", (address, port)) for address in answers[min(len(looked), 2) - 1]]

    dialled = []
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(
        socket, "create_connection", lambda place, timeout: dialled.append(place) or _closed_line()
    )
    with pytest.raises(ConnectionError):
        ask(f"http://rebind.example:{port}/")
    assert (looked, dialled) == (["rebind.example"], [("93.184.216.34", port)])


def _closed_line() -> socket.socket:
    ours, theirs = socket.socketpair()
    theirs.close()
    return ours


def test_a_name_with_one_address_inside_is_refused_whole(monkeypatch):
    both = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: both)
    with pytest.raises(outgoing.NotThere):
        ask("http://both.example/")


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254", "100.100.100.200", "0.0.0.0", "::", "fe80::1", "fe80::1%eth0", "224.0.0.1", "ff02::1",
        "::ffff:169.254.169.254", "fd00:ec2::254", "2002:7f00:1::", "64:ff9b::a9fe:a9fe", "2001:0:1::1", "192.0.0.192",
    ],
)  # fmt: skip
def test_where_clouds_keep_their_keys_nobody_goes(address):
    assert not outgoing.is_allowed(address)
    assert not outgoing.is_allowed(address, is_named=True)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "127.9.9.9", "::1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd12::1"]
)  # fmt: skip
def test_inside_one_goes_only_where_named(address):
    assert not outgoing.is_allowed(address)
    assert outgoing.is_allowed(address, is_named=True)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "223.5.5.5"])
def test_outside_one_may_go(address):
    assert outgoing.is_allowed(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://example.cn/", "//example.cn/", "http://", "http://a:b@example.cn/",
        "http://example.cn/\r\nX: y", "http://example.cn/ ", "http://example.cn:99999/",
        "http://" + "a" * 3000, "javascript:1",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_asked(url):
    with pytest.raises(OSError, match="网址"):
        ask(url, is_named=True)


def test_another_way_of_writing_an_address_is_the_same_address():
    for host in ("2130706433", "0x7f000001", "127.1", "localhost", "[::ffff:127.0.0.1]", "0177.0.0.1"):
        with pytest.raises(outgoing.NotThere):
            ask(f"http://{host}:1/")

"""deploy/nginx.conf in a real nginx: static files from disk, compressed ahead, the rest to the portal."""

import gzip
import http.client
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from scripts import front, services

ROOT = Path(__file__).resolve().parents[2]
NGINX = services.program("nginx")
TOLD = ("Host", "X-Forwarded-Proto", "X-Real-IP", "X-Forwarded-For")
FORGED = ("X-Forwarded-Host", "X-Forwarded-Port", "Forwarded")
pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed")


class Upstream(BaseHTTPRequestHandler):
    """Stands where the portal stands and tells what it was asked."""

    def do_GET(self):
        told = "|".join([self.path, *(self.headers.get(name, "") for name in TOLD)])
        self.send_response(200)
        self.send_header("Cache-Control", "no-store" if "moment" not in self.path else "public")
        self.end_headers()
        self.wfile.write(told.encode())

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args):
        """Stays quiet."""


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """The address of a real nginx with our configuration, its paths and ports moved to this test's own."""
    folder = tmp_path_factory.mktemp("nginx")
    static = folder / "static"
    static.mkdir()
    (static / "portal.css").write_text("body{}")
    (static / "portal.css.gz").write_bytes(gzip.compress(b"body{}/*gz*/"))
    (static / "portal.0123456789ab.css").write_text("body{}")
    upstream = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    Thread(target=upstream.serve_forever, daemon=True).start()
    with front.nginx(folder, [upstream.server_port]) as address:
        yield address
    upstream.shutdown()


def test_nginx_serves_the_compressed_copy_of_a_static_file(door):
    answer = urlopen(Request(f"{door}/static/portal.css", headers={"Accept-Encoding": "gzip"}))
    assert gzip.decompress(answer.read()) == b"body{}/*gz*/"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "max-age=300"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nginx_lets_hashed_names_be_kept_for_ever(door):
    assert urlopen(f"{door}/static/portal.0123456789ab.css").headers["Cache-Control"] == "max-age=315360000"


def test_nginx_finds_no_static_file_that_is_not_there(door):
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{door}/static/missing.css")
    assert refused.value.code == 404


@pytest.mark.parametrize("path", ["/static/../nginx.conf", "/static/%2e%2e/nginx.conf"])
def test_nginx_leaves_addresses_outside_the_static_folder_to_the_portal(door, path):
    assert urlopen(door + path).read().decode().startswith(f"{path}|")


def asked(door: str, path: str, peer: str = "127.0.0.1", **headers: str) -> str:
    """What the portal is told when `peer` (a loopback address of this machine) asks with these headers."""
    connection = http.client.HTTPConnection(door.removeprefix("http://"), source_address=(peer, 0))
    connection.request("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()})
    return connection.getresponse().read().decode()


def test_nginx_gives_all_who_ask_within_a_moment_the_same_answer(door):
    first = asked(door, "/moment/", "127.0.0.2", Host="a.cn")
    assert asked(door, "/moment/", "127.0.0.3", Host="a.cn") == first
    assert asked(door, "/moment/", "127.0.0.3", Host="b.cn") != first
    assert asked(door, "/moment/", "127.0.0.3", Host="a.cn", Cookie="any=1") != first


def test_nginx_passes_what_the_gateway_says_about_host_client_and_scheme(door):
    told = asked(
        door,
        "/c/news/?page=2",
        Host="portal.example.cn",
        X_Forwarded_Proto="https",
        X_Forwarded_For="10.8.0.9",
    )
    assert told == "/c/news/?page=2|portal.example.cn|https|10.8.0.9|10.8.0.9"


def test_nginx_takes_the_last_client_the_gateway_names(door):
    told = asked(door, "/", Host="a.cn", X_Forwarded_For="127.0.0.1, 10.8.0.1, 203.0.113.9")
    assert told == "/|a.cn|http|203.0.113.9|203.0.113.9"


def test_nginx_overwrites_what_a_client_says_about_itself(door):
    forged = {"X_Forwarded_For": "10.8.0.9", "X_Forwarded_Proto": "https", "X_Real_IP": "10.8.0.9"}
    assert asked(door, "/", "127.0.0.2", Host="a.cn", **forged) == "/|a.cn|http|127.0.0.2|127.0.0.2"


@pytest.mark.parametrize("claimed", ["garbage", "", "unix:", "999.1.1.1"])
def test_nginx_names_the_gateway_itself_when_it_names_nobody_readable(door, claimed):
    assert asked(door, "/", Host="a.cn", X_Forwarded_For=claimed) == "/|a.cn|http|127.0.0.1|127.0.0.1"


@pytest.mark.parametrize("header", FORGED)
def test_nginx_does_not_pass_on_other_claims(door, monkeypatch, header):
    monkeypatch.setitem(globals(), "TOLD", (header,))
    assert asked(door, "/", **{header: "for=10.8.0.9"}) == "/|"


def test_nginx_lets_the_largest_document_pass_and_refuses_more(door):
    assert urlopen(Request(f"{door}/desk/", data=b"x" * 51 * 1024 * 1024)).status == 204
    with pytest.raises((HTTPError, URLError)) as refused:
        urlopen(Request(f"{door}/desk/", data=b"x" * 61 * 1024 * 1024))
    assert not isinstance(refused.value, HTTPError) or refused.value.code == 413

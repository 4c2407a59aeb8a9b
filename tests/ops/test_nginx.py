"""deploy/nginx.conf in a real nginx: static files from disk, compressed ahead, the rest to the portal."""

import gzip
import subprocess
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from scripts import services

CONF = Path(__file__).resolve().parents[2] / "deploy/nginx.conf"
NGINX = services.program("nginx")
pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed")


class Upstream(BaseHTTPRequestHandler):
    """Stands where the portal stands and tells what it was asked."""

    def do_GET(self):
        told = "|".join(
            [self.path, *(self.headers.get(name, "") for name in ("Host", "X-Forwarded-Proto", "X-Real-IP"))]
        )
        self.send_response(200)
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
    folder.chmod(0o755)
    static = folder / "static"
    static.mkdir()
    (static / "portal.css").write_text("body{}")
    (static / "portal.css.gz").write_bytes(gzip.compress(b"body{}/*gz*/"))
    (static / "portal.0123456789ab.css").write_text("body{}")
    upstream = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    Thread(target=upstream.serve_forever, daemon=True).start()
    port = services.free_port()
    text = (
        CONF.read_text()
        .replace("web:8000", f"127.0.0.1:{upstream.server_port}")
        .replace("/tmp/", f"{folder}/")
    )
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}").replace("/var/lib/portal", str(folder))
    own = folder / "nginx.conf"
    own.write_text("user root;\n" + text)
    nginx = subprocess.Popen(
        [NGINX, "-c", own, "-e", "stderr", "-g", "daemon off;"], stderr=subprocess.PIPE, text=True
    )
    address = f"http://127.0.0.1:{port}"
    wait_for(address, nginx)
    yield address
    nginx.terminate()
    nginx.wait(10)
    upstream.shutdown()


def wait_for(address, nginx):
    for _ in range(100):
        try:
            return urlopen(f"{address}/nginx-health")
        except URLError:
            assert nginx.poll() is None, nginx.stderr.read()
            time.sleep(0.05)
    pytest.fail("nginx did not answer")


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


def test_nginx_passes_host_client_and_scheme_to_the_portal(door):
    answer = urlopen(
        Request(f"{door}/c/news/?page=2", headers={"Host": "portal.example.cn", "X-Forwarded-Proto": "https"})
    )
    assert answer.read().decode() == "/c/news/?page=2|portal.example.cn|https|127.0.0.1"


def test_nginx_lets_the_largest_document_pass_and_refuses_more(door):
    assert urlopen(Request(f"{door}/desk/", data=b"x" * 51 * 1024 * 1024)).status == 204
    with pytest.raises((HTTPError, URLError)) as refused:
        urlopen(Request(f"{door}/desk/", data=b"x" * 61 * 1024 * 1024))
    assert not isinstance(refused.value, HTTPError) or refused.value.code == 413

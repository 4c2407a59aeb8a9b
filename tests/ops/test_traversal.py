"""Addresses that climb, before the real nginx and the real gunicorn: no file of the house comes out."""

import http.client

import pytest

from tests.ops.test_door import house
from tests.ops.test_nginx import NGINX

__all__ = ["house"]  # a fixture
pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed")
UP = (
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "....//",
    "..;/",
    "%252e%252e%252f",
    "..%c0%af",
    ".%2e/",
    "..%00/",
)
TARGETS = ("portal.sqlite3", "secret_key", "log", "nginx.conf", "etc/passwd")
STARTS = ("/", "/static/", "/static", "/files/", "/s/fenju/", "/static/portal/css/")
LISTED = (
    "/portal.sqlite3", "/secret_key", "/data_key", "/.env", "/.git/config", "/var/", "/static/", "/static", "/media/",
    "/files/",
    "/manage.py", "/portal/settings/base.py", "/backup.zip", "/static/.", "/%00", "//etc/passwd", "/static//etc/passwd",
)  # fmt: skip
SECRETS = (
    b"SQLite format 3",
    b"root:x:",
    b"worker_processes",
    b"Listening at",
    b"SECRET_KEY",
    b"[core]",
    b"Index of",
)


def asked(port: int, path: str) -> tuple[int, bytes]:
    """The path as it stands, which no browser would send."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path, headers={"Host": "portal.example.cn", "X-Forwarded-Proto": "https"})
    answer = line.getresponse()
    return answer.status, answer.read()


@pytest.mark.parametrize("up", UP)
def test_no_way_up_leads_out(house, up):
    for start in STARTS:
        for target in TARGETS:
            for port in (house.door, house.inside):
                status, body = asked(port, f"{start}{up * (6 if target.startswith('etc') else 1)}{target}")
                assert status in (301, 302, 400, 403, 404), (start, target)
                assert not [secret for secret in SECRETS if secret in body], (start, target)


def test_nothing_lies_about(house):
    for path in LISTED:
        for port in (house.door, house.inside):
            status, body = asked(port, path)
            assert status in (301, 302, 400, 403, 404), path
            assert not [secret for secret in SECRETS if secret in body], path

"""The portal in a real gunicorn behind a real nginx: whose address it sees, and to whom the admin is there."""

import http.client
import os
import subprocess
import sys
import time
from http.client import HTTPResponse
from types import SimpleNamespace

import pytest

from scripts import front, services
from tests.ops.test_nginx import NGINX, ROOT

pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed")
ADMIN, OFFICE, STRANGER = "/guanli-2026", "10.8.0.9", "203.0.113.9"
SITE = """
from portal.models import Department, Site
Site.objects.create(key="fenju", name="城东分局", department=Department.objects.create(name="分局", code="fenju"))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory, migrated_before):
    """nginx is a trusted proxy; the office manages from 10.8.0.0/16. `door` and `inside` are their ports."""
    folder = migrated_before(tmp_path_factory.mktemp("house"))
    port = services.free_port()
    environment = {
        **os.environ,
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "SECRET_KEY": "door-only-0123456789-abcdefghijklmnopqrstuvwxyz",
        "DATA_KEYS": "door-only-0123456789-abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "portal.example.cn",
        "ADMIN_PATH": "guanli-2026",
        "ADMIN_NETWORKS": "10.8.0.0/16",
        "TRUSTED_PROXIES": "127.0.0.1",
        "FORWARDED_ALLOW_IPS": "*",
        "DJANGO_SETTINGS_MODULE": "tests.ops.door_settings",
    }
    for arguments in (["migrate", "-v0"], ["shell", "-v0", "-c", SITE]):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "--workers", "1", "portal.wsgi"]
    with (folder / "log").open("w") as log:
        web = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_until_open(port, web)
            with front.nginx(folder, [port]) as address:
                yield SimpleNamespace(door=int(address.rpartition(":")[2]), inside=port, log=folder / "log")
        finally:
            web.terminate()
            web.wait(30)


def wait_until_open(port: int, web: subprocess.Popen) -> None:
    for _ in range(400):
        try:
            return ask(port, "/healthz")
        except OSError:
            assert web.poll() is None
            time.sleep(0.05)
    pytest.fail("gunicorn did not answer")


def ask(port: int, path: str, *, peer: str = "127.0.0.1", **headers: str) -> HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, source_address=(peer, 0), timeout=30)
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    connection.request("GET", path, headers={"Host": "portal.example.cn", **named})
    answer = connection.getresponse()
    answer.body = answer.read().decode()
    return answer


def through_gateway(house, path: str, client: str, **more: str) -> HTTPResponse:
    """What a client of the gateway is answered; the gateway stands on this machine and ends TLS."""
    return ask(house.door, path, X_Forwarded_For=client, X_Forwarded_Proto="https", **more)


def test_the_office_finds_the_admin(house):
    answer = through_gateway(house, f"{ADMIN}/", OFFICE)
    assert (answer.status, answer.headers["Location"]) == (302, "/guanli-2026/login/")


@pytest.mark.parametrize("path", ["/", "", "/login/", "/portal/user/", "/%6cogin/"])
def test_a_stranger_finds_the_same_as_at_an_address_that_never_was(house, path):
    shown, never = (through_gateway(house, one + path, STRANGER) for one in (ADMIN, "/niming"))
    assert (shown.status, never.status) == (404, 404)
    assert shown.headers.keys() == never.headers.keys()
    assert shown.headers["Content-Security-Policy"] == never.headers["Content-Security-Policy"]
    assert shown.body.replace(ADMIN, "/niming") == never.body


def test_the_usual_name_of_the_admin_leads_nowhere_once_it_has_another(house):
    assert through_gateway(house, "/admin/", OFFICE).status == 404


@pytest.mark.parametrize(
    "claimed",
    [f"{OFFICE}, {STRANGER}", f"127.0.0.1, {STRANGER}", f"{OFFICE},127.0.0.1,{STRANGER}", f"::1, {STRANGER}"],
)
def test_an_address_that_a_client_writes_before_its_own_opens_nothing(house, claimed):
    assert through_gateway(house, f"{ADMIN}/", claimed).status == 404


@pytest.mark.parametrize("port", ["door", "inside"])
@pytest.mark.parametrize("claimed", [OFFICE, "127.0.0.1", "::1", "garbage"])
def test_a_machine_that_is_no_proxy_opens_nothing_by_its_word(house, port, claimed):
    """Neither through nginx nor at gunicorn itself."""
    forged = {"X_Forwarded_For": claimed, "X_Forwarded_Proto": "https", "X_Real_IP": claimed}
    assert ask(getattr(house, port), f"{ADMIN}/", peer="127.0.0.2", **forged).status == 404


def test_the_machine_itself_finds_the_admin_with_nobody_in_between(house):
    assert ask(house.inside, f"{ADMIN}/", peer="127.0.0.2").status == 302


def test_a_proxy_that_names_nobody_opens_nothing(house):
    answer = ask(house.inside, f"{ADMIN}/", X_Forwarded_Proto="https")
    assert answer.status == 404


def test_only_the_gateway_says_that_the_way_is_safe(house):
    assert through_gateway(house, "/desk/", STRANGER).headers["Location"] == "/login/?next=/desk/"
    forged = ask(house.door, "/desk/", peer="127.0.0.2", X_Forwarded_Proto="https")
    assert forged.headers["Location"] == "https://portal.example.cn/desk/"


@pytest.mark.parametrize("header", ["SCRIPT_NAME", "PATH_INFO"])
def test_no_header_moves_a_request_to_another_address(house, header):
    connection = http.client.HTTPConnection("127.0.0.1", house.inside, timeout=30)
    connection.request("GET", "/healthz", headers={"Host": "portal.example.cn", header: f"{ADMIN}/"})
    assert connection.getresponse().status == 200


def test_the_container_asks_for_its_health_without_tls(house):
    assert ask(house.inside, "/healthz").body == "ok"


def test_the_log_names_the_strangers_own_address(house):
    through_gateway(house, f"{ADMIN}/portal/site/", "203.0.113.77")
    assert "203.0.113.77" in house.log.read_text()


def test_nginx_numbers_the_request_and_the_portal_answers_by_that_number(house):
    number = through_gateway(house, "/login/", OFFICE).headers["X-Request-ID"]
    forged = through_gateway(house, "/login/", OFFICE, X_Request_ID="0" * 32).headers["X-Request-ID"]
    assert (len(number), len(forged), forged == "0" * 32) == (32, 32, False)
    access = next(house.log.parent.glob("logs/access-*.log")).read_text()
    assert f"{OFFICE} - GET /login/ 200" in access
    assert number in access

"""The private servers of the tests: there while the command runs, gone afterwards, its exit code kept."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scripts import services, suite

ROOT = Path(__file__).resolve().parents[2]
TELL = "import json, os, sys; print(json.dumps(dict(os.environ))); sys.exit(7)"

needs_servers = pytest.mark.skipif(
    not (services.program("redis-server") and services.program("initdb")),
    reason="Redis or PostgreSQL is not installed",
)


@needs_servers
def test_servers_lead_the_command_to_themselves_and_keep_its_exit_code():
    command = [
        sys.executable,
        "scripts/services.py",
        "run",
        "postgres",
        "redis",
        "--",
        sys.executable,
        "-c",
        TELL,
    ]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90, check=False)
    told = json.loads(ended.stdout)
    redis_url, database_url = urlsplit(told["REDIS_URL"]), urlsplit(told["DATABASE_URL"])
    assert ended.returncode == 7
    assert (redis_url.scheme, database_url.scheme) == ("redis", "postgres")
    assert not services.answers_ping(redis_url.port)


@needs_servers
def test_server_is_stopped_when_the_work_beside_it_fails():
    ports = []

    def fail(environment):
        ports.append(urlsplit(environment["REDIS_URL"]).port)
        assert services.answers_ping(ports[0])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), services.redis() as environment:
        fail(environment)
    assert not services.answers_ping(ports[0])


@pytest.mark.skipif(not services.program("slapd"), reason="slapd is not installed")
def test_a_directory_answers_by_its_address_and_is_gone_afterwards():
    with services.slapd() as environment:
        port = urlsplit(environment["LDAP_URL"]).port
        assert services.answers(port)
    assert environment["LDAP_USER_BASE"] == "ou=people,dc=example,dc=cn"
    assert not services.answers(port)


def test_server_that_dies_at_once_shows_its_log(tmp_path, capsys):
    dying = ["sh", "-c", "echo no room left; exit 1"]
    with pytest.raises(ConnectionError), services.running(dying, str(tmp_path), 15) as alive:
        services.wait_until(lambda: False, alive)
    assert "no room left" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["run"], ["run", "mysql", "--", "true"], ["run", "redis", "--"]])
def test_services_explain_themselves_when_asked_wrongly(arguments, capsys):
    assert services.main(arguments) == 2
    assert "python scripts/services.py run" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("present", "titles"),
    [
        (set(), ["SQLite（内嵌默认）"]),
        ({"Redis"}, ["SQLite（内嵌默认）", "Redis"]),
        (
            {"PostgreSQL", "Redis", "Chromium"},
            ["SQLite（内嵌默认）", "PostgreSQL + Redis", "Chromium 浏览器"],
        ),
    ],
)
def test_suite_runs_what_the_present_services_allow(present, titles):
    assert [part.title for part in suite.parts(present)] == titles


@pytest.mark.parametrize(("needs_all", "exit_code", "verdict"), [(False, 0, "未测"), (True, 1, "失败")])
def test_suite_names_the_absent_and_fails_only_when_all_are_needed(
    monkeypatch, capsys, needs_all, exit_code, verdict
):
    monkeypatch.setattr(suite.services, "PROGRAMS", {"Redis": "no-such-program"})
    monkeypatch.setattr(suite, "PYTEST", ["true"])
    assert suite.main(needs_all) == exit_code
    assert capsys.readouterr().out.endswith(f"{verdict}  本机没有 Redis\n")


def test_suite_passes_on_the_exit_code_of_a_failing_part(monkeypatch, capsys):
    monkeypatch.setattr(suite.services, "PROGRAMS", {})
    monkeypatch.setattr(suite, "PYTEST", ["sh", "-c", "exit 3"])
    assert suite.main(False) == 3
    assert "失败（退出码 3）  SQLite" in capsys.readouterr().out


def test_install_script_says_what_is_absent_when_it_cannot_install(tmp_path):
    for name in ("dirname", "ls"):
        (tmp_path / name).symlink_to(shutil.which(name))
    script = ["/bin/sh", ROOT / "scripts/install-services.sh"]
    refused = subprocess.run(script, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "chromium redis-server" in refused.stderr
    assert "本机没有 apt-get" in refused.stderr
    assert "gcc" in refused.stderr


def test_suite_names_the_packages_of_single_sign_on_when_they_are_absent(monkeypatch, capsys):
    monkeypatch.setattr(suite.services, "PROGRAMS", {})
    monkeypatch.setattr(suite, "PYTEST", ["true"])
    monkeypatch.setattr(suite, "SIGN_ON", {"no_such_package"})
    assert (suite.main(False), suite.main(True)) == (0, 1)
    assert "未测  本机没有 单点登录的软件包（make setup-sso）" in capsys.readouterr().out


def test_suite_keeps_a_sign_on_of_this_machine_out_of_the_tests(monkeypatch):
    monkeypatch.setenv("LDAP_URL", "ldap://ldap.example.cn")
    part = suite.Part("", ["sh", "-c", 'test -z "${LDAP_URL:-}"'])
    suite.play(part)
    assert part.exit_code == 0

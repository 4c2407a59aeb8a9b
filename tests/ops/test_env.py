"""The environment: unset means the embedded default, a wrong value is one clear line and exit code 2."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path

import pytest

from portal.settings import env, sign_on
from portal.settings.sign_on import Directory, Provider
from portal.settings.values import Bucket, Redis

ROOT = Path(__file__).resolve().parents[2]
LONG_KEY = "k" * 50

RIGHT = [
    ("PORT", "8080", "port", 8080),
    ("PORT", "65535", "port", 65535),
    ("REDIS_URL", "redis://127.0.0.1:6379/0", "redis", Redis("redis://127.0.0.1:6379/0")),
    ("REDIS_URL", "rediss://:pass@cache/1", "redis", Redis("rediss://:pass@cache/1")),
    (
        "REDIS_URL",
        "sentinel://:p%40ss@s1:26379,s2:26380,s3/portal/2",
        "redis",
        Redis("", (("s1", 26379), ("s2", 26380), ("s3", 26379)), "portal", "p@ss", 2),
    ),
    ("REDIS_URL", "sentinel://s1/portal", "redis", Redis("", (("s1", 26379),), "portal")),
    (
        "MEDIA_URL_BACKEND",
        "s3://portal:a%2Fb@s3.example.cn:9000/media/fenju?region=cn-1",
        "bucket",
        Bucket("https://s3.example.cn:9000", "media", "fenju", "portal", "a/b", "cn-1"),
    ),
    (
        "MEDIA_URL_BACKEND",
        "s3+http://k:s@127.0.0.1:9000/media",
        "bucket",
        Bucket("http://127.0.0.1:9000", "media", "", "k", "s", "us-east-1"),
    ),
    ("SECRET_KEY", LONG_KEY, "secret_key", LONG_KEY),
    ("DATA_KEYS", f"{LONG_KEY}, {LONG_KEY[:40]}", "data_keys", (LONG_KEY, LONG_KEY[:40])),
    ("ALLOWED_HOSTS", "a.cn, .b.cn,[::1]", "allowed_hosts", ["a.cn", ".b.cn", "[::1]"]),
    ("ALLOWED_HOSTS", "*", "allowed_hosts", ["*"]),
    ("ADMIN_PATH", "/guanli-2026/", "admin_path", "guanli-2026"),
    ("ADMIN_NETWORKS", "10.0.0.0/8, ::1", "admin_networks", (ip_network("10.0.0.0/8"), ip_network("::1"))),
    ("METRICS_NETWORKS", "10.8.0.0/16", "metrics_networks", (ip_network("10.8.0.0/16"),)),
    ("LOG_FORMAT", "json", "log_format", "json"),
    ("TRUSTED_PROXIES", "127.0.0.1,unix", "trusted_proxies", (ip_network("127.0.0.1"), "unix")),
    ("TRUSTED_PROXIES", "fd00::/8", "trusted_proxies", (ip_network("fd00::/8"),)),
    ("OUTGOING_NETWORKS", "10.8.0.0/16", "outgoing_networks", (ip_network("10.8.0.0/16"),)),
    ("CLAMD_ADDRESS", "127.0.0.1:3310", "clamd_address", "127.0.0.1:3310"),
    ("CLAMD_ADDRESS", "/run/clamav/clamd.ctl", "clamd_address", "/run/clamav/clamd.ctl"),
    ("OA_FEED_URL", "http://oa.example.cn/feed?x=1", "oa_feed_url", "http://oa.example.cn/feed?x=1"),
    ("SELF_CHECK_URL", "http://127.0.0.1:8431/", "self_check_url", "http://127.0.0.1:8431"),
    (
        "REMINDER_WEBHOOK_URL",
        "https://im.example.cn/h?k=1",
        "reminder_webhook_url",
        "https://im.example.cn/h?k=1",
    ),
    ("BACKUP_KEY", LONG_KEY, "backup_key", LONG_KEY),
    (
        "BACKUP_OFFSITE",
        "sftp:backup@10.8.3.2:/srv/portal",
        "backup_offsite",
        "sftp:backup@10.8.3.2:/srv/portal",
    ),
    ("BACKUP_OFFSITE", "/mnt/offsite", "backup_offsite", "/mnt/offsite"),
    ("PGBACKREST", "pgbackrest --stanza=portal", "pgbackrest", ("pgbackrest", "--stanza=portal")),
]

WRONG = [
    ("PORT", "abc"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "-1"),
    ("PORT", "80.5"),
    ("PORT", "9" * 5000),
    ("PORT", "80\uff10\uff10"),
    ("DATABASE_URL", "portal"),
    ("DATABASE_URL", "mysql://u:p@localhost/portal"),
    ("DATABASE_URL", "postgres://localhost"),
    ("DATABASE_URL", "postgres://localhost:port/portal"),
    ("DATABASE_URL", "postgres://localhost:99999/portal"),
    ("DATABASE_URL", "postgres://[localhost/portal"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite://portal.sqlite3"),
    ("REDIS_URL", "localhost:6379"),
    ("BACKUP_KEY", "short"),
    ("BACKUP_OFFSITE", "backups"),
    ("PGBACKREST", "pg_dump --stanza=portal"),
    ("PGBACKREST", "pgbackrest"),
    ("REDIS_URL", "http://localhost:6379"),
    ("REDIS_URL", "redis://"),
    ("REDIS_URL", "redis://localhost:abc/0"),
    ("REDIS_URL", "redis://localhost/zero"),
    ("REDIS_URL", "sentinel://s1,s2"),
    ("REDIS_URL", "sentinel://s1,/portal"),
    ("REDIS_URL", "sentinel://s1:port/portal"),
    ("REDIS_URL", "sentinel://user:pass@s1/portal"),
    ("REDIS_URL", "sentinel://s1/portal/zero"),
    ("MEDIA_URL_BACKEND", "https://s3.example.cn/media"),
    ("MEDIA_URL_BACKEND", "s3://s3.example.cn/media"),
    ("MEDIA_URL_BACKEND", "s3://k:s@s3.example.cn"),
    ("MEDIA_URL_BACKEND", "s3://k:s@s3.example.cn/Media"),
    ("MEDIA_URL_BACKEND", "s3://k:s@s3.example.cn/media?acl=public-read"),
    ("DATABASE_REPLICA_URLS", "postgres://p@r1/portal"),
    ("DATABASE_REPLICA_URLS", "sqlite:////tmp/x.sqlite3"),
    ("SECRET_KEY", "short"),
    ("DATA_KEYS", f"{LONG_KEY},short"),
    ("ALLOWED_HOSTS", "http://portal.example.cn"),
    ("ALLOWED_HOSTS", "portal.example.cn:8000"),
    ("ALLOWED_HOSTS", "a.cn,,b.cn"),
    ("ALLOWED_HOSTS", "a.cn b.cn"),
    ("ADMIN_PATH", "后台"),
    ("ADMIN_PATH", "a/b"),
    ("ADMIN_PATH", "desk"),
    ("ADMIN_NETWORKS", "office"),
    ("ADMIN_NETWORKS", "10.0.0.1/8"),
    ("ADMIN_NETWORKS", "10.0.0.0/40"),
    ("TRUSTED_PROXIES", "nginx"),
    ("TRUSTED_PROXIES", "127.0.0.1,"),
    ("TRUSTED_PROXIES", "10.8.0.5/16"),
    ("TRUSTED_PROXIES", "unix:/run/portal.sock"),
    ("TRUSTED_PROXIES", "0.0.0.0/0"),
    ("TRUSTED_PROXIES", "127.0.0.1,::/0"),
    ("OUTGOING_NETWORKS", "10.8.0.5/16"),
    ("CLAMD_ADDRESS", "localhost"),
    ("CLAMD_ADDRESS", "localhost:99999"),
    ("CLAMD_ADDRESS", "clamd.ctl"),
    ("EMAIL_URL", "mail.example.cn"),
    ("EMAIL_URL", "smtp://"),
    ("EMAIL_URL", "smtp://mail.example.cn:x"),
    ("EMAIL_URL", "filemail://"),
    ("OA_FEED_URL", "ftp://oa.example.cn"),
    ("SELF_CHECK_URL", "http://10.0.0.5:8000"),
    ("SELF_CHECK_URL", "http://127.0.0.1:8000/s/nanhu/"),
    ("REMINDER_WEBHOOK_URL", "file:///etc/passwd"),
    ("OA_FEED_URL", "oa.example.cn/feed"),
    ("LDAP_URL", "ldap.example.cn"),
    ("LDAP_URL", "http://ldap.example.cn"),
    ("LDAP_URL", "ldap://portal:pw@ldap.example.cn"),
    ("LDAP_URL", "ldap://ldap.example.cn/dc=example"),
    ("LDAP_USER_BASE", "people"),
    ("LDAP_BIND_DN", "portal"),
    ("LDAP_USER_FILTER", "uid=%(user)s"),
    ("LDAP_USER_FILTER", "(uid=%s)"),
    ("LDAP_USER_FILTER", "(uid=x)"),
    ("LDAP_USER_FILTER", "((uid=%(user)s)"),
    ("LDAP_STARTTLS", "maybe"),
    ("LDAP_CREATES", "2"),
    ("LDAP_ATTRIBUTES", "uid"),
    ("LDAP_ATTRIBUTES", "is_superuser=admin"),
    ("LDAP_ATTRIBUTES", "name=c n"),
    ("LDAP_ATTRIBUTES", "staff_number="),
    ("OIDC_ISSUER", "sso.example.cn"),
    ("OIDC_TOKEN_ENDPOINT", "/token"),
    ("OIDC_STAFF_NUMBER_CLAIM", "a b"),
    ("OIDC_NAME", "名" * 21),
    ("OIDC_CREATES", "ja"),
    ("VAR_DIR", "/dev/null"),
    ("VAR_DIR", "/proc/portal"),
]


@pytest.mark.parametrize(("name", "text", "field", "expected"), RIGHT)
def test_env_reads_right_value(tmp_path, name, text, field, expected):
    assert getattr(env.read({"VAR_DIR": str(tmp_path), name: text}), field) == expected


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_env_stops_at_wrong_value_with_one_line(tmp_path, capsys, name, text):
    with pytest.raises(SystemExit) as stopped:
        env.read({"VAR_DIR": str(tmp_path), name: text})
    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert said.startswith(f"配置错误：{name}")
    assert said.count("\n") == 1
    assert "应为" in said or "应有" in said or "太短" in said or "另取" in said or "不能作为数据目录" in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DATABASE_URL", "mysql://portal:hunter2@db/portal"),
        ("SECRET_KEY", "hunter2"),
        ("DATA_KEYS", "hunter2"),
        ("EMAIL_URL", "x://a:hunter2@b"),
        ("LDAP_URL", "ldap://portal:hunter2@ldap"),
        ("LDAP_BIND_PASSWORD", "hunter2"),
        ("OIDC_CLIENT_SECRET", "hunter2"),
    ],
)
def test_env_never_repeats_a_secret(tmp_path, capsys, name, text):
    with pytest.raises(SystemExit):
        env.read({"VAR_DIR": str(tmp_path), name: text})
    assert "hunter2" not in capsys.readouterr().err


@pytest.mark.parametrize("text", [None, "", "  "])
def test_env_unset_or_empty_is_the_embedded_default(tmp_path, text):
    names = ["PORT", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "ADMIN_PATH"]
    values = {} if text is None else dict.fromkeys(names, text)
    assert env.read({"VAR_DIR": str(tmp_path), **values}) == env.Env(
        var_dir=tmp_path,
        port=8000,
        database={"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "portal.sqlite3")},
        replicas=(),
        redis=None,
        bucket=None,
        secret_key=None,
        data_keys=(),
        allowed_hosts=[".localhost", "127.0.0.1", "[::1]"],
        is_hosts_named=False,
        email={},
        admin_path="admin",
        admin_networks=(),
        metrics_networks=(),
        log_format="lines",
        trusted_proxies=(),
        outgoing_networks=(),
        clamd_address=None,
        oa_feed_url=None,
        self_check_url="http://127.0.0.1:8000",
        is_self_check_named=False,
        backup_dir=tmp_path / "backups",
        backup_key=None,
        backup_offsite=None,
        pgbackrest=(),
        reminder_webhook_url=None,
        ldap=None,
        oidc=None,
    )


def test_env_reads_postgres_with_quoted_password_and_options(tmp_path):
    url = "postgres://portal:p%40ss@db:5433/portal?sslmode=require"
    assert env.read({"VAR_DIR": str(tmp_path), "DATABASE_URL": url}).database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "portal",
        "USER": "portal",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
    }


def test_env_reads_sqlite_file_elsewhere(tmp_path):
    read = env.read({"VAR_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/other.sqlite3"})
    assert read.is_sqlite
    assert read.database == {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{tmp_path}/other.sqlite3"}


def test_env_reads_mail_server(tmp_path):
    url = "smtp+ssl://portal%40example.cn:secret@mail.example.cn:465"
    assert env.read({"VAR_DIR": str(tmp_path), "EMAIL_URL": url}).email == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.cn",
        "EMAIL_HOST_USER": "portal@example.cn",
        "EMAIL_HOST_PASSWORD": "secret",
        "EMAIL_PORT": 465,
        "EMAIL_USE_SSL": True,
    }


def test_env_makes_the_data_folder(tmp_path):
    assert env.read({"VAR_DIR": str(tmp_path / "a" / "b")}).var_dir.is_dir()


def test_secret_key_is_made_once_and_private(tmp_path):
    first = env.secret_key(tmp_path)
    assert env.secret_key(tmp_path) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_secret_key_is_the_same_for_all_that_start_at_once(tmp_path):
    with ThreadPoolExecutor(8) as starts:
        assert len(set(starts.map(env.secret_key, [tmp_path] * 32))) == 1


def test_secret_key_cut_short_stops_the_start(tmp_path, capsys):
    (tmp_path / "secret_key").write_text("half")
    with pytest.raises(SystemExit) as stopped:
        env.secret_key(tmp_path)
    assert stopped.value.code == 2
    assert "内容不完整" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["-m", "gunicorn", "-c", "deploy/gunicorn.py", "portal.wsgi"],
        ["-m", "celery", "-A", "portal", "worker", "-P", "threads", "-c", "1"],
    ],
    ids=["manage", "web", "worker"],
)
def test_wrong_value_stops_every_entrance_without_traceback(tmp_path, command):
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "PORT": "abc",
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
    }
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.stderr.splitlines()[-1] == "配置错误：PORT=abc 应为 1–65535 的整数"
    assert "Traceback" not in ended.stderr + ended.stdout
    assert ended.returncode == 2


LDAP = {"LDAP_URL": "ldaps://ldap.example.cn", "LDAP_USER_BASE": "ou=people,dc=example,dc=cn"}
OIDC = {"OIDC_ISSUER": "https://sso.example.cn", "OIDC_CLIENT_ID": "portal", "OIDC_CLIENT_SECRET": "s"}


def test_env_reads_a_directory_with_what_is_usual(tmp_path):
    assert env.read({"VAR_DIR": str(tmp_path), **LDAP}).ldap == Directory(
        url="ldaps://ldap.example.cn", user_base="ou=people,dc=example,dc=cn"
    )


def test_env_reads_a_directory_that_is_unlike_others(tmp_path):
    more = {
        "LDAP_URL": "ldap://ldap.example.cn:3389", "LDAP_BIND_DN": "cn=门户,dc=example", "LDAP_BIND_PASSWORD": "x",
        "LDAP_USER_FILTER": "(&(objectClass=person)(sAMAccountName=%(user)s))", "LDAP_STARTTLS": "1",
        "LDAP_ATTRIBUTES": "staff_number=sAMAccountName, name=displayName, title=", "LDAP_CREATES": "yes",
    }  # fmt: skip
    read = env.read({"VAR_DIR": str(tmp_path), **LDAP, **more}).ldap
    assert (read.starttls, read.creates, read.bind_dn) == (True, True, "cn=门户,dc=example")
    assert read.attributes == {
        "staff_number": "sAMAccountName", "name": "displayName", "department": "departmentNumber", "email": "mail",
        "phone": "telephoneNumber",
    }  # fmt: skip


def test_env_reads_a_provider(tmp_path):
    more = {"OIDC_TOKEN_ENDPOINT": "https://sso.example.cn/t", "OIDC_NAME": "市局统一门户"}
    assert env.read({"VAR_DIR": str(tmp_path), **OIDC, **more}).oidc == Provider(
        issuer="https://sso.example.cn", client_id="portal", client_secret="s",
        endpoints={"token": "https://sso.example.cn/t"}, name="市局统一门户",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("half", "said"),
    [
        ({"LDAP_URL": LDAP["LDAP_URL"]}, "LDAP_URL 与 LDAP_USER_BASE 须同时设置"),
        ({"LDAP_USER_BASE": LDAP["LDAP_USER_BASE"]}, "LDAP_URL 与 LDAP_USER_BASE 须同时设置"),
        ({**LDAP, "LDAP_BIND_DN": "cn=portal"}, "LDAP_BIND_DN 与 LDAP_BIND_PASSWORD 须同时设置"),
        ({**LDAP, "LDAP_STARTTLS": "1"}, "LDAP_STARTTLS 只用于 ldap://"),
        ({"OIDC_ISSUER": "https://sso"}, "OIDC_ISSUER、OIDC_CLIENT_ID 与 OIDC_CLIENT_SECRET 须同时设置"),
        ({"OIDC_TOKEN_ENDPOINT": "https://sso/t"}, "设置了 OIDC 的端点，还须设置 OIDC_ISSUER"),
    ],
)
def test_env_half_a_sign_on_stops_the_start(tmp_path, capsys, half, said):
    with pytest.raises(SystemExit) as stopped:
        env.read({"VAR_DIR": str(tmp_path), **half})
    told = capsys.readouterr().err
    assert (stopped.value.code, told.count("\n")) == (2, 1)
    assert said in told


@pytest.mark.parametrize(
    ("ldap", "oidc", "said"),
    [
        (None, None, ""),
        (
            Directory("ldap://x", "dc=x"),
            None,
            "设置了 LDAP_URL，但没有安装单点登录的软件包：请运行 make setup-sso",
        ),
        (
            None,
            Provider("https://x", "a", "b"),
            "设置了 OIDC_ISSUER，但没有安装单点登录的软件包：请运行 make setup-sso",
        ),
    ],
)
def test_a_sign_on_without_its_package_is_one_clear_line(monkeypatch, ldap, oidc, said):
    monkeypatch.setattr(sign_on, "find_spec", lambda name: None)
    assert sign_on.lacking_packages(ldap, oidc) == said


@pytest.mark.parametrize(
    ("ldap", "oidc", "is_safe"),
    [
        (Directory("ldap://ldap.example.cn", "dc=x"), None, False),
        (Directory("ldap://ldap.example.cn", "dc=x", starttls=True), None, True),
        (Directory("ldaps://ldap.example.cn", "dc=x"), None, True),
        (Directory("ldap://127.0.0.1:3389", "dc=x"), None, True),
        (None, Provider("http://sso.example.cn", "a", "b"), False),
        (None, Provider("https://sso.example.cn", "a", "b", {"token": "http://sso.example.cn/t"}), False),
        (None, Provider("https://sso.example.cn", "a", "b"), True),
    ],
)
def test_production_lets_no_password_travel_in_the_clear(ldap, oidc, is_safe):
    assert (sign_on.in_the_clear(ldap, oidc) == "") is is_safe


def test_secrets_of_a_sign_on_are_not_shown_when_it_is_printed():
    directory, provider = (
        Directory("ldap://x", "dc=x", bind_password="hunter2"),
        Provider("https://x", "a", "hunter2"),
    )
    assert "hunter2" not in f"{directory!r}{provider!r}"

"""The machine and what runs on it: disk, database, clock, version, certificate."""

import shutil
import socket
import ssl
import tomllib
from datetime import timedelta
from functools import cache as keep
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.template.defaultfilters import filesizeformat

from portal import clock, watch
from portal.enums import Health
from portal.house import probes
from portal.sweeps import sweep
from portal.watch import Reading

CERTIFICATE, CERTIFICATE_KEPT = "certificate-ends", 26 * 3600


@keep
def version() -> str:
    """As pyproject.toml says."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]["version"]


def disk() -> Reading:
    usage = shutil.disk_usage(settings.VAR_DIR)
    free = usage.free * 100 / usage.total
    state = watch.worse_when_lower(free, "disk_free")
    words = f"剩余 {free:.0f}%（{filesizeformat(usage.free)}，共 {filesizeformat(usage.total)}）"
    action = "" if state == Health.OK else "清理或扩充数据目录所在的磁盘"
    return Reading(state, words, action, value=usage.free)


def database() -> Reading:
    size = database_bytes()
    return Reading(Health.OK, f"{connection.display_name}，{filesizeformat(size)}", value=size)


def database_bytes() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return cursor.fetchone()[0]


def clocks() -> Reading:
    """Between this machine and the one of the database: limits are counted by both."""
    if connection.vendor != "postgresql":
        return Reading(Health.OK, "数据库在本机，时钟一致", value=0)
    with connection.cursor() as cursor:
        before = clock.now()
        cursor.execute("SELECT clock_timestamp()")
        there = cursor.fetchone()[0]
        here = before + (clock.now() - before) / 2
    apart = abs((there - here).total_seconds())
    state = watch.worse_when_higher(apart, "clock_seconds")
    action = "" if state == Health.OK else "核对两台机器的时间同步（chrony 或 ntpd）"
    return Reading(state, f"与数据库相差 {apart:.1f} 秒", action, value=apart)


def tables() -> Reading:
    pending = probes.pending_migrations()
    if not pending:
        return Reading(Health.OK, f"程序 {version()}，数据表与程序一致", value=0)
    words = f"程序 {version()}，有 {len(pending)} 项数据表更新没有执行"
    return Reading(Health.RED, words, "执行 manage.py prepare，再重新启动", value=len(pending))


def parts() -> Reading:
    """Cache and broker answer."""
    names = {"cache": "缓存", "broker": "消息队列", "disk": "数据目录"}
    failed = [label for name, label in names.items() if not _answers(name)]
    if failed:
        return Reading(Health.RED, f"{'、'.join(failed)}没有应答", "核对 Redis 和数据目录的权限")
    return Reading(Health.OK, "缓存、消息队列、数据目录都有应答")


def certificate() -> Reading:
    """As `look_at_certificate` found it last."""
    if public_host() is None:
        return Reading(Health.OK, "没有设置 https 的 SELF_CHECK_URL，不检查证书")
    found = cache.get(CERTIFICATE)
    if found is None:
        return Reading(Health.AMBER, "还没有读到证书", "核对 SELF_CHECK_URL 能否从本机打开")
    ends, is_trusted = found
    days = (ends - clock.now()) / timedelta(days=1)
    state = watch.worse_when_lower(days, "certificate_days")
    words = f"{clock.local(ends):%Y年%-m月%-d日} 到期，还有 {days:.0f} 天" if days >= 0 else "已经过期"
    if not is_trusted and days >= 0:
        state, words = Health.RED, f"{words}；但不被信任（域名不符或缺中间证书）"
    return Reading(state, words, "" if state == Health.OK else "更换网关上的证书", value=days * 86400)


@sweep("look_at_certificate", every=timedelta(hours=6), label="检查证书")
def look_at_certificate() -> int:
    """Read the certificate of the portal's own public address. Returns 1 when there is one."""
    if (host := public_host()) is None:
        return 0
    text = ssl.get_server_certificate(host, timeout=10)
    ends = x509.load_pem_x509_certificate(text.encode()).not_valid_after_utc
    cache.set(CERTIFICATE, (ends, _is_trusted(host)), CERTIFICATE_KEPT)
    return 1


def public_host() -> tuple[str, int] | None:
    """Host and port of SELF_CHECK_URL, which only ever names the portal itself; None where it is not https."""
    parts = urlsplit(settings.SELF_CHECK_URL or "")
    return (str(parts.hostname), parts.port or 443) if parts.scheme == "https" else None


def _is_trusted(host: tuple[str, int]) -> bool:
    context = ssl.create_default_context()
    try:
        with (
            socket.create_connection(host, timeout=10) as plain,
            context.wrap_socket(plain, server_hostname=host[0]),
        ):
            return True
    except ssl.SSLError:
        return False


def _answers(name: str) -> bool:
    try:
        return probes.READY[name]()
    except Exception:  # whatever a driver raises
        return False

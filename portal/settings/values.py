"""Readers of single values of the environment: the checked value, or `Wrong` with what it should have been."""

import contextlib
import os
import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import environ

EMAIL_SCHEMES = ("smtp", "smtps", "smtp+tls", "smtp+ssl", "filemail", "consolemail", "dummymail")
HOST = re.compile(r"\*|\[[0-9a-fA-F:.]+\]|\.?[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)*")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAKEN = re.compile("a|c|s|desk|feeds|files|healthz|help|login|logout|media|metrics|oidc|readyz|search|static")
SECRET_LENGTH = 32
SENTINEL_PORT = 26379
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


class Wrong(ValueError):
    """Says what a value should have been."""


def folder(text: str) -> Path:
    folder = Path(text).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Wrong("不能作为数据目录：无法创建，或者它不是目录") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Wrong("不能作为数据目录：没有写入权限")
    return folder


def port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise Wrong("应为 1–65535 的整数")
    return int(text)


def address(text: str, schemes: Iterable[str], wrong: str, needs_host: bool = True) -> SplitResult:
    """The parts of an address of one of `schemes`, its port checked."""
    try:
        parts = urlsplit(text)
        known = parts.scheme in schemes and parts.port != 0
    except ValueError:
        raise Wrong(wrong) from None
    if not known or any(character.isspace() for character in text) or (needs_host and not parts.hostname):
        raise Wrong(wrong)
    return parts


def database(text: str) -> dict[str, Any]:
    wrong = "应为 postgres://用户:口令@主机:端口/库名，或 sqlite:////文件的绝对路径"
    parts = address(text, ("postgres", "postgresql", "sqlite"), wrong, needs_host=False)
    if not parts.path.strip("/") or (parts.scheme == "sqlite" and parts.netloc):
        raise Wrong(wrong)
    config = environ.Env.db_url_config(text)
    return {name: setting for name, setting in config.items() if setting != ""}


def is_postgres(text: str) -> bool:
    return "postgresql" in database(text)["ENGINE"]


def replicas(text: str) -> tuple[dict[str, Any], ...]:
    """Read-only copies of the PostgreSQL that DATABASE_URL names."""
    found = tuple(database(one.strip()) for one in text.split(","))
    if any("postgresql" not in one["ENGINE"] for one in found):
        raise Wrong("应为逗号分隔的 PostgreSQL 只读副本地址，写法同 DATABASE_URL")
    return found


@dataclass(frozen=True)
class Redis:
    """One server at `url`, or the master called `master` that any of the `sentinels` knows."""

    url: str = ""
    sentinels: tuple[tuple[str, int], ...] = ()
    master: str = ""
    password: str = ""
    database: int = 0


def redis(text: str) -> Redis:
    wrong = "应为 redis://主机:端口/库号，或 sentinel://:口令@主机:26379,主机:26379/主库名/库号"
    if text.startswith("sentinel://"):
        return _sentinels(text, wrong)
    parts = address(text, ("redis", "rediss"), wrong)
    if not re.fullmatch(r"/?\d*", parts.path):
        raise Wrong(wrong)
    return Redis(url=text)


def _sentinels(text: str, wrong: str) -> Redis:
    netloc, _, path = text.removeprefix("sentinel://").partition("/")
    login, _, names = netloc.rpartition("@")
    master, _, number = path.partition("/")
    user, _, password = login.partition(":")
    hosts = [address(f"redis://{name}", ("redis",), wrong) for name in names.split(",")]
    if user or not re.fullmatch(r"[\w.-]+", master) or not re.fullmatch(r"\d{0,3}", number):
        raise Wrong(wrong)
    sentinels = tuple((str(host.hostname), host.port or SENTINEL_PORT) for host in hosts)
    return Redis("", sentinels, master, unquote(password), int(number or 0))


@dataclass(frozen=True)
class Bucket:
    """Where files are kept on storage that speaks S3; `folder` lets several portals share a bucket."""

    endpoint: str
    name: str
    folder: str
    key: str
    secret: str
    region: str


def bucket(text: str) -> Bucket:
    wrong = "应为 s3://访问键:密钥@主机:端口/桶/目录?region=地区（经 http 的写 s3+http://；键和密钥中的符号须转义）"
    parts = address(text, ("s3", "s3+http"), wrong)
    name, _, folder = parts.path.strip("/").partition("/")
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    region = asked.pop("region", "us-east-1")
    if not (parts.username and parts.password and BUCKET.fullmatch(name)) or asked or parts.fragment:
        raise Wrong(wrong)
    host = parts.netloc.rpartition("@")[2]
    endpoint = f"{'http' if parts.scheme == 's3+http' else 'https'}://{host}"
    return Bucket(endpoint, name, folder, unquote(parts.username), unquote(parts.password), region)


def secret(text: str) -> str:
    if len(text) < SECRET_LENGTH:
        raise Wrong(f"太短：至少 {SECRET_LENGTH} 个字符，而且要随机")
    return text


def secrets(text: str) -> tuple[str, ...]:
    """The newest first: it encrypts, the others still read."""
    found = tuple(one.strip() for one in text.split(","))
    if any(len(one) < SECRET_LENGTH for one in found):
        raise Wrong(f"应为逗号分隔的密钥，新的在前，每个至少 {SECRET_LENGTH} 个字符，而且要随机")
    return found


def hosts(text: str) -> list[str]:
    hosts = [host.strip() for host in text.split(",")]
    if not all(HOST.fullmatch(host) for host in hosts):
        raise Wrong("应为逗号分隔的主机名，不带 http:// 和端口，如 portal.example.cn,.example.cn")
    return hosts


def email(text: str) -> dict[str, Any]:
    wrong = "应为 smtp://用户:口令@主机:端口（smtp+tls、smtp+ssl 同此），或 filemail:////目录、consolemail://"
    parts = address(text, EMAIL_SCHEMES, wrong, needs_host=text.startswith("smtp"))
    if parts.scheme == "filemail" and not parts.path.strip("/"):
        raise Wrong(wrong)
    config = environ.Env.email_url_config(text)
    return {name: setting for name, setting in config.items() if name != "OPTIONS" and setting}


def admin_path(text: str) -> str:
    path = text.strip("/")
    if not SLUG.fullmatch(path):
        raise Wrong("应为小写字母、数字和连字符，如 guanli-2026")
    if TAKEN.fullmatch(path):
        raise Wrong("已是门户的其他地址，请另取一个")
    return path


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(network.strip()) for network in text.split(","))
    except ValueError:
        raise Wrong("应为逗号分隔的网段，如 10.8.0.0/16,192.168.1.0/24（主机位为 0）") from None


def proxies(text: str) -> tuple[IPv4Network | IPv6Network | str, ...]:
    """Networks of proxies whose word is taken; `unix` stands for whoever connects by a socket file."""
    wrong = "应为逗号分隔的代理网段，如 127.0.0.1,10.8.0.5（主机位为 0）；经套接字文件连接的写 unix"
    names = [name.strip() for name in text.split(",")]
    try:
        found = tuple(name if name == "unix" else ip_network(name) for name in names)
    except ValueError:
        raise Wrong(wrong) from None
    if any(network != "unix" and network.prefixlen == 0 for network in found):
        raise Wrong("应为代理自己的地址：信任所有地址，就是允许任何人冒充任何地址")
    return found


def clamd(text: str) -> str:
    if not text.startswith("/"):
        address(f"tcp://{text}", ("tcp",), wrong := "应为 主机:端口，或套接字文件的绝对路径")
        if not re.fullmatch(r".+:\d+", text) or "/" in text:
            raise Wrong(wrong)
    return text


def web_address(text: str) -> str:
    address(text, ("http", "https"), "应为 http:// 或 https:// 开头的网址")
    return text


def repository(text: str) -> str:
    """A second home of the backups: a folder on another disk or machine, or an address that restic knows."""
    if not text.startswith("/") and not re.match(r"(sftp|rest|s3|b2|azure|gs|swift|rclone):.", text):
        raise Wrong("应为目录的绝对路径，或 restic 认识的地址，如 sftp:用户@主机:/目录、s3:https://主机/桶")
    return text


def pgbackrest(text: str) -> tuple[str, ...]:
    """How pgBackRest is called: its words, with the stanza and whatever makes it run as postgres."""
    words = tuple(shlex.split(text))
    if not any(Path(word).name == "pgbackrest" for word in words) or "--stanza" not in text:
        raise Wrong("应为调用 pgBackRest 的整条命令，如 sudo -n -u postgres pgbackrest --stanza=portal")
    return words


def own_address(text: str, hosts: Iterable[str]) -> str:
    """Where the portal itself answers: on this machine, or under one of its own host names, never elsewhere."""
    wrong = "应为门户自己的地址，如 http://127.0.0.1:8000；主机限本机或 ALLOWED_HOSTS 中写明的，不带路径"
    parts = address(text, ("http", "https"), wrong)
    is_bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    if not is_bare or not is_own_host(str(parts.hostname), hosts):
        raise Wrong(wrong)
    return text.rstrip("/")


def is_own_host(host: str, hosts: Iterable[str]) -> bool:
    """Whether `host` is this machine or is named in `hosts` (a leading dot stands for all below); `*` names nobody."""
    host = host.lower().strip("[]")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with contextlib.suppress(ValueError):
        if ip_address(host).is_loopback:
            return True
    names = [one.lower().strip("[]") for one in hosts if one != "*"]
    return any(
        host == one or (one.startswith(".") and (host.endswith(one) or host == one[1:])) for one in names
    )


def switch(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in known:
        raise Wrong("应为 1 或 0")
    return known[text.lower()]


def log_format(text: str) -> str:
    if text not in ("lines", "json"):
        raise Wrong("应为 lines（供人阅读）或 json（一行一个 JSON）")
    return text


def short(text: str) -> str:
    if len(text) > 20:
        raise Wrong("应为不超过 20 字的名称")
    return text

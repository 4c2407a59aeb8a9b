"""The environment, read once and checked: each variable of the 12-factor contract has its one reader here.

Unset or empty means the embedded default. A wrong value stops the start with one line and exit code 2,
before anything else runs. Secrets and addresses that carry a password are not repeated in that line.
"""

import contextlib
import os
import re
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
EMBEDDED_HOSTS = [".localhost", "127.0.0.1", "[::1]"]
POSTGRES, SQLITE = "django.db.backends.postgresql", "django.db.backends.sqlite3"
SECRET_KEY_LENGTH = 32
UNTOLD = {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "OA_FEED_URL"}
EMAIL_SCHEMES = ("smtp", "smtps", "smtp+tls", "smtp+ssl", "filemail", "consolemail", "dummymail")
HOST = re.compile(r"\*|\[[0-9a-fA-F:.]+\]|\.?[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)*")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAKEN = re.compile("a|c|s|desk|feeds|files|healthz|help|login|logout|media|metrics|readyz|search|static")


class _Wrong(ValueError):
    """Says what a value should have been."""


@dataclass(frozen=True)
class Env:
    """What the environment asks for; `None` or nothing stands for the embedded default."""

    var_dir: Path
    port: int
    database: dict[str, Any]
    redis_url: str | None
    secret_key: str | None
    allowed_hosts: list[str]
    is_hosts_named: bool
    email: dict[str, Any]
    admin_path: str
    admin_networks: tuple[IPv4Network | IPv6Network, ...]
    trusted_proxies: tuple[IPv4Network | IPv6Network | str, ...]
    clamd_address: str | None
    oa_feed_url: str | None

    @property
    def is_sqlite(self) -> bool:
        return self.database["ENGINE"] == SQLITE


def read(environment: Mapping[str, str]) -> Env:
    """The checked values of `environment`; makes the data folder, exits at the first wrong value."""

    def value(name: str, reader: Callable[[str], Any], default: Any = None) -> Any:
        text = environment.get(name, "").strip()
        try:
            return reader(text) if text else default
        except _Wrong as wrong:
            stop(f"{name} {wrong}" if name in UNTOLD else f"{name}={text[:60]} {wrong}")

    var_dir = value("VAR_DIR", _folder) or _folder(str(BASE_DIR / "var"))
    hosts = value("ALLOWED_HOSTS", _hosts)
    return Env(
        var_dir=var_dir,
        port=value("PORT", _port, 8000),
        database=value(
            "DATABASE_URL", _database, {"ENGINE": SQLITE, "NAME": str(var_dir / "portal.sqlite3")}
        ),
        redis_url=value("REDIS_URL", _redis),
        secret_key=value("SECRET_KEY", _secret),
        allowed_hosts=hosts or EMBEDDED_HOSTS,
        is_hosts_named=hosts is not None,
        email=value("EMAIL_URL", _email, {}),
        admin_path=value("ADMIN_PATH", _admin_path, "admin"),
        admin_networks=value("ADMIN_NETWORKS", _networks, ()),
        trusted_proxies=value("TRUSTED_PROXIES", _proxies, ()),
        clamd_address=value("CLAMD_ADDRESS", _clamd),
        oa_feed_url=value("OA_FEED_URL", _web_address),
    )


def stop(message: str) -> NoReturn:
    """Ends the start: one line for the person at the console, exit code 2, no traceback."""
    print(f"配置错误：{message}", file=sys.stderr, flush=True)
    raise SystemExit(2)


def secret_key(var_dir: Path) -> str:
    """The key kept in `var_dir/secret_key`, made on the first start; of two first starts at once one wins."""
    kept = var_dir / "secret_key"
    try:
        if not kept.exists():
            _keep_new_key(kept)
        key = kept.read_text("ascii").strip()
    except (OSError, ValueError) as error:
        stop(f"无法读写密钥文件 {kept}（{error}）")
    if len(key) < SECRET_KEY_LENGTH:
        stop(f"密钥文件 {kept} 内容不完整；删除后重新启动会生成新的密钥，所有人须重新登录")
    return key


def _keep_new_key(kept: Path) -> None:
    handle, draft = tempfile.mkstemp(dir=kept.parent)  # 0600 from its first moment
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, kept)
    finally:
        os.unlink(draft)


def _folder(text: str) -> Path:
    folder = Path(text).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise _Wrong("不能作为数据目录：无法创建，或者它不是目录") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _Wrong("不能作为数据目录：没有写入权限")
    return folder


def _port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise _Wrong("应为 1–65535 的整数")
    return int(text)


def _address(text: str, schemes: Iterable[str], wrong: str, needs_host: bool = True) -> SplitResult:
    """The parts of an address of one of `schemes`, its port checked."""
    try:
        parts = urlsplit(text)
        known = parts.scheme in schemes and parts.port != 0
    except ValueError:
        raise _Wrong(wrong) from None
    if not known or any(character.isspace() for character in text) or (needs_host and not parts.hostname):
        raise _Wrong(wrong)
    return parts


def _database(text: str) -> dict[str, Any]:
    wrong = "应为 postgres://用户:口令@主机:端口/库名，或 sqlite:////文件的绝对路径"
    parts = _address(text, ("postgres", "postgresql", "sqlite"), wrong, needs_host=False)
    if not parts.path.strip("/") or (parts.scheme == "sqlite" and parts.netloc):
        raise _Wrong(wrong)
    config = environ.Env.db_url_config(text)
    return {name: setting for name, setting in config.items() if setting != ""}


def _redis(text: str) -> str:
    wrong = "应为 redis://主机:端口/库号"
    parts = _address(text, ("redis", "rediss"), wrong)
    if not re.fullmatch(r"/?\d*", parts.path):
        raise _Wrong(wrong)
    return text


def _secret(text: str) -> str:
    if len(text) < SECRET_KEY_LENGTH:
        raise _Wrong(f"太短：至少 {SECRET_KEY_LENGTH} 个字符，而且要随机")
    return text


def _hosts(text: str) -> list[str]:
    hosts = [host.strip() for host in text.split(",")]
    if not all(HOST.fullmatch(host) for host in hosts):
        raise _Wrong("应为逗号分隔的主机名，不带 http:// 和端口，如 portal.example.cn,.example.cn")
    return hosts


def _email(text: str) -> dict[str, Any]:
    wrong = "应为 smtp://用户:口令@主机:端口（smtp+tls、smtp+ssl 同此），或 filemail:////目录、consolemail://"
    parts = _address(text, EMAIL_SCHEMES, wrong, needs_host=text.startswith("smtp"))
    if parts.scheme == "filemail" and not parts.path.strip("/"):
        raise _Wrong(wrong)
    config = environ.Env.email_url_config(text)
    return {name: setting for name, setting in config.items() if name != "OPTIONS" and setting}


def _admin_path(text: str) -> str:
    path = text.strip("/")
    if not SLUG.fullmatch(path):
        raise _Wrong("应为小写字母、数字和连字符，如 guanli-2026")
    if TAKEN.fullmatch(path):
        raise _Wrong("已是门户的其他地址，请另取一个")
    return path


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(network.strip()) for network in text.split(","))
    except ValueError:
        raise _Wrong("应为逗号分隔的网段，如 10.8.0.0/16,192.168.1.0/24（主机位为 0）") from None


def _proxies(text: str) -> tuple[IPv4Network | IPv6Network | str, ...]:
    """Networks of proxies whose word is taken; `unix` stands for whoever connects by a socket file."""
    wrong = "应为逗号分隔的代理网段，如 127.0.0.1,10.8.0.5（主机位为 0）；经套接字文件连接的写 unix"
    names = [name.strip() for name in text.split(",")]
    try:
        found = tuple(name if name == "unix" else ip_network(name) for name in names)
    except ValueError:
        raise _Wrong(wrong) from None
    if any(network != "unix" and network.prefixlen == 0 for network in found):
        raise _Wrong("应为代理自己的地址：信任所有地址，就是允许任何人冒充任何地址")
    return found


def _clamd(text: str) -> str:
    if not text.startswith("/"):
        _address(f"tcp://{text}", ("tcp",), wrong := "应为 主机:端口，或套接字文件的绝对路径")
        if not re.fullmatch(r".+:\d+", text) or "/" in text:
            raise _Wrong(wrong)
    return text


def _web_address(text: str) -> str:
    _address(text, ("http", "https"), "应为 http:// 或 https:// 开头的网址")
    return text

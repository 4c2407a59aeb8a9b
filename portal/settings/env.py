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

from portal.settings.sign_on import ATTRIBUTES, Directory, Provider

BASE_DIR = Path(__file__).resolve().parent.parent.parent
EMBEDDED_HOSTS = [".localhost", "127.0.0.1", "[::1]"]
POSTGRES, SQLITE = "django.db.backends.postgresql", "django.db.backends.sqlite3"
SECRET_KEY_LENGTH = 32
UNTOLD = {
    "SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "OA_FEED_URL", "LDAP_URL", "LDAP_BIND_PASSWORD",
    "OIDC_CLIENT_SECRET",
}  # fmt: skip
EMAIL_SCHEMES = ("smtp", "smtps", "smtp+tls", "smtp+ssl", "filemail", "consolemail", "dummymail")
HOST = re.compile(r"\*|\[[0-9a-fA-F:.]+\]|\.?[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)*")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAKEN = re.compile("a|c|s|desk|feeds|files|healthz|help|login|logout|media|metrics|oidc|readyz|search|static")


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
    ldap: Directory | None
    oidc: Provider | None

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
        ldap=_directory(value),
        oidc=_provider(value),
    )


def _directory(value: Callable[..., Any]) -> Directory | None:
    """The office's LDAP; what it needs must be said whole."""
    url, base = value("LDAP_URL", _ldap), value("LDAP_USER_BASE", _dn)
    bind_dn, password = value("LDAP_BIND_DN", _dn, ""), value("LDAP_BIND_PASSWORD", str, "")
    if bool(url) != bool(base):
        stop("LDAP_URL 与 LDAP_USER_BASE 须同时设置")
    if bool(bind_dn) != bool(password):
        stop("LDAP_BIND_DN 与 LDAP_BIND_PASSWORD 须同时设置")
    known = Directory(
        url=url,
        user_base=base,
        bind_dn=bind_dn,
        bind_password=password,
        user_filter=value("LDAP_USER_FILTER", _ldap_filter, "(uid=%(user)s)"),
        starttls=value("LDAP_STARTTLS", _switch, False),
        attributes=value("LDAP_ATTRIBUTES", _attributes, ATTRIBUTES),
        creates=value("LDAP_CREATES", _switch, False),
    )
    if url and known.starttls and not url.startswith("ldap://"):
        stop("LDAP_STARTTLS 只用于 ldap:// 开头的 LDAP_URL；ldaps:// 本身就是加密的")
    return known if url else None


def _provider(value: Callable[..., Any]) -> Provider | None:
    """The office's OpenID Connect provider; endpoints that are not named are asked of the issuer on first use."""
    names = ("authorization", "token", "jwks", "userinfo")
    known = Provider(
        issuer=value("OIDC_ISSUER", _web_address),
        client_id=value("OIDC_CLIENT_ID", str),
        client_secret=value("OIDC_CLIENT_SECRET", str),
        endpoints={
            name: address
            for name in names
            if (address := value(f"OIDC_{name.upper()}_ENDPOINT", _web_address))
        },
        staff_number_claim=value("OIDC_STAFF_NUMBER_CLAIM", _claim, "preferred_username"),
        name=value("OIDC_NAME", _short, "统一身份认证"),
        creates=value("OIDC_CREATES", _switch, False),
    )
    said = (known.issuer, known.client_id, known.client_secret)
    if any(said) and not all(said):
        stop("OIDC_ISSUER、OIDC_CLIENT_ID 与 OIDC_CLIENT_SECRET 须同时设置")
    if known.endpoints and not all(said):
        stop("设置了 OIDC 的端点，还须设置 OIDC_ISSUER、OIDC_CLIENT_ID 与 OIDC_CLIENT_SECRET")
    return known if all(said) else None


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


def _switch(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in known:
        raise _Wrong("应为 1 或 0")
    return known[text.lower()]


def _ldap(text: str) -> str:
    wrong = "应为 ldap://主机:端口 或 ldaps://主机:端口，不带口令"
    parts = _address(text, ("ldap", "ldaps"), wrong)
    if parts.path.strip("/") or parts.query or parts.username:
        raise _Wrong(wrong)
    return text


def _dn(text: str) -> str:
    step = r"\s*[A-Za-z][\w.-]*\s*=(\\.|[^=,\\])+"
    if not re.fullmatch(f"{step}(,{step})*", text):
        raise _Wrong("应为目录中的位置，如 ou=people,dc=example,dc=cn")
    return text


def _ldap_filter(text: str) -> str:
    balance = text.count("(") == text.count(")") and text.startswith("(") and text.endswith(")")
    if not balance or text.count("%(user)s") != 1 or "%" in text.replace("%(user)s", ""):
        raise _Wrong("应为 LDAP 过滤条件，其中一处写 %(user)s，如 (uid=%(user)s)")
    return text


def _attributes(text: str) -> dict[str, str]:
    """Named ones replace the usual, an empty one is not read: `staff_number=employeeNumber,title=`."""
    wrong = (
        f"应为 字段=目录属性 的列表，字段限 {'、'.join(ATTRIBUTES)}，如 staff_number=employeeNumber,title="
    )
    read = dict(ATTRIBUTES)
    for pair in text.split(","):
        field, equals, attribute = (part.strip() for part in pair.partition("="))
        if not equals or field not in ATTRIBUTES or not re.fullmatch(r"([A-Za-z][A-Za-z0-9;-]*)?", attribute):
            raise _Wrong(wrong)
        read[field] = attribute
    if not (read["staff_number"] and read["name"]):
        raise _Wrong("应有 staff_number 与 name 两个字段")
    return {field: attribute for field, attribute in read.items() if attribute}


def _claim(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z][\w:./-]*", text):
        raise _Wrong("应为声明的名称，如 preferred_username、employee_number")
    return text


def _short(text: str) -> str:
    if len(text) > 20:
        raise _Wrong("应为不超过 20 字的名称")
    return text

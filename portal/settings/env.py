"""The environment, read once and checked: each variable of the 12-factor contract has its one reader here.

Unset or empty means the embedded default. A wrong value stops the start with one line and exit code 2,
before anything else runs. Secrets and addresses that carry a password are not repeated in that line.
"""

import contextlib
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, NoReturn

from portal.settings import sign_on_values, values
from portal.settings.sign_on import ATTRIBUTES, Directory, Provider

BASE_DIR = Path(__file__).resolve().parent.parent.parent
EMBEDDED_HOSTS = [".localhost", "127.0.0.1", "[::1]"]
POSTGRES, SQLITE = "django.db.backends.postgresql", "django.db.backends.sqlite3"
UNTOLD = {
    "SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "OA_FEED_URL", "LDAP_URL", "LDAP_BIND_PASSWORD",
    "DATABASE_REPLICA_URLS", "MEDIA_URL_BACKEND", "REMINDER_WEBHOOK_URL", "OIDC_CLIENT_SECRET", "DATA_KEYS",
    "BACKUP_KEY", "BACKUP_OFFSITE",
}  # fmt: skip


@dataclass(frozen=True)
class Env:
    """What the environment asks for; `None` or nothing stands for the embedded default."""

    var_dir: Path
    port: int
    database: dict[str, Any]
    replicas: tuple[dict[str, Any], ...]
    redis: values.Redis | None
    bucket: values.Bucket | None
    secret_key: str | None
    data_keys: tuple[str, ...]
    allowed_hosts: list[str]
    is_hosts_named: bool
    email: dict[str, Any]
    admin_path: str
    admin_networks: tuple[IPv4Network | IPv6Network, ...]
    metrics_networks: tuple[IPv4Network | IPv6Network, ...]
    log_format: str
    trusted_proxies: tuple[IPv4Network | IPv6Network | str, ...]
    outgoing_networks: tuple[IPv4Network | IPv6Network, ...]
    clamd_address: str | None
    oa_feed_url: str | None
    self_check_url: str
    is_self_check_named: bool
    reminder_webhook_url: str | None
    backup_dir: Path
    backup_key: str | None
    backup_offsite: str | None
    pgbackrest: tuple[str, ...]
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
        except values.Wrong as wrong:
            stop(f"{name} {wrong}" if name in UNTOLD else f"{name}={text[:60]} {wrong}")

    var_dir = value("VAR_DIR", values.folder) or values.folder(str(BASE_DIR / "var"))
    hosts = value("ALLOWED_HOSTS", values.hosts)
    port = value("PORT", values.port, 8000)
    if value("DATABASE_REPLICA_URLS", values.replicas) and not value(
        "DATABASE_URL", values.is_postgres, False
    ):
        stop("DATABASE_REPLICA_URLS 应为主库的只读副本，而 DATABASE_URL 没有设置 PostgreSQL 主库")
    return Env(
        var_dir=var_dir,
        port=port,
        database=value(
            "DATABASE_URL", values.database, {"ENGINE": SQLITE, "NAME": str(var_dir / "portal.sqlite3")}
        ),
        replicas=value("DATABASE_REPLICA_URLS", values.replicas, ()),
        redis=value("REDIS_URL", values.redis),
        bucket=value("MEDIA_URL_BACKEND", values.bucket),
        secret_key=value("SECRET_KEY", values.secret),
        data_keys=value("DATA_KEYS", values.secrets, ()),
        allowed_hosts=hosts or EMBEDDED_HOSTS,
        is_hosts_named=hosts is not None,
        email=value("EMAIL_URL", values.email, {}),
        admin_path=value("ADMIN_PATH", values.admin_path, "admin"),
        admin_networks=value("ADMIN_NETWORKS", values.networks, ()),
        metrics_networks=value("METRICS_NETWORKS", values.networks, ()),
        log_format=value("LOG_FORMAT", values.log_format, "lines"),
        trusted_proxies=value("TRUSTED_PROXIES", values.proxies, ()),
        outgoing_networks=value("OUTGOING_NETWORKS", values.networks, ()),
        clamd_address=value("CLAMD_ADDRESS", values.clamd),
        oa_feed_url=value("OA_FEED_URL", values.web_address),
        self_check_url=value(
            "SELF_CHECK_URL", lambda text: values.own_address(text, hosts or ()), f"http://127.0.0.1:{port}"
        ),
        is_self_check_named=bool(environment.get("SELF_CHECK_URL", "").strip()),
        reminder_webhook_url=value("REMINDER_WEBHOOK_URL", values.web_address),
        backup_dir=value("BACKUP_DIR", values.folder, var_dir / "backups"),
        backup_key=value("BACKUP_KEY", values.secret),
        backup_offsite=value("BACKUP_OFFSITE", values.repository),
        pgbackrest=value("PGBACKREST", values.pgbackrest, ()),
        ldap=_directory(value),
        oidc=_provider(value),
    )


def _directory(value: Callable[..., Any]) -> Directory | None:
    """The office's LDAP; what it needs must be said whole."""
    url, base = value("LDAP_URL", sign_on_values.ldap), value("LDAP_USER_BASE", sign_on_values.dn)
    bind_dn, password = value("LDAP_BIND_DN", sign_on_values.dn, ""), value("LDAP_BIND_PASSWORD", str, "")
    if bool(url) != bool(base):
        stop("LDAP_URL 与 LDAP_USER_BASE 须同时设置")
    if bool(bind_dn) != bool(password):
        stop("LDAP_BIND_DN 与 LDAP_BIND_PASSWORD 须同时设置")
    known = Directory(
        url=url,
        user_base=base,
        bind_dn=bind_dn,
        bind_password=password,
        user_filter=value("LDAP_USER_FILTER", sign_on_values.ldap_filter, "(uid=%(user)s)"),
        starttls=value("LDAP_STARTTLS", values.switch, False),
        attributes=value("LDAP_ATTRIBUTES", sign_on_values.attributes, ATTRIBUTES),
        creates=value("LDAP_CREATES", values.switch, False),
    )
    if url and known.starttls and not url.startswith("ldap://"):
        stop("LDAP_STARTTLS 只用于 ldap:// 开头的 LDAP_URL；ldaps:// 本身就是加密的")
    return known if url else None


def _provider(value: Callable[..., Any]) -> Provider | None:
    """The office's OpenID Connect provider; endpoints that are not named are asked of the issuer on first use."""
    names = ("authorization", "token", "jwks", "userinfo")
    known = Provider(
        issuer=value("OIDC_ISSUER", values.web_address),
        client_id=value("OIDC_CLIENT_ID", str),
        client_secret=value("OIDC_CLIENT_SECRET", str),
        endpoints={
            name: address
            for name in names
            if (address := value(f"OIDC_{name.upper()}_ENDPOINT", values.web_address))
        },
        staff_number_claim=value("OIDC_STAFF_NUMBER_CLAIM", sign_on_values.claim, "preferred_username"),
        name=value("OIDC_NAME", values.short, "统一身份认证"),
        creates=value("OIDC_CREATES", values.switch, False),
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
    """The key kept in `var_dir/secret_key`: whoever loses it signs everybody out."""
    return _kept_key(var_dir / "secret_key", "删除后重新启动会生成新的密钥，所有人须重新登录")


def data_key(var_dir: Path) -> str:
    """The key kept in `var_dir/data_key`: whoever loses it can read no personal data any more."""
    return _kept_key(var_dir / "data_key", "请从备份中恢复；没有它，已加密的个人信息无法读出")


def backup_key(var_dir: Path) -> str:
    """The key kept in `var_dir/backup_key`: whoever loses it can open no backup any more."""
    return _kept_key(var_dir / "backup_key", "请放回另外保管的那一份；没有它，已有的备份打不开")


def _kept_key(kept: Path, advice: str) -> str:
    """Made on the first start; of two first starts at once one wins."""
    try:
        if not kept.exists():
            _keep_new_key(kept)
        key = kept.read_text("ascii").strip()
    except (OSError, ValueError) as error:
        stop(f"无法读写密钥文件 {kept}（{error}）")
    if len(key) < values.SECRET_LENGTH:
        stop(f"密钥文件 {kept} 内容不完整；{advice}")
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

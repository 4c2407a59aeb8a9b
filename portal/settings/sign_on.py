"""What a single sign-on is made of: the office's directory (LDAP), its provider (OpenID Connect). Both optional."""

from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import urlsplit

ATTRIBUTES = {
    "staff_number": "uid",
    "name": "cn",
    "department": "departmentNumber",
    "title": "title",
    "email": "mail",
    "phone": "telephoneNumber",
}
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True)
class Directory:
    """An LDAP directory: where it is, as whom it is asked, and which attribute fills which field."""

    url: str
    user_base: str
    bind_dn: str = ""
    bind_password: str = field(default="", repr=False)
    user_filter: str = "(uid=%(user)s)"
    starttls: bool = False
    attributes: dict[str, str] = field(default_factory=lambda: dict(ATTRIBUTES))
    creates: bool = False


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider. `endpoints`: those that are named, by authorization, token, jwks, userinfo."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    endpoints: dict[str, str] = field(default_factory=dict)
    staff_number_claim: str = "preferred_username"
    name: str = "统一身份认证"
    creates: bool = False


def lacking_packages(ldap: Directory | None, oidc: Provider | None) -> str:
    """One line when something is set whose package is not installed; "" when nothing lacks."""
    needed = {"LDAP_URL": ("django_auth_ldap", ldap), "OIDC_ISSUER": ("mozilla_django_oidc", oidc)}
    for name, (package, wanted) in needed.items():
        if wanted and find_spec(package) is None:
            return f"设置了 {name}，但没有安装单点登录的软件包：请运行 make setup-sso"
    return ""


def in_the_clear(ldap: Directory | None, oidc: Provider | None) -> str:
    """One line when passwords or tokens would travel unencrypted (GB/T 22239-2019 身份鉴别: 防止鉴别信息被窃听)."""
    if ldap and not ldap.url.startswith("ldaps://") and not ldap.starttls and not _is_here(ldap.url):
        return "正式运行时 LDAP_URL 须为 ldaps://，或者设置 LDAP_STARTTLS=1：密码不能明文传输"
    for address in [oidc.issuer, *oidc.endpoints.values()] if oidc else []:
        if not address.startswith("https://") and not _is_here(address):
            return "正式运行时 OIDC_ISSUER 与各端点须为 https://：登录凭据不能明文传输"
    return ""


def _is_here(address: str) -> bool:
    return urlsplit(address).hostname in _LOOPBACK

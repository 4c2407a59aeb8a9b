"""The office's LDAP directory, read: the same rows that a workbook of people gives. Writes nothing."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from portal.settings.sign_on import Directory
from portal.spreadsheets import Line, Place

try:
    import ldap
    from ldap.controls import SimplePagedResultsControl
except ImportError:  # an office without a directory needs no package for one; the settings see to it
    ldap = None

SOURCE = "统一目录"
PAGE, SECONDS = 500, 10


class DirectoryAway(Exception):
    """The directory does not answer as it should; the message is Chinese and says what to look at."""


def people() -> list[Line]:
    """Everybody in the directory who would be found at sign-in. Raises DirectoryAway."""
    config = settings.LDAP
    if config is None:
        raise DirectoryAway("没有设置 LDAP_URL：没有可以同步的目录")
    try:
        link = _connected(config)
        try:
            return [line_of(dn, entry) for dn, entry in _entries(link, config) if dn]
        finally:
            link.unbind_s()
    except ldap.LDAPError as error:
        raise DirectoryAway(why(error)) from error


def line_of(dn: str, entry: dict[str, Any]) -> Line:
    """One entry as a row, by the attributes that LDAP_ATTRIBUTES names; the first of several values."""
    lower = {name.lower(): values for name, values in entry.items()}
    fields = {field: _first(lower.get(name.lower())) for field, name in settings.LDAP.attributes.items()}
    return Line(Place(SOURCE, sheet=dn), fields)


def why(error: Exception) -> str:
    """What an operator should look at."""
    if isinstance(error, ldap.SERVER_DOWN | ldap.CONNECT_ERROR | ldap.TIMEOUT | ldap.UNAVAILABLE):
        return f"连不上目录 {settings.LDAP.url}：请检查网络、证书和目录服务"
    if isinstance(error, ldap.INVALID_CREDENTIALS | ldap.INAPPROPRIATE_AUTH | ldap.INSUFFICIENT_ACCESS):
        return "目录不认门户的账号：请检查 LDAP_BIND_DN 与 LDAP_BIND_PASSWORD"
    if isinstance(error, ldap.NO_SUCH_OBJECT):
        return f"目录中没有 {settings.LDAP.user_base}：请检查 LDAP_USER_BASE"
    if isinstance(error, ldap.FILTER_ERROR):
        return "目录不认过滤条件：请检查 LDAP_USER_FILTER"
    return f"目录答复有误（{type(error).__name__}）"


def options() -> dict[int, int]:
    """Nobody waits for a directory that hangs, and nobody is sent on to another one."""
    return {ldap.OPT_NETWORK_TIMEOUT: SECONDS, ldap.OPT_TIMEOUT: SECONDS, ldap.OPT_REFERRALS: 0}


def _connected(config: Directory) -> Any:
    link = ldap.initialize(config.url)
    for option, setting in options().items():
        link.set_option(option, setting)
    if config.starttls:
        link.start_tls_s()
    link.simple_bind_s(config.bind_dn, config.bind_password)
    return link


def _entries(link: Any, config: Directory) -> Iterator[tuple[str, dict[str, Any]]]:
    """Page by page: servers give no more than so many at once."""
    page = SimplePagedResultsControl(False, size=PAGE, cookie="")
    wanted = list(config.attributes.values())
    everybody = config.user_filter.replace("%(user)s", "*")
    while True:
        asked = link.search_ext(config.user_base, ldap.SCOPE_SUBTREE, everybody, wanted, serverctrls=[page])
        _, found, _, answered = link.result3(asked, timeout=SECONDS * 6)
        yield from found
        cookies = [one.cookie for one in answered if one.controlType == page.controlType]
        if not cookies or not cookies[0]:
            return
        page.cookie = cookies[0]


def _first(values: Any) -> str:
    value = values[0] if values else ""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)

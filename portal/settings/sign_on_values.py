"""Values of the environment that say where people sign in: directory (LDAP) and single sign-on (OIDC)."""

import re

from portal.settings.sign_on import ATTRIBUTES
from portal.settings.values import Wrong, address


def ldap(text: str) -> str:
    wrong = "应为 ldap://主机:端口 或 ldaps://主机:端口，不带口令"
    parts = address(text, ("ldap", "ldaps"), wrong)
    if parts.path.strip("/") or parts.query or parts.username:
        raise Wrong(wrong)
    return text


def dn(text: str) -> str:
    step = r"\s*[A-Za-z][\w.-]*\s*=(\\.|[^=,\\])+"
    if not re.fullmatch(f"{step}(,{step})*", text):
        raise Wrong("应为目录中的位置，如 ou=people,dc=example,dc=cn")
    return text


def ldap_filter(text: str) -> str:
    balance = text.count("(") == text.count(")") and text.startswith("(") and text.endswith(")")
    if not balance or text.count("%(user)s") != 1 or "%" in text.replace("%(user)s", ""):
        raise Wrong("应为 LDAP 过滤条件，其中一处写 %(user)s，如 (uid=%(user)s)")
    return text


def attributes(text: str) -> dict[str, str]:
    """Named ones replace the usual, an empty one is not read: `staff_number=employeeNumber,title=`."""
    wrong = (
        f"应为 字段=目录属性 的列表，字段限 {'、'.join(ATTRIBUTES)}，如 staff_number=employeeNumber,title="
    )
    read = dict(ATTRIBUTES)
    for pair in text.split(","):
        field, equals, attribute = (part.strip() for part in pair.partition("="))
        if not equals or field not in ATTRIBUTES or not re.fullmatch(r"([A-Za-z][A-Za-z0-9;-]*)?", attribute):
            raise Wrong(wrong)
        read[field] = attribute
    if not (read["staff_number"] and read["name"]):
        raise Wrong("应有 staff_number 与 name 两个字段")
    return {field: attribute for field, attribute in read.items() if attribute}


def claim(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z][\w:./-]*", text):
        raise Wrong("应为声明的名称，如 preferred_username、employee_number")
    return text

"""Rules for passwords (GB/T 22239-2019 身份鉴别; 石家庄第三十条: 密码要定期修改). The numbers are parameters.

The classes are validators of Django's kind, listed in the settings; each unmet rule is told, all at once.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from portal import clock, parameters
from portal.enums import PasswordDue
from portal.kept import kept
from portal.models import User

LONGEST = 128
KINDS = {"大写字母": str.isupper, "小写字母": str.islower, "数字": str.isdigit}
OTHER_KIND = "符号"


class Length:
    def validate(self, password: str, user: User | None = None) -> None:
        least = parameters.value("password_length")
        if least and len(password) < least:
            raise ValidationError(f"密码太短：至少 {least} 位，现在 {len(password)} 位。", "too_short")
        if len(password) > LONGEST:
            raise ValidationError(f"密码太长：至多 {LONGEST} 位。", "too_long")

    def get_help_text(self) -> str:
        least = parameters.value("password_length")
        return f"至少 {least} 位" if least else ""


class Kinds:
    """Capital letters, small letters, digits, and whatever else there is."""

    def validate(self, password: str, user: User | None = None) -> None:
        least, found = self._least(), kinds_in(password)
        if len(found) < least:
            has = f"现在只有{'、'.join(found)}" if found else "现在一类也没有"
            raise ValidationError(f"字符种类太少：{self.get_help_text()}，{has}。", "too_few_kinds")

    def get_help_text(self) -> str:
        least, names = self._least(), "、".join([*KINDS, OTHER_KIND])
        return f"{names}中至少含 {least} 类" if least else ""

    def _least(self) -> int:
        return min(parameters.value("password_kinds") or 0, len(KINDS) + 1)


class NotPersonal:
    """Neither the 工号 nor the name may stand in it; what merely resembles them is Django's own validator's."""

    def validate(self, password: str, user: User | None = None) -> None:
        said = password.casefold()
        own = {"工号": (user and user.staff_number, 3), "姓名": (user and user.name, 2)}
        found = [
            label for label, (word, least) in own.items()
            if word and len(word) >= least and word.casefold() in said
        ]  # fmt: skip
        if found:
            raise ValidationError(f"密码中不能含有本人的{'、'.join(found)}。", "personal")

    def get_help_text(self) -> str:
        return "不含本人的工号、姓名，也不是常见密码"


class NotReused:
    """Neither the present password nor one of those before it."""

    def validate(self, password: str, user: User | None = None) -> None:
        number = parameters.value("password_history")
        if not number or user is None or user.pk is None:
            return
        before = user.past_passwords.values_list("password", flat=True)[: number - 1]
        if any(check_password(password, old) for old in (user.password, *before)):
            raise ValidationError(f"不能与最近 {number} 次用过的密码相同。", "reused")

    def get_help_text(self) -> str:
        number = parameters.value("password_history")
        return f"不与最近 {number} 次用过的密码相同" if number else ""


def kinds_in(password: str) -> list[str]:
    found = [name for name, is_kind in KINDS.items() if any(is_kind(letter) for letter in password)]
    is_plain = all(any(is_kind(letter) for is_kind in KINDS.values()) for letter in password)
    return found if is_plain else [*found, OTHER_KIND]


def help_text() -> str:
    """All rules in one sentence, as the numbers now stand."""
    own = [one.get_help_text() for one in get_default_password_validators() if _is_own(one)]
    days = parameters.value("password_days")
    return "；".join(filter(None, [*own, f"每 {days} 天更换一次" if days else ""])) + "。"


def check_initial(password: str, person: User) -> None:
    """All rules but the one about past passwords: whoever resets somebody's must not learn what those were."""
    rules = [one for one in get_default_password_validators() if not isinstance(one, NotReused)]
    validate_password(password, person, rules)


def why_due(user: User) -> PasswordDue | None:
    """Why this person must change the password before working on; sample people and the sealed account never."""
    if user.is_sample or user.is_superuser or not user.has_usable_password():
        return None
    if user.has_initial_password:
        return PasswordDue.INITIAL
    end = _ends_at(user)
    return PasswordDue.EXPIRED if end and clock.now() >= end else None


def days_left(user: User) -> int | None:
    """Within the days of warning: how many are left; None before, and for whom no end is set."""
    end, warning = _ends_at(user), parameters.value("password_warning_days")
    if end is None or not warning or user.is_sample or user.is_superuser or not user.has_usable_password():
        return None
    left = (localdate(end) - clock.today()).days
    return max(left, 0) if left <= warning else None


def _ends_at(user: User) -> datetime | None:
    days = parameters.value("password_days")
    return user.password_set_at + timedelta(days=days) if days else None


def _is_own(validator: Any) -> bool:
    return type(validator).__module__ == __name__


def has_sample_passwords() -> bool:
    """Whether a sample person still has the published password."""
    return kept("sample-passwords", _is_some_sample_password_left)


def _is_some_sample_password_left() -> bool:
    return User.objects.filter(is_sample=True, has_initial_password=True, is_active=True).exists()

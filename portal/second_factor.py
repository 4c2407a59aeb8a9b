"""二次验证: whether a person has one, and whether their powers ask for one (GB/T 22239-2019 三级 身份鉴别)."""

from base64 import b32encode
from binascii import unhexlify

from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal import parameters
from portal.enums import Power
from portal.models import User

ASKED_OF = (Power.SYSTEM, Power.SECURITY, Power.AUDIT, Power.GRANT)


def is_on(user: User) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def codes_left(user: User) -> int:
    """How many recovery codes have not been used."""
    return StaticToken.objects.filter(device__user=user).count()


def is_required_of(user: User) -> bool:
    """Holders of 系统管理, 安全管理, 审计 or 授权, where the parameter `second_factor_required` says so."""
    if parameters.value("second_factor_required") != 1:
        return False
    return any(user.has_perm(f"portal.{power}") for power in ASKED_OF)


def address_of(user: User, key: str) -> str:
    """The `otpauth:` address that the picture holds, for an authenticator on a telephone."""
    return TOTPDevice(user=user, key=key).config_url


def written(key: str) -> str:
    """The same secret for typing: groups of four letters and digits."""
    letters = b32encode(unhexlify(key)).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))

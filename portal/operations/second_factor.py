"""二次验证 (GB/T 22239-2019 三级 身份鉴别): a code from the person's telephone after the password.

django-otp keeps the secret, refuses a code used before and makes whoever guesses wait longer each time.
"""

import time
from binascii import unhexlify
from math import ceil

from django.db import transaction
from django.utils import timezone
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal import audit, locks, notices, second_factor
from portal.models import User
from portal.operations.sign_in import WRONG_CODE, record_failed_sign_in
from portal.workflow import NotAllowed, Refused

CLAUSE = "GB/T 22239-2019 身份鉴别"
RECOVERY_CODES = 10
DIGITS = 6
WRONG = "验证码不正确。请看一下手机上的时间是否准确，等出现新的验证码再输入。"


@transaction.atomic
def turn_on(user: User, key: str, code: str) -> list[str]:
    """启用: `code` shows that the telephone has the secret `key`. Returns the recovery codes, told only this once."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if second_factor.is_on(user):
        raise Refused("二次验证已经启用")
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    code = _plain(code)
    if not (code.isdecimal() and len(code) == DIGITS and totp.verify(int(code), tolerance=1)):
        raise Refused(WRONG, "code")
    TOTPDevice.objects.create(user=user, name="手机验证器", key=key, drift=totp.drift, last_t=totp.t())
    codes = _new_codes(user)
    audit.record("second_factor_on", "启用二次验证", user, actor=user, clause=CLAUSE)
    notices.tell([user], "您的账号已启用二次验证", body="如果不是您本人所为，请立即挂失登录凭证。")
    return codes


@transaction.atomic
def turn_off(user: User) -> None:
    """关闭: the view has asked for the password."""
    if _forget(user):
        audit.record("second_factor_off", "关闭二次验证", user, actor=user, clause=CLAUSE)
        notices.tell([user], "您的账号已关闭二次验证", body="如果不是您本人所为，请立即挂失登录凭证。")


@transaction.atomic
def renew_codes(user: User) -> list[str]:
    """The old recovery codes no longer help; returns the new ones, told only this once."""
    if not second_factor.is_on(user):
        raise Refused("二次验证没有启用")
    codes = _new_codes(user)
    audit.record("recovery_codes", "重新生成恢复码", user, actor=user, clause=CLAUSE)
    return codes


@transaction.atomic
def reset(user: User, *, by: User, reason: str) -> None:
    """重设 by 安全管理员, for whoever has lost the telephone and the recovery codes; the person is told."""
    if user.pk == by.pk:
        raise NotAllowed("不能重设自己的二次验证，请由另一位安全管理员办理")
    if not _forget(user):
        raise Refused("此人没有启用二次验证")
    audit.record("second_factor_reset", "重设二次验证", user, actor=by, note=reason, clause=CLAUSE)
    notices.tell([user], f"{by}为您重设了二次验证，请登录后重新启用", body=f"理由：{reason}")


def check(user: User, code: str) -> str:
    """Take the code that follows the password; returns how it was shown, for the trail. Raises Refused with the reason.

    A wrong code is a failed sign-in like any other and locks like one; it is counted after the transaction it fails.
    """
    address = audit.request_address.get() or ""
    if lock := locks.in_force(user.staff_number, address):
        raise Refused(locks.words(lock), "code")
    code = _plain(code)
    with transaction.atomic():
        device = _device(user, code)
        wait = _seconds_to_wait(device)
        is_right = not wait and device is not None and device.verify_token(code)
    if wait:
        raise Refused(f"输错次数较多，请 {wait} 秒后再试。", "code")
    if not is_right:
        lock = record_failed_sign_in(user.staff_number, address, WRONG_CODE)
        raise Refused(locks.words(lock) if lock else WRONG, "code")
    if isinstance(device, TOTPDevice):
        return "二次验证：手机验证码"
    left = second_factor.codes_left(user)
    notices.tell(
        [user], f"您用恢复码登录了一次，还剩 {left} 个", body="恢复码快用完时，请在“我的账号”中重新生成。"
    )
    return "二次验证：恢复码"


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _device(user: User, code: str) -> Device | None:
    """Six figures come from the telephone, anything else is a recovery code; locked until it is checked."""
    model = TOTPDevice if code.isdecimal() and len(code) == DIGITS else StaticDevice
    return model.objects.select_for_update(no_key=True).filter(user=user, confirmed=True).first()


def _seconds_to_wait(device: Device | None) -> int:
    allowed, why = device.verify_is_allowed() if device else (True, None)
    return 0 if allowed else max(1, ceil((why["locked_until"] - timezone.now()).total_seconds()))


def _new_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="恢复码")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return codes


def _forget(user: User) -> int:
    StaticDevice.objects.filter(user=user).delete()
    return TOTPDevice.objects.filter(user=user).delete()[0]

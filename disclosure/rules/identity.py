"""证件号码: whether one can be right, and the key that finds the same applicant again without telling who it is."""

import re
from datetime import date

from django.utils.crypto import salted_hmac

from disclosure.enums.requests import ApplicantKind, IdentityKind

CARD = re.compile(r"[1-9]\d{16}[\dX]")
CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CARD_SIGNS = "10X98765432"
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT = re.compile(f"[{CREDIT_SIGNS}]{{18}}")
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
OTHER = re.compile(r"[0-9A-Z()\-]{4,30}")


def tidy(number: str) -> str:
    """As papers write it: without spaces, letters large, full-width signs made narrow."""
    narrow = {ord("　"): None} | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    return "".join(number.translate(narrow).split()).upper()


def wrong_number(kind: IdentityKind, number: str, today: date) -> str:
    """Why a tidied `number` cannot be of this kind of document; "" when it can. GB 11643-1999, GB 32100-2015."""
    if kind == IdentityKind.IDENTITY_CARD:
        return _wrong_card(number, today)
    if kind == IdentityKind.CREDIT_CODE:
        return _wrong_credit_code(number)
    return "" if OTHER.fullmatch(number) else "证件号码应为 4 至 30 位的字母和数字"


def wrong_kind(applicant: ApplicantKind, kind: IdentityKind) -> str:
    """Citizens and organisations prove themselves with different papers (条例第二十九条(一))."""
    if applicant == ApplicantKind.CITIZEN and kind == IdentityKind.CREDIT_CODE:
        return "自然人请填写居民身份证等个人证件"
    if applicant != ApplicantKind.CITIZEN and kind not in (IdentityKind.CREDIT_CODE, IdentityKind.OTHER):
        return "法人和其他组织请填写统一社会信用代码"
    return ""


def applicant_key(kind: IdentityKind, number: str) -> str:
    """The same for the same document, and nothing can be read from it."""
    return salted_hmac("disclosure.applicant", f"{kind}|{number}", algorithm="sha256").hexdigest()


def _wrong_card(number: str, today: date) -> str:
    if not CARD.fullmatch(number):
        return "居民身份证号码为 18 位，末位可以是 X"
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "身份证号码中的出生日期不对，请核对第 7 至 14 位"
    if born.year < 1900 or born > today:
        return "身份证号码中的出生日期不对，请核对第 7 至 14 位"
    total = sum(int(sign) * weight for sign, weight in zip(number[:17], CARD_WEIGHTS, strict=True))
    return "" if CARD_SIGNS[total % 11] == number[17] else "身份证号码的校验位不符，请逐位核对"


def _wrong_credit_code(number: str) -> str:
    if not CREDIT.fullmatch(number):
        return "统一社会信用代码为 18 位数字和大写字母，不含 I、O、S、V、Z"
    total = sum(
        CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(number[:17], CREDIT_WEIGHTS, strict=True)
    )
    check = CREDIT_SIGNS[(31 - total % 31) % 31]
    return "" if check == number[17] else "统一社会信用代码的校验位不符，请逐位核对"

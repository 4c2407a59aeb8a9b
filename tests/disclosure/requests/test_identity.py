"""证件号码: checksums of 居民身份证 (GB 11643) and 统一社会信用代码 (GB 32100), and the key of an applicant."""

from datetime import date

import pytest

from disclosure.enums.requests import ApplicantKind, IdentityKind
from disclosure.rules.identity import applicant_key, tidy, wrong_kind, wrong_number
from tests.disclosure.requests.conftest import CARD, CREDIT, OTHER_CARD

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("number", [CARD, OTHER_CARD, "11010519491231002X"])
def test_an_identity_card_with_its_check_sign_is_right(number):
    assert wrong_number(IdentityKind.IDENTITY_CARD, number, TODAY) == ""


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("990001198206140019", "身份证号码的校验位不符，请逐位核对"),
        ("99000119820614010X", "身份证号码的校验位不符，请逐位核对"),
        ("990001198213140010", "身份证号码中的出生日期不对，请核对第 7 至 14 位"),
        ("990001202702010019", "身份证号码中的出生日期不对，请核对第 7 至 14 位"),
        ("990001189902010019", "身份证号码中的出生日期不对，请核对第 7 至 14 位"),
        ("110105491231002", "居民身份证号码为 18 位，末位可以是 X"),
        ("", "居民身份证号码为 18 位，末位可以是 X"),
        ("９９０００１", "居民身份证号码为 18 位，末位可以是 X"),
        ("9" * 10_000, "居民身份证号码为 18 位，末位可以是 X"),
    ],
)
def test_an_identity_card_that_cannot_be_says_where_to_look(number, wrong):
    assert wrong_number(IdentityKind.IDENTITY_CARD, number, TODAY) == wrong


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        (CREDIT, ""),
        ("91350100M000100Y43", ""),
        ("91350100M000100Y44", "统一社会信用代码的校验位不符，请逐位核对"),
        ("91350100M0001O0Y43", "统一社会信用代码为 18 位数字和大写字母，不含 I、O、S、V、Z"),
        ("91350100M000100Y4", "统一社会信用代码为 18 位数字和大写字母，不含 I、O、S、V、Z"),
    ],
)
def test_a_credit_code_is_checked_by_its_last_sign(number, wrong):
    assert wrong_number(IdentityKind.CREDIT_CODE, number, TODAY) == wrong


@pytest.mark.parametrize(
    ("number", "is_right"), [("E12345678", True), ("H12345678901", True), ("E1", False), ("张三", False)]
)
def test_other_papers_have_letters_and_digits(number, is_right):
    assert (wrong_number(IdentityKind.PASSPORT, number, TODAY) == "") is is_right


def test_what_is_typed_is_tidied():
    assert tidy(" 9900 0119820614 001x ") == CARD
    assert tidy("９９０００１　１９８２０６１４００１ｘ") == CARD


def test_citizens_and_organisations_have_different_papers():
    assert wrong_kind(ApplicantKind.CITIZEN, IdentityKind.CREDIT_CODE) == "自然人请填写居民身份证等个人证件"
    assert (
        wrong_kind(ApplicantKind.BUSINESS, IdentityKind.IDENTITY_CARD)
        == "法人和其他组织请填写统一社会信用代码"
    )
    assert wrong_kind(ApplicantKind.CITIZEN, IdentityKind.PASSPORT) == ""
    assert wrong_kind(ApplicantKind.CHARITY, IdentityKind.OTHER) == ""


def test_the_key_of_an_applicant_is_the_same_and_tells_nothing():
    key = applicant_key(IdentityKind.IDENTITY_CARD, CARD)
    assert key == applicant_key(IdentityKind.IDENTITY_CARD, CARD)
    assert key != applicant_key(IdentityKind.PASSPORT, CARD)
    assert CARD[:6] not in key

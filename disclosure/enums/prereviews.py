"""Choices of 网上预审, with the words people read (石家庄第二十二条)."""

from django.db.models import TextChoices


class PreReviewState(TextChoices):
    """Where a pre-review is; the applicant reads the same words."""

    SUBMITTED = "SUBMITTED", "待预审"
    RETURNED = "RETURNED", "待补正"
    PASSED = "PASSED", "预审通过"
    REFUSED = "REFUSED", "预审不通过"
    LAPSED = "LAPSED", "逾期未补正"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class ApplicantType(TextChoices):
    PERSON = "PERSON", "个人"
    ORGANISATION = "ORGANISATION", "单位"


class Verdict(TextChoices):
    """What the department found of one material."""

    OPEN = "OPEN", "待审"
    GOOD = "GOOD", "合格"
    FAULTY = "FAULTY", "需补正"


class PreReviewParty(TextChoices):
    """Who makes a move: the department of the item, from a seat; or the applicant, with their password."""

    HANDLER = "handler", "责任部门"
    APPLICANT = "applicant", "申请人"

"""Choices of 依申请公开, with the words people read (政府信息公开条例第四章)."""

from django.db.models import TextChoices


class ApplicantKind(TextChoices):
    """The columns of the annual report's third table (国办公开办函〔2021〕30号)."""

    CITIZEN = "CITIZEN", "自然人"
    BUSINESS = "BUSINESS", "商业企业"
    RESEARCH = "RESEARCH", "科研机构"
    CHARITY = "CHARITY", "社会公益组织"
    LEGAL = "LEGAL", "法律服务机构"
    OTHER = "OTHER", "其他"


ORGANISATIONS = tuple(kind for kind in ApplicantKind if kind != ApplicantKind.CITIZEN)


class Channel(TextChoices):
    """申请渠道."""

    ONLINE = "ONLINE", "网上提交"
    VISIT = "VISIT", "当面提交"
    REGISTERED_POST = "REGISTERED_POST", "挂号、特快等须签收的邮寄"
    ORDINARY_POST = "ORDINARY_POST", "平常信函等无需签收的邮寄"
    FAX = "FAX", "传真"


class Receipt(TextChoices):
    """收到申请之日 of a channel (条例第三十一条)."""

    SAME_DAY = "SAME_DAY", "提交之日"
    SIGNED = "SIGNED", "签收之日"
    CONFIRMED = "CONFIRMED", "与申请人确认之日"


class IdentityKind(TextChoices):
    """What an applicant proves who they are with (条例第二十九条(一))."""

    IDENTITY_CARD = "IDENTITY_CARD", "居民身份证"
    CREDIT_CODE = "CREDIT_CODE", "统一社会信用代码"
    PASSPORT = "PASSPORT", "护照"
    HOME_RETURN = "HOME_RETURN", "港澳台居民来往通行证或居住证"
    OTHER = "OTHER", "其他证件"


class Delivery(TextChoices):
    """获取信息的方式 (条例第二十九条(三)): how the answer reaches the applicant."""

    ONLINE = "ONLINE", "网上查看下载"
    EMAIL = "EMAIL", "电子邮件"
    POST = "POST", "邮寄"
    FAX = "FAX", "传真"
    COLLECT = "COLLECT", "当面领取"


class RequestState(TextChoices):
    """Where a request is; the applicant reads the same words."""

    SUBMITTED = "SUBMITTED", "待登记"
    IN_HAND = "IN_HAND", "办理中"
    CORRECTING = "CORRECTING", "待补正"
    UNPAID = "UNPAID", "待缴费"
    IN_REVIEW = "IN_REVIEW", "答复待审"
    ANSWERED = "ANSWERED", "已答复"
    CLOSED = "CLOSED", "已办结"


OWED = (
    RequestState.SUBMITTED,
    RequestState.IN_HAND,
    RequestState.CORRECTING,
    RequestState.UNPAID,
    RequestState.IN_REVIEW,
)
"""An answer is still owed: what is carried over into the next year."""


class CorrectionKind(TextChoices):
    """What the applicant is asked once (条例第三十条; 第三十五条 for very many requests)."""

    UNCLEAR = "UNCLEAR", "补正"
    REASONS = "REASONS", "说明理由"


class PartyKind(TextChoices):
    """Whom the organ asks before it answers (条例第三十二条、第三十四条)."""

    THIRD_PARTY = "THIRD_PARTY", "第三方"
    CO_ORGAN = "CO_ORGAN", "共同制作的行政机关"


class ConsultState(TextChoices):
    OPEN = "OPEN", "待答复"
    AGREED = "AGREED", "同意公开"
    OBJECTED = "OBJECTED", "不同意公开"
    SILENT = "SILENT", "逾期未答复"
    CANCELLED = "CANCELLED", "不再征求"


class ExtensionState(TextChoices):
    """延期 is approved by the head of the disclosure office (条例第三十三条)."""

    PENDING = "PENDING", "待批准"
    APPROVED = "APPROVED", "已批准"
    REFUSED = "REFUSED", "未批准"


class FeeMode(TextChoices):
    """国办函〔2020〕109号: never both for one request."""

    NONE = "NONE", "不收费"
    BY_CASE = "BY_CASE", "按件"
    BY_PAGE = "BY_PAGE", "按量"


class FeeState(TextChoices):
    DUE = "DUE", "待缴费"
    PAID = "PAID", "已缴费"
    LAPSED = "LAPSED", "逾期未缴"
    CANCELLED = "CANCELLED", "已撤销"


class Party(TextChoices):
    """Who makes a move on a request: not a power alone, but the seat from which it is used."""

    OFFICE = "office", "公开工作机构"
    HANDLER = "handler", "承办部门"
    HEAD = "head", "公开工作机构负责人"
    APPROVER = "approver", "审批人"
    APPLICANT = "applicant", "申请人"

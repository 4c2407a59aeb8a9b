"""答复: the lawful outcomes, one to one the rows of the annual report's third table (国办公开办函〔2021〕30号)."""

from django.db.models import TextChoices


class Outcome(TextChoices):
    """What was answered. `disclosure.rules.outcomes` says clause, row and what each needs."""

    OPEN = "OPEN", "予以公开"
    PARTLY = "PARTLY", "部分公开"
    STATE_SECRET = "STATE_SECRET", "属于国家秘密"
    FORBIDDEN = "FORBIDDEN", "其他法律行政法规禁止公开"
    SAFETY = "SAFETY", "危及“三安全一稳定”"
    THIRD_PARTY = "THIRD_PARTY", "保护第三方合法权益"
    INTERNAL = "INTERNAL", "属于三类内部事务信息"
    PROCESS = "PROCESS", "属于四类过程性信息"
    ENFORCEMENT = "ENFORCEMENT", "属于行政执法案卷"
    ENQUIRY = "ENQUIRY", "属于行政查询事项"
    NOT_HELD = "NOT_HELD", "本机关不掌握相关政府信息"
    NOT_MADE = "NOT_MADE", "没有现成信息需要另行制作"
    UNCLEAR = "UNCLEAR", "补正后申请内容仍不明确"
    PETITION = "PETITION", "信访举报投诉类申请"
    REPEATED = "REPEATED", "重复申请"
    PUBLICATION = "PUBLICATION", "要求提供公开出版物"
    EXCESSIVE = "EXCESSIVE", "无正当理由大量反复申请"
    CONFIRMATION = "CONFIRMATION", "要求行政机关确认或重新出具已获取信息"
    NOT_CORRECTED = "NOT_CORRECTED", "申请人无正当理由逾期不补正"
    NOT_PAID = "NOT_PAID", "申请人逾期未按收费通知要求缴纳费用"
    OTHER = "OTHER", "其他"


class OutcomeGroup(TextChoices):
    """三、本年度办理结果 (一) to (六)."""

    OPEN = "OPEN", "予以公开"
    PARTLY = "PARTLY", "部分公开"
    REFUSED = "REFUSED", "不予公开"
    UNABLE = "UNABLE", "无法提供"
    NOT_HANDLED = "NOT_HANDLED", "不予处理"
    OTHER = "OTHER", "其他处理"


class DecisionState(TextChoices):
    DRAFT = "DRAFT", "拟稿"
    IN_REVIEW = "IN_REVIEW", "审核中"
    RETURNED = "RETURNED", "已退回"
    SENT = "SENT", "已答复"
    DISCARDED = "DISCARDED", "已作废"


DECISION_OPEN = (DecisionState.DRAFT, DecisionState.IN_REVIEW, DecisionState.RETURNED)


class ProceedingKind(TextChoices):
    """What an applicant brings against an answer: the columns of the fourth table."""

    REVIEW = "REVIEW", "行政复议"
    SUIT = "SUIT", "行政诉讼（未经复议直接起诉）"
    SUIT_AFTER_REVIEW = "SUIT_AFTER_REVIEW", "行政诉讼（复议后起诉）"


class ProceedingResult(TextChoices):
    UPHELD = "UPHELD", "结果维持"
    CORRECTED = "CORRECTED", "结果纠正"
    OTHER = "OTHER", "其他结果"
    PENDING = "PENDING", "尚未审结"

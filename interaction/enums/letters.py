"""Choices of letters, with the words people read."""

from django.db.models import TextChoices


class LetterKind(TextChoices):
    """What a letter is about (福建第二十二条: 投诉、便民服务事项、咨询 have limits of their own)."""

    COMPLAINT = "COMPLAINT", "投诉"
    ENQUIRY = "ENQUIRY", "咨询"
    SUGGESTION = "SUGGESTION", "建议"
    CONVENIENCE = "CONVENIENCE", "便民服务"
    APPEAL = "APPEAL", "诉求"
    ERROR = "ERROR", "找错"


class ClockStart(TextChoices):
    """From when the days to answer are counted."""

    RECEIPT = "RECEIPT", "自收信起"
    DEPARTMENT = "DEPARTMENT", "自承办部门接件起"


class LetterState(TextChoices):
    """Where a letter is; the writer reads the same words."""

    SUBMITTED = "SUBMITTED", "待受理"
    IN_HAND = "IN_HAND", "办理中"
    DISPUTED = "DISPUTED", "待协调"
    IN_REVIEW = "IN_REVIEW", "答复待审"
    ANSWERED = "ANSWERED", "已答复"
    CLOSED = "CLOSED", "已办结"


OPEN_STATES = (LetterState.SUBMITTED, LetterState.IN_HAND, LetterState.DISPUTED, LetterState.IN_REVIEW)
"""An answer is still owed."""


class Outcome(TextChoices):
    """What became of it, said honestly: answered is not solved."""

    SOLVED = "SOLVED", "已解决"
    EXPLAINED = "EXPLAINED", "已解释"
    NOT_OURS = "NOT_OURS", "不属职责"
    FORWARDED = "FORWARDED", "已转送"
    DUPLICATE = "DUPLICATE", "重复"
    DECLINED = "DECLINED", "不予受理"


ANSWERS_WITH = (Outcome.SOLVED, Outcome.EXPLAINED, Outcome.NOT_OURS, Outcome.FORWARDED)


class Satisfaction(TextChoices):
    SATISFIED = "SATISFIED", "满意"
    FAIR = "FAIR", "基本满意"
    DISSATISFIED = "DISSATISFIED", "不满意"


class MoveKind(TextChoices):
    """How a letter came to where it is."""

    RECEIVED = "RECEIVED", "受理"
    PICKED = "PICKED", "来信人选择"
    REFERRED = "REFERRED", "转办"
    DISPUTED = "DISPUTED", "提请协调"
    ADJUDICATED = "ADJUDICATED", "协调确定"


class Party(TextChoices):
    """Who makes a move on a letter: not a power alone, but the seat from which it is used."""

    CENTRE = "centre", "受理中心"
    HANDLER = "handler", "承办部门"
    OFFICE = "office", "协调办公室"
    APPROVER = "approver", "审批人"
    WRITER = "writer", "来信人"


class AnswerState(TextChoices):
    DRAFT = "DRAFT", "拟稿"
    IN_REVIEW = "IN_REVIEW", "审核中"
    RETURNED = "RETURNED", "已退回"
    SENT = "SENT", "已答复"
    DISCARDED = "DISCARDED", "已作废"


ANSWER_OPEN = (AnswerState.DRAFT, AnswerState.IN_REVIEW, AnswerState.RETURNED)

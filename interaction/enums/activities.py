"""What polls, surveys, consultations, interviews and exams have in common, with the words people read."""

from django.db.models import TextChoices


class ActivityKind(TextChoices):
    """What is held online; the kind brings its own content (interaction.kinds)."""

    POLL = "POLL", "网上投票"
    APPRAISAL = "APPRAISAL", "网上评议"
    SURVEY = "SURVEY", "网上调查"
    CONSULTATION = "CONSULTATION", "民意征集"
    INTERVIEW = "INTERVIEW", "在线访谈"
    EXAM = "EXAM", "网上考试"

    @property
    def segment(self) -> str:
        """What its public addresses begin with."""
        return _SEGMENTS[self]


_SEGMENTS = {
    ActivityKind.POLL: "polls",
    ActivityKind.APPRAISAL: "polls",
    ActivityKind.SURVEY: "surveys",
    ActivityKind.CONSULTATION: "consultations",
    ActivityKind.INTERVIEW: "interviews",
    ActivityKind.EXAM: "exams",
}


class Participants(TextChoices):
    """Who is invited. What is not for everyone is not shown to everyone either."""

    EVERYONE = "EVERYONE", "任何人"
    STAFF = "STAFF", "登录人员"
    DEPARTMENTS = "DEPARTMENTS", "指定部门"


class ActivityState(TextChoices):
    DRAFT = "DRAFT", "草稿"
    IN_REVIEW = "IN_REVIEW", "审核中"
    RETURNED = "RETURNED", "已退回"
    APPROVED = "APPROVED", "已同意"
    WITHDRAWN = "WITHDRAWN", "已撤下"
    DISCARDED = "DISCARDED", "已作废"


EDITABLE_STATES = (ActivityState.DRAFT, ActivityState.RETURNED)
ON_THE_WAY = (ActivityState.DRAFT, ActivityState.IN_REVIEW, ActivityState.RETURNED)


class Phase(TextChoices):
    """Where an approved activity stands by its dates; derived, never stored."""

    COMING = "COMING", "未开始"
    OPEN = "OPEN", "进行中"
    CLOSED = "CLOSED", "已结束"

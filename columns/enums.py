"""Choices of columns, with the words people read."""

from django.db.models import TextChoices

from portal.enums import Power


class ColumnKind(TextChoices):
    """What a column is decides its page (附件一)."""

    ARTICLES = "ARTICLES", "文章列表"
    PAGE = "PAGE", "单篇页面"
    QUESTIONS = "QUESTIONS", "问答"


class Placement(TextChoices):
    MENU = "MENU", "导航栏"
    NOTICES = "NOTICES", "首页通知区"
    UNLISTED = "UNLISTED", "隐藏（链接仍有效）"


class Readers(TextChoices):
    """Who may read a column; narrower settings of the columns above it hold as well."""

    EVERYONE = "EVERYONE", "内网所有人"
    STAFF = "STAFF", "登录人员"
    DEPARTMENTS = "DEPARTMENTS", "指定部门"


class AppointmentState(TextChoices):
    """Where a grant stands (石家庄第九条)."""

    PROPOSED = "PROPOSED", "待同意"
    CONSENTED = "CONSENTED", "待授权"
    IN_FORCE = "IN_FORCE", "有效"
    SUSPENDED = "SUSPENDED", "已暂停"
    REVOKED = "REVOKED", "已注销"
    REFUSED = "REFUSED", "未获授权"


class StepState(TextChoices):
    """How one step of a route went."""

    WAITING = "WAITING", "未到"
    CURRENT = "CURRENT", "待审"
    APPROVED = "APPROVED", "同意"
    RETURNED = "RETURNED", "退回"
    CANCELLED = "CANCELLED", "未进行"


class CadenceRule(TextChoices):
    AT_LEAST = "AT_LEAST", "每期至少更新"
    ON_CHANGE = "ON_CHANGE", "有变化即更新"
    WITHIN_DAYS = "WITHIN_DAYS", "出台后限期更新"
    MAX_SILENCE = "MAX_SILENCE", "限期内须有更新"
    FIXED_DATES = "FIXED_DATES", "固定日期更新"


class CadenceState(TextChoices):
    """Who owes an update may file how often (大庆第五条); it holds once the centre has accepted it."""

    FILED = "FILED", "待备案"
    IN_FORCE = "IN_FORCE", "有效"
    REFUSED = "REFUSED", "未予备案"
    ENDED = "ENDED", "已停用"


class Period(TextChoices):
    DAY = "DAY", "每日"
    WEEK = "WEEK", "每周"
    MONTH = "MONTH", "每月"


class Duty(TextChoices):
    """What a department does for a column (办法第九条、第十六条): the value is the field of `Responsibility`, the
    label the mark that stands in the table."""

    COLLECTS = "collects", "采"
    REVIEWS = "reviews", "审"
    PUBLISHES = "publishes", "发"
    ANSWERS = "answers", "答"

    @property
    def power(self) -> Power:
        """What somebody of the department must hold to do it."""
        return _POWERS[self]

    @property
    def word(self) -> str:
        return str(self.power.label)


_POWERS = {
    Duty.COLLECTS: Power.COLLECT,
    Duty.REVIEWS: Power.REVIEW,
    Duty.PUBLISHES: Power.PUBLISH,
    Duty.ANSWERS: Power.ANSWER,
}

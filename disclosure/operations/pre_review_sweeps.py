"""What happens to pre-reviews by itself: the department is called, who never corrects lapses, news is mailed."""

from datetime import timedelta

from django.db import transaction

from columns.queries.answerers import handlers
from disclosure.models import PreReview, PreReviewNews
from disclosure.operations import pre_review_moves as moves
from disclosure.queries import prereviews as queries
from portal import clock, limits, news
from portal.enums import Stage
from portal.models import Limit, User
from portal.sweeps import sweep
from portal.workflow import TooLate

NOTE = "逾期未补正"


@sweep("remind_of_pre_reviews", every=timedelta(minutes=30), label="网上预审催办")
def remind_of_pre_reviews() -> int:
    """The department at each stage of a clock once, overdue ones each working day. Returns how many were told."""
    return limits.remind(list(queries.running_clocks()), _call)


@sweep("lapse_pre_reviews", every=timedelta(hours=1), label="预审逾期未补正")
def lapse_pre_reviews() -> int:
    """What was not corrected by its last day ends; the applicant is told, and may apply anew."""
    return sum(_lapse(one) for one in queries.overdue_corrections())


@sweep("mail_pre_review_news", every=timedelta(minutes=1), label="预审进展邮件")
def mail_pre_review_news() -> int:
    return news.mail_waiting(PreReviewNews.objects.select_related("pre_review__site"), _letter_of)


@transaction.atomic
def _lapse(found: PreReview) -> bool:
    changes = {"decided_at": clock.now()}
    try:
        found = moves.by_itself(found, "lapse", actor=User.objects.system(), note=NOTE, changes=changes)
    except TooLate:
        return False
    moves.end(found)
    moves.tell_applicant(
        found, "在规定的日期前没有收到补正的材料，这次预审已结束。您可以备齐材料后重新申请。"
    )
    return True


def _call(limit: Limit, stage: Stage) -> limits.Call:
    found: PreReview = limit.subject
    people = set(handlers(found.site, found.department))
    if stage == Stage.OVERDUE and found.department.head:
        people.add(found.department.head)  # it is no longer the handler's matter alone
    return limits.Call(people, f"{limit.label}{stage.label}：{found.item}", found.get_absolute_url())


def _letter_of(line: PreReviewNews) -> tuple[str, str, str]:
    found = line.pre_review
    text = f"{line.text}\n\n凭预审编号 {found.code} 和查询密码，在{found.site}“预审查询”中查看全部内容。"
    return found.email, f"您的网上预审有新进展（{found.code}）", text

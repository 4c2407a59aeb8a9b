"""How a pre-review moves, and who is told: shared by the department's acts, the applicant's, and the sweeps."""

from functools import partial

from columns.queries.answerers import handlers
from disclosure.models import PreReview
from disclosure.queries.prereviews import LABEL
from disclosure.rules import prereviews as rules
from portal import clock, limits, notices
from portal.enums import NoticeKind
from portal.models import Limit, User
from portal.workflow import fire


def _allowed(user: User, verb: str, found: PreReview) -> str:
    return ""


by_person = partial(fire, why_not=rules.why_not, acting_for=rules.acting_for)
by_itself = partial(fire, why_not=_allowed)
"""By the portal, or by the applicant, who has shown the code and the password."""


def tell_applicant(found: PreReview, text: str) -> None:
    """One more line of 办理进展."""
    found.news.create(at=clock.now(), text=text, is_mailed=not found.email)


def tell_department(found: PreReview, title: str) -> None:
    """Everybody who answers for the department; no name of the applicant stands in it."""
    notices.tell(
        handlers(found.site, found.department), f"{title}：{found.item}", kind=NoticeKind.TODO,
        body=f"预审编号 {found.code}", url=found.get_absolute_url(),
    )  # fmt: skip


def running(found: PreReview) -> Limit | None:
    return limits.open_limits_for(found).filter(label=LABEL).first()


def settle(found: PreReview) -> None:
    """It has moved on: what called people to it is done."""
    notices.settle(found.get_absolute_url())


def end(found: PreReview) -> None:
    """The clock stops for good."""
    for limit in limits.open_limits_for(found):
        limits.meet(limit)
    settle(found)


def _moved(limit: Limit, move: str) -> None:
    """A changed calendar: the department hears of it, and the applicant reads the new date."""
    found: PreReview = limit.subject
    tell_department(found, f"工作日历调整，预审{move}")
    tell_applicant(found, f"工作日历调整，最迟告知结果的日期改为{limits.due_text(limit)}。")


limits.tell_moves_of(PreReview, _moved)

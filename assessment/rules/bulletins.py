"""Who drafts and reads bulletins, and which span each kind is about."""

from datetime import date, timedelta

from assessment.enums.bulletins import BulletinKind, BulletinState
from assessment.models import Bulletin
from assessment.rules.facts import may_assess
from columns.rules import Visitor
from portal.models import User

MONTHS = {BulletinKind.RANKING: 1, BulletinKind.QUARTERLY: 3, BulletinKind.YEARLY: 12}
WORDS = {
    BulletinKind.RANKING: "{year} 年 {month} 月信息网工作排名",
    BulletinKind.QUARTERLY: "关于 {year} 年第{quarter}季度信息发布和答复情况的通报",
    BulletinKind.YEARLY: "关于 {year} 年度信息网工作考评情况的通报",
}
QUARTERS = "一二三四"


def why_not(user: User, verb: str, bulletin: Bulletin) -> str:
    """Why the person may not save, issue or withdraw it; "" when they may."""
    return "" if may_assess(user) else "您没有主站全站的检查权限，不能办理通报"


def may_see(user: Visitor, bulletin: Bulletin) -> bool:
    """Issued ones: everybody where it is public, else whoever is signed in."""
    return bulletin.state == BulletinState.ISSUED and (bulletin.is_public or user.is_authenticated)


def may_see_draft(user: Visitor) -> bool:
    return isinstance(user, User) and may_assess(user)


def span(kind: BulletinKind, day: date) -> tuple[date, date]:
    """First and last day of the month, quarter or year that `day` lies in."""
    length = MONTHS[kind]
    first = (day.month - 1) // length * length + 1
    starts_on = day.replace(month=first, day=1)
    after = first + length
    ends_on = date(day.year + (after > 12), after - 12 if after > 12 else after, 1) - timedelta(days=1)
    return starts_on, ends_on


def title_of(kind: BulletinKind, starts_on: date) -> str:
    quarter = QUARTERS[(starts_on.month - 1) // 3]
    return WORDS[kind].format(year=starts_on.year, month=starts_on.month, quarter=quarter)


def before(kind: BulletinKind, starts_on: date) -> tuple[date, date]:
    """The span before: what figures are compared with."""
    return span(kind, starts_on - timedelta(days=1))

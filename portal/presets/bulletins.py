"""`--demo`: the ranking of the month before the last went out; the bulletin of the last quarter is being drafted."""

from dataclasses import replace
from datetime import timedelta

from assessment.enums.bulletins import BulletinKind
from assessment.enums.schemes import Cycle
from assessment.models import Bulletin, Scheme
from assessment.operations import bulletins as operations
from assessment.operations.bulletins import Words
from assessment.rules.bulletins import span
from portal import clock
from portal.models import User
from portal.presets.moments import moment

CLOSING = "各单位要对照更新时限查漏补缺，栏目责任人每周至少查看一次所分工的栏目；收到提醒单的单位要在期限内更新并签收。"


def play(preset: str) -> None:
    """Nothing where there is a bulletin already, nor where nobody of the sample people assesses."""
    office = User.objects.filter(is_sample=True, staff_number="jiancha").first()
    scheme = Scheme.objects.filter(is_used=True, cycle=Cycle.MONTH).order_by("pk").first()
    if office is None or Bulletin.objects.exists():
        return
    month = Cycle.MONTH.before(Cycle.MONTH.before(clock.today()))
    with clock.at(moment(3, hour=10)):
        ranking = operations.draft(BulletinKind.RANKING, scheme, month, by=office)
        ranking = _say(ranking, office, number=f"信通〔{month.year}〕{month.month}号", closing=CLOSING)
        operations.issue(ranking, by=office, version=ranking.version)
    with clock.at(moment(1, hour=16)):
        quarter, _ = span(BulletinKind.QUARTERLY, clock.today())
        draft = operations.draft(BulletinKind.QUARTERLY, scheme, quarter - timedelta(days=1), by=office)
        _say(draft, office, closing=CLOSING)


def _say(bulletin: Bulletin, office: User, **words: str) -> Bulletin:
    usual = Words(**{name: getattr(bulletin, name) for name in Words.__dataclass_fields__})
    return operations.save(bulletin, replace(usual, **words), by=office, version=bulletin.version)

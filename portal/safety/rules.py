"""Who keeps the safety registers and who looks on; how often somebody has to look."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from portal import clock, parameters
from portal.enums import Power
from portal.incident_life import SAFETY
from portal.models import CloserWatch, SafetyRecord, User

Visitor = User | AnonymousUser
KEEPERS_ONLY = "安全台账由系统管理员或安全管理员记录"
LOOKERS_ON = (Power.SYSTEM, Power.SECURITY, Power.AUDIT, Power.INSPECT, Power.CONSENT, Power.SIGN)


def keeps(user: Visitor) -> bool:
    return _holds(user, Power.SYSTEM, Power.SECURITY)


def looks_on(user: Visitor) -> bool:
    """Whoever keeps them, leads, inspects or audits."""
    return _holds(user, *LOOKERS_ON)


def why_not(user: User, verb: str, record: SafetyRecord) -> str:
    """Why `user` may not `verb` this record; "" when they may. Unknown verbs raise KeyError."""
    SAFETY[verb]
    return why_not_keep(user)


def why_not_keep(user: User) -> str:
    return "" if keeps(user) else KEEPERS_ONLY


def live_periods(day: date) -> list[CloserWatch]:
    """特殊时期 that `day` lies in."""
    return list(CloserWatch.objects.filter(starts_on__lte=day, ends_on__gte=day, ended_at=None))


def patrol_hours() -> int | None:
    """How often a person looks: as the parameter says, in a 特殊时期 as often as the strictest asks."""
    return _strictest("patrol_hours")


def visit_minutes() -> int | None:
    """The same of the visits the portal makes itself."""
    return _strictest("visit_minutes")


def _strictest(name: str) -> int | None:
    usual = parameters.value(name)
    asked = [getattr(one, name) for one in live_periods(clock.today())]
    return min([*asked, *([usual] if usual else [])], default=None)


def _holds(user: Visitor, *powers: Power) -> bool:
    return user.is_active and any(user.has_perm(f"portal.{power}") for power in powers)

"""用户信息的办理时限 (办法第十五条): how long a comment, a contribution or a question may wait. Its number is data."""

from django.db import models

from portal import limits, parameters
from portal.models import Parameter, User

KEY = "user_items_days"


def days() -> int | None:
    """Working days; None where no rule asks for any."""
    return parameters.value(KEY)


def start(item: models.Model, label: str, *, by: User) -> None:
    """Start the clock; where no rule asks for one, none runs."""
    if (allowed := days()) is not None:
        limits.start(item, label=label, clause=_clause(), working_days=allowed, by=by)


def stop(item: models.Model, *, by: User) -> None:
    """Whatever was decided: it waits no longer."""
    for limit in limits.open_limits_for(item):
        limits.meet(limit, by=by)


def _clause() -> str:
    row = Parameter.objects.filter(key=KEY).values_list("clause", flat=True).first()
    return row or parameters.standard()[KEY]["clause"]

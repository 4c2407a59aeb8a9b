"""Who may not decide about a draft, whatever power they hold."""

from collections.abc import Callable, Collection
from typing import Any

from columns.enums import StepState
from columns.rules.powers import principals
from portal.enums import Power
from portal.models import User


def why_not_decide(
    user: User, step: Any, *, called: str, writers: set[int], deciders: Callable[[], Collection[User]]
) -> str:
    """Why `user` may not approve or return at this step; "" when they may. Nobody approves their own work, nor, while
    acting for its drafter, the drafter's.
    """
    if step.state != StepState.CURRENT:
        return f"这件{called}没有待审的步骤"
    if user.pk in writers:
        return f"不能审核自己拟写的{called}"
    if principals(user) & writers:
        return f"您正代理这件{called}的拟稿人，不能审核被代理人的{called}"
    if user not in deciders():
        return f"“{step.label}”须由有{Power(step.power).label}权限的人进行，本部门有审核人的由本部门审核"
    return ""

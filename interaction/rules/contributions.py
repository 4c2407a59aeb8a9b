"""Who may contribute where, and who takes a contribution (办法第十三条第2项、第十四条第2项)."""

from columns import rules as column_rules
from columns.models import Column
from columns.queries import tree
from columns.rules import Visitor
from interaction.models import Contribution
from interaction.workflow.contributions import CONTRIBUTION
from portal.enums import Power
from portal.models import User

OVERSEES = (Power.PUBLISH, Power.INSPECT, Power.AUDIT)
"""Whoever holds one of these on a column sees every contribution to it, also what was refused, with the reason."""
TAKES = (Power.COLLECT, Power.PUBLISH)
"""What it takes to adopt one: it becomes a draft of whoever adopts it."""


def why_not_contribute(user: Visitor, column: Column) -> str:
    """Why `user` may not send a text for `column`; "" when they may. Whoever collects for it writes there themselves."""
    if not user.is_authenticated:
        return "请先登录再投稿"
    if not column.takes_contributions:
        return f"“{column}”栏目没有接受投稿"
    if not column_rules.may_read(user, column, tree(column.site)):
        return "您不能阅读这个栏目"
    if column_rules.may(user, Power.COLLECT, column):
        return f"您有“{column}”栏目的采集权限，请在工作台直接写稿"
    return ""


def why_not(user: User, verb: str, contribution: Contribution) -> str:
    """Why `user` may not `verb` this contribution; "" when they may. Unknown verbs raise KeyError."""
    CONTRIBUTION[verb]
    is_own = contribution.contributor_id == user.pk
    if verb == "withdraw":
        return "" if is_own else "只有投稿人可以撤回"
    if not all(column_rules.may(user, power, contribution.column) for power in TAKES):
        return f"投稿由“{contribution.column}”栏目有采集和发布权限的版主处理"
    if is_own:
        return "不能处理自己的投稿"
    if contribution.contributor_id in column_rules.principals(user):
        return "您正代理投稿人，不能处理被代理人的投稿"
    return ""


def acting_for(user: User, verb: str, contribution: Contribution) -> User | None:
    """In whose place `user` decides under a delegation (办法第十条)."""
    if verb == "withdraw":
        return None
    return column_rules.acting_for(user, Power.PUBLISH, contribution.column)


def oversees(user: Visitor, contribution: Contribution) -> bool:
    """Whether `user` sees the contribution on the desk however it stands."""
    return any(column_rules.may(user, power, contribution.column) for power in OVERSEES)

"""Who asks, who answers, who sees what (办法第九条、第十四条第2项; 实施意见三（二）)."""

from columns import rules as column_rules
from columns.enums import ColumnKind
from columns.models import Column
from columns.queries import tree
from columns.rules import Visitor
from interaction.models import Question
from interaction.workflow.questions import QUESTION
from portal.enums import Power
from portal.models import User
from portal.once import once

HANDLES = (Power.ANSWER, Power.PUBLISH, Power.REVIEW, Power.SIGN, Power.INSPECT, Power.AUDIT)
"""Whoever holds one of these on a column sees its questions on the desk, however they stand: those who answer, approve
answers and moderate, and inspection. Collecting has no part in it.
"""


def why_not_ask(user: Visitor, column: Column) -> str:
    """Why `user` may not ask in `column`; "" when they may."""
    if not user.is_authenticated:
        return "请先登录再提问"
    if column.kind != ColumnKind.QUESTIONS:
        return f"“{column}”不是问答栏目"
    if not column_rules.may_read(user, column, tree(column.site)):
        return "您不能阅读这个栏目"
    return ""


def why_not(user: User, verb: str, question: Question) -> str:
    """Why `user` may not `verb` this question; "" when they may. Unknown verbs raise KeyError."""
    if QUESTION[verb].power is None:
        return ""  # the portal's own move, at the end of an answer's route
    return why_not_answer(user, question)


def why_not_answer(user: User, question: Question) -> str:
    """办法第九条: 版主 of the column manages and answers what users ask; of others with the power to answer, those of the
    department it is addressed to."""
    column = question.column
    if not column_rules.may(user, Power.ANSWER, column):
        return f"您没有“{column}”栏目的答复权限"
    is_theirs = question.department_id in departments_of(user, column.pk)
    if not is_theirs and not column_rules.may(user, Power.PUBLISH, column):
        return f"这个提问由{question.department}答复"
    if question.asked_by_id == user.pk:
        return "不能办理自己的提问"
    if question.asked_by_id in column_rules.principals(user):
        return "您正代理提问人，不能办理被代理人的提问"
    return ""


def departments_of(user: User, column_id: int) -> set[int]:
    """Ids of the departments for which `user` answers in a column: their own and all above it, and those of whoever
    they act for there."""
    powers = column_rules.powers_of(user)
    found: set[int] = set()
    if powers.own.covers(Power.ANSWER, column_id, powers.parents):
        found |= column_rules.own_departments(user)
    for principal in lenders(user):
        if powers.lent[principal.pk].covers(Power.ANSWER, column_id, powers.parents):
            found |= column_rules.own_departments(principal)
    return found


def lenders(user: User) -> list[User]:
    """Those in whose place `user` answers anywhere; no query for whoever acts for nobody."""
    lent = column_rules.powers_of(user).lent
    return once(user, "lenders", lambda: list(User.objects.filter(pk__in=lent)) if lent else [])


def acting_for(user: User, verb: str, question: Question) -> User | None:
    """In whose place `user` makes this move under a delegation (办法第十条)."""
    power = QUESTION[verb].power
    return column_rules.acting_for(user, power, question.column) if power else None


def why_not_faq(user: Visitor, question: Question) -> str:
    """Why `user` may not set or unset 常见问题: that takes the power to publish, and an answer."""
    if not column_rules.may(user, Power.PUBLISH, question.column):
        return f"您没有“{question.column}”栏目的发布权限，不能设定常见问题"
    return "" if question.is_shown else "提问答复以后才能设为常见问题"


def handles(user: Visitor, question: Question) -> bool:
    """Whether `user` sees the question on the desk."""
    return any(column_rules.may(user, power, question.column) for power in HANDLES)


def may_see(user: Visitor, question: Question) -> bool:
    """Whether `user` may open its page: the asker always, readers once it is answered, whoever handles it."""
    if user.is_authenticated and question.asked_by_id == user.pk:
        return True
    if question.is_shown and column_rules.may_read(user, question.column, tree(question.site)):
        return True
    return handles(user, question)

"""Who may comment where, and who decides about it (办法第十三条、第十四条第2项)."""

from columns import rules as column_rules
from columns.queries import tree
from columns.rules import Visitor
from interaction.enums.questions import QuestionState
from interaction.models import Comment, Question
from interaction.workflow.comments import COMMENT
from portal.enums import Power
from portal.models import User
from publishing import rules as publishing_rules
from publishing.models import Article

OVERSEES = (Power.PUBLISH, Power.INSPECT, Power.AUDIT)
"""Whoever holds one of these on a column sees every comment there, also what was refused, with the reason."""


def why_not_post(user: Visitor, on: Article | Question) -> str:
    """Why `user` may not say anything about `on`; "" when they may."""
    if not user.is_authenticated:
        return "请先登录再发表意见"
    return _why_not_here(user, on) if isinstance(on, Article) else _why_not_discuss(user, on)


def why_not(user: User, verb: str, comment: Comment) -> str:
    """Why `user` may not `verb` this comment; "" when they may. Unknown verbs raise KeyError."""
    power = COMMENT[verb].power
    if power is None or not column_rules.may(user, power, comment.column):
        return f"您没有“{comment.column}”栏目的发布权限，不能审核评论"
    if comment.author_id == user.pk:
        return "不能审核自己的评论"
    if comment.author_id in column_rules.principals(user):
        return "您正代理评论人，不能审核被代理人的评论"
    return ""


def acting_for(user: User, verb: str, comment: Comment) -> User | None:
    """In whose place `user` decides under a delegation (办法第十条)."""
    power = COMMENT[verb].power
    return column_rules.acting_for(user, power, comment.column) if power else None


def oversees(user: Visitor, comment: Comment) -> bool:
    """Whether `user` sees the comment however it stands: moderators and inspection."""
    return any(column_rules.may(user, power, comment.column) for power in OVERSEES)


def _why_not_here(user: User, article: Article) -> str:
    if not article.column.takes_comments:
        return f"“{article.column}”栏目没有开放评论"
    if not publishing_rules.may_read(user, article):
        return "这件稿件现在不能评论"
    return ""


def _why_not_discuss(user: User, question: Question) -> str:
    if question.state == QuestionState.CLOSED:
        return "这个提问已经办结，不再讨论；有新的问题请另行提问"
    if question.state != QuestionState.ANSWERED:
        return "提问答复以后才能讨论"
    if not column_rules.may_read(user, question.column, tree(question.site)):
        return "您不能阅读这个栏目"
    return ""

"""Decisions about texts that write nothing: who may do what, and why a text cannot be published yet."""

from dataclasses import dataclass

from django.db.models import Q

from columns import rules as column_rules
from columns.enums import StepState
from columns.queries import tree
from columns.rules import Visitor
from portal import richtext
from portal.enums import SEES_WORK, Power
from portal.incidents.reading import has_open_about
from portal.models import StoredFile, User
from publishing.enums import ArticleState, Severity
from publishing.models import Article, ReviewStep, Revision
from publishing.workflow import REVISION

DECISIONS = {"approve", "return_"}
TITLE_WIDTH = 60
INCIDENT_PAGE = "article"


@dataclass(frozen=True)
class Issue:
    """One finding about a text: which rule, where, on what ground, and whether it stops the text."""

    rule: str
    place: str
    message: str
    clause: str
    severity: Severity


def why_not(user: User, verb: str, revision: Revision) -> str:
    """Why `user` may not `verb` this revision; "" when they may. Unknown verbs raise KeyError."""
    move = REVISION[verb]
    if move.power is None:
        return ""  # the system's own moves, only ever fired by an operation as part of a person's act
    if verb in DECISIONS:
        return _why_not_decide(user, revision)
    if not column_rules.may(user, move.power, revision.column):
        return f"您没有“{revision.column}”栏目的{Power(move.power).label}权限"
    if verb == "recall" and not {user.pk, *column_rules.principals(user)} & revision.authors:
        return "只有报送人可以收回"
    return ""


def acting_for(user: User, verb: str, revision: Revision) -> User | None:
    """In whose place `user` makes this move under a delegation, if in anybody's (办法第十条)."""
    step = current_step(revision) if verb in DECISIONS else None
    power = step.power if step else REVISION[verb].power
    return column_rules.acting_for(user, power, revision.column) if power else None


def may(user: User, verb: str, revision: Revision) -> bool:
    return not why_not(user, verb, revision)


def current_step(revision: Revision) -> ReviewStep | None:
    return revision.steps.filter(state=StepState.CURRENT).first()


def _why_not_decide(user: User, revision: Revision) -> str:
    step = current_step(revision)
    if step is None:
        return "这件稿件没有待审的步骤"
    if not column_rules.may(user, step.power, revision.column):
        return f"“{step.label}”须由有“{revision.column}”栏目{step.get_power_display()}权限的人进行"
    if user.pk in revision.authors:
        return "不能审核自己采集或修改的稿件"
    if column_rules.principals(user) & revision.authors:
        return "您正代理这件稿件的采集人，不能审核被代理人的稿件"
    return ""


def may_edit(user: Visitor, article: Article) -> bool:
    """Whether `user` may write a new revision of `article` or change its open one."""
    return column_rules.may(user, Power.COLLECT, article.column)


def may_withdraw(user: Visitor, article: Article) -> bool:
    return column_rules.may(user, Power.PUBLISH, article.column)


def why_not_take_down(user: User, article: Article) -> str:
    """Why `user` may not take the page down; 系统、安全管理员 of its site may while an incident about it is open."""
    if may_withdraw(user, article):
        return ""
    powers = column_rules.powers_of(user)
    if not any(powers.has_on_site(power, article.site_id) for power in (Power.SYSTEM, Power.SECURITY)):
        return f"您没有“{article.column}”栏目的发布权限，也不是该站的系统管理员或安全管理员"
    return (
        ""
        if has_open_about(INCIDENT_PAGE, article.pk)
        else "应急撤下须先登记涉及这一页的安全事件（办法第二十一条）"
    )


def may_see_work(user: Visitor, article: Article) -> bool:
    """Whether `user` may see drafts, history and review of `article`: whoever holds a power there or wrote it."""
    if not user.is_authenticated:
        return False
    powers = column_rules.powers_of(user)
    columns = {article.column_id, *article.revisions.values_list("column", flat=True)}
    return article.created_by_id == user.pk or any(powers.has(p, c) for p in SEES_WORK for c in columns)


def may_read(user: Visitor, article: Article) -> bool:
    """Whether `user` may read the live page."""
    if article.state != ArticleState.LIVE:
        return False
    columns = tree(article.site)
    column = columns.get(article.column_id)
    return column is not None and column_rules.may_read(user, column, columns)


def may_read_file(user: Visitor, file: StoredFile) -> bool:
    """Whether `user` may fetch a file: its uploader, readers of a live page that shows it, handlers of a text with it."""
    if user.is_authenticated and file.owner_id == user.pk:
        return True
    shown = Q(cover=file) | Q(pictures=file) | Q(attachments__file=file)
    uses = Revision.objects.filter(shown).select_related("article__site").distinct()
    live = [one.article for one in uses if one.article.published_revision_id == one.pk]
    if any(may_read(user, article) for article in live):
        return True
    return any(may_see_work(user, article) for article in {one.article for one in uses})


def publish_issues(revision: Revision) -> list[Issue]:
    """Why this text cannot be reported or published, or what to look at first (办法第十二、十三条)."""
    return [issue for check in CHECKS for issue in check(revision)]


def blocking_issues(revision: Revision) -> list[Issue]:
    return [issue for issue in publish_issues(revision) if issue.severity == Severity.BLOCK]


def _check_title(revision: Revision):
    if not revision.title.strip():
        yield Issue("title", "title", "请填写标题", "第十二条", Severity.BLOCK)
    elif len(revision.title) > TITLE_WIDTH:
        yield Issue("title", "title", f"标题超过 {TITLE_WIDTH} 字，列表中会被截断", "第十二条", Severity.WARN)


def _check_body(revision: Revision):
    if richtext.is_empty(revision.body) and not (revision.pk and revision.attachments.exists()):
        yield Issue("body", "body", "正文为空，也没有附件", "第十二条", Severity.BLOCK)


def _check_credit(revision: Revision):
    if not revision.author_name.strip():
        yield Issue("author", "author_name", "请注明作者", "第十二条、实施意见三（三）", Severity.BLOCK)
    if revision.is_reprint and not revision.source_name.strip():
        yield Issue("source", "source_name", "转载须注明出处", "第十二条、实施意见三（三）", Severity.BLOCK)


def _check_pictures(revision: Revision):
    if missing := richtext.pictures_without_alt(revision.body):
        yield Issue("alt", "body", f"有 {missing} 张图片没有文字说明", "GB/T 37668 替代文本", Severity.WARN)


CHECKS = (_check_title, _check_body, _check_credit, _check_pictures)

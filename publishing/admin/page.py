"""What the editor's page is about: one article as one person has it open."""

from functools import cached_property

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest

from portal import clock
from portal.models import User
from portal.models.audit import in_place_of
from portal.workflow import Transition, open_moves
from publishing import rules
from publishing.acts import ACTS
from publishing.enums import EDITABLE_STATES, ArticleState, RevisionState
from publishing.forms import MoveForm
from publishing.models import Article, Revision
from publishing.operations.drafts import open_revision

# 提交审核 is the editor's own main button; 同意 and 退回 belong to the review screen, which shows the step.
STEPS = ACTS.keys() - {"report", "approve", "return_"}


class Page:
    """One article as one person has it open; `article` is None while a new one is written."""

    def __init__(self, request: HttpRequest, model_admin: ModelAdmin, article: Article | None):
        self.request, self.admin, self.article = request, model_admin, article
        self.user: User = request.user

    @cached_property
    def open(self) -> Revision | None:
        """The revision on its way."""
        return open_revision(self.article) if self.article else None

    @cached_property
    def text(self) -> Revision | None:
        """What the editor starts from: the revision on its way, else the live text, else the last one."""
        if self.article is None:
            return None
        return self.open or self.article.published_revision or self.article.revisions.first()

    @property
    def is_writable(self) -> bool:
        if self.article is None:
            return True
        return rules.may_edit(self.user, self.article) and (
            self.open is None or self.open.state in EDITABLE_STATES
        )

    @property
    def why_closed(self) -> str:
        """Why the text cannot be changed now, and what to do about it."""
        if not rules.may_edit(self.user, self.article):
            return "您没有本栏目的采集权限，可以查看，不能修改。"
        may_recall = rules.may(self.user, "recall", self.open)
        how = (
            "先收回"
            if may_recall
            else f"由报送人{in_place_of(self.open.reported_by, self.open.reported_for)}收回"
        )
        if step := rules.current_step(self.open):
            return f"正在等待“{step.label}”。要修改请{how}，改好后重新提交审核。"
        if self.open.state == RevisionState.SCHEDULED:
            moment = clock.local(self.open.scheduled_at)
            return f"将于 {moment:%Y-%m-%d %H:%M} 自动发布。要修改请先取消定时，再{how.removeprefix('先')}。"
        return f"已审核通过，等待发布。要修改请{how}，改好后重新提交审核。"

    def moves(self, shown: MoveForm | None) -> list[MoveForm]:
        """A small form for each step the person may take now; `shown` is the one just refused."""
        texts = [self.open] if self.open else []
        if self.article and self.article.state == ArticleState.LIVE:
            texts.append(self.article.published_revision)
        forms = [
            self._move_form(move, text, shown)
            for text in texts
            for move in open_moves(text, self.user, rules.why_not, STEPS)
        ]
        if shown and shown not in forms:
            forms.append(shown)  # no longer open, but its refusal has to be read
        return forms

    def _move_form(self, move: Transition, text: Revision, shown: MoveForm | None) -> MoveForm:
        if shown and shown.move == move:
            return shown
        return MoveForm(move=move, initial={"revision": text.pk, "version": text.version})

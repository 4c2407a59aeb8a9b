"""The editor's page: parse what was typed, call the operation, show what it says."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from portal import clock
from portal.models import AuditEntry, User
from portal.workflow import Refused, TooLate, Transition, open_moves
from publishing import operations, rules
from publishing.admin.files import keep_uploads
from publishing.enums import EDITABLE_STATES, ArticleState, RevisionState
from publishing.forms import ArticleForm, MoveForm
from publishing.forms.article import initial_of
from publishing.models import Article, Revision
from publishing.operations.drafts import open_revision, version_token
from publishing.workflow import REVISION

Act = Callable[[Revision, User, dict[str, Any]], Any]
ACTS: dict[str, Act] = {
    "recall": lambda text, by, typed: operations.recall(text, by=by),
    "publish": lambda text, by, typed: operations.publish(text, by=by, version=typed["version"]),
    "schedule": lambda text, by, typed: operations.schedule(text, by=by, at=typed["scheduled_at"]),
    "unschedule": lambda text, by, typed: operations.unschedule(text, by=by),
    "send_back": lambda text, by, typed: operations.send_back(text, by=by, note=typed["note"]),
    "withdraw": lambda text, by, typed: _withdraw(text, by, typed["note"]),
    "discard": lambda text, by, typed: operations.discard(text, by=by),
}
DONE = {
    "recall": "已收回，可以修改了",
    "publish": "已发布",
    "schedule": "已定时，到时自动发布",
    "unschedule": "已取消定时",
    "send_back": "已退回",
    "withdraw": "已撤稿，读者不再能看到",
    "discard": "已作废",
}


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
        step = rules.current_step(self.open)
        if step:
            return f"正在等待“{step.label}”。要修改请先收回，改好后重新提交审核。"
        if self.open.state == RevisionState.SCHEDULED:
            moment = clock.local(self.open.scheduled_at)
            return f"将于 {moment:%Y-%m-%d %H:%M} 自动发布。要修改请先取消定时，再收回。"
        return "已审核通过，等待发布。要修改请先收回，改好后重新提交审核。"

    def moves(self, shown: MoveForm | None) -> list[MoveForm]:
        """A small form for each step the person may take now; `shown` is the one just refused."""
        texts = [self.open] if self.open else []
        if self.article and self.article.state == ArticleState.LIVE:
            texts.append(self.article.published_revision)
        forms = [
            self._move_form(move, text, shown)
            for text in texts
            for move in open_moves(text, self.user, rules.why_not, ACTS)
        ]
        if shown and shown not in forms:
            forms.append(shown)  # no longer open, but its refusal has to be read
        return forms

    def _move_form(self, move: Transition, text: Revision, shown: MoveForm | None) -> MoveForm:
        if shown and shown.move == move:
            return shown
        return MoveForm(move=move, initial={"revision": text.pk, "version": text.version})


def show(page: Page, form: ArticleForm | None = None, move_form: MoveForm | None = None) -> HttpResponse:
    """The page as it stands; `form` holds what was typed and refused, `move_form` a refused step."""
    if form is None and page.is_writable:
        token = version_token(page.article) if page.article else "new"
        initial = initial_of(page.text, token, page.user)
        form = ArticleForm(user=page.user, article=page.article, initial=initial)
    opts = page.admin.opts
    context = {
        **page.admin.admin_site.each_context(page.request),
        "opts": opts,
        "title": str(page.text or page.article) if page.article else "新稿件",
        "original": page.article,
        "page": page,
        "article": page.article,
        "text": page.text,
        "form": form,
        "media": form.media if form else "",
        "notes": _notes(form) if form else {},
        "moves": page.moves(move_form),
        "issues": rules.publish_issues(page.open) if page.open else [],
        "returned": _returned(page.open),
        "draft_key": page.article.pk if page.article else "new",
        "saved": page.request.GET.get("saved", ""),
    }
    return TemplateResponse(page.request, "admin/publishing/article/editor.html", context)


def store(page: Page) -> HttpResponse:
    """保存, or 提交审核: saved and reported together or not at all. What is refused stays as typed."""
    data, refused_files = keep_uploads(page.request)
    form = ArticleForm(data, user=page.user, article=page.article)
    form.refused_files = refused_files
    if not form.is_valid() or any(refused_files.values()):
        return show(page, form)
    if sent_before := _already_on_its_way(page, form):
        messages.info(page.request, "这件稿件已经提交过了。")
        return redirect("admin:publishing_article_change", sent_before.pk)
    revision = _save(page, form, is_report="_report" in page.request.POST)
    if revision is None:
        return show(page, form)
    for message in form.dropped:
        messages.warning(page.request, message)
    messages.success(page.request, _done(revision))
    address = reverse("admin:publishing_article_change", args=[revision.article_id])
    kept = page.article.pk if page.article else form.cleaned_data["key"]
    return redirect(f"{address}?saved={kept}")


def act(page: Page, verb: str) -> HttpResponse:
    """One step of the text on its way."""
    if verb not in ACTS:
        raise Http404("没有这一步")
    form = MoveForm(page.request.POST, move=REVISION[verb])
    if form.is_valid():
        text = get_object_or_404(page.article.revisions, pk=form.cleaned_data["revision"])
        try:
            ACTS[verb](text, page.user, form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(page.request, f"{DONE[verb]}。")
            return redirect("admin:publishing_article_change", page.article.pk)
    page.article.refresh_from_db()
    return show(page, move_form=form)


def _withdraw(text: Revision, by: User, note: str) -> Article:
    if text.article.published_revision_id != text.pk:
        raise TooLate("这件稿件已有新的修订发布，请刷新后再看")
    return operations.withdraw(text.article, by=by, note=note)


def _save(page: Page, form: ArticleForm, is_report: bool) -> Revision | None:
    """The saved revision, or None with the reasons on the form and nothing written."""
    try:
        with transaction.atomic():
            revision = _write(page, form)
            issues = rules.blocking_issues(revision) if is_report else []
            for issue in issues:
                form.add_error(issue.place if issue.place in form.fields else None, issue.message)
            if issues:
                transaction.set_rollback(True)
                return None
            return operations.report(revision, by=page.user) if is_report else revision
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def _write(page: Page, form: ArticleForm) -> Revision:
    """A form sent twice goes on with the text that its first sending made."""
    draft = form.draft(page.open or page.text)
    if page.article:
        return operations.save(page.article, draft, by=page.user, token=form.cleaned_data["token"])
    first = _first_sending(page, form)
    if first is None:
        return operations.create(draft, by=page.user)
    current = open_revision(first)
    if current is None or current.saved_by_id != page.user.pk:
        raise TooLate("这件稿件已经建立，别人正在修改，请从稿件列表中打开")
    return operations.save(first, draft, by=page.user, token=version_token(first))


def _already_on_its_way(page: Page, form: ArticleForm) -> Article | None:
    """The article that this new form made before and that has left its writer's hands since."""
    first = None if page.article else _first_sending(page, form)
    if first is None:
        return None
    current = open_revision(first)
    return first if current is None or current.state not in EDITABLE_STATES else None


def _first_sending(page: Page, form: ArticleForm) -> Article | None:
    key = form.cleaned_data["key"]
    return Article.objects.filter(created_by=page.user, import_key=f"form:{key}").first() if key else None


def _done(revision: Revision) -> str:
    if revision.state == RevisionState.IN_REVIEW:
        return f"已提交审核，等待“{rules.current_step(revision).label}”。"
    if revision.state == RevisionState.APPROVED:
        return "已提交。本栏目不须审核，可以发布了。"
    return "已保存。"


def _notes(form: ArticleForm) -> dict[int, dict[str, str]]:
    """栏目内容 and 材料格式描述 of every column on offer (附件一)."""
    return {pk: {"content": one.content_note, "format": one.format_note} for pk, one in form.columns.items()}


def _returned(text: Revision | None) -> AuditEntry | None:
    """Who sent the text back, when and why."""
    if text is None or text.state != RevisionState.RETURNED:
        return None
    rows = AuditEntry.objects.filter(object_type=Revision._meta.label_lower, object_id=str(text.pk))
    return rows.filter(verb__in=("return_", "send_back")).select_related("actor").first()

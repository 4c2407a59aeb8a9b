"""The editor's page: parse what was typed, call the operation, show what it says."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from portal.models import AuditEntry
from portal.refusals import refused
from portal.workflow import Refused, TooLate
from publishing import operations, rules
from publishing.acts import ACTS
from publishing.admin.files import keep_uploads
from publishing.admin.page import STEPS, Page
from publishing.enums import EDITABLE_STATES, RevisionState
from publishing.forms import ArticleForm, MoveForm
from publishing.forms.article import initial_of
from publishing.models import Article, Revision
from publishing.operations.drafts import open_revision, version_token
from publishing.workflow import REVISION


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
    revision = _save(page, form, is_report="_report" in page.request.POST)
    if revision is None and (sent_before := _already_on_its_way(page, form)):
        messages.info(page.request, "这件稿件已经提交过了。")
        return redirect("admin:publishing_article_change", sent_before.pk)
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
    if verb not in STEPS:
        raise Http404("没有这一步")
    form = MoveForm(page.request.POST, move=REVISION[verb])
    if form.is_valid():
        text = get_object_or_404(page.article.revisions, pk=form.cleaned_data["revision"])
        try:
            ACTS[verb].run(text, page.user, form.cleaned_data)
        except Refused as refusal:
            refused(page.request, refusal, text)
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(page.request, ACTS[verb].done.format(text.title))
            return redirect("admin:publishing_article_change", page.article.pk)
    page.article.refresh_from_db()
    return show(page, move_form=form)


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
    except IntegrityError:  # the same form arrived twice at the same moment; the other one was quicker
        form.add_error(None, "这件稿件刚刚已经保存过一次，请再按一次")
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
    return rows.filter(verb__in=("return_", "send_back")).select_related("actor", "acting_for").first()

"""稿件: the list of texts a person works with, and the doors to the editor."""

import re

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST
from unfold.decorators import display

from columns import rules as column_rules
from portal import clock
from portal.admin.access import PortalAdmin
from portal.enums import SEES_WORK, Power
from portal.models.audit import in_place_of
from publishing import queries, rules
from publishing.admin import editor
from publishing.admin.filters import ColumnFilter, SiteFilter, StateFilter
from publishing.admin.page import Page
from publishing.enums import OPEN_STATES, ArticleState, RevisionState
from publishing.models import Article, Revision

NUMBER = re.compile(r"[0-9]{1,18}")
TAGS = {
    RevisionState.IN_REVIEW: "tag-main",
    RevisionState.RETURNED: "tag-late",
    RevisionState.APPROVED: "tag-gold",
    RevisionState.SCHEDULED: "tag-gold",
    ArticleState.LIVE: "tag-ok",
}


def may_see_articles(request: HttpRequest) -> bool:
    """Whoever handles texts of any column."""
    return column_rules.powers_of(request.user).anywhere(*SEES_WORK)


@admin.register(Article)
class ArticleAdmin(PortalAdmin):
    list_display = ["title", "site", "column", "states", "reporter", "last_saved"]
    list_select_related = ["site", "column"]
    list_filter = [StateFilter, SiteFilter, ColumnFilter]
    search_fields = ["title"]
    search_help_text = "按标题查找"
    list_per_page = 30

    def may_see(self, request: HttpRequest) -> bool:
        return may_see_articles(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return column_rules.powers_of(request.user).anywhere(Power.COLLECT)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return rules.may_see_work(request.user, obj) if obj else self.may_see(request)

    has_view_permission = has_change_permission

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """With the newest text's state, writer and time beside each article: still one query."""
        revisions = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
        return queries.workable(request.user).annotate(
            work_state=Subquery(revisions.filter(state__in=OPEN_STATES).values("state")[:1]),
            writer=Subquery(revisions.values("saved_by__name")[:1]),
            writer_for=Subquery(revisions.values("saved_for__name")[:1]),
            reporter_name=Subquery(revisions.values("reported_by__name")[:1]),
            reporter_for=Subquery(revisions.values("reported_for__name")[:1]),
            saved_at=Subquery(revisions.values("saved_at")[:1]),
        )

    @display(description="状态")
    def states(self, article: Article) -> str:
        shown = [] if article.state == ArticleState.NEW else [ArticleState(article.state)]
        shown += [RevisionState(article.work_state)] if article.work_state else []
        shown = shown or [ArticleState.NEW]
        tags = [(TAGS.get(state, "tag-quiet"), state.label) for state in shown]
        return format_html('<span class="tags">{}</span>', format_html_join(
            " ", '<span class="tag {}">{}</span>', tags
        ))  # fmt: skip

    @display(description="报送人")
    def reporter(self, article: Article) -> str:
        if article.reporter_name:
            return in_place_of(article.reporter_name, article.reporter_for)
        return in_place_of(article.writer or "", article.writer_for)

    @display(description="最后保存")
    def last_saved(self, article: Article) -> str:
        return f"{clock.local(article.saved_at):%Y-%m-%d %H:%M}" if article.saved_at else ""

    def get_urls(self):
        act = self.admin_site.admin_view(require_POST(self.act_view))
        return [path("<int:pk>/act/<slug:verb>/", act, name="publishing_article_act"), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context=None
    ) -> HttpResponse:
        """The editor: a page of its own, since a text is written in revisions and saved by operations."""
        if object_id is None and not self.has_add_permission(request):
            raise PermissionDenied("您没有任何栏目的采集权限")
        article = self._article(request, object_id) if object_id else None
        page = Page(request, self, article)
        return editor.store(page) if request.method == "POST" else editor.show(page)

    def act_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        return editor.act(Page(request, self, self._article(request, pk)), verb)

    def _article(self, request: HttpRequest, pk: str | int) -> Article:
        rows = Article.objects.select_related("site", "column")
        article = rows.filter(pk=pk).first() if NUMBER.fullmatch(str(pk)) else None
        if article is None or not rules.may_see_work(request.user, article):
            raise Http404("没有这件稿件，或您不经办这件稿件")
        return article

"""Filters of the list of texts: only what the person works with is offered."""

import re

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from columns import rules as column_rules
from columns.forms import column_choices
from portal import lineage
from publishing.enums import OPEN_STATES, ArticleState, RevisionState


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = "状态", "state"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        live = [(ArticleState.LIVE.value, "已发布"), (ArticleState.WITHDRAWN.value, "已撤稿")]
        return [*[(state, RevisionState(state).label) for state in OPEN_STATES], *live]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in OPEN_STATES:
            return queryset.filter(revisions__state=self.value())
        return queryset.filter(state=self.value()) if self.value() else queryset


class SiteFilter(admin.SimpleListFilter):
    title, parameter_name = "站点", "site"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [(site.key, site.name) for site in request.sites]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(site__key=self.value()) if self.value() else queryset


class ColumnFilter(admin.SimpleListFilter):
    """Columns of the chosen site; a main column stands for all below it."""

    title, parameter_name = "栏目", "column"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        chosen = request.GET.get("site") or request.site.key
        sites = [site for site in request.sites if site.key == chosen]
        return [row for _, rows in column_choices(sites) for row in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not re.fullmatch(r"[0-9]{1,18}", self.value() or ""):
            return queryset
        wanted, parents = int(self.value()), column_rules.powers_of(request.user).parents
        below = lineage.beneath({wanted}, {pk: above for pk, (above, _) in parents.items()})
        return queryset.filter(column__in=below)

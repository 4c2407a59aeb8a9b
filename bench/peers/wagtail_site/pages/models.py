"""The same content as page models: a home page of blocks, two levels of columns, articles below the second."""

from django.core.paginator import Paginator
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page

BLOCK_SIZE, PAGE_SIZE = 9, 20


class ArticlePage(Page):
    body = RichTextField()
    author_name = models.CharField(max_length=60, blank=True)
    department = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(db_index=True)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        beside = ArticlePage.objects.live().sibling_of(self, inclusive=False)
        context["newer"] = beside.filter(published_at__gt=self.published_at).order_by("published_at").first()
        context["older"] = beside.filter(published_at__lt=self.published_at).order_by("-published_at").first()
        return context


class ColumnPage(Page):
    content_note = models.TextField(blank=True)

    def newest(self):
        return ArticlePage.objects.live().descendant_of(self).order_by("-published_at")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["listing"] = Paginator(self.newest(), PAGE_SIZE).get_page(request.GET.get("page"))
        return context


class HomePage(Page):
    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        mains = ColumnPage.objects.live().child_of(self)
        context["blocks"] = [
            {"column": main, "tabs": main.get_children().live(), "articles": main.newest()[:BLOCK_SIZE]}
            for main in mains
        ]
        return context

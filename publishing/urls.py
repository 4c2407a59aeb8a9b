"""Addresses of texts: what readers open, and what those who handle texts open under the desk."""

from django.urls import path
from django.views.decorators.http import require_safe

from publishing.views import desk, feeds, files, public, sitemap

public_urlpatterns = [
    path("", public.home, name="home"),
    path("c/<slug:slug>/", public.column, name="column"),
    path("a/<int:pk>/", public.article, name="article"),
    path("search/", public.search, name="search"),
    path("feeds/", require_safe(feeds.SiteFeed()), name="site_feed"),
    path("feeds/<slug:slug>/", require_safe(feeds.ColumnFeed()), name="column_feed"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<int:part>.xml", sitemap.part, name="sitemap_part"),
    path("files/<uuid:pk>/-/<slug:size>.jpg", files.thumbnail, name="thumbnail"),
    path("files/<uuid:pk>/<str:name>", files.download, name="file"),
    path("editor/upload/", files.editor_upload, name="editor_upload"),
]

desk_urlpatterns = [
    path("reviews/", desk.reviews, name="reviews"),
    path("reviews/<int:pk>/", desk.review, name="review"),
    path("reviews/<int:pk>/<slug:verb>/", desk.act, name="act"),
    path("articles/<int:pk>/", desk.article, name="article"),
    path("articles/<int:pk>/preview/", desk.preview, name="preview"),
    path("articles/<int:pk>/history/", desk.history, name="history"),
    path("articles/<int:pk>/compare/", desk.compare, name="compare"),
]

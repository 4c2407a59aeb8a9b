"""Addresses of the catalogue: 政府信息公开 for the public, 公开目录 under the desk."""

from django.urls import path

from disclosure.views.catalogue import (
    acts,
    desk,
    duties,
    editing,
    feed,
    leaving_out,
    packages,
    pages,
    public,
    under,
)
from publishing import below

below.register(under.ABOVE)
below.register(under.BELOW)

public_urlpatterns: list = [
    path("disclosure/", public.start, name="disclosure"),
    path("disclosure/guide/", public.guide, name="disclosure_guide"),
    path("disclosure/catalogue/", public.catalogue, name="catalogue"),
    path("disclosure/c/<slug:key>/", public.category, name="catalogue_category"),
    path("disclosure/e/<int:pk>/", public.entry, name="catalogue_entry"),
    path("disclosure/pages/<slug:kind>/", public.pages, name="disclosure_pages"),
    path("feeds/disclosure.json", feed.feed, name="catalogue_feed"),
]
desk_urlpatterns: list = [
    path("catalogue/", desk.entries, name="catalogue"),
    path("catalogue/export/", desk.export, name="catalogue_export"),
    path("catalogue/pending/", desk.pending, name="uncatalogued"),
    path("catalogue/pending/leave-out/", leaving_out.leave_out, name="leave_out"),
    path("catalogue/left-out/", leaving_out.listed, name="left_out"),
    path("catalogue/left-out/<int:pk>/take-back/", leaving_out.take_back, name="take_back_left_out"),
    path("catalogue/new/", editing.new, name="entry_new"),
    path("catalogue/duties/", duties.duties, name="catalogue_duties"),
    path("catalogue/duties/export/", duties.export, name="catalogue_duties_export"),
    path("catalogue/package/", packages.package, name="catalogue_package"),
    path("catalogue/pages/", pages.pages, name="disclosure_pages"),
    path("catalogue/pages/<int:pk>/drop/", pages.drop, name="disclosure_page_drop"),
    path("catalogue/<int:pk>/", desk.entry, name="entry"),
    path("catalogue/<int:pk>/edit/", editing.edit, name="entry_edit"),
    path("catalogue/<int:pk>/<slug:verb>/", acts.act, name="entry_act"),
]

"""Addresses of the 工作台."""

from django.urls import path

from portal.desk import views
from portal.views import mailboxes

urlpatterns = [
    path("", views.home, name="home"),
    path("notices/", views.notices, name="notices"),
    path("mailboxes/", mailboxes.mine, name="mailboxes"),
    path("mailboxes/apply/<slug:kind>/", mailboxes.apply, name="mailbox_apply"),
    path("mailboxes/listing/", mailboxes.listing, name="mailbox_listing"),
    path("mailboxes/requests/", mailboxes.requests, name="mailbox_requests"),
    path("mailboxes/<int:pk>/", mailboxes.mailbox, name="mailbox"),
    path("mailboxes/<int:pk>/<slug:verb>/", mailboxes.act, name="mailbox_act"),
]

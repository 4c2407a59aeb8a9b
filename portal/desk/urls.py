"""Addresses of the 工作台."""

from django.urls import path

from portal.desk import views
from portal.views import backups, handovers, mailboxes

urlpatterns = [
    path("", views.home, name="home"),
    path("notices/", views.notices, name="notices"),
    path("backups/", backups.backups, name="backups"),
    path("backups/ask/", backups.ask, name="ask_backup"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/plan/<staff:staff_number>/", handovers.plan, name="plan_departure"),
    path("handovers/<int:pk>/", handovers.handover, name="handover"),
    path("handovers/<int:pk>/hand-over/", handovers.hand_over, name="hand_over"),
    path("handovers/<int:pk>/close/", handovers.close, name="close_handover"),
    path("handovers/<int:pk>/call-off/", handovers.call_off, name="call_off_departure"),
    path("mailboxes/", mailboxes.mine, name="mailboxes"),
    path("mailboxes/apply/<slug:kind>/", mailboxes.apply, name="mailbox_apply"),
    path("mailboxes/listing/", mailboxes.listing, name="mailbox_listing"),
    path("mailboxes/requests/", mailboxes.requests, name="mailbox_requests"),
    path("mailboxes/<int:pk>/", mailboxes.mailbox, name="mailbox"),
    path("mailboxes/<int:pk>/<slug:verb>/", mailboxes.act, name="mailbox_act"),
]

"""Addresses of the 工作台."""

from django.urls import path

from portal.desk import views
from portal.views import backups, handovers, house, incidents, mailboxes, posting, safety

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
    path("operations/", house.operations, name="operations"),
    path("logs/", house.logs, name="logs"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.new, name="incident_new"),
    path("incidents/export/", incidents.export, name="incidents_export"),
    path("incidents/<int:pk>/", incidents.incident, name="incident"),
    path("incidents/<int:pk>/files/<uuid:file>/", incidents.attachment, name="incident_file"),
    path("incidents/<int:pk>/<slug:verb>/", incidents.act, name="incident_act"),
    path("posting/", posting.switches, name="posting"),
    path("posting/<int:pk>/<slug:verb>/", posting.turn, name="posting_turn"),
    path("safety/", safety.registers, name="safety"),
    path("safety/new/", safety.new, name="safety_new"),
    path("safety/export/", safety.export, name="safety_export"),
    path("safety/periods/", safety.periods, name="safety_periods"),
    path("safety/periods/<int:pk>/end/", safety.end_period, name="safety_period_end"),
    path("safety/<int:pk>/", safety.record, name="safety_record"),
    path("safety/<int:pk>/files/<uuid:file>/", safety.attachment, name="safety_file"),
    path("safety/<int:pk>/<slug:verb>/", safety.act, name="safety_act"),
]

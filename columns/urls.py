"""Addresses of columns under the desk: the ledger of grants, absences and delegations."""

from django.urls import path

from columns.views import leaves, ledger, sheets

desk_urlpatterns = [
    path("authorisations/", ledger.ledger, name="ledger"),
    path("authorisations/new/", ledger.propose, name="propose"),
    path("authorisations/health/", sheets.health, name="ledger_health"),
    path("authorisations/people/<str:staff_number>/", sheets.person, name="person_sheet"),
    path("authorisations/columns/<int:pk>/", sheets.column, name="column_sheet"),
    path("authorisations/<int:pk>/", ledger.appointment, name="appointment"),
    path("authorisations/<int:pk>/<slug:verb>/", ledger.act, name="appointment_act"),
    path("leaves/", leaves.leaves, name="leaves"),
    path("leaves/new/", leaves.report, name="report_leave"),
    path("leaves/<int:pk>/call-off/", leaves.call_off, name="call_off_leave"),
    path("delegations/new/", leaves.name_acting, name="name_acting"),
    path("delegations/<int:pk>/end/", leaves.end, name="end_delegation"),
]

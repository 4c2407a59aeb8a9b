"""Addresses of columns under the desk: the ledger of grants, absences and delegations, 信息维护分工."""

from django.urls import path

from columns.views import exchange, leaves, ledger, responsibilities, sheets

desk_urlpatterns = [
    path("authorisations/", ledger.ledger, name="ledger"),
    path("authorisations/new/", ledger.propose, name="propose"),
    path("authorisations/health/", sheets.health, name="ledger_health"),
    path("authorisations/people/<staff:staff_number>/", sheets.person, name="person_sheet"),
    path("authorisations/columns/<int:pk>/", sheets.column, name="column_sheet"),
    path("authorisations/<int:pk>/", ledger.appointment, name="appointment"),
    path("authorisations/<int:pk>/<slug:verb>/", ledger.act, name="appointment_act"),
    path("leaves/", leaves.leaves, name="leaves"),
    path("leaves/new/", leaves.report, name="report_leave"),
    path("leaves/<int:pk>/call-off/", leaves.call_off, name="call_off_leave"),
    path("delegations/new/", leaves.name_acting, name="name_acting"),
    path("delegations/<int:pk>/end/", leaves.end, name="end_delegation"),
    path("responsibilities/", responsibilities.responsibilities, name="responsibilities"),
    path("responsibilities/edit/", responsibilities.edit, name="responsibilities_edit"),
    path("responsibilities/excel/", exchange.export, name="responsibilities_excel"),
    path("responsibilities/import/", exchange.upload, name="responsibilities_import"),
    path("responsibilities/import/apply/", exchange.apply, name="responsibilities_apply"),
]

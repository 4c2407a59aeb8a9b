"""Addresses: annual reports."""

from django.urls import path

from disclosure.views.reports import desk, public, writing

public_urlpatterns: list = [
    path("disclosure/reports/", public.reports, name="annual_reports"),
    path("disclosure/reports/<int:year>/", public.report, name="annual_report"),
    path("disclosure/reports/<int:year>.<slug:form>", public.export, name="annual_report_file"),
]
desk_urlpatterns: list = [
    path("annual-reports/", desk.reports, name="annual_reports"),
    path("annual-reports/<int:pk>/", desk.report, name="annual_report"),
    path("annual-reports/<int:pk>/parts/<slug:part>/", writing.part, name="annual_report_part"),
    path("annual-reports/<int:pk>/figures/", writing.figures, name="annual_report_figures"),
    path("annual-reports/<int:pk>/cases/", writing.cases, name="annual_report_cases"),
    path("annual-reports/<int:pk>/act/<slug:verb>/", desk.act, name="annual_report_act"),
    path("annual-reports/<int:pk>.<slug:form>", desk.export, name="annual_report_export"),
]

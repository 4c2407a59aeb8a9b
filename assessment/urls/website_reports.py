"""Addresses: the website's yearly form."""

from django.urls import path

from assessment.views.website_reports import desk, public

public_urlpatterns: list = [
    path("website-reports/", public.reports, name="website_reports"),
    path("website-reports/<int:year>/", public.report, name="website_report"),
]
desk_urlpatterns: list = [
    path("website-reports/", desk.reports, name="website_reports"),
    path("website-reports/<int:pk>/", desk.report, name="website_report"),
    path("website-reports/<int:pk>/fill/", desk.fill, name="website_report_fill"),
    path("website-reports/<int:pk>/act/<slug:verb>/", desk.act, name="website_report_act"),
]

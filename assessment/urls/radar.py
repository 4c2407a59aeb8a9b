"""Addresses: self-check, the built-in visitor and reports."""

from django.urls import path

from assessment.views.radar import board, limits, packages, visits
from assessment.views.reports import pages

public_urlpatterns: list = []
desk_urlpatterns: list = [
    path("self-check/", board.board, name="radar"),
    path("self-check/limits/", limits.limits, name="radar_limits"),
    path("self-check/limits/<int:pk>/end/", limits.end, name="radar_limit_end"),
    path("self-check/visits/", visits.visits, name="visits"),
    path("self-check/visits/<int:pk>/", visits.visit, name="visit"),
    path("self-check/visits/<int:pk>/snapshot/", visits.snapshot, name="visit_snapshot"),
    path("self-check/packages/<slug:quarter>/", packages.package, name="radar_package"),
    path("reports/build-up/", pages.build_up, name="report_build_up"),
    path("reports/build-up/export/", pages.build_up_export, name="report_build_up_export"),
    path("reports/updates/", pages.updates, name="report_updates"),
    path("reports/updates/export/", pages.updates_export, name="report_updates_export"),
    path("reports/heat/", pages.heat, name="report_heat"),
    path("reports/heat/export/", pages.heat_export, name="report_heat_export"),
    path("reports/silence/", pages.silence, name="report_silence"),
    path("reports/silence/export/", pages.silence_export, name="report_silence_export"),
    path("reports/gaps/", pages.gaps, name="report_gaps"),
    path("reports/gaps/export/", pages.gaps_export, name="report_gaps_export"),
    path("reports/accountability/", pages.accountability, name="report_accountability"),
    path("reports/accountability/export/", pages.accountability_export, name="report_accountability_export"),
]

"""Addresses: inspections, violations, rectification and contests."""

from django.urls import path

from assessment.views import rectifications, violations
from assessment.views.contests import desk as contests
from assessment.views.contests import public
from assessment.views.inspections import plan, sheet

public_urlpatterns: list = [
    path("scoreboard/contests/", public.contests, name="contests"),
    path("scoreboard/contests/<int:pk>/", public.contest, name="contest"),
]
desk_urlpatterns: list = [
    path("inspections/", plan.inspections, name="inspections"),
    path("inspections/new/", plan.new, name="inspection_new"),
    path("inspections/<int:pk>/", plan.inspection, name="inspection"),
    path("inspections/<int:pk>/edit/", plan.edit, name="inspection_edit"),
    path("inspections/<int:pk>/draw/", plan.draw, name="inspection_draw"),
    path("inspections/<int:pk>/export/", plan.export, name="inspection_export"),
    path("inspections/<int:pk>/columns/<int:column>/", sheet.sheet, name="inspection_sheet"),
    path("inspections/<int:pk>/act/<slug:verb>/", plan.act, name="inspection_act"),
    path("checks/<int:pk>/", sheet.answer, name="check_answer"),
    path("checks/<int:pk>/picture/", sheet.picture, name="check_picture"),
    path("checks/<int:pk>/rectify/", sheet.rectify, name="check_rectify"),
    path("rectifications/", rectifications.rectifications, name="rectifications"),
    path("rectifications/new/", rectifications.new, name="rectification_new"),
    path("rectifications/<int:pk>/", rectifications.rectification, name="rectification"),
    path("rectifications/<int:pk>/files/<uuid:file>/", rectifications.attachment, name="rectification_file"),
    path("rectifications/<int:pk>/act/<slug:verb>/", rectifications.act, name="rectification_act"),
    path("violations/", violations.violations, name="violations"),
    path("violations/new/", violations.new, name="violation_new"),
    path("violations/export/", violations.export, name="violations_export"),
    path("violations/<int:pk>/", violations.violation, name="violation"),
    path("violations/<int:pk>/files/<uuid:file>/", violations.attachment, name="violation_file"),
    path("violations/<int:pk>/strike/", violations.strike, name="violation_strike"),
    path("contests/", contests.contests, name="contests"),
    path("contests/new/", contests.new, name="contest_new"),
    path("contests/<int:pk>/", contests.contest, name="contest"),
    path("contests/<int:pk>/candidates/", contests.put_up, name="contest_put_up"),
    path("contests/<int:pk>/candidates/<int:candidate>/drop/", contests.take_off, name="contest_take_off"),
    path("contests/<int:pk>/poll/", contests.make_poll, name="contest_poll"),
    path("contests/<int:pk>/link/", contests.link, name="contest_link"),
    path("contests/<int:pk>/act/<slug:verb>/", contests.act, name="contest_act"),
]

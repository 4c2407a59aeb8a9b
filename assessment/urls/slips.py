"""Addresses: reminders, update limits, lists of praise and criticism."""

from django.urls import path

from assessment.views.slips import cadences, desk, mentions, pauses

public_urlpatterns: list = [path("scoreboard/mentions/", mentions.public, name="public_mentions")]
desk_urlpatterns: list = [
    path("cadences/", cadences.standings, name="cadences"),
    path("cadences/late/", cadences.late, name="cadence_late"),
    path("cadences/rules/", cadences.rules, name="cadence_rules"),
    path("cadences/new/", cadences.file, name="cadence_new"),
    path("cadences/pauses/", pauses.pauses, name="cadence_pauses"),
    path("cadences/pauses/new/", pauses.pause, name="cadence_pause"),
    path("cadences/pauses/<int:pk>/lift/", pauses.lift, name="cadence_lift"),
    path("cadences/<int:pk>/", cadences.one, name="cadence"),
    path("cadences/<int:pk>/<slug:verb>/", cadences.act, name="cadence_act"),
    path("slips/", desk.slips, name="slips"),
    path("slips/<int:pk>/", desk.slip, name="slip"),
    path("slips/<int:pk>/print/", desk.sheet, name="slip_print"),
    path("slips/<int:pk>/<slug:verb>/", desk.act, name="slip_act"),
    path("mentions/", mentions.mentions, name="mentions"),
    path("mentions/new/", mentions.enter, name="mention_new"),
    path("mentions/<int:pk>/", mentions.mention, name="mention"),
    path("mentions/<int:pk>/<slug:verb>/", mentions.act, name="mention_act"),
]

"""Addresses: rounds, scores, objections, schemes and boards."""

from django.urls import path

from assessment.views.scores import objections, points, public, rounds, schemes, units

public_urlpatterns: list = [
    path("scoreboard/", public.scoreboard, name="scoreboard"),
    path("scoreboard/<int:pk>/", public.board, name="scoreboard_round"),
    path("scoreboard/<int:pk>/units/<int:unit>/", public.unit, name="scoreboard_unit"),
]
desk_urlpatterns: list = [
    path("scores/", rounds.rounds, name="rounds"),
    path("scores/units/<int:pk>/", units.unit, name="unit_score"),
    path("scores/units/<int:pk>/self/", units.self_score, name="self_score"),
    path("scores/points/<int:pk>/", points.point, name="point"),
    path("scores/points/<int:pk>/files/<int:file>/", points.file, name="point_file"),
    path("scores/publications/<int:pk>/", points.overrule, name="publication"),
    path("scores/objections/", objections.objections, name="objections"),
    path("scores/objections/<int:pk>/", objections.objection, name="objection"),
    path("scores/<int:pk>/", rounds.round_page, name="round"),
    path("scores/<int:pk>/proof/", rounds.proof, name="round_proof"),
    path("scores/<int:pk>/act/<slug:verb>/", rounds.act, name="round_act"),
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/<int:pk>/", schemes.scheme, name="scheme"),
    path("schemes/<int:pk>/version/", schemes.version, name="scheme_version"),
    path("schemes/<int:pk>/act/<slug:verb>/", schemes.act, name="scheme_act"),
]

"""Addresses of contributions."""

from django.urls import path

from interaction.views.contributions import desk, public

public_urlpatterns = [
    path("contributions/", public.contributions, name="contributions"),
    path("contributions/new/", public.new, name="contribute"),
    path("contributions/<int:pk>/", public.one, name="contribution"),
    path("contributions/<int:pk>/withdraw/", public.withdraw, name="withdraw_contribution"),
]

desk_urlpatterns = [
    path("contributions/", desk.contributions, name="contributions"),
    path("contributions/<int:pk>/", desk.contribution, name="contribution"),
    path("contributions/<int:pk>/<slug:verb>/", desk.act, name="contribution_act"),
]

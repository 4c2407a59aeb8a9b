"""Addresses of interaction, gathered from its nouns."""

from django.urls import path

from interaction.urls import (
    activities,
    banks,
    comments,
    consultations,
    contributions,
    exams,
    interviews,
    letters,
    my,
    polls,
    questions,
    surveys,
)
from interaction.views import centre, hub

NOUNS = (
    activities,
    banks,
    comments,
    consultations,
    contributions,
    exams,
    interviews,
    letters,
    my,
    polls,
    questions,
    surveys,
)

public_urlpatterns: list = [
    path("interaction/", hub.hub, name="interaction"),
    *(one for noun in NOUNS for one in noun.public_urlpatterns),
]
desk_urlpatterns: list = [
    path("centre/", centre.centre, name="centre"),
    *(one for noun in NOUNS for one in noun.desk_urlpatterns),
]

"""Addresses of interaction, gathered from its nouns."""

from django.urls import path

from interaction.urls import activities, comments, contributions, letters, my, questions
from interaction.views import hub

public_urlpatterns: list = [
    path("interaction/", hub.hub, name="interaction"),
    *activities.public_urlpatterns,
    *comments.public_urlpatterns,
    *contributions.public_urlpatterns,
    *letters.public_urlpatterns,
    *questions.public_urlpatterns,
]
desk_urlpatterns: list = [
    *activities.desk_urlpatterns,
    *comments.desk_urlpatterns,
    *contributions.desk_urlpatterns,
    *letters.desk_urlpatterns,
    *my.desk_urlpatterns,
    *questions.desk_urlpatterns,
]

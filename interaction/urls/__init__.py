"""Addresses of interaction, gathered from its nouns."""

from django.urls import path

from interaction.urls import activities, banks, exams, letters, polls, surveys
from interaction.views import hub

public_urlpatterns: list = [
    path("interaction/", hub.hub, name="interaction"),
    *activities.public_urlpatterns,
    *banks.public_urlpatterns,
    *exams.public_urlpatterns,
    *letters.public_urlpatterns,
    *polls.public_urlpatterns,
    *surveys.public_urlpatterns,
]
desk_urlpatterns: list = [
    *activities.desk_urlpatterns,
    *banks.desk_urlpatterns,
    *exams.desk_urlpatterns,
    *letters.desk_urlpatterns,
    *polls.desk_urlpatterns,
    *surveys.desk_urlpatterns,
]

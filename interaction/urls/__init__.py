"""Addresses of interaction, gathered from its nouns."""

from interaction.urls import activities, letters, polls, surveys

public_urlpatterns: list = [
    *activities.public_urlpatterns,
    *letters.public_urlpatterns,
    *polls.public_urlpatterns,
    *surveys.public_urlpatterns,
]
desk_urlpatterns: list = [
    *activities.desk_urlpatterns,
    *letters.desk_urlpatterns,
    *polls.desk_urlpatterns,
    *surveys.desk_urlpatterns,
]

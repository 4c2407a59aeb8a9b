"""Addresses of interaction, gathered from its nouns."""

from interaction.urls import activities, banks, exams, letters

public_urlpatterns: list = [
    *activities.public_urlpatterns,
    *banks.public_urlpatterns,
    *exams.public_urlpatterns,
    *letters.public_urlpatterns,
]
desk_urlpatterns: list = [
    *activities.desk_urlpatterns,
    *banks.desk_urlpatterns,
    *exams.desk_urlpatterns,
    *letters.desk_urlpatterns,
]

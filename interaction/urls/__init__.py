"""Addresses of interaction, gathered from its nouns."""

from interaction.urls import activities, letters

public_urlpatterns: list = [*activities.public_urlpatterns, *letters.public_urlpatterns]
desk_urlpatterns: list = [*activities.desk_urlpatterns, *letters.desk_urlpatterns]

"""Addresses of interaction, gathered from its nouns."""

from interaction.urls import activities

public_urlpatterns: list = [*activities.public_urlpatterns]
desk_urlpatterns: list = [*activities.desk_urlpatterns]

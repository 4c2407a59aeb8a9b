"""Addresses of interaction, gathered from its nouns."""

public_urlpatterns: list = []
desk_urlpatterns: list = []

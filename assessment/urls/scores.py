"""Addresses: rounds, scores, objections and boards."""

public_urlpatterns: list = []
desk_urlpatterns: list = []

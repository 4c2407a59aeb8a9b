"""Addresses: self-check, the built-in visitor and reports."""

public_urlpatterns: list = []
desk_urlpatterns: list = []

"""Addresses: reminders, update limits, lists of praise and criticism."""

public_urlpatterns: list = []
desk_urlpatterns: list = []

"""Addresses: inspections, violations, rectification and contests."""

public_urlpatterns: list = []
desk_urlpatterns: list = []

"""Addresses of disclosure, gathered from its nouns."""

from disclosure.urls import catalogue, decisions, dispatches, proceedings, reports, requests, services

NOUNS = (catalogue, decisions, dispatches, proceedings, reports, requests, services)

public_urlpatterns: list = [one for noun in NOUNS for one in noun.public_urlpatterns]
desk_urlpatterns: list = [one for noun in NOUNS for one in noun.desk_urlpatterns]

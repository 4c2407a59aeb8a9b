"""Addresses of disclosure, gathered from its nouns."""

from disclosure.urls import dispatches, reports, requests

NOUNS: tuple = (requests, reports, dispatches)

public_urlpatterns: list = [one for noun in NOUNS for one in noun.public_urlpatterns]
desk_urlpatterns: list = [one for noun in NOUNS for one in noun.desk_urlpatterns]

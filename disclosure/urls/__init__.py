"""Addresses of disclosure, gathered from its nouns."""

from disclosure.urls import services

NOUNS: tuple = (services,)

public_urlpatterns: list = [one for noun in NOUNS for one in noun.public_urlpatterns]
desk_urlpatterns: list = [one for noun in NOUNS for one in noun.desk_urlpatterns]

"""Where everybody finds what they took part in."""

from django.urls import path

from interaction.views.my import desk

public_urlpatterns: list = []

desk_urlpatterns = [path("my/", desk.my, name="my")]

"""Where everybody finds what they took part in."""

from django.urls import path

from interaction.views.my import desk

desk_urlpatterns = [path("my/", desk.my, name="my")]

"""Addresses of 复议诉讼, under the desk."""

from django.urls import path

from disclosure.views.proceedings import desk

public_urlpatterns: list = []

desk_urlpatterns = [
    path("proceedings/", desk.register, name="proceedings"),
    path("proceedings/for/<int:pk>/", desk.enter, name="proceeding_enter"),
    path("proceedings/<int:pk>/", desk.proceeding, name="proceeding"),
    path("proceedings/<int:pk>/paper/", desk.paper, name="proceeding_paper"),
    path("proceedings/<int:pk>/remove/", desk.remove, name="proceeding_remove"),
]

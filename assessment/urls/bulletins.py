"""Addresses: bulletins."""

from django.urls import path

from assessment.views.bulletins import desk, public

public_urlpatterns: list = [
    path("scoreboard/bulletins/", public.bulletins, name="bulletins"),
    path("scoreboard/bulletins/<int:pk>/", public.bulletin, name="bulletin"),
    path("scoreboard/bulletins/<int:pk>.<slug:form>", public.export, name="bulletin_export"),
]
desk_urlpatterns: list = [
    path("bulletins/", desk.bulletins, name="bulletins"),
    path("bulletins/new/", desk.new, name="bulletin_new"),
    path("bulletins/<int:pk>/", desk.bulletin, name="bulletin"),
    path("bulletins/<int:pk>/withdraw/", desk.withdraw, name="bulletin_withdraw"),
    path("bulletins/<int:pk>.<slug:form>", desk.export, name="bulletin_export"),
]

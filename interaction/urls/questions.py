"""Addresses of questions."""

from django.urls import path

from interaction.views.questions import acts, desk, public

public_urlpatterns = [
    path("questions/", public.questions, name="questions"),
    path("questions/new/", public.ask, name="ask"),
    path("questions/similar/", public.similar, name="similar_questions"),
    path("questions/<int:pk>/", public.question, name="question"),
    path("questions/<int:pk>/useful/", public.useful, name="useful_question"),
]

desk_urlpatterns = [
    path("questions/", desk.questions, name="questions"),
    path("questions/<int:pk>/", desk.question, name="question"),
    path("questions/<int:pk>/<slug:verb>/", acts.act, name="question_act"),
]

"""Addresses of 网上投票 and 网上评议."""

from django.urls import path

from interaction.views.polls import desk, public, results

public_urlpatterns = [
    path("polls/", public.polls, name="polls"),
    path("polls/<int:pk>/", public.poll, name="poll"),
    path("polls/<int:pk>/vote/", public.vote, name="poll_vote"),
    path("polls/<int:pk>/results/", public.results, name="poll_results"),
]

desk_urlpatterns = [
    path("activities/<int:pk>/poll/", desk.edit, name="poll_edit"),
    path("activities/<int:pk>/poll/questions/new/", desk.question, name="poll_question_new"),
    path("activities/<int:pk>/poll/questions/<int:number>/", desk.question, name="poll_question"),
    path("activities/<int:pk>/poll/questions/<int:number>/<slug:way>/", desk.move, name="poll_question_move"),
    path("activities/<int:pk>/poll/results/", results.results, name="poll_results"),
    path("activities/<int:pk>/poll/results/export/", results.export, name="poll_results_export"),
]

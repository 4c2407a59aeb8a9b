"""Addresses of 依申请公开: for whoever asks, and under the desk for those who handle it."""

from django.urls import path

from disclosure.views.requests import board, desk, papers, public, tracking, typing

public_urlpatterns = [
    path("disclosure/requests/new/", public.new, name="new_request"),
    path("disclosure/requests/form.docx", papers.blank, name="request_form"),
    path("disclosure/requests/track/", tracking.track, name="track_request"),
    path("disclosure/requests/track/<slug:code>/", tracking.tracked, name="tracked_request"),
    path("disclosure/requests/track/<slug:code>/correct/", tracking.correct, name="correct_request"),
    path("disclosure/requests/track/<slug:code>/withdraw/", tracking.withdraw, name="withdraw_request"),
    path(
        "disclosure/requests/track/<slug:code>/papers/<slug:kind>-<int:row>.docx",
        tracking.paper,
        name="tracked_paper",
    ),
]

desk_urlpatterns = [
    path("requests/", board.board, name="requests"),
    path("requests/new/", typing.type_in, name="type_request"),
    path("requests/<int:pk>/", desk.request_page, name="request"),
    path("requests/<int:pk>/files/<int:file>/", desk.attachment, name="request_file"),
    path("requests/<int:pk>/papers/<slug:kind>-<int:row>.docx", desk.paper, name="request_paper"),
    path("requests/<int:pk>/<slug:verb>/", desk.act, name="request_act"),
]

"""Addresses of letters: 信箱 for whoever writes, 来信 under the desk for those who handle them."""

from django.urls import path

from interaction.views.letters import answers, board, boxes, desk, matters, public, tracking

public_urlpatterns = [
    path("mailbox/", public.mailbox, name="mailbox"),
    path("mailbox/track/", tracking.track, name="track"),
    path("mailbox/track/<slug:code>/", tracking.tracked, name="tracked"),
    path("mailbox/track/<slug:code>/rate/", tracking.rate, name="rate_letter"),
    path("mailbox/track/<slug:code>/reopen/", tracking.reopen, name="reopen_letter"),
    path("mailbox/mine/", tracking.mine, name="my_letters"),
    path("mailbox/public/", public.published, name="public_letters"),
    path("mailbox/public/<int:pk>/", public.public_letter, name="public_letter"),
    path("mailbox/<slug:key>/", public.write, name="write_letter"),
]

desk_urlpatterns = [
    path("letters/", board.board, name="letters"),
    path("letters/figures/", board.figures, name="letter_figures"),
    path("letters/<int:pk>/", desk.letter, name="letter"),
    path("letters/<int:pk>/public/", desk.public_copy, name="letter_public"),
    path("letters/<int:pk>/files/<int:file>/", desk.attachment, name="letter_file"),
    path("letters/<int:pk>/<slug:verb>/", desk.act, name="letter_act"),
    path("letterboxes/", boxes.letterboxes, name="letterboxes"),
    path("letterboxes/<int:pk>/", boxes.letterbox, name="letterbox"),
    path("answers/<int:pk>/", answers.answer, name="answer"),
    path("answers/<int:pk>/<slug:verb>/", answers.act, name="answer_act"),
    path("instructions/<int:pk>/", matters.instruction, name="instruction"),
    path("escalations/<int:pk>/", matters.escalation, name="escalation"),
]

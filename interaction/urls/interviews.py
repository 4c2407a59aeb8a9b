"""Addresses of interviews: what people read and ask, where the host sits, where questions are looked over."""

from django.urls import path

from interaction.views.interviews import desk, host, public, questions

public_urlpatterns = [
    path("interviews/", public.interviews, name="interviews"),
    path("interviews/<int:pk>/", public.interview, name="interview"),
    path("interviews/<int:pk>/questions/", public.question, name="ask_interview"),
    path("interviews/<int:pk>/live/", public.live, name="interview_live"),
]

desk_urlpatterns = [
    path("activities/<int:pk>/guests/", desk.edit, name="interview_edit"),
    path("activities/<int:pk>/media/", desk.media, name="interview_media"),
    path("activities/<int:pk>/interview/", host.interview, name="interview"),
    path("activities/<int:pk>/interview/queue/", host.queue, name="interview_queue"),
    path("activities/<int:pk>/interview/lines/<int:entry>/", host.entry, name="interview_entry"),
    path("activities/<int:pk>/questions/", questions.questions, name="interview_questions"),
    path(
        "activities/<int:pk>/questions/<int:question>/<slug:verb>/",
        questions.act,
        name="interview_question_act",
    ),
]

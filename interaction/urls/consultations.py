"""Addresses of consultations: what people read and answer to, what is done with their opinions on the desk."""

from django.urls import path

from interaction.views.consultations import desk, feedback, opinions, public, tracking

public_urlpatterns = [
    path("consultations/", public.consultations, name="consultations"),
    path("consultations/track/", tracking.track, name="track_opinion"),
    path("consultations/<int:pk>/", public.consultation, name="consultation"),
    path("consultations/<int:pk>/opinion/", public.opinion, name="send_opinion"),
    path("consultations/<int:pk>/feedback/", public.feedback, name="consultation_feedback"),
]

desk_urlpatterns = [
    path("activities/<int:pk>/consultation/", desk.edit, name="consultation_edit"),
    path("activities/<int:pk>/opinions/", opinions.opinions, name="opinions"),
    path("activities/<int:pk>/opinions/export/", opinions.export, name="opinions_export"),
    path("activities/<int:pk>/opinions/<int:opinion>/", opinions.opinion, name="opinion"),
    path("activities/<int:pk>/opinions/<int:opinion>/<slug:verb>/", opinions.act, name="opinion_act"),
    path("activities/<int:pk>/feedback/", feedback.feedback, name="consultation_feedback"),
]

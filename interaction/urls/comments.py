"""Addresses of comments."""

from django.urls import path

from interaction.views.comments import desk, public

public_urlpatterns = [
    path("a/<int:pk>/comments/", public.on_article, name="comment_on_article"),
    path("questions/<int:pk>/comments/", public.on_question, name="comment_on_question"),
]

desk_urlpatterns = [
    path("comments/", desk.comments, name="comments"),
    path("comments/<int:pk>/", desk.comment, name="comment"),
    path("comments/<int:pk>/<slug:verb>/", desk.act, name="comment_act"),
]

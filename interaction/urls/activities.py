"""Addresses that activities of every kind share: those of the desk, and of files. Public pages belong to the kinds."""

from django.urls import path

from interaction.views.activities import desk, files

public_urlpatterns = [
    path(
        "<slug:segment>/<int:pk>/files/<uuid:file>/-/<slug:size>.jpg",
        files.thumbnail,
        name="activity_thumbnail",
    ),
    path("<slug:segment>/<int:pk>/files/<uuid:file>/<str:name>", files.download, name="activity_file"),
]

desk_urlpatterns = [
    path("activities/", desk.activities, name="activities"),
    path("activities/new/<slug:slug>/", desk.new, name="activity_new"),
    path("activities/<int:pk>/", desk.activity, name="activity"),
    path("activities/<int:pk>/edit/", desk.edit, name="activity_edit"),
    path("activities/<int:pk>/copy/", desk.copy, name="activity_copy"),
    path("activities/<int:pk>/act/<slug:verb>/", desk.act, name="activity_act"),
]

"""Addresses of the 工作台."""

from django.urls import path

from portal.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("notices/", views.notices, name="notices"),
]

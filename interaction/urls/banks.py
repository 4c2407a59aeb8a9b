"""Addresses of 题库, all of them on the desk."""

from django.urls import path

from interaction.views.banks import desk, exchange, questions

public_urlpatterns: list = []

desk_urlpatterns = [
    path("banks/", desk.banks, name="banks"),
    path("banks/add/", desk.add, name="bank_add"),
    path("banks/<int:pk>/", desk.bank, name="bank"),
    path("banks/<int:pk>/open/", desk.open_, name="bank_open"),
    path("banks/<int:pk>/edit/", desk.edit, name="bank_edit"),
    path("banks/<int:pk>/import/", exchange.upload, name="bank_import"),
    path("banks/<int:pk>/import/apply/", exchange.apply, name="bank_import_apply"),
    path("banks/<int:pk>/template/", exchange.template, name="bank_template"),
    path("banks/<int:pk>/export/", exchange.export, name="bank_export"),
    path("banks/<int:pk>/add/<slug:kind>/", questions.add, name="bank_question_add"),
    path("banks/<int:pk>/questions/<int:question>/", questions.question, name="bank_question"),
    path("banks/<int:pk>/questions/<int:question>/edit/", questions.edit, name="bank_question_edit"),
    path("banks/<int:pk>/questions/<int:question>/retire/", questions.retire, name="bank_question_retire"),
]

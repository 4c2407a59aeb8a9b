"""Addresses of 网上考试: where it is sat, and where it is prepared, run, marked and read."""

from django.urls import path

from interaction.views.exams import desk, marking, proctor, public, results, sitting

public_urlpatterns: list = [
    path("exams/", public.exams, name="exams"),
    path("exams/<int:pk>/", public.exam, name="exam"),
    path("exams/<int:pk>/sit/", sitting.sit, name="exam_sit"),
    path("exams/<int:pk>/save/", sitting.save, name="exam_save"),
    path("exams/<int:pk>/submit/", sitting.submit, name="exam_submit"),
    path("exams/<int:pk>/result/", public.result, name="exam_result"),
    path("exams/<int:pk>/results/", public.results, name="exam_results"),
]

desk_urlpatterns = [
    path("exams/", desk.exams, name="exams"),
    path("exams/<int:pk>/edit/", desk.edit, name="exam_edit"),
    path("exams/<int:pk>/questions/", desk.questions, name="exam_questions"),
    path("exams/<int:pk>/run/", proctor.run, name="exam_run"),
    path("exams/<int:pk>/run/time/", proctor.time, name="exam_time"),
    path("exams/<int:pk>/mark/", marking.overview, name="exam_mark"),
    path("exams/<int:pk>/mark/<int:item>/", marking.one, name="exam_mark_one"),
    path("exams/<int:pk>/results/", results.results, name="exam_results"),
    path("exams/<int:pk>/results/export/", results.export, name="exam_results_export"),
]

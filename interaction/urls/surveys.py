"""Addresses of 网上调查."""

from django.urls import path

from interaction.views.surveys import desk, public, results

public_urlpatterns = [
    path("surveys/", public.surveys, name="surveys"),
    path("surveys/<int:pk>/", public.survey, name="survey"),
    path("surveys/<int:pk>/results/", public.results, name="survey_results"),
]

HERE = "activities/<int:pk>/survey/"
desk_urlpatterns = [
    path(HERE, desk.edit, name="survey_edit"),
    path(f"{HERE}sections/new/", desk.section, name="survey_section_new"),
    path(f"{HERE}sections/<int:number>/", desk.section, name="survey_section"),
    path(f"{HERE}sections/<int:number>/move/<slug:way>/", desk.move_section, name="survey_section_move"),
    path(f"{HERE}sections/<int:section>/questions/new/", desk.new_question, name="survey_question_new"),
    path(f"{HERE}questions/<int:number>/", desk.question, name="survey_question"),
    path(f"{HERE}questions/<int:number>/move/<slug:way>/", desk.move_question, name="survey_question_move"),
    path(f"{HERE}results/", results.results, name="survey_results"),
    path(f"{HERE}results/export/", results.export, name="survey_results_export"),
    path(f"{HERE}texts/<int:number>/", results.texts, name="survey_texts"),
    path(f"{HERE}texts/<int:number>/<uuid:answer>/", results.publish_text, name="survey_text_publish"),
]

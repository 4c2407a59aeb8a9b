"""Addresses of answers: under the desk drafted, covered, approved, registered; for the applicant to open."""

from django.urls import path

from disclosure.views.decisions import approval, draft, files, public, register

public_urlpatterns = [
    path("disclosure/requests/track/<slug:code>/answer/", public.open_answer, name="open_answer"),
    path("disclosure/requests/track/<slug:code>/answer/letter/", public.letter, name="answer_letter"),
    path("disclosure/requests/track/<slug:code>/answer/<int:pk>/", public.file, name="answer_file"),
]

desk_urlpatterns = [
    path("decisions/", register.register, name="decisions"),
    path("decisions/for/<int:pk>/", draft.draft, name="decision_draft"),
    path("decisions/for/<int:pk>/letter/", draft.letter, name="decision_letter"),
    path("decisions/for/<int:pk>/letter.docx", draft.letter_word, name="decision_word"),
    path("decisions/for/<int:pk>/proof/", draft.proof, name="decision_proof"),
    path("decisions/for/<int:pk>/<slug:verb>/", draft.act, name="decision_draft_act"),
    path("decisions/files/<int:pk>/", files.covering, name="decision_file"),
    path("decisions/files/<int:pk>/pages/<int:number>/", files.page, name="decision_page"),
    path("decisions/files/<int:pk>/given/", files.given, name="decision_given"),
    path("decisions/files/<int:pk>/original/", files.original, name="decision_original"),
    path("decisions/files/<int:pk>/<slug:verb>/", files.act, name="decision_file_act"),
    path("decisions/<int:pk>/", approval.decision, name="decision"),
    path("decisions/<int:pk>/<slug:verb>/", approval.act, name="decision_act"),
]

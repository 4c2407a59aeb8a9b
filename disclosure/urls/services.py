"""Addresses of 网上办事: items, pre-reviews and results for readers; the same under the desk."""

from django.urls import path

from disclosure.views.prereviews import desk as pre_review_desk
from disclosure.views.prereviews import public as applying
from disclosure.views.prereviews import tracking
from disclosure.views.result_notices import desk as result_desk
from disclosure.views.result_notices import entering
from disclosure.views.result_notices import exchange as result_exchange
from disclosure.views.result_notices import public as results
from disclosure.views.services import desk, exchange, guides, public

public_urlpatterns = [
    path("services/", public.services, name="services"),
    path("services/results/", results.results, name="service_results"),
    path("services/track/", tracking.track, name="track_pre_review"),
    path("services/track/<slug:code>/", tracking.tracked, name="tracked_pre_review"),
    path("services/track/<slug:code>/correct/", tracking.correct, name="correct_pre_review"),
    path("services/track/<slug:code>/withdraw/", tracking.withdraw, name="withdraw_pre_review"),
    path("services/<int:pk>/", public.service, name="service"),
    path("services/<int:pk>/apply/", applying.apply, name="apply_pre_review"),
    path("services/<int:pk>/forms/<int:material>/<slug:which>/", public.form_file, name="service_form"),
]

desk_urlpatterns = [
    path("services/", desk.services, name="services"),
    path("services/new/", guides.new, name="service_new"),
    path("services/import/", exchange.upload, name="service_import"),
    path("services/template/", exchange.template, name="service_template"),
    path("services/export/", exchange.export, name="service_export"),
    path("services/completeness/", desk.completeness, name="service_completeness"),
    path("services/<int:pk>/", desk.service, name="service"),
    path("services/<int:pk>/revise/", desk.revise, name="service_revise"),
    path("services/<int:pk>/<slug:verb>/", desk.act, name="service_act"),
    path("guides/<int:pk>/", guides.guide, name="guide"),
    path("guides/<int:pk>/edit/", guides.edit, name="guide_edit"),
    path("guides/<int:pk>/forms/<int:material>/<slug:which>/", guides.file, name="guide_form"),
    path("guides/<int:pk>/<slug:verb>/", guides.act, name="guide_act"),
    path("pre-reviews/", pre_review_desk.board, name="pre_reviews"),
    path("pre-reviews/<int:pk>/", pre_review_desk.pre_review, name="pre_review"),
    path("pre-reviews/<int:pk>/files/<int:file>/", pre_review_desk.file, name="pre_review_file"),
    path("pre-reviews/<int:pk>/result/", entering.from_pre_review, name="pre_review_result"),
    path("pre-reviews/<int:pk>/<slug:verb>/", pre_review_desk.act, name="pre_review_act"),
    path("result-notices/", result_desk.notices, name="result_notices"),
    path("result-notices/new/", entering.new, name="result_new"),
    path("result-notices/import/", result_exchange.upload, name="result_import"),
    path("result-notices/template/", result_exchange.template, name="result_template"),
    path("result-notices/export/", result_exchange.export, name="result_export"),
    path("result-notices/publish-all/", result_desk.publish_all, name="result_publish_all"),
    path("result-notices/<int:pk>/", result_desk.notice, name="result_notice"),
    path("result-notices/<int:pk>/edit/", entering.edit, name="result_edit"),
    path("result-notices/<int:pk>/<slug:verb>/", result_desk.act, name="result_act"),
]

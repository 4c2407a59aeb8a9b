"""Every address of the portal, composed from the apps. Sub-sites have the same ones under `/s/<site>/`.

`everybody` are those that exist for all; the admin's exist for registered addresses (portal.middleware).
"""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from assessment import urls as assessment
from columns import urls as columns
from disclosure import urls as disclosure
from interaction import urls as interaction
from portal.desk import urls as desk
from portal.views import accounts, admin_entrance, directory, health, lost, metrics, second_factor, sessions
from publishing import urls as publishing

admin_doors = [  # before the admin's own: one way in and out for the whole portal
    path("", admin_entrance.entrance),
    path("publishing/", admin_entrance.entrance),
    path("columns/", admin_entrance.entrance),
    path("interaction/", admin_entrance.entrance),
    path("disclosure/", admin_entrance.entrance),
    path("assessment/", admin_entrance.entrance),
    path("portal/", admin_entrance.entrance),
    path("login/", admin_entrance.sign_in),
    path("logout/", accounts.SignOut.as_view()),
    path("password_change/", RedirectView.as_view(pattern_name="password")),
    path("password_change/done/", RedirectView.as_view(pattern_name="password")),
    path("search/", admin_entrance.closed),
    path("r/<path:content_type_id>/<path:object_id>/", admin_entrance.closed),
]
single_sign_on = [path("oidc/", include("portal.views.single_sign_on_urls"))] if settings.OIDC else []
desk_urlpatterns = [
    *desk.urlpatterns,
    *columns.desk_urlpatterns,
    *publishing.desk_urlpatterns,
    *interaction.desk_urlpatterns,
    *disclosure.desk_urlpatterns,
    *assessment.desk_urlpatterns,
]
everybody = [
    *single_sign_on,
    path("", include(publishing.public_urlpatterns)),
    path("", include(interaction.public_urlpatterns)),
    path("", include(disclosure.public_urlpatterns)),
    path("", include(assessment.public_urlpatterns)),
    path("login/", accounts.SignIn.as_view(), name="login"),
    path("login/code/", second_factor.SecondStep.as_view(), name="second_step"),
    path("login/lost/", lost.lost, name="lost"),
    path("logout/", accounts.SignOut.as_view(), name="logout"),
    path("password/", accounts.ChangePassword.as_view(), name="password"),
    path("account/", sessions.account, name="account"),
    path("account/sessions/end-others/", sessions.end_others, name="end_others"),
    path("account/sessions/<int:row>/end/", sessions.end, name="end_session"),
    path("account/second-factor/", second_factor.SecondFactor.as_view(), name="second_factor"),
    path("account/lost/", lost.account_lost, name="account_lost"),
    path("directory/", directory.show, name="directory"),
    path("directory/export/", directory.export, name="directory_export"),
    path("desk/", include((desk_urlpatterns, "desk"))),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics.show, name="metrics"),
]
urlpatterns = [
    *everybody,
    path(f"{settings.ADMIN_PATH}/", include(admin_doors)),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"

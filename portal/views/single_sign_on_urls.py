"""The addresses of single sign-on; they exist only where a provider is set up."""

from django.urls import path

from portal.views.single_sign_on import Back, Begin

urlpatterns = [
    path("start/", Begin.as_view(), name="oidc_authentication_init"),
    path("callback/", Back.as_view(), name="oidc_authentication_callback"),
]

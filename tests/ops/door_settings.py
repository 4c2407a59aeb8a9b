"""Production as it is delivered, but for the collected static files, which no test of the door needs.

Over plain HTTP a request for the admin gets as far as its door, instead of being sent to https first.
"""

from portal.settings.production import *  # noqa: F403
from portal.settings.production import SECURE_REDIRECT_EXEMPT, STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECURE_REDIRECT_EXEMPT = [*SECURE_REDIRECT_EXEMPT, "^guanli-2026"]

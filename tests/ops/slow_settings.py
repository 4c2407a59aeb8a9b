"""The embedded default with one slow address and one slow sweep, for whoever stops the servers meanwhile."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import INSTALLED_APPS

ROOT_URLCONF = "tests.ops.slow.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "tests.ops.slow"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

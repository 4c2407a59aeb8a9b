"""`make dev`: the embedded default with reloading and debug pages."""

from portal.settings.base import *

DEBUG = True
PUBLISHES_PAGES = False  # what was changed a moment ago is to be seen
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

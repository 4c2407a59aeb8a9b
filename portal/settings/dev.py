"""`make dev`: the embedded default with reloading and debug pages."""

from portal.settings.base import *
from portal.settings.base import STORAGES

DEBUG = True
PUBLISHES_PAGES = False  # what was changed a moment ago is to be seen
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

"""The portal on a disk that takes two seconds for every file."""

from tests.ops.plain_settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "tests.faults.slow_storage.SlowStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

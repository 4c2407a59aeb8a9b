"""Tests: the embedded default (or the servers that DATABASE_URL and REDIS_URL name), quick hashes, no compression."""

from portal.logs.config import logging_of
from portal.settings.base import *
from portal.settings.base import LOG_DIR, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_BROKER_URL = "memory://"
ALLOWED_HOSTS = ["*"]
PUBLISHES_PAGES = False  # tests of pages say so themselves
KEEPS_BETWEEN_REQUESTS = False  # each request of a test costs the same, whatever was asked before
SELF_CHECK_URL = None  # no sweep of a test visits what may run beside it
LOGGING = logging_of(LOG_DIR, "lines", keeps_files=False)

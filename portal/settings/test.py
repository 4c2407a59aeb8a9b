"""Tests: the embedded default (or the servers that DATABASE_URL and REDIS_URL name), quick hashes, no compression."""

from portal.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_BROKER_URL = "memory://"
ALLOWED_HOSTS = ["*"]
KEEPS_BETWEEN_REQUESTS = False  # each request of a test costs the same, whatever was asked before
SELF_CHECK_URL = None  # no sweep of a test visits what may run beside it

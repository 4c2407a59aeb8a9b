"""Settings everybody shares, with the embedded default: one machine, SQLite, no broker to install.

No limit of a regulation lives here: those are data (`presets/`).
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from portal.logs.config import logging_of
from portal.richtext import EDITOR_CONFIGS
from portal.settings import env as environment
from portal.settings import sign_on, stores
from portal.settings.admin_theme import UNFOLD as UNFOLD

ENV = environment.read(os.environ)
BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = ENV.var_dir

LDAP, OIDC = ENV.ldap, ENV.oidc
if lacking := sign_on.lacking_packages(LDAP, OIDC):
    environment.stop(lacking)

DEBUG = False
SECRET_KEY = ENV.secret_key or environment.secret_key(VAR_DIR)
DATA_KEYS = ENV.data_keys or (environment.data_key(VAR_DIR),)  # personal data at rest: portal.sealing
ALLOWED_HOSTS = ENV.allowed_hosts

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "ckeditor",
    "guardian",
    "simple_history",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "tree_queries",
    "portal",
    "columns",
    "publishing",
    "interaction",
    "disclosure",
    "assessment",
]

MIDDLEWARE = [
    "portal.tracing.RequestTrace",
    "portal.middleware.ClientAddress",
    "portal.middleware.SafetyHeaders",
    "portal.pages.serving.PublishedPages",
    "portal.middleware.RequestActor",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.AdminContentPolicy",
    "portal.middleware.SameAsBefore",
    "portal.middleware.CurrentSite",
    "portal.middleware.AdminEntrance",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.admission.SignInHolds",
    "portal.floods.Floods",
    "portal.admission.BreakGlassWatch",
    "portal.admission.PasswordDue",
    "portal.admission.SecondFactorDue",
    "portal.posting.PostingGate",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.page_frame",
            ],
        },
    }
]

DATABASES = {"default": {**ENV.database, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
if ENV.is_sqlite:
    # One writer at a time, waiting its turn; readers never wait (WAL).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-16000;",
    }
if ENV.replicas:
    DATABASES |= stores.replicas(DATABASES["default"], ENV.replicas)
    DATABASE_ROUTERS = ["portal.replicas.Router"]
    MIDDLEWARE.insert(MIDDLEWARE.index("portal.middleware.CurrentSite"), "portal.replicas.FreshReads")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": stores.cache(ENV.redis, VAR_DIR)}

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "portal.backends.guard.SuperuserDoor",
    *(["portal.backends.directory.DirectoryBackend"] if LDAP else []),
    "columns.backends.PowerBackend",
    *(["portal.backends.provider.ProviderBackend"] if OIDC else []),
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "portal.passwords.Length"},
    {"NAME": "portal.passwords.Kinds"},
    {"NAME": "portal.passwords.NotPersonal"},
    {"NAME": "portal.passwords.NotReused"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["staff_number", "name", "email", "phone"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_HANDLER = "portal.backends.guard.SignInGuard"
AXES_CLIENT_IP_CALLABLE = "portal.addresses.client_address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
KEEPS_BETWEEN_REQUESTS = True  # sites, columns and what else portal.kept holds
SESSION_COOKIE_AGE = 60 * 60 * 10
OTP_TOTP_ISSUER = "政务门户"
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
ADMIN_PATH = ENV.admin_path
ADMIN_NETWORKS = ENV.admin_networks
METRICS_NETWORKS = ENV.metrics_networks  # who reads /metrics; none named: whoever the admin is open to
TRUSTED_PROXIES = ENV.trusted_proxies
OUTGOING_NETWORKS = (
    ENV.outgoing_networks
)  # inside networks that requests of the portal may reach: portal.outgoing

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"  # never served by path: publishing checks rights for every file
PAGES_ROOT = VAR_DIR / "pages"  # public pages as files, as the web server hands them out: portal.pages
EVIDENCE_ROOT = VAR_DIR / "evidence"  # defaced files as they were found
PUBLISHES_PAGES = True
VISITS_ROOT = VAR_DIR / "visits"  # pages as the built-in visitor found them: read under the desk only
STORAGES = {
    **stores.files(ENV.bucket),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 300
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # 信息维护分工: every tick of a large table is a field
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_PICTURE_BYTES = 20 * 1024 * 1024
UPLOAD_MAX_DOCUMENT_BYTES = 50 * 1024 * 1024
RICHTEXT_MAX_CHARS = 400_000
PRESETS_DIR = BASE_DIR / "presets"
SELF_CHECK_URL = ENV.self_check_url  # None: nobody visits

CKEDITOR_BASEPATH = "/static/ckeditor/ckeditor/"
CKEDITOR_CONFIGS = EDITOR_CONFIGS
# CKEditor 4 is the customer's choice; docs/adr/0005 says what guards it. The sign-in form itself says what axes'
# middleware would.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001", "axes.W002"]

# --- background work ------------------------------------------------------------------------------
CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = stores.broker(ENV.redis, VAR_DIR)
CELERY_BEAT_SCHEDULER = "portal.beat:OneBeat"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5  # seconds: so often its lease is renewed (portal.beat)
BEAT_LOCK = stores.beat_lock(ENV.redis, VAR_DIR)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a broker that is away for hours is waited for

# --- mail -----------------------------------------------------------------------------------------
if ENV.email:
    vars().update(ENV.email)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = "portal@localhost"

# --- the office's messenger: reminder slips are posted there, nothing where it is not set -------------
REMINDER_WEBHOOK_URL = ENV.reminder_webhook_url

# --- backups (docs/backup.md); the key is made with the first one where none is named ---------------
BACKUP_DIR = ENV.backup_dir
BACKUP_KEY = ENV.backup_key
BACKUP_OFFSITE = ENV.backup_offsite
PGBACKREST = ENV.pgbackrest

# --- safety ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-src": [SELF],
        "worker-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token themselves
CSRF_COOKIE_SAMESITE = "Lax"
DEFAULT_EXCEPTION_REPORTER_FILTER = "portal.reports.SilentAboutSecrets"

LOG_DIR = VAR_DIR / "logs"  # a file a day, kept as long as the parameter log_days says
LOGGING = logging_of(LOG_DIR, ENV.log_format)

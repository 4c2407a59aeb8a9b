"""Production behind nginx with TLS: everything must be named, nothing falls back to the embedded default."""

from portal.settings import sign_on
from portal.settings.base import *
from portal.settings.base import ENV
from portal.settings.env import stop

if not (ENV.secret_key and ENV.data_keys and ENV.is_hosts_named):
    stop("正式运行须设置 SECRET_KEY、DATA_KEYS 与 ALLOWED_HOSTS")

if unsafe := sign_on.in_the_clear(ENV.ldap, ENV.oidc):
    stop(unsafe)

# Believed from TRUSTED_PROXIES alone: portal.middleware.ClientAddress takes it off everybody else's requests.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [
    "^healthz$",
    "^readyz$",
    "^metrics$",
]  # probes come from the machine itself, without TLS
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# No other host, not even a neighbour under the same domain, can plant a cookie of these names (deploy/nginx.conf).
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"

# Behind a gateway the portal doesn't know its own address: until it is named nobody visits, and the radar says so.
SELF_CHECK_URL = ENV.self_check_url if ENV.is_self_check_named else None

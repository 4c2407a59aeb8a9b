"""The door gunicorn knocks on.

All pages are loaded here, before the workers are forked, and not by the first visitor of each.
"""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")

application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)

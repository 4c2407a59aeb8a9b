"""A Django view that returns a ready string: what the framework itself costs. BARE_FILE names the string."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="only-for-measuring", MIDDLEWARE=[]
)
PAGES = {name: Path(os.environ["BARE_FOLDER"], name).read_bytes() for name in ("home.html", "article.html")}
urlpatterns = [path("<str:name>", lambda request, name: HttpResponse(PAGES[name]))]
application = get_wsgi_application()

"""The portal's addresses and `/slow/`, which answers after two seconds."""

import time

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.urls import handler404, handler500, urlpatterns

__all__ = ["handler404", "handler500", "urlpatterns"]


def slow(request: HttpRequest) -> HttpResponse:
    time.sleep(2)
    return HttpResponse("done")


urlpatterns = [path("slow/", slow), *urlpatterns]

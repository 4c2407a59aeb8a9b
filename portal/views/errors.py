"""What somebody sees when a page cannot be shown: what happened, why, what to do next."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from redis.exceptions import ConnectionError as RedisConnectionError

AGAIN_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Asks the request for nothing: its host name or its size may be what is wrong with it."""
    is_too_big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return HttpResponse(render_to_string("errors/400.html", {"is_too_big": is_too_big}), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the session: either may be what failed. What is out of reach for a moment is told
    as such, 503: browsers and proxies may ask again.
    """
    if _is_out_of_reach(sys.exc_info()[1]):
        answer = HttpResponse(render_to_string("errors/unavailable.html"), status=503)
        answer.headers["Retry-After"] = str(AGAIN_SECONDS)
        return answer
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def _is_out_of_reach(error: BaseException | None) -> bool:
    """The database, Redis or the store of files; what speaks to a bucket is only loaded where there is one."""
    bucket = sys.modules.get("botocore.exceptions")
    away = (OperationalError, InterfaceError, ConnectionError, TimeoutError, RedisConnectionError)
    return isinstance(error, away) or (bucket is not None and isinstance(error, bucket.BotoCoreError))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)

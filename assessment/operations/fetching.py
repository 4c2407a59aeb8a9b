"""The built-in visitor's browser: GET and HEAD to the portal's own address, never elsewhere, bounded in time and size.

It connects to SELF_CHECK_URL alone, whatever a page or a redirect names; a site with a host name of its own is asked
for by its Host header. Redirects are reported, not followed. No proxy, no cookies, no sign-in.
"""

import http.client
import ssl
import time
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings

from portal.settings import values

AGENT = "GovPortal-SelfCheck"
PAUSE = 0.05
_PIECE = 64 * 1024
_SAFE = "/%:@!$&'()*+,;=~-._?"


@dataclass(frozen=True)
class Answer:
    """What came back. `status` 0: nothing in time; `fault` then says why."""

    status: int = 0
    milliseconds: int = 0
    body: bytes = b""
    fault: str = ""
    location: str = ""


class Elsewhere(ValueError):
    """The address is not the portal's own."""


class Visitor:
    """Raises Elsewhere unless `base` (http://host:port) is this machine or one of ALLOWED_HOSTS."""

    def __init__(self, base: str, *, seconds: int, most_bytes: int):
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not values.is_own_host(
            parts.hostname or "", settings.ALLOWED_HOSTS
        ):
            raise Elsewhere(f"{base} 不是本机，也不在 ALLOWED_HOSTS 之内")
        self.is_safe, self.host, self.port = parts.scheme == "https", str(parts.hostname), parts.port
        self.netloc, self.seconds, self.most_bytes = parts.netloc, seconds, most_bytes
        self._robots: dict[str, RobotFileParser | None] = {}

    def get(self, path: str, host: str = "") -> Answer:
        return self._ask("GET", path, host)

    def status_of(self, path: str, host: str = "") -> int:
        """Whether a link leads somewhere; a page that knows no HEAD is opened."""
        time.sleep(PAUSE)
        answer = self._ask("HEAD", path, host)
        return self.get(path, host).status if answer.status == 405 else answer.status

    def may_fetch(self, path: str, host: str = "") -> bool:
        """robots.txt, where there is one."""
        if host not in self._robots:
            answer = self.get("/robots.txt", host)
            rules = RobotFileParser()
            rules.parse(answer.body.decode(errors="replace").splitlines())
            self._robots[host] = rules if answer.status == 200 else None
        rules_of = self._robots[host]
        return rules_of is None or rules_of.can_fetch(AGENT, quote(path, safe=_SAFE))

    def _ask(self, method: str, path: str, host: str) -> Answer:
        begun = time.monotonic()
        connection = self._connection()
        try:
            headers = {"Host": host or self.netloc, "User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5"}
            connection.request(method, quote(path, safe=_SAFE), headers=headers)
            response = connection.getresponse()
            body = self._body(response, begun) if method == "GET" else b""
        except TimeoutError:
            return Answer(0, _since(begun), fault=f"{self.seconds} 秒内没有打开")
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, _since(begun), fault=f"连接失败：{type(error).__name__}")
        finally:
            connection.close()
        return Answer(response.status, _since(begun), body, location=response.getheader("Location") or "")

    def _body(self, response: http.client.HTTPResponse, begun: float) -> bytes:
        pieces, size = [], 0
        while size < self.most_bytes and (piece := response.read1(min(_PIECE, self.most_bytes - size))):
            pieces.append(piece)
            size += len(piece)
            if time.monotonic() - begun > self.seconds:
                raise TimeoutError
        return b"".join(pieces)

    def _connection(self) -> http.client.HTTPConnection:
        if self.is_safe:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self.host, self.port, timeout=self.seconds, context=context)
        return http.client.HTTPConnection(self.host, self.port, timeout=self.seconds)


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)

"""The built-in visitor's browser: GET and HEAD to the portal's own address, never elsewhere, bounded in time and size.

It connects to SELF_CHECK_URL alone, whatever a page or a redirect names; a site with a host name of its own is asked
for by its Host header. Redirects are reported, not followed. No proxy, no cookies, no sign-in.
"""

import http.client
import time
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings

from portal import outgoing
from portal.settings import values

AGENT = "GovPortal-SelfCheck"
PAUSE = 0.05
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
        self.parts, self.netloc, self.seconds, self.most_bytes = parts, parts.netloc, seconds, most_bytes
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
        headers = {"Host": host or self.netloc, "User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5"}
        try:
            with outgoing.connected(self.parts, seconds=self.seconds, is_named=True) as connection:
                connection.request(method, quote(path, safe=_SAFE), headers=headers)
                response = connection.getresponse()
                body = b"".join(outgoing.pieces(response, self.most_bytes)) if method == "GET" else b""
        except TimeoutError:
            return Answer(0, _since(begun), fault=f"{self.seconds} 秒内没有打开")
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, _since(begun), fault=f"连接失败：{type(error).__name__}")
        return Answer(response.status, _since(begun), body, location=response.getheader("Location") or "")


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)

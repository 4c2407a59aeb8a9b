"""Every request the portal sends out passes here: to whom, how long, how much (GB/T 22239-2019 8.1.3.2, SSRF).

A name is resolved once, and that very address is connected to: no second look-up can bring another answer. Whoever is
on this machine or inside the office's network is asked only when the operator wrote the host into a setting, or its
network into OUTGOING_NETWORKS; where clouds keep their secrets (link-local and such) never. No proxy, no redirect, no
cookie. LDAP, mail and the virus scanner are spoken to by their own protocols at addresses that only the operator sets.
"""

import contextlib
import http.client
import json
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Event, Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

PIECE = 64 * 1024
LONGEST_URL = 2_000
_NEVER = tuple(
    map(ip_network, ("169.254.0.0/16", "100.100.100.200/32", "192.0.0.0/24", "fd00:ec2::/32", "fe80::/10"))
)
"""Link-local, and where the clouds' machines are told their keys."""

_TUNNELS = tuple(map(ip_network, ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48")))
"""IPv6 addresses behind which any IPv4 address may stand."""

Address = IPv4Address | IPv6Address


class NotThere(OSError):
    """The address is one that the portal asks for nothing."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str]

    def json(self) -> Any:
        """Raises ValueError."""
        try:
            return json.loads(self.body)
        except RecursionError as error:
            raise ValueError("nested too deep") from error


def ask(
    method: str, url: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None,
    seconds: float, most_bytes: int, is_named: bool = False,
) -> Answer:  # fmt: skip
    """The answer, whatever its status. Raises OSError (NotThere, TimeoutError), HTTPException.

    is_named: the operator wrote this host into a setting of the portal.
    """
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with connected(parts, seconds=seconds, is_named=is_named) as line:
        line.request(method, target, body, dict(headers or {}))
        response = line.getresponse()
        said = b"".join(pieces(response, most_bytes + 1))
        if len(said) > most_bytes:
            raise NotThere(f"答复超过 {most_bytes} 字节")
        return Answer(response.status, said, {name.lower(): text for name, text in response.getheaders()})


@contextlib.contextmanager
def connected(
    parts: SplitResult, *, seconds: float, is_named: bool = False
) -> Iterator[http.client.HTTPConnection]:
    """A line to that host which is cut after `seconds`, however slowly it speaks. Raises as `ask` does."""
    line = _line(parts, seconds, is_named)
    is_over = Event()
    watch = Timer(seconds, lambda: (is_over.set(), _cut(line.sock)))
    watch.daemon = True
    watch.start()
    late = TimeoutError(f"{seconds} 秒内没有答完")
    try:
        line.connect()
        yield line
    except (OSError, http.client.HTTPException) as error:
        raise (late if is_over.is_set() else error) from None
    finally:
        watch.cancel()
        line.close()
    if is_over.is_set():  # a line that is cut looks like the end of what was said
        raise late


def pieces(response: http.client.HTTPResponse, most_bytes: int) -> Iterator[bytes]:
    """The body as it comes, never more than `most_bytes`."""
    while most_bytes > 0 and (piece := response.read1(min(PIECE, most_bytes))):
        most_bytes -= len(piece)
        yield piece


def is_allowed(address: str, *, is_named: bool = False) -> bool:
    """Whether the portal may connect to this IP address."""
    number = _plain(ip_address(address.partition("%")[0]))
    if number.is_unspecified or number.is_multicast or _lies_in(number, _NEVER + _TUNNELS):
        return False
    if _lies_in(number, settings.OUTGOING_NETWORKS):
        return True
    return number.is_global or (is_named and (number.is_private or number.is_loopback or _is_shared(number)))


def dial(host: str, port: int, *, seconds: float, is_named: bool = False) -> socket.socket:
    """A connection to the first address of `host` that answers; all of them are judged before any is tried."""
    found = [row[4][0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(is_allowed(address, is_named=is_named) for address in found):
        raise NotThere(f"{host} 指向不许访问的地址")
    until, last = time.monotonic() + seconds, OSError("no address")
    for address in dict.fromkeys(found):
        try:
            return socket.create_connection((address, port), timeout=max(0.01, until - time.monotonic()))
        except OSError as error:
            last = error
    raise last


def _line(parts: SplitResult, seconds: float, is_named: bool) -> http.client.HTTPConnection:
    url = parts.geturl()
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise NotThere("不是 http:// 或 https:// 的网址")
    if len(url) > LONGEST_URL or any(ord(sign) <= 32 or ord(sign) == 127 for sign in url):
        raise NotThere("网址过长或含有空白")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise NotThere("网址的端口不对") from None
    if parts.scheme == "https":
        return _SafeLine(parts.hostname, port, seconds, is_named)
    return _Line(parts.hostname, port, seconds, is_named)


class _Line(http.client.HTTPConnection):
    """Connects as `dial` does."""

    def __init__(self, host: str, port: int, seconds: float, is_named: bool):
        super().__init__(host, port, timeout=seconds)
        self._is_named = is_named

    def connect(self) -> None:
        self.sock = dial(self.host, self.port, seconds=self.timeout, is_named=self._is_named)


class _SafeLine(_Line):
    """The same, by TLS, with the certificate of the name that was asked for."""

    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()


def _cut(sock: socket.socket | None) -> None:
    if sock is not None:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _plain(number: Address) -> Address:
    mapped = getattr(number, "ipv4_mapped", None)
    return mapped or number


def _is_shared(number: Address) -> bool:
    return _lies_in(number, (ip_network("100.64.0.0/10"),))


def _lies_in(number: Address, networks: Any) -> bool:
    return any(number.version == network.version and number in network for network in networks)

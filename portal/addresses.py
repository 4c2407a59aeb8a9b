"""Where a request comes from, and what is open by address: 管理后台 and 专机导入.

A forwarded address is believed from TRUSTED_PROXIES alone. In doubt nothing is opened.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from unicodedata import normalize

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from portal.enums import NetworkPurpose
from portal.models import RegisteredNetwork
from portal.once import once

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

SOCKET_FILE, LONGEST = "unix", 100
FORWARDING = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED")
KEPT, KEPT_SECONDS = "registered-networks", 60
_WRITTEN = re.compile(
    r"(?P<four>[\d.]{7,15})(:\d{1,5})?|\[(?P<six>[\da-f:.]{2,45})(%[^\]\s]{1,20})?\](:\d{1,5})?"
    r"|(?P<bare>[\da-f:.]{2,45})(%\S{1,20})?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True)
class Origin:
    """A request's own address ("" where there is none), and how sure it is.

    `is_known`: it is the visitor's, not that of a proxy that does not say for whom it speaks.
    `is_direct`: nobody stands in between.
    """

    address: str
    is_known: bool
    is_direct: bool


def client_address(request: HttpRequest) -> str:
    """The peer; behind trusted proxies the right-most forwarded address that is not itself one of them."""
    return origin(request).address


def origin(request: HttpRequest) -> Origin:
    """Read once: `portal.middleware.ClientAddress` takes off what it does not believe."""
    return once(request, "origin", lambda: _origin(request))


def is_from_trusted_proxy(request: HttpRequest) -> bool:
    """Whether the machine at the other end of the connection may speak for others."""
    peer = request.META.get("REMOTE_ADDR") or ""
    return _is_proxy(read_address(peer)) if peer else SOCKET_FILE in settings.TRUSTED_PROXIES


def read_address(text: str) -> Address | None:
    """An address as proxies write it: with port, brackets or zone; an IPv4 one inside IPv6 comes out plain."""
    return _read(text) if len(text) <= LONGEST else None


@lru_cache(maxsize=4096)
def _read(text: str) -> Address | None:
    """The same few are read with every request."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    try:
        address = ip_address(found["four"] or found["six"] or found["bare"])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def read_network(text: str) -> Network:
    """A network as people type it. ValueError says in Chinese what is wrong."""
    typed = normalize("NFKC", text).strip()
    try:
        network = ip_network(typed.partition("%")[0], strict=False)
    except ValueError:
        raise ValueError("应为一个地址或网段，如 10.8.1.25 或 10.8.0.0/16") from None
    if "%" in typed or getattr(network.network_address, "ipv4_mapped", None):
        raise ValueError("请直接写 IPv4 地址，或者不带“%”的 IPv6 地址")
    if network.prefixlen == 0:
        raise ValueError("“/0”是所有地址，等于没有限制，不能登记")
    if ip_address(typed.partition("/")[0]) != network.network_address:
        raise ValueError(f"主机位须为 0：整个网段请写 {network}，单个地址请去掉“/”及其后的数字")
    return network


def spelling(network: Network) -> str:
    """The one spelling that is kept: a single address without its length."""
    return str(network.network_address if network.num_addresses == 1 else network)


def live_networks(purpose: NetworkPurpose) -> list[Network]:
    """The networks registered for `purpose` now; read once a minute, anew after every change."""
    rows = cache.get_or_set(KEPT, _read_live, KEPT_SECONDS)
    return [ip_network(network) for kind, network in rows if kind == purpose]


def changed() -> None:
    """Whoever asks next reads anew."""
    cache.delete(KEPT)


def opens_admin(request: HttpRequest) -> bool:
    """管理后台 is there for registered addresses only (GB/T 22239-2019 入侵防范: 限制管理终端的网络地址范围)."""
    return once(request, "opens_admin", lambda: _opens_admin(origin(request)))


def admits(visitor: Origin, networks: Iterable[Network]) -> bool:
    """Whether the visitor lies in one of `networks`, or sits at this very machine with nobody in between."""
    address = read_address(visitor.address)
    if address is None or not visitor.is_known:
        return False
    return (address.is_loopback and visitor.is_direct) or _lies_in(address, networks)


def why_not_upload(request: HttpRequest) -> str:
    """Why no file is taken from this address, or "": once stations are registered, files come in there alone.

    办法第二十条第1、2项: 一律通过信息中心专设的机器并经杀毒软件扫描后导入.
    """
    stations = live_networks(NetworkPurpose.IMPORT_STATION)
    visitor = origin(request)
    address = read_address(visitor.address) if visitor.is_known else None
    if not stations or (address is not None and _lies_in(address, stations)):
        return ""
    return "本机不是登记的专机导入站，不能上传文件（办法第二十条）"


def _opens_admin(visitor: Origin) -> bool:
    """The register is asked last: at the machine itself and in ADMIN_NETWORKS it need not be."""
    return admits(visitor, settings.ADMIN_NETWORKS) or admits(visitor, live_networks(NetworkPurpose.ADMIN))


def _origin(request: HttpRequest) -> Origin:
    peer = read_address(request.META.get("REMOTE_ADDR") or "")
    own = str(peer or "")
    if not is_from_trusted_proxy(request):
        forwards = any(request.META.get(name) for name in FORWARDING)
        return Origin(own, is_known=peer is not None, is_direct=not forwards)
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    for entry in reversed(entries):
        address = read_address(entry)
        if address is None:
            return Origin(own, is_known=False, is_direct=False)
        if not _is_proxy(address):
            return Origin(str(address), is_known=True, is_direct=False)
    return Origin(own, is_known=True, is_direct=False)


def _is_proxy(address: Address | None) -> bool:
    networks = (network for network in settings.TRUSTED_PROXIES if network != SOCKET_FILE)
    return address is not None and _lies_in(address, networks)


def _lies_in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


def _read_live() -> list[tuple[str, str]]:
    return list(RegisteredNetwork.objects.filter(ended_at=None).values_list("purpose", "network"))

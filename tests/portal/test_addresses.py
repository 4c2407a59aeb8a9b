"""Whose address a request has: a forwarded one is believed from trusted proxies alone, and nothing ever raises."""

from ipaddress import ip_network

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from portal import addresses
from portal.middleware import ClientAddress
from portal.models import AuditEntry

PROXY, OTHER_PROXY, CLIENT = "10.8.0.5", "10.8.0.6", "203.0.113.9"


@pytest.fixture(autouse=True)
def trusted(settings):
    settings.TRUSTED_PROXIES = (ip_network(f"{PROXY}/32"), ip_network(f"{OTHER_PROXY}/32"))


def request(peer: str | None = PROXY, forwarded: str | None = None, **more: str):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers, **more)


def seen(peer: str | None, forwarded: str | None = None) -> str:
    return addresses.client_address(request(peer, forwarded))


# --- one peer -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        (CLIENT, CLIENT),
        ("::ffff:203.0.113.9", CLIENT),
        ("2001:DB8:0:0::9", "2001:db8::9"),
        ("fe80::1%eth0", "fe80::1"),
        ("", ""),
        (None, ""),
        ("unix:", ""),
        ("garbage", ""),
    ],
)
def test_the_peer_is_the_client_where_nobody_stands_between(peer, address):
    assert seen(peer) == address


@pytest.mark.parametrize("peer", [CLIENT, "::ffff:203.0.113.9", "10.8.0.7", "127.0.0.1", "::1"])
def test_a_machine_that_is_no_proxy_speaks_for_itself_alone(peer):
    assert seen(peer, "10.9.9.9") == seen(peer)


# --- behind a trusted proxy ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        (CLIENT, CLIENT),
        (f"  {CLIENT} ", CLIENT),
        (f"{CLIENT}:51234", CLIENT),
        ("::ffff:203.0.113.9", CLIENT),
        ("2001:db8::9", "2001:db8::9"),
        ("[2001:db8::9]", "2001:db8::9"),
        ("[2001:db8::9]:443", "2001:db8::9"),
        ("[fe80::1%25eth0]:443", "fe80::1"),
        ("fe80::1%eth0", "fe80::1"),
        (f"127.0.0.1, {CLIENT}", CLIENT),
        (f"garbage, {CLIENT}", CLIENT),
        (f"{CLIENT}, {OTHER_PROXY}", CLIENT),
        (f"10.9.9.9, {CLIENT}, {OTHER_PROXY}", CLIENT),
    ],
)
def test_the_right_most_address_that_is_no_proxy_is_the_client(forwarded, address):
    assert seen(PROXY, forwarded) == address


@pytest.mark.parametrize(
    "forwarded",
    [
        None,
        "",
        " ",
        ",",
        "garbage",
        f"{CLIENT},",
        f"{CLIENT}, unknown",
        f"{CLIENT}, _hidden",
        f"{CLIENT}, 1.2.3",
        f"{CLIENT}, 1.2.3.4.5",
        f"{CLIENT}, 999.1.1.1",
        f"{CLIENT}, 01.2.3.4",
        f"{CLIENT}, \uff11.2.3.4",
        f"{CLIENT}, 1.2.3.4:port",
        f"{CLIENT}, [::1",
        f"{CLIENT}, ::1]",
        f"{CLIENT}, 2001:db8::9::1",
        f"{CLIENT}, 10.0.0.0/8",
        f"{CLIENT}, \x00",
        "x" * 10_240,
        "9" * 10_240,
        "[" * 10_240,
        f"fe80::1%{'e' * 10_240}",
        f"{PROXY},{OTHER_PROXY}",
        ",".join([PROXY] * 1_000),
    ],
)
def test_an_entry_nobody_can_read_leads_back_to_the_peer(forwarded):
    assert seen(PROXY, forwarded) == PROXY


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_that_is_sent_raises(peer, forwarded):
    for one in (peer, PROXY):
        assert isinstance(seen(one, forwarded), str)


def test_a_socket_file_is_trusted_only_by_its_word(settings):
    assert seen("", CLIENT) == ""
    settings.TRUSTED_PROXIES = ("unix",)
    assert seen("", CLIENT) == CLIENT
    assert seen("127.0.0.1", CLIENT) == "127.0.0.1"


# --- the middleware -----------------------------------------------------------------------------


def passed(asked):
    """The request as Django sees it."""
    ClientAddress(lambda one: HttpResponse())(asked)
    return asked


CLAIMED = {
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_PORT": "444",
    "HTTP_FORWARDED": "for=10.9.9.9",
    "HTTP_X_REAL_IP": "10.9.9.9",
}


def test_claims_of_a_stranger_are_taken_off_before_django_sees_them(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    asked = passed(request(CLIENT, "10.9.9.9", **CLAIMED))
    assert asked.client_address == CLIENT
    assert [name for name in asked.META if "FORWARDED" in name or "REAL_IP" in name] == []
    assert not asked.is_secure()


def test_a_trusted_proxys_word_about_https_is_believed(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    asked = passed(request(PROXY, CLIENT, **CLAIMED))
    assert (asked.client_address, asked.is_secure()) == (CLIENT, True)


@pytest.mark.django_db
def test_the_audit_names_the_client_behind_the_proxy(client, office):
    client.post(
        "/login/",
        {"username": "staff", "password": "wrong-password"},
        REMOTE_ADDR=PROXY,
        headers={"x-forwarded-for": CLIENT},
    )
    assert addresses_of_failures() == [CLIENT]


@pytest.mark.django_db
def test_the_audit_names_the_peer_that_forges(client, office):
    client.post(
        "/login/",
        {"username": "staff", "password": "wrong-password"},
        REMOTE_ADDR="203.0.113.77",
        headers={"x-forwarded-for": "10.9.9.9"},
    )
    assert addresses_of_failures() == ["203.0.113.77"]


def addresses_of_failures() -> list[str]:
    return list(AuditEntry.objects.filter(verb="sign_in_failed").values_list("address", flat=True))


# --- what people type ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("10.8.0.0/16", "10.8.0.0/16"),
        (" 10.8.1.25 ", "10.8.1.25"),
        ("10.8.1.25/32", "10.8.1.25"),
        ("10.8.0.0/255.255.0.0", "10.8.0.0/16"),
        ("\uff11\uff10.8.0.0\uff0f16", "10.8.0.0/16"),
        ("2001:DB8::/32", "2001:db8::/32"),
        ("::1", "::1"),
    ],
)
def test_a_network_has_one_spelling(typed, kept):
    assert addresses.spelling(addresses.read_network(typed)) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "应为一个地址或网段"),
        ("办公楼", "应为一个地址或网段"),
        ("10.8.0.0/33", "应为一个地址或网段"),
        ("10.8.0", "应为一个地址或网段"),
        ("10.8.0.1-10.8.0.9", "应为一个地址或网段"),
        ("10.8.0.1,10.8.0.2", "应为一个地址或网段"),
        ("10.8.0.9/16", "整个网段请写 10.8.0.0/16"),
        ("0.0.0.0/0", "等于没有限制"),
        ("::/0", "等于没有限制"),
        ("10.8.0.9/0", "等于没有限制"),
        ("fe80::1%eth0", "不带“%”"),
        ("::ffff:10.8.0.0/112", "请直接写 IPv4 地址"),
    ],
)
def test_a_network_that_makes_no_sense_is_refused_in_chinese(typed, why):
    with pytest.raises(ValueError, match=why):
        addresses.read_network(typed)

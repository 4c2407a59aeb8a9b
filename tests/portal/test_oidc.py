"""统一身份认证: a real provider over real HTTP, honest and lying."""

import importlib
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import SESSION_KEY, authenticate
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, clear_url_caches, reverse

from portal import urls, urls_without_admin
from portal.models import AuditEntry, User
from portal.settings.sign_on import Provider

pytest.importorskip("mozilla_django_oidc", reason="the packages of single sign-on are not installed")
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.portal import oidc_provider
from tests.portal.oidc_provider import CLIENT, SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running_provider():
    with oidc_provider.running() as provider:
        yield provider


@pytest.fixture
def provider(running_provider, settings, office):
    """The office's provider, known to the portal; `provider.known(creates=True)` sets it up otherwise."""

    def known(**changes) -> None:
        usual = {"issuer": running_provider.issuer, "client_id": CLIENT, "client_secret": SECRET}
        settings.OIDC = Provider(**(usual | changes))

    running_provider.reset()
    running_provider.known = known
    known()
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "portal.backends.provider.ProviderBackend",
    ]
    _read_addresses()
    yield running_provider
    settings.OIDC = None
    _read_addresses()


def _read_addresses() -> None:
    importlib.reload(urls)
    importlib.reload(urls_without_admin)
    clear_url_caches()


def leave(client, address: str = "/oidc/start/") -> str:
    """The provider's page, where the portal sends the browser."""
    return client.get(address).headers["Location"]


def come_back(client, address: str):
    """Through the provider, which sends the browser on, to the portal again."""
    back = urlsplit(requests.get(address, allow_redirects=False, timeout=5).headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def sign_in(client, address: str = "/oidc/start/"):
    return come_back(client, leave(client, address))


def told(page) -> str:
    assert page.status_code in (403, 503), page.headers
    return page.content.decode()


# --- the way in -------------------------------------------------------------------------------------


def test_a_registered_person_gets_in_and_leaves_the_trail_of_any_sign_in(client, office, provider):
    answer = sign_in(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("desk:home"))
    assert client.session[SESSION_KEY] == str(office.collector.pk)
    entry = AuditEntry.objects.get(verb="sign_in")
    assert (entry.actor, entry.label, entry.address) == (office.collector, "登录", "127.0.0.1")
    assert client.get("/desk/").status_code == 200


def test_the_question_bears_state_nonce_and_a_challenge(client, provider):
    asked = parse_qs(urlsplit(leave(client)).query)
    assert {name: asked[name] for name in ("response_type", "scope", "code_challenge_method", "client_id")} == {
        "response_type": ["code"], "scope": ["openid profile email"], "code_challenge_method": ["S256"],
        "client_id": [CLIENT],
    }  # fmt: skip
    assert asked["redirect_uri"] == ["http://testserver/oidc/callback/"]
    assert all(len(asked[name][0]) >= 32 for name in ("state", "nonce", "code_challenge"))
    assert parse_qs(urlsplit(leave(client)).query)["state"] != asked["state"]


def test_one_comes_back_to_the_page_one_wanted(client, provider):
    assert sign_in(client, "/oidc/start/?next=/desk/notices/").headers["Location"] == "/desk/notices/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "javascript:alert(1)"])
def test_one_is_never_sent_to_another_host(client, provider, elsewhere):
    assert sign_in(client, f"/oidc/start/?next={elsewhere}").headers["Location"] == "/desk/"


def test_a_new_session_key_is_given(client, provider):
    address = leave(client)
    before = client.session.session_key
    come_back(client, address)
    assert client.session.session_key != before


def test_the_sign_in_page_has_the_button_and_hands_on_where_one_wants_to_go(client, provider):
    provider.known(name="市局统一门户")
    page = client.get("/login/?next=/desk/notices/").content.decode()
    assert "用市局统一门户登录" in page
    assert 'href="/oidc/start/?next=%2Fdesk%2Fnotices%2F"' in page


def test_without_a_provider_there_is_neither_address_nor_button(client, office):
    assert client.get("/oidc/start/").status_code == client.get("/oidc/callback/").status_code == 404
    assert "oidc" not in client.get("/login/").content.decode()
    with pytest.raises(NoReverseMatch):
        reverse("oidc_authentication_init")


def test_the_number_may_stand_in_another_claim(client, office, provider):
    provider.known(staff_number_claim="employee_number")
    provider.claims = {"employee_number": "ｃｏｌｌｅｃｔｏｒ", "preferred_username": "moderator"}
    sign_in(client)
    assert client.session[SESSION_KEY] == str(office.collector.pk)


def test_what_the_token_leaves_out_is_asked_of_the_provider(client, office, provider):
    provider.claims, provider.userinfo = {}, {"sub": "s1", "preferred_username": "collector"}
    sign_in(client)
    assert client.session[SESSION_KEY] == str(office.collector.pk)


def test_named_endpoints_are_used_and_nothing_is_discovered(client, office, provider):
    names = {"authorization": "authorization_endpoint", "token": "token_endpoint", "jwks": "jwks_uri"}
    provider.known(endpoints={name: f"{provider.issuer}/{path}" for name, path in names.items()})
    assert sign_in(client).status_code == 302
    assert provider.asked == ["/authorization_endpoint", "/token_endpoint", "/jwks_uri"]


def test_a_person_with_a_password_signs_in_without_asking_the_provider(client, office, provider):
    assert (
        client.post("/login/", {"username": "collector", "password": "test-Portal-2026"}).status_code == 302
    )
    assert client.get("/desk/").status_code == 200
    assert provider.asked == []


def test_whoever_is_signed_in_is_not_sent_away_again(client, office, provider):
    client.force_login(office.collector)
    assert leave(client) == "/desk/"


# --- who may not ------------------------------------------------------------------------------------


def test_whoever_is_not_registered_is_told_so_and_not_created(client, provider):
    provider.claims = {"preferred_username": "L001", "name": "李岚"}
    assert "人员名册中没有工号“L001”，没有登录。请联系网管登记。" in told(sign_in(client))
    assert SESSION_KEY not in client.session
    assert not User.objects.filter(staff_number="L001").exists()


def test_where_the_office_wants_it_the_provider_adds_people(client, provider):
    provider.known(creates=True)
    provider.claims = {
        "preferred_username": "L001",
        "name": "李　岚",
        "email": "lilan@example.cn",
        "is_superuser": True,
    }
    assert sign_in(client).status_code == 302
    person = User.objects.get(staff_number="L001")
    assert (person.name, person.email, person.is_staff, person.is_superuser) == (
        "李岚",
        "lilan@example.cn",
        False,
        False,
    )
    assert not person.has_usable_password()
    assert AuditEntry.objects.get(verb="add", object_id=str(person.pk)).note == "据统一身份认证 L001"


def test_whom_the_intake_refuses_the_provider_cannot_add(client, provider):
    provider.known(creates=True)
    provider.claims = {"preferred_username": "system", "name": "系统"}
    told(sign_in(client))
    assert SESSION_KEY not in client.session


def test_a_disabled_person_is_refused_and_it_is_recorded(client, office, provider):
    User.objects.filter(pk=office.collector.pk).update(is_active=False)
    assert "您的账号已停用，没有登录。请联系网管。" in told(sign_in(client))
    entry = AuditEntry.objects.get(verb="sign_in_failed")
    assert (str(entry.actor), entry.object_id) == ("系统", str(office.collector.pk))


def test_a_person_disabled_meanwhile_is_put_out(client, office, provider):
    sign_in(client)
    User.objects.filter(pk=office.collector.pk).update(is_active=False)
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("number", [None, "", [], {"a": 1}])
def test_a_provider_that_names_no_number_lets_nobody_in(client, provider, number):
    provider.claims, provider.userinfo = {"preferred_username": number}, {"sub": "s1"}
    told(sign_in(client))
    assert SESSION_KEY not in client.session


def test_whoever_declines_at_the_provider_is_told_so(client, provider):
    provider.declines = "access_denied"
    assert "统一身份认证没有确认您的身份，没有登录" in told(sign_in(client))


# --- lies -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another"}, {"iss": "http://evil.example"}, {"exp": 1},
        {"exp": None}, {"sub": None}, {"iat": 9_999_999_999},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_not_for_this_sign_in_is_not_believed(client, provider, lies):
    provider.lies = lies
    assert "统一身份认证的答复不可信，没有登录" in told(sign_in(client))
    assert SESSION_KEY not in client.session


def test_a_token_signed_by_another_key_is_not_believed(client, provider):
    provider.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert "不可信" in told(sign_in(client))


def test_a_token_signed_with_what_both_know_is_not_believed(client, provider):
    provider.key, provider.algorithm = SECRET * 3, "HS256"
    assert "不可信" in told(sign_in(client))


def test_a_token_nobody_signed_is_not_believed(client, provider):
    provider.key, provider.algorithm = None, "none"
    assert "不可信" in told(sign_in(client))


def test_a_key_the_provider_does_not_publish_is_not_believed(client, provider):
    provider.kid = "two"
    assert "不可信" in told(sign_in(client))


def test_userinfo_of_somebody_else_is_not_believed(client, provider):
    provider.claims, provider.userinfo = {}, {"sub": "s2", "preferred_username": "granter"}
    assert "不可信" in told(sign_in(client))


def test_an_answer_works_once(client, provider):
    answer = urlsplit(requests.get(leave(client), allow_redirects=False, timeout=5).headers["Location"])
    back = f"{answer.path}?{answer.query}"
    assert client.get(back).status_code == 302
    client.post("/logout/")
    assert "这次登录已过期" in told(client.get(back))


def test_an_answer_to_somebody_elses_question_is_refused(client, provider):
    theirs = leave(Client())
    assert "这次登录已过期，或者不是从本站的登录页开始的" in told(come_back(client, theirs))


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=x", "?state=x&error=x"]
)
def test_an_answer_to_no_question_is_refused(client, provider, query):
    told(client.get(f"/oidc/callback/{query}"))
    assert SESSION_KEY not in client.session


def test_a_code_slipped_into_the_sign_in_page_does_nothing(client, provider):
    page = client.post("/login/?code=x&state=x", {"username": "collector", "password": "wrong"})
    assert (page.status_code, provider.asked) == (200, [])


def test_the_provider_is_never_asked_without_a_question_of_ours(provider):
    request = RequestFactory().get("/", {"code": "x", "state": "x"})
    assert authenticate(request, username="collector", password="wrong") is None
    assert provider.asked == []


def test_a_provider_that_speaks_for_another_is_not_used(client, provider, caplog):
    provider.said_issuer = "http://evil.example"
    assert "统一身份认证暂时连不上" in told(client.get("/oidc/start/"))
    assert "请检查 OIDC_ISSUER" in caplog.text


def test_when_the_provider_is_away_the_page_says_so_and_passwords_work(client, office, provider, caplog):
    provider.known(issuer="http://127.0.0.1:1")
    page = client.get("/oidc/start/")
    assert page.status_code == 503
    assert "统一身份认证暂时连不上，请稍后再试；有本地密码的人员可用工号和密码登录。" in page.content.decode()
    assert "连不上 http://127.0.0.1:1" in caplog.text
    assert (
        client.post("/login/", {"username": "collector", "password": "test-Portal-2026"}).status_code == 302
    )


def test_a_provider_that_goes_away_half_way_is_told_too(client, provider):
    answer = urlsplit(requests.get(leave(client), allow_redirects=False, timeout=5).headers["Location"])
    provider.known(endpoints={"token": "http://127.0.0.1:1/token"})
    assert "统一身份认证暂时连不上" in told(client.get(f"{answer.path}?{answer.query}"))


def test_a_wrong_secret_is_not_called_an_absence(client, provider):
    provider.known(client_secret="wrong")
    assert "统一身份认证的答复不可信" in told(sign_in(client))

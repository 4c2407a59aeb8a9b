"""What browsers are told to refuse, on pages of every kind, and the cookies of a production installation."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
KEY = "headers-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG"
SECRETS = {"SECRET_KEY": KEY, "DATA_KEYS": KEY, "ALLOWED_HOSTS": "portal.example.cn"}
ASK = """
import json
from django.conf import settings
names = json.loads('{names}')
print(json.dumps({{name: getattr(settings, name) for name in names}}, default=str))
"""


def policy(response) -> dict[str, str]:
    said = response.headers["Content-Security-Policy"].split(";")
    return {name: sources for name, _, sources in (one.strip().partition(" ") for one in said)}


@pytest.fixture
def moderator(office) -> Client:
    browser = Client()
    browser.force_login(office.moderator)
    return browser


@pytest.mark.parametrize("path", ["/", "/search/?q=a", "/login/", "/a/999999/", "/desk/", "/admin/"])
def test_every_page_refuses_frames_devices_guesses_and_foreign_readers(moderator, path):
    told = moderator.get(path).headers
    assert {name: told[name] for name in (
        "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
    )} == {
        "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    }  # fmt: skip
    assert {"camera=()", "geolocation=()", "payment=()"} <= set(told["Permissions-Policy"].split(", "))


@pytest.mark.parametrize("path", ["/", "/login/", "/desk/", "/a/999999/"])
def test_pages_run_scripts_of_their_own_house_only(moderator, path):
    told = policy(moderator.get(path))
    assert "script-src" not in told
    assert {name: told[name] for name in ("default-src", "object-src", "frame-ancestors", "form-action", "base-uri")} == {
        "default-src": "'self'", "object-src": "'none'", "frame-ancestors": "'none'", "form-action": "'self'",
        "base-uri": "'self'",
    }  # fmt: skip


def test_pages_of_the_admin_run_no_script_of_their_own(moderator):
    told = policy(moderator.get("/admin/publishing/article/"))
    assert told["script-src"] == "'self' 'unsafe-eval'"
    assert "script-src-attr" not in told


def test_the_editors_page_lets_in_one_script_by_a_nonce_new_each_time(moderator):
    pages = [moderator.get("/admin/publishing/article/add/") for _ in range(2)]
    nonces = [re.search(r"'nonce-([^']+)'", policy(page)["script-src"])[1] for page in pages]
    assert nonces[0] != nonces[1]
    assert f'nonce="{nonces[0]}"' in pages[0].content.decode()
    assert "'unsafe-inline'" not in policy(pages[0])["script-src"]
    assert policy(pages[0])["script-src-attr"] == "'unsafe-inline'"  # CKEditor 4's buttons


def test_an_article_says_that_it_depends_on_who_asks(client, write):
    """A cache between must not hand one person's page to another."""
    article = write(upto="publish").article
    assert "Cookie" in client.get(article.get_absolute_url()).headers["Vary"]


def test_what_a_client_says_of_its_host_changes_no_address(client, write, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    article = write(upto="publish").article
    page = client.get(
        article.get_absolute_url(), headers={"X-Forwarded-Host": "evil.example", "X-Host": "evil.example"}
    )
    assert "evil.example" not in page.content.decode()
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def production(*names: str) -> dict:
    command = [sys.executable, "-c", ASK.format(names=json.dumps(names))]
    environment = os.environ | SECRETS | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production", "DATABASE_URL": "", "REDIS_URL": "",
    }  # fmt: skip
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def test_cookies_of_a_production_installation_belong_to_this_host_alone():
    names = ("SESSION_COOKIE", "CSRF_COOKIE")
    parts = ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "DOMAIN", "PATH")
    told = production(*(f"{name}_{what}" for name in names for what in parts))
    for name in names:
        kept = {what: told[f"{name}_{what}"] for what in parts[1:]}
        assert kept == {"SECURE": True, "HTTPONLY": True, "SAMESITE": "Lax", "DOMAIN": None, "PATH": "/"}
        assert told[f"{name}_NAME"].startswith("__Host-")


def test_nginx_knows_who_is_signed_in_by_the_cookies_real_name():
    """Wherever its configuration looks for the session, it looks for the production's name, too."""
    conf = (ROOT / "deploy/nginx.conf").read_text()
    name = production("SESSION_COOKIE_NAME")["SESSION_COOKIE_NAME"]
    for pattern in re.findall(r'^\s*"~([^"]*sessionid[^"]*)"', conf, re.M):
        assert re.search(pattern, f"a=b; {name}=x"), pattern


def test_production_stays_with_https():
    told = production("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS")
    assert told == {
        "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31_536_000, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    }  # fmt: skip

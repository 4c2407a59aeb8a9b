"""Published pages behind a real nginx: read from the files, and read on when the application has stopped."""

import gzip
import http.client
import os
import subprocess
import sys
from http.client import HTTPResponse
from types import SimpleNamespace

import pytest

from portal.logs.files import NAME
from scripts import front, services
from tests.ops.test_door import wait_until_open
from tests.ops.test_nginx import NGINX, ROOT

pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed")
TEXTS = """
from django.utils import timezone
from columns.models import Column
from portal.models import Department, Site, User
from publishing.models import Article, Revision
office = Department.objects.create(name="分局", code="fenju")
main = Site.objects.create(key="fenju", name="城东分局", department=office)
sub = Site.objects.create(key="beiqiao", name="北桥所", department=office, parent=main, host_name="beiqiao.example.cn")
by, now = User.objects.system(), timezone.now()
for site, name in ((main, "要闻报道"), (sub, "所务公开")):
    column = Column.objects.create(site=site, name=name, slug="news")
    article = Article.objects.create(site=site, column=column, title=f"{name}的信息", created_by=by, created_at=now,
        state="LIVE", published_at=now)
    article.published_revision = Revision.objects.create(article=article, column=column, title=article.title,
        body="<p>正文</p>" * 50, created_by=by, saved_by=by, saved_at=now, state="PUBLISHED")
    article.save()
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory, migrated_before):
    """A portal with published pages behind nginx; `stop()` ends the application."""
    folder = migrated_before(tmp_path_factory.mktemp("published"))
    port = services.free_port()
    secret = "pages-only-0123456789-abcdefghijklmnopqrstuvwxyz"
    environment = {
        **os.environ, "VAR_DIR": str(folder), "PORT": str(port), "DATABASE_URL": "", "REDIS_URL": "",
        "SECRET_KEY": secret, "DATA_KEYS": secret, "ALLOWED_HOSTS": "portal.example.cn,.example.cn",
        "TRUSTED_PROXIES": "127.0.0.1", "DJANGO_SETTINGS_MODULE": "tests.ops.door_settings",
    }  # fmt: skip
    for arguments in (["migrate", "-v0"], ["shell", "-v0", "-c", TEXTS], ["publish_pages", "--all"]):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "--workers", "1", "portal.wsgi"]
    with (folder / "log").open("w") as log:
        web = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def stop():
        web.terminate()
        web.wait(30)

    try:
        wait_until_open(port, web)
        with front.nginx(folder, [port]) as address:
            yield SimpleNamespace(
                door=int(address.rpartition(":")[2]), inside=port, pages=folder / "pages", stop=stop
            )
    finally:
        stop()


def ask(
    port: int, path: str, *, method: str = "GET", host: str = "portal.example.cn", **headers: str
) -> HTTPResponse:
    """What a reader is answered whose request comes over TLS."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    named = {"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    named |= {name.replace("_", "-"): text for name, text in headers.items()}
    connection.request(method, path, headers=named)
    answer = connection.getresponse()
    answer.body = answer.read()
    return answer


def is_file(answer: HTTPResponse) -> bool:
    """nginx gives what it sends from a file a tag and a time of its own; the portal behind it says neither here."""
    return answer.status == 200 and "Last-Modified" in answer.headers


PAGES = {
    "/": "sites/fenju/index.html",
    "/c/news/": "sites/fenju/c/news.html",
    "/c/news/?page=1": "sites/fenju/c/news.html",
    "/a/1/": "sites/fenju/a/1.html",
    "/feeds/": "sites/fenju/feeds.atom",
    "/sitemap.xml": "sites/fenju/sitemap.xml",
    "/s/beiqiao/": "sites/beiqiao/index.html",
    "/s/beiqiao/a/2/": "sites/beiqiao/a/2.html",
}


@pytest.mark.parametrize("path", PAGES)
def test_nginx_and_the_application_hand_out_the_same_file(house, path):
    through, direct = ask(house.door, path), ask(house.inside, path)
    assert through.body == direct.body == (house.pages / PAGES[path]).read_bytes()
    assert is_file(through)


def test_what_nginx_answers_stands_in_the_access_log_like_what_the_portal_answers(house):
    ask(house.door, "/c/news/?page=1")
    ask(house.door, "/nowhere-at-all/")
    (own,) = (house.pages.parent / "logs").glob("access-*.nginx.log")
    (portals,) = set((house.pages.parent / "logs").glob("access-*.log")) - {own}
    assert NAME.fullmatch(own.name)["day"] == NAME.fullmatch(portals.name)["day"]
    (line,) = [line for line in own.read_text().splitlines() if "/c/news/" in line][-1:]
    day, _, *said = line.split(" ")
    assert (day, said[:5]) == (
        NAME.fullmatch(own.name)["day"],
        ["203.0.113.9", "-", "GET", "/c/news/", "200"],
    )
    (missed,) = [line for line in portals.read_text().splitlines() if "/nowhere-at-all/" in line]
    assert len(missed.split(" ")) == len(line.split(" "))
    assert "/nowhere-at-all/" not in own.read_text()


def test_both_say_the_same_for_the_browsers_safety(house):
    through, direct, dynamic = ask(house.door, "/"), ask(house.inside, "/"), ask(house.inside, "/search/")
    names = ["Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy",
             "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy",
             "Strict-Transport-Security", "Content-Type"]  # fmt: skip
    for name in names:
        said = [set(answer.headers[name].split("; ")) for answer in (through, direct, dynamic)]
        assert said[0] == said[1] == said[2], name
    assert through.headers["Cache-Control"] == direct.headers["Cache-Control"] == "no-cache"


def test_a_sub_site_answers_under_its_own_host(house):
    answer = ask(house.door, "/", host="beiqiao.example.cn")
    assert answer.body == (house.pages / "sites/beiqiao/index.html").read_bytes()
    assert not is_file(ask(house.door, "/a/1/", host="beiqiao.example.cn"))


@pytest.mark.parametrize(
    "coding",
    [
        "gzip",
        pytest.param(
            "br", marks=pytest.mark.skipif(not front.HAS_BROTLI, reason="nginx has no brotli module")
        ),
    ],
)
def test_pages_are_sent_compressed_ahead(house, coding):
    answer = ask(house.door, "/", Accept_Encoding=coding)
    ending = {"gzip": ".gz", "br": ".br"}[coding]
    assert answer.headers["Content-Encoding"] == coding
    assert answer.body == (house.pages / f"sites/fenju/index.html{ending}").read_bytes()
    assert (
        coding == "br"
        or gzip.decompress(answer.body) == (house.pages / "sites/fenju/index.html").read_bytes()
    )


@pytest.mark.parametrize("cookie", ["__Host-sessionid=abc", "a=b; __Host-sessionid=abc", "messages=x"])
def test_whoever_is_known_is_answered_by_the_application(house, cookie):
    assert not is_file(ask(house.door, "/", Cookie=cookie))


def test_another_cookie_does_not_keep_anybody_from_the_file(house):
    assert is_file(ask(house.door, "/", Cookie="theme=dark; mysessionid=1"))


@pytest.mark.parametrize(
    "path", ["/?x=1", "/c/news/?page=0", "/c/news/?page=2&x=1", "/search/?q=a", "/login/"]
)
def test_other_questions_go_to_the_application(house, path):
    assert not is_file(ask(house.door, path))


def test_a_post_is_never_answered_by_a_file(house):
    assert ask(house.door, "/", method="POST").status in (403, 405)


def test_without_tls_nothing_is_read_but_the_way_to_it(house):
    answer = ask(house.door, "/", X_Forwarded_Proto="http")
    assert (answer.status, answer.headers["Location"]) == (301, "https://portal.example.cn/")


@pytest.mark.parametrize(
    "path",
    [
        "/files/../../secret_key",
        "/s/../../../secret_key/",
        "/..%2f..%2fsecret_key/",
        "/s/..%2f..%2f/x/",
        "/pages/sites/fenju/index.html",
    ],
)
def test_no_address_leads_out_of_the_pages(house, path):
    assert ask(house.door, path).status in (301, 400, 404)


def test_a_removed_page_is_not_remembered(house):
    page = house.pages / "sites/fenju/c/news.html"
    body = page.read_bytes()
    assert is_file(ask(house.door, "/c/news/"))
    page.unlink()
    assert not is_file(ask(house.door, "/c/news/"))
    page.write_bytes(body)


def test_readers_notice_nothing_when_the_application_has_stopped(house):
    """The last of this file: nothing answers behind nginx from here on."""
    house.stop()
    for path, file in PAGES.items():
        assert ask(house.door, path).body == (house.pages / file).read_bytes()
    for path in ("/search/?q=a", "/login/", "/a/999/"):
        answer = ask(house.door, path)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        assert "此项服务暂停片刻" in answer.body.decode()
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"

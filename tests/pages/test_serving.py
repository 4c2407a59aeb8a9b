"""Without nginx the application hands out the same files, asking for no session and no row."""

import gzip

import brotli
import pytest

from portal.models import StalePage


@pytest.fixture
def home(office, write, press):
    write("静态首页上的信息", upto="publish")
    press.drain()
    press.link()
    return press.file("")


def test_the_file_is_handed_out_without_a_query(home, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/")
    assert answer.content == home.read_bytes()


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", None, bytes)],
)
def test_compressed_as_the_browser_likes(home, client, accepted, coding, unpack):
    answer = client.get("/", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == coding
    assert unpack(answer.content) == home.read_bytes()


def test_an_unchanged_page_is_not_sent_twice(home, client):
    tag = client.get("/").headers["ETag"]
    again = client.get("/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_headers_are_those_of_the_application(home, client):
    published, dynamic = client.get("/"), client.get("/search/")
    said = ["Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy",
            "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy",
            "Content-Type"]  # fmt: skip
    for name in said:
        assert set(published.headers[name].split("; ")) == set(dynamic.headers[name].split("; ")), name
    assert published.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/?q=1", "/c/yaowenbaodao/?page=x", "/search/", "/c/yaowenbaodao/?page=1&page=2"]
)
def test_other_questions_go_to_the_application(home, client, path, django_assert_max_num_queries):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Last-Modified" not in answer.headers  # a file has one


def test_whoever_has_signed_in_is_answered_by_the_application(home, client, office):
    client.force_login(office.staff)
    assert "工作台" in client.get("/").text


def test_a_post_goes_to_the_application(home, client):
    assert client.post("/").status_code == 405


@pytest.mark.parametrize(
    "path", ["/c/../index/", "/c/%2e%2e/x/", "/s/../fenju/", "/s/fenju/../../x/", "//etc/passwd/"]
)
def test_no_address_leads_out_of_the_folder(home, client, path):
    assert client.get(path).status_code in (301, 302, 404)


def test_a_sub_site_and_a_host_of_its_own_have_their_pages(office, press, client):
    office.sub.host_name = "beiqiao.example.cn"
    office.sub.save()
    press.publish_all()
    assert client.get("/s/beiqiao/").content == press.file("", "beiqiao").read_bytes()
    assert (
        client.get("/", headers={"Host": "beiqiao.example.cn"}).content
        == press.file("", "beiqiao").read_bytes()
    )
    assert client.get("/", headers={"Host": "elsewhere.example.cn"}).content == press.file("").read_bytes()


def test_a_missing_page_is_answered_and_made(home, press, client):
    press.file("c/yaowenbaodao/").unlink()
    assert client.get("/c/yaowenbaodao/").status_code == 200
    assert list(StalePage.objects.values_list("path", flat=True)) == ["c/yaowenbaodao/"]
    press.drain()
    assert press.file("c/yaowenbaodao/").exists()


@pytest.mark.parametrize("path", ["/search/", "/login/", "/mailbox/track/"])
def test_forms_and_searches_never_become_files(home, press, client, path):
    client.get(path)
    assert StalePage.objects.count() == 0
    assert press.drain() == 0

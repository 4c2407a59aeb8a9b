"""应用链接 (办法第二条): the single entrance to the intranet's other systems."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml.html import document_fromstring

from portal import applications, operations, presets
from portal.models import ApplicationLink, AuditEntry, Department, User
from portal.workflow import Refused

LIST = reverse("admin:portal_applicationlink_changelist")
ADD = reverse("admin:portal_applicationlink_add")


@pytest.fixture
def link(office, django_capture_on_commit_callbacks):
    """`link("OA 办公系统", departments=[…])`: a link as 系统管理员 keeps it."""

    def make(name: str, departments=(), **fields) -> ApplicationLink:
        row = ApplicationLink(name=name, **{"url": "http://oa.intranet.example/", **fields})
        with django_capture_on_commit_callbacks(execute=True):
            return operations.save_application_link(row, by=office.granter, departments=departments)

    return make


@pytest.fixture
def shown(client):
    """`shown(person, "/")`: the links of that page, by name, with what a browser does with them."""

    def look(person=None, path: str = "/") -> list[str]:
        client.logout()
        if person:
            client.force_login(person)
        page = document_fromstring(client.get(path).content.decode())
        return [
            node.text_content().split()[0] for node in page.xpath("//*[@aria-labelledby='applications']//a")
        ]

    return look


# --- shown --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/desk/", "/desk/notices/"])
def test_without_links_there_is_no_block(client, office, path):
    client.force_login(office.collector)
    assert "应用系统" not in client.get(path).content.decode()


def test_links_stand_on_the_main_sites_home_page_and_on_the_desk(shown, office, link):
    link("OA办公系统", audience="EVERYONE")
    found = [shown(office.staff, path) for path in ("/", "/desk/", "/desk/notices/", "/s/beiqiao/")]
    assert found == [["OA办公系统"], ["OA办公系统"], ["OA办公系统"], []]


def test_links_come_in_their_order_and_inactive_ones_not_at_all(shown, link):
    for name, position, is_active in (
        ("丙", 30, True),
        ("甲", 10, True),
        ("停用", 15, False),
        ("乙", 20, True),
    ):
        link(name, audience="EVERYONE", position=position, is_active=is_active)
    assert shown() == ["甲", "乙", "丙"]


def test_links_are_for_everybody_for_staff_or_for_departments(shown, office, link):
    link("所有人", audience="EVERYONE")
    link("登录人员", audience="STAFF")
    link("办公室", audience="STAFF", departments=[office.section])
    link("北桥所", audience="EVERYONE", departments=[office.station])
    link("分局", audience="STAFF", departments=[office.bureau])
    alone = User.objects.create_user("nobody", name="借调人员")
    beiqiao = User.objects.create_user("beiqiao", name="北桥", department=office.station)
    assert shown() == ["所有人"]
    assert shown(alone) == ["所有人", "登录人员"]
    assert shown(office.staff) == ["所有人", "登录人员", "办公室", "分局"]
    assert shown(beiqiao) == ["所有人", "登录人员", "北桥所", "分局"]


def test_a_link_opens_in_the_same_window_and_tells_the_other_system_nothing(client, link):
    link("外", audience="EVERYONE", url="https://oa.intranet.example/login?from=portal&x=1")
    link("内", audience="EVERYONE", url="/c/gongzuodongtai/")
    page = document_fromstring(client.get("/").content.decode())
    found = [dict(node.attrib) for node in page.xpath("//*[@aria-labelledby='applications']//a")]
    assert found == [
        {"href": "https://oa.intranet.example/login?from=portal&x=1", "rel": "noopener"},
        {"href": "/c/gongzuodongtai/"},
    ]


def test_names_and_notes_are_shown_as_text(client, link):
    link("<b>粗</b>", audience="EVERYONE", note="<script>alert(1)</script>")
    page = client.get("/").content.decode()
    assert "&lt;b&gt;粗&lt;/b&gt;" in page
    assert "<script>alert(1)" not in page


def test_a_changed_link_shows_at_once(shown, office, link, django_capture_on_commit_callbacks):
    row = link("旧名", audience="EVERYONE")
    assert shown() == ["旧名"]
    row.name = "新名"
    with django_capture_on_commit_callbacks(execute=True):
        operations.save_application_link(row, by=office.granter)
    assert shown() == ["新名"]


@pytest.mark.parametrize("path", ["/", "/desk/"])
def test_thirty_links_cost_no_more_than_one_and_nothing_until_they_change(
    client, office, link, path, settings
):
    client.force_login(office.staff)
    client.get(path)  # the first page of a session writes it down

    def count(is_cold: bool = True) -> int:
        if is_cold:
            cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    link("第一个", departments=[office.section])
    count()  # the first page after a sign-in writes down that somebody is there
    with_one = count()
    for number in range(29):
        link(f"第 {number} 个", departments=[office.section, office.station])
    assert count() == with_one
    settings.KEEPS_BETWEEN_REQUESTS = True
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert [one["sql"] for one in queries if "applicationlink" in one["sql"]] == []


# --- kept ---------------------------------------------------------------------------------------


def typed(**fields) -> dict:
    return {
        "name": "OA 办公系统", "url": "http://oa.intranet.example/", "note": "公文流转", "position": "10",
        "is_active": "on", "audience": "STAFF", **fields,
    }  # fmt: skip


@pytest.fixture
def keeper(client, office):
    client.force_login(office.granter)
    return client


def test_a_link_is_kept_and_recorded(keeper, office):
    assert keeper.post(ADD, typed(departments=[office.section.pk])).status_code == 302
    row = ApplicationLink.objects.get()
    assert (row.name, row.audience, list(row.departments.all())) == ("OA 办公系统", "STAFF", [office.section])
    assert (AuditEntry.objects.first().label, AuditEntry.objects.first().actor) == (
        "新增应用链接",
        office.granter,
    )


def test_a_change_says_what_changed(keeper, office, link):
    row = link("OA 办公系统", departments=[office.section])
    where = reverse("admin:portal_applicationlink_change", args=[row.pk])
    keeper.post(where, typed(url="https://oa.intranet.example/", note="", departments=[office.section.pk]))
    assert AuditEntry.objects.first().note == "网址"
    keeper.post(where, typed(url="https://oa.intranet.example/", note=""))
    assert AuditEntry.objects.first().note == "限定部门"
    assert list(row.departments.all()) == []


GOOD = [
    "http://oa/", "https://oa.intranet.example:8443/a?b=c#d", "HTTP://OA.EXAMPLE", "http://[2001:db8::1]:80/",
    "http://10.8.0.5/", "/c/news/", "/", "http://oa.example/办公",
]  # fmt: skip
BAD = [
    "oa.intranet.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x",
    "vbscript:x", "ftp://oa/", "file:///etc/passwd", "//evil.example/", "/\\evil.example", "\\\\evil", "http://",
    "http:///x", "https:oa", "http://oa:0/", "http://oa:99999/", "http://[::1", "http://oa/\x00", "http://oa/ x",
    "java\nscript:alert(1)", "http://oa/\u202e", "http://user:secret@oa/", "http://user@oa/", "mailto:a@b.cn", "?x",
    'http://oa/"onclick="x', "http://oa/<x>",
]  # fmt: skip


@pytest.mark.parametrize("url", GOOD)
def test_an_address_or_a_path_is_taken(url):
    assert applications.read_url(f" {url}\n") == url


@pytest.mark.parametrize("url", BAD)
def test_anything_else_is_refused_in_chinese(url):
    with pytest.raises(ValueError, match="网址"):
        applications.read_url(url)


def test_a_wrong_address_is_said_at_its_field_and_typing_is_kept(keeper):
    page = keeper.post(ADD, typed(url="javascript:alert(1)", name="工商业务系统"))
    form = page.context["adminform"].form
    assert form.errors == {"url": [applications.WRONG]}
    assert (form["name"].value(), ApplicationLink.objects.count()) == ("工商业务系统", 0)


def test_no_way_around_the_form_takes_a_script(office):
    with pytest.raises(Refused, match="应为 http"):
        operations.save_application_link(ApplicationLink(name="x", url="javascript:1"), by=office.granter)


@pytest.mark.parametrize(
    ("who", "looks", "keeps"),
    [
        ("granter", 200, 200),
        ("auditor", 200, 403),
        ("security", 403, 403),
        ("moderator", 403, 403),
        ("staff", 302, 302),
    ],
)
def test_links_are_kept_by_the_system_administrator_and_seen_by_audit(
    client, office, link, who, looks, keeps
):
    where = reverse("admin:portal_applicationlink_change", args=[link("OA").pk])
    client.force_login(getattr(office, who))
    assert [client.get(address).status_code for address in (LIST, where, ADD)] == [looks, looks, keeps]
    assert client.post(where, typed(name="改")).status_code == (302 if who == "granter" else keeps)


def test_the_list_asks_as_often_for_thirty_rows_as_for_one(keeper, office, link):
    def count() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert keeper.get(LIST).status_code == 200
        return len(queries)

    keeper.get(LIST)  # the first page of a session writes it down
    link("第一个", departments=[office.section])
    count()  # the first page after a sign-in writes down that somebody is there
    with_one = count()
    for number in range(29):
        link(f"第 {number} 个", departments=[office.section, office.station])
    assert count() == with_one


# --- the preset ---------------------------------------------------------------------------------


def test_the_default_preset_brings_samples_that_are_plainly_samples(jiangsu):
    rows = ApplicationLink.objects.values_list("name", "audience")
    assert list(rows) == [
        ("OA 办公系统", "STAFF"), ("工商业务系统", "STAFF"), ("档案查询", "STAFF"), ("江苏工商文化网", "EVERYONE"),
    ]  # fmt: skip
    assert {row.url.split("/")[2].partition(".")[2] for row in ApplicationLink.objects.all()} == {
        "intranet.example"
    }


def test_the_offices_own_address_survives_another_loading(jiangsu):
    ApplicationLink.objects.filter(name="档案查询").update(url="http://da.unit.cn/")
    again = presets.load("jiangsu")
    assert ApplicationLink.objects.get(name="档案查询").url == "http://da.unit.cn/"
    assert [(one.kind, one.key, one.field) for one in again.kept] == [("应用链接", "dangan", "网址")]
    assert Department.objects.count() == 16

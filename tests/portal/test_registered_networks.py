"""登记地址: kept with reasons, and the admin is there for registered addresses alone."""

import re
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from columns.models import Column
from portal import addresses, audit, clock, operations
from portal.enums import NetworkPurpose
from portal.models import AuditEntry, RegisteredNetwork
from portal.workflow import Refused, TooLate
from publishing import operations as texts

HERE, THERE = "10.8.1.25", "10.9.1.25"
LIST = reverse("admin:portal_registerednetwork_changelist")
ADD = reverse("admin:portal_registerednetwork_add")
NEVER = "/niming/"


@pytest.fixture
def register(office, django_capture_on_commit_callbacks):
    """`register("10.8.0.0/16")`: a live network of the admin, or of the purpose named."""

    def make(network: str, purpose: str = NetworkPurpose.ADMIN, place: str = "办公楼") -> RegisteredNetwork:
        row = RegisteredNetwork(
            purpose=purpose, network=network, place=place, department=office.section, reason="局长批准"
        )
        with django_capture_on_commit_callbacks(execute=True):
            return operations.register_network(row, by=office.security)

    return make


@pytest.fixture
def browse(client, office):
    """`browse("/admin/", at=HERE, who="security")`: the answer to somebody who comes from there."""

    def ask(path: str, *, at: str, who: str = "", method: str = "get", **more):
        client.logout()
        if who:
            client.force_login(getattr(office, who))
        return getattr(client, method)(path, REMOTE_ADDR=at, **more)

    return ask


def last_entry() -> AuditEntry:
    return AuditEntry.objects.first()


# --- the door -----------------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_nothing_set_opens_the_admin_at_the_machine_itself(browse, at):
    assert browse("/admin/", at=at).status_code == 302


@pytest.mark.parametrize("at", [HERE, "203.0.113.9", "2001:db8::1", "", "garbage"])
def test_nothing_set_opens_the_admin_to_nobody_else(browse, at):
    assert browse("/admin/", at=at).status_code == 404


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "forwarded"])
def test_the_machine_itself_does_not_open_the_admin_for_somebody_it_forwards(browse, header):
    """A proxy on the same machine that nobody declared: not everybody behind it is at the machine."""
    assert browse("/admin/", at="127.0.0.1", headers={header: "203.0.113.9"}).status_code == 404


def test_the_environment_opens_the_admin(browse, settings):
    settings.ADMIN_NETWORKS = (ip_network("10.8.0.0/16"), ip_network("2001:db8::/32"))
    found = [browse("/admin/", at=at).status_code for at in (HERE, "2001:db8::9", THERE, "2001:db9::9")]
    assert found == [302, 302, 404, 404]


def test_the_register_opens_the_admin_and_closes_it_again_at_once(
    browse, office, register, django_capture_on_commit_callbacks
):
    assert browse("/admin/", at=HERE).status_code == 404
    row = register("10.8.0.0/16")
    assert (browse("/admin/", at=HERE).status_code, browse("/admin/", at=THERE).status_code) == (302, 404)
    with django_capture_on_commit_callbacks(execute=True):
        operations.end_network(row, by=office.security, reason="搬迁")
    assert browse("/admin/", at=HERE).status_code == 404


def test_an_import_station_is_no_way_into_the_admin(browse, register):
    register("10.8.0.0/16", NetworkPurpose.IMPORT_STATION)
    assert browse("/admin/", at=HERE).status_code == 404


def test_the_register_is_read_once_a_minute(browse, register):
    register("10.8.0.0/16")
    browse("/admin/", at=HERE)
    with CaptureQueriesContext(connection) as queries:
        browse("/admin/", at=HERE)
    assert [one["sql"] for one in queries if "registerednetwork" in one["sql"]] == []


DOORS = [
    "/admin/", "/admin", "/admin/login/", "/admin/login", "/admin/portal/user/", "/admin/portal/user",
    "/admin/publishing/article/add/", "/admin/jsi18n/", "/admin/logout/", "/admin/nothing-here/",
    "/s/beiqiao/admin/", "/s/beiqiao/admin", "/s/beiqiao/admin/portal/user/", "/s/nowhere/admin/",
    "/%61dmin/", "/admin%2f", "/admin%2Fportal/user/", "/ADMIN/", "/Admin/", "/./admin/",
    "/admin//", "/admin/../admin/", "/healthz/../admin/", "/static/../admin/",
    "/admin/?next=/admin/", "/admin;x/", "/admin%00/",
]  # fmt: skip


def answer(response) -> tuple:
    """What is told, but for the address itself, which the sign-in link repeats, the one-time token and the number."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    body = re.sub(r'href="/login/\?next=[^"]*"', "", body)
    own = ("Content-Length", "X-Request-ID")
    headers = {name: value for name, value in response.headers.items() if name not in own}
    return response.status_code, body, headers, sorted(response.cookies)


METHODS = ("get", "head", "post", "delete")


@pytest.mark.parametrize("who", ["", "staff", "security"])
def test_from_elsewhere_every_door_is_an_address_that_never_was(browse, who):
    for path in DOORS:
        never = re.sub("admin|%61dmin", "niming", path, flags=re.IGNORECASE)
        for method in METHODS:
            shown, other = (browse(one, at=HERE, who=who, method=method) for one in (path, never))
            assert (shown.status_code, path, method) == (404, path, method)
            assert (path, method, *answer(shown)) == (path, method, *answer(other))


@pytest.mark.parametrize("path", ["//admin/", "/admin/\n", "/admin\t/"])
def test_odd_paths_that_only_a_raw_request_holds_are_as_closed(client, office, path):
    for at in (HERE, "127.0.0.1"):
        answered = client.get("/", PATH_INFO=path, REMOTE_ADDR=at)
        assert answered.status_code in {404, 302}
        assert (at, answered.status_code) != (HERE, 302)


def test_a_stranger_costs_no_more_than_at_any_address_that_never_was(browse):
    browse("/admin/", at=HERE)

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            browse(path, at=HERE)
        return len(queries)

    assert count("/admin/portal/user/") == count(NEVER)


# --- who tried ----------------------------------------------------------------------------------


def refused() -> list[tuple[str, str, str]]:
    rows = AuditEntry.objects.filter(verb="admin_refused").order_by("id")
    return [(row.actor.staff_number, row.address, row.note) for row in rows]


def test_staff_who_try_from_elsewhere_are_recorded_once_per_address_and_day(browse):
    for path in ("/admin/", "/admin/portal/user/", "/admin/"):
        browse(path, at=HERE, who="moderator")
    browse("/s/beiqiao/admin/", at=THERE, who="moderator")
    assert refused() == [
        ("moderator", HERE, f"地址 {HERE} 没有登记，访问 /admin/"),
        ("moderator", THERE, f"地址 {THERE} 没有登记，访问 /s/beiqiao/admin/"),
    ]
    with clock.at(clock.now() + timedelta(days=1)):
        browse("/admin/", at=HERE, who="moderator")
    assert len(refused()) == 3
    assert audit.verify().reason == ""


def test_visitors_who_try_are_only_logged(browse, caplog):
    browse("/admin/portal/%0auser/", at=HERE)
    assert refused() == []
    assert [record.message for record in caplog.records if record.name == "portal.operations.networks"] == [
        f"管理后台拒绝访问：地址 '{HERE}'，'/admin/portal/\\nuser/'"
    ]


# --- links --------------------------------------------------------------------------------------


def desk_pages(office, write) -> list[str]:
    """Every screen of the desk on which a way into the admin is shown to the moderator who may edit."""
    draft, live = write("草稿一件"), write("上线一件", upto="publish", column=office.exchange)
    returned = texts.return_(
        write("退回一件", upto="report").steps.get(state="CURRENT"), by=office.head_person, note="核对"
    )
    numbers = [draft.article_id, live.article_id]
    return [
        "/desk/", "/desk/?kind=draft", "/desk/?kind=mend", "/desk/notices/", "/desk/reviews/",
        f"/desk/reviews/{draft.pk}/", f"/desk/reviews/{returned.pk}/",
        *(f"/desk/articles/{number}/" for number in numbers), "/", "/password/",
    ]  # fmt: skip


def test_links_into_the_admin_are_shown_only_where_it_opens(browse, office, write, register):
    register("10.8.0.0/16")
    pages = desk_pages(office, write)
    shown = {at: [] for at in (HERE, THERE)}
    for at, found in shown.items():
        for path in pages:
            page = browse(path, at=at, who="collector")
            assert page.status_code == 200
            found += re.findall(r'"(/admin/[^"]*)"', page.content.decode())
    assert len(shown[HERE]) > 6
    assert shown[THERE] == []


def test_a_draft_stays_in_sight_where_it_cannot_be_edited(browse, write):
    write("草稿一件")
    page = browse("/desk/?kind=draft", at=THERE, who="collector").content.decode()
    assert "草稿一件" in page
    assert "须在登记的管理地址上修改" in page


def test_pages_of_readers_name_the_admin_to_nobody(browse, office, write):
    """ZJ-6: the admin entrance is not linked on the public site."""
    article = write(upto="publish").article
    for path in (
        "/",
        article.get_absolute_url(),
        office.trends.get_absolute_url(),
        "/search/?q=例会",
        "/login/",
    ):
        for at in ("127.0.0.1", HERE):
            assert "/admin" not in browse(path, at=at).content.decode()


# --- the register -------------------------------------------------------------------------------


def typed(office, **fields) -> dict:
    return {
        "purpose": "ADMIN", "network": "10.8.0.0/16", "place": "办公楼", "department": office.section.pk,
        "reason": "局长批准", **fields,
    }  # fmt: skip


def errors(page) -> dict:
    return {field: list(said) for field, said in page.context["adminform"].form.errors.items()}


@pytest.fixture
def keeper(client, office):
    client.force_login(office.security)
    return client


def test_registering_is_recorded_with_its_reason(keeper, office):
    assert keeper.post(ADD, typed(office, network="10.8.1.25")).status_code == 302
    row = RegisteredNetwork.objects.get()
    assert (row.network, row.registered_by, row.ended_at) == ("10.8.1.25", office.security, None)
    entry = last_entry()
    assert (entry.label, entry.actor, entry.clause) == (
        "登记地址", office.security, "GB/T 22239-2019 入侵防范；石家庄第三十一条",
    )  # fmt: skip
    assert entry.note == "管理网段 10.8.1.25，办公楼，办公室；事由：局长批准"


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("network", "办公楼", "应为一个地址或网段"),
        ("network", "0.0.0.0/0", "等于没有限制"),
        ("network", "10.8.0.9/16", "整个网段请写 10.8.0.0/16"),
        ("network", "1" * 80, "60"),
        ("network", "10.8.0.0/16\x00", ""),
        ("reason", "", "请写明事由"),
        ("purpose", "EVERYTHING", ""),
        ("department", "999999", ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_typing_is_kept(keeper, office, field, text, why):
    page = keeper.post(ADD, typed(office, **{field: text, "place": "三楼机房"}))
    assert (page.status_code, list(errors(page))) == (200, [field])
    assert why in errors(page)[field][0]
    assert page.context["adminform"].form["place"].value() == "三楼机房"
    assert RegisteredNetwork.objects.count() == 0


def test_the_same_network_is_registered_once_for_a_purpose(keeper, office, register):
    register("10.8.0.0/16", place="旧办公楼")
    page = keeper.post(ADD, typed(office, network="10.8.0.0/255.255.0.0"))
    assert errors(page) == {"network": ["10.8.0.0/16 已经登记为管理网段（旧办公楼）"]}
    assert keeper.post(ADD, typed(office, purpose="IMPORT_STATION")).status_code == 302


def test_an_ended_network_may_be_registered_again(office, register):
    operations.end_network(register("10.8.0.0/16"), by=office.security, reason="搬迁")
    register("10.8.0.0/16")
    assert RegisteredNetwork.objects.count() == 2


def change(row: RegisteredNetwork) -> str:
    return reverse("admin:portal_registerednetwork_change", args=[row.pk])


def end(row: RegisteredNetwork) -> str:
    return reverse("admin:portal_registerednetwork_end", args=[row.pk])


def test_a_change_has_a_reason_of_its_own_and_says_what_was_before(keeper, office, register):
    row = register("10.8.0.0/16")
    assert keeper.get(change(row)).context["adminform"].form["reason"].value() == ""
    assert errors(keeper.post(change(row), typed(office, reason=""))) == {"reason": ["请写明事由"]}
    keeper.post(change(row), typed(office, network="10.8.0.0/20", reason="划小"))
    row.refresh_from_db()
    assert (row.network, row.reason) == ("10.8.0.0/20", "划小")
    assert last_entry().note == (
        "管理网段 10.8.0.0/20，办公楼，办公室；事由：划小（原为管理网段 10.8.0.0/16，办公楼，办公室）"
    )


def test_what_a_network_is_for_does_not_change(keeper, office, register):
    row = register("10.8.0.0/16")
    keeper.post(change(row), typed(office, purpose="IMPORT_STATION", reason="改用途"))
    row.refresh_from_db()
    assert row.purpose == "ADMIN"
    row.purpose = "IMPORT_STATION"
    with pytest.raises(Refused, match="用途不能变更"):
        operations.change_network(row, by=office.security)


def test_ending_needs_a_reason_and_keeps_the_row(keeper, register):
    row = register("10.8.0.0/16")
    page = keeper.post(end(row), {"reason": " "})
    assert page.context["form"].errors == {"reason": ["请写明注销的事由"]}
    keeper.post(end(row), {"reason": "设备报废"})
    row.refresh_from_db()
    assert row.ended_at is not None
    assert (last_entry().label, last_entry().note[-4:]) == ("注销登记地址", "设备报废")
    assert keeper.post(change(row), {}).status_code == 403


def test_ending_twice_is_told_and_recorded_once(keeper, office, register):
    row = register("10.8.0.0/16")
    keeper.post(end(row), {"reason": "设备报废"})
    page = keeper.post(end(row), {"reason": "设备报废"})
    assert "已经注销" in page.content.decode()
    assert AuditEntry.objects.filter(verb="end_network").count() == 1
    with pytest.raises(TooLate):
        operations.end_network(row, by=office.security, reason="再来一次")


@pytest.mark.parametrize("way", ["end", "change"])
def test_nobody_shuts_themselves_out(browse, office, register, way):
    row = register("10.8.0.0/16")
    register("10.9.0.0/16")

    def ask(at: str):
        if way == "end":
            return browse(end(row), at=at, who="security", method="post", data={"reason": "搬迁"})
        new = typed(office, network="10.10.0.0/16", reason="搬迁")
        return browse(change(row), at=at, who="security", method="post", data=new)

    page = ask(HERE)
    assert (page.status_code, f"您正从这个网段（本机 {HERE}）办理" in page.content.decode()) == (200, True)
    assert "搬迁" in page.content.decode()
    row.refresh_from_db()
    assert (row.network, row.ended_at) == ("10.8.0.0/16", None)
    assert ask(THERE).status_code == 302


@pytest.mark.parametrize("other", ["register", "environment", "machine"])
def test_a_network_may_end_when_another_admits_one(browse, register, settings, other):
    row = register("10.8.0.0/16")
    at = "127.0.0.1" if other == "machine" else HERE
    if other == "register":
        register("10.8.1.0/24")
    if other == "environment":
        settings.ADMIN_NETWORKS = (ip_network("10.0.0.0/8"),)
    assert browse(end(row), at=at, who="security", method="post", data={"reason": "搬迁"}).status_code == 302


def test_a_network_may_shrink_around_whoever_asks(browse, office, register):
    row = register("10.8.0.0/16")
    new = typed(office, network="10.8.1.0/24", reason="划小")
    assert browse(change(row), at=HERE, who="security", method="post", data=new).status_code == 302


# --- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "looks", "keeps"),
    [
        ("security", 200, 200),
        ("auditor", 200, 403),
        ("granter", 403, 403),
        ("moderator", 403, 403),
        ("inspector", 403, 403),
        ("staff", 302, 302),
    ],
)
def test_the_register_is_kept_by_security_and_seen_by_audit(client, office, register, who, looks, keeps):
    row = register("10.8.0.0/16")
    client.force_login(getattr(office, who))
    found = [client.get(address).status_code for address in (LIST, change(row), ADD, end(row))]
    assert found == [looks, looks, keeps, keeps]
    assert client.post(end(row), {"reason": "搬迁"}).status_code == (302 if who == "security" else keeps)


def test_whoever_only_looks_is_offered_no_act(client, office, register):
    row = register("10.8.0.0/16")
    client.force_login(office.auditor)
    page = client.get(LIST).content.decode()
    assert ("10.8.0.0/16" in page, end(row) in page, ADD in page) == (True, False, False)


def test_the_list_says_what_the_register_means_now(keeper, register):
    empty = keeper.get(LIST).content.decode()
    assert "尚未登记管理网段" in empty
    assert "目前任何地址都可以上传文件" in empty
    register("10.8.0.0/16")
    register("10.8.1.25", NetworkPurpose.IMPORT_STATION)
    full = keeper.get(LIST).content.decode()
    assert "只对登记的 1 个管理网段" in full
    assert "只有登记的 1 处专机导入站可以上传文件" in full
    assert "您现在的地址是 127.0.0.1" in full


def test_the_list_asks_as_often_for_thirty_rows_as_for_one(keeper, register):
    def count() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert keeper.get(LIST).status_code == 200
        return len(queries)

    keeper.get(LIST)  # the first page of a session writes it down
    register("10.1.0.0/16")
    count()  # the first page after a sign-in writes down that somebody is there
    with_one = count()
    for number in range(2, 31):
        register(f"10.{number}.0.0/16")
    assert count() == with_one


def test_names_typed_into_the_register_are_shown_as_text(keeper, register):
    register("10.8.0.0/16", place="<script>alert(1)</script>")
    row = RegisteredNetwork.objects.get()
    for address in (LIST, change(row), end(row)):
        assert "<script>alert(1)" not in keeper.get(address).content.decode()
    assert addresses.live_networks(NetworkPurpose.ADMIN) == [ip_network("10.8.0.0/16")]
    assert Column.objects.count() == 4

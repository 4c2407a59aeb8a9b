"""The pages of 信息维护分工: read by everybody who is signed in, edited in place, two people at once."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from columns import operations
from columns.enums import Duty
from columns.models import Column, Responsibility
from columns.queries import duties_of
from portal.models import AuditEntry, Department, User

PAGE, EDIT = "/desk/responsibilities/", "/desk/responsibilities/edit/"
COLLECT, REVIEW, PUBLISH, ANSWER = Duty


def give(column: Column, department: Department, *duties: Duty) -> Responsibility:
    held = {duty.value: True for duty in duties}
    return Responsibility.objects.create(column=column, department=department, clause="三（二）", **held)


@pytest.fixture
def divided(office):
    """办公室 collects and reviews 工作动态, 北桥所 collects for its 要闻报道; 业务交流 has nobody."""
    give(office.trends, office.section, COLLECT, REVIEW)
    give(office.news, office.station, COLLECT)
    return office


@pytest.fixture
def enter(office):
    def sign_in(who: str) -> Client:
        client = Client()
        client.force_login(getattr(office, who))
        return client

    return sign_in


def text(response) -> str:
    """What people read, without markup."""
    plain = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", plain)


def rows() -> dict[tuple[str, str], str]:
    found = Responsibility.objects.select_related("column", "department")
    return {
        (row.column.name, row.department.code): "".join(duty.label for duty in Duty if duty in duties_of(row))
        for row in found
    }


def tick(column: Column, department: Department, *duties: Duty) -> list[str]:
    return [f"{column.pk}-{department.pk}-{duty.value}" for duty in duties]


def opened(client: Client, address: str = EDIT) -> dict:
    """What the form would send as it was opened."""
    page = client.get(address)
    on = [
        value
        for value, rest in re.findall(r'name="on"\s+value="([^"]+)"([^>]*)>', page.content.decode())
        if "checked" in rest
    ]
    return {"on": on, "shown": page.context["form"].initial["shown"], "reason": "局长办公会决定"}


# --- reading ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["staff", "collector", "auditor", "moderator"])
def test_everybody_who_is_signed_in_reads_it(divided, enter, who):
    page = enter(who).get(PAGE)
    assert page.status_code == 200
    assert ("编辑" in text(page)) == (who == "moderator")


def test_whoever_is_not_signed_in_is_asked_to(client, divided):
    for address in (PAGE, EDIT, f"{PAGE}excel/", f"{PAGE}import/"):
        assert client.get(address)["Location"] == f"/login/?next={address}"


def test_columns_are_rows_and_departments_with_a_duty_are_columns(divided, enter):
    page = enter("staff").get(PAGE)
    assert [str(one) for one in page.context["involved"]] == ["办公室", "北桥工商所"]
    told = [
        (row.column.name, row.depth, [
            "".join(share.duty.label if share.is_own else f"（{share.duty.label}）" for share in cell.shares)
            for cell in row.cells
        ])
        for row in page.context["rows"]
    ]  # fmt: skip
    assert told == [
        ("工作动态", 0, ["采审", ""]),
        ("要闻报道", 1, ["（审）", "采"]),
        ("业务交流", 0, ["", ""]),
    ]


def test_what_is_inherited_says_from_where_in_title_and_text(divided, enter):
    page = enter("staff").get(PAGE)
    assert 'title="办公室审核，随“工作动态”"' in page.content.decode()
    assert "随“工作动态”" in text(page)
    assert 'title="办公室采集，依三（二）"' in page.content.decode()


def test_columns_without_an_owner_are_reported_on_top_of_both_views(divided, enter):
    for view in ("", "?view=people"):
        page = enter("staff").get(PAGE + view)
        assert [column.name for column in page.context["without_owner"]] == ["业务交流"]
        assert "1 个栏目没有部门采集，也没有部门答复 “业务交流” 请告知总版主" in text(page)


def test_each_site_has_its_own_and_an_unknown_one_is_not_there(divided, enter):
    give(divided.sub_news, divided.station, COLLECT, PUBLISH)
    client = enter("staff")
    assert [row.column for row in client.get(f"{PAGE}?site=beiqiao").context["rows"]] == [divided.sub_news]
    assert client.get(f"/s/beiqiao{PAGE}").context["about"] == divided.sub
    assert client.get(f"{PAGE}?site=atlantis").status_code == 404


def test_a_site_without_any_division_says_what_will_be_here(office, enter):
    for view in ("", "?view=people"):
        assert "还没有分工" in text(enter("staff").get(PAGE + view))


def test_names_stand_in_the_detailed_table_and_nobody_is_said_with_what_to_do(divided, enter):
    page = enter("staff").get(f"{PAGE}?view=people")
    told = [
        (row["column"].name, str(line["department"]), [
            None if people is None else [person.name for person in people] for _, people in line["duties"]
        ])
        for row in page.context["people"] for line in row["lines"]
    ]  # fmt: skip
    assert told == [
        ("工作动态", "办公室", [["信息员", "版主"], ["科室负责人"], None, None]),
        ("要闻报道", "办公室", [None, ["科室负责人"], None, None]),
        ("要闻报道", "北桥工商所", [[], None, None, None]),
    ]
    assert "北桥工商所 无人采集：“要闻报道”" in text(page)
    assert "征得总版主同意后由网管授权（办法第十条）" in text(page)
    assert "/desk/authorisations/new/" in enter("granter").get(f"{PAGE}?view=people").content.decode()


def test_names_of_columns_and_people_are_text_never_markup(divided, enter):
    Column.objects.filter(pk=divided.exchange.pk).update(name="<script>alert(1)</script>")
    User.objects.filter(pk=divided.collector.pk).update(name="<b>李岚</b>")
    for address in (PAGE, f"{PAGE}?view=people", EDIT):
        told = enter("moderator").get(address).content.decode()
        assert "<script>alert" not in told
        assert "<b>李岚" not in told


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?view=people", EDIT, f"{PAGE}excel/"])
def test_it_asks_as_often_for_fifty_columns_as_for_five(office, enter, address):
    client = enter("moderator")

    def asked(count: int) -> int:
        for number in range(count):
            column = Column.objects.create(site=office.main, name=f"栏目{number}", slug=f"l{count}-{number}")
            department = Department.objects.create(
                name=f"科{number}", code=f"k{count}-{number}", kind="SECTION"
            )
            give(column, department, COLLECT, REVIEW)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    client.get(address)
    assert asked(5) == asked(50)


# --- editing ----------------------------------------------------------------------------------------


def test_only_whoever_manages_the_whole_site_gets_the_toggles(divided, enter):
    for who in ("collector", "head_person", "signer", "granter", "auditor", "staff"):
        assert enter(who).get(EDIT).status_code == 403, who
        assert enter(who).post(EDIT, {}).status_code == 403, who
    assert enter("moderator").get(EDIT).status_code == 200


def test_saving_tells_in_words_what_was_changed(divided, enter):
    client = enter("moderator")
    sent = opened(client)
    sent["on"] += tick(divided.trends, divided.section, ANSWER) + tick(
        divided.exchange, divided.station, COLLECT
    )
    answer = client.post(EDIT, sent, follow=True)
    assert "已保存 2 处：“工作动态”办公室：采审 → 采审答；“业务交流”北桥工商所：无 → 采" in text(answer)
    assert rows() == {
        ("工作动态", "bangongshi"): "采审答", ("要闻报道", "beiqiao"): "采", ("业务交流", "beiqiao"): "采",
    }  # fmt: skip


def test_what_is_no_longer_ticked_is_taken_away(divided, enter):
    client = enter("moderator")
    sent = opened(client)
    sent["on"].remove(f"{divided.news.pk}-{divided.station.pk}-collects")
    client.post(EDIT, sent)
    assert rows() == {("工作动态", "bangongshi"): "采审"}


def test_one_column_is_edited_without_touching_the_others(divided, enter):
    client = enter("moderator")
    address = f"{EDIT}?column=yaowenbaodao"
    sent = opened(client, address)
    assert sent["on"] == tick(divided.news, divided.station, COLLECT)
    client.post(address, sent | {"on": tick(divided.news, divided.section, COLLECT)})
    assert rows() == {("工作动态", "bangongshi"): "采审", ("要闻报道", "bangongshi"): "采"}
    assert client.get(f"{EDIT}?column=atlantis").status_code == 404


def test_without_a_reason_nothing_is_saved_and_the_ticks_stay(divided, enter):
    client = enter("moderator")
    sent = opened(client)
    sent |= {"on": [*sent["on"], *tick(divided.exchange, divided.station, COLLECT)], "reason": " "}
    answer = client.post(EDIT, sent)
    assert answer.status_code == 422
    assert "请写明调整的依据或事由" in text(answer)
    assert re.search(
        rf'value="{divided.exchange.pk}-{divided.station.pk}-collects"[^>]* checked', answer.content.decode()
    )
    assert ("业务交流", "beiqiao") not in rows()
    assert client.post(EDIT, {**sent, "reason": "长" * 121}).status_code == 422


def test_nothing_ticked_otherwise_saves_nothing(divided, enter):
    client = enter("moderator")
    answer = client.post(EDIT, opened(client), follow=True)
    assert "没有改动，未作保存。" in text(answer)
    assert not AuditEntry.objects.filter(verb="divide").exists()


@pytest.fixture
def second(office) -> Client:
    person = User.objects.create_user("second", name="副总版主", department=office.section, is_staff=True)
    role = office.moderator.appointments.first().role
    operations.appoint(person, role, office.main, by=office.system, reason="测试")
    client = Client()
    client.force_login(person)
    return client


def test_of_two_people_the_second_is_told_what_the_first_changed_and_keeps_the_ticks(divided, enter, second):
    first = enter("moderator")
    mine, theirs = opened(first), opened(second)
    theirs["on"] += tick(divided.exchange, divided.section, ANSWER)
    second.post(EDIT, theirs)
    mine["on"] += tick(divided.exchange, divided.station, COLLECT)
    answer = first.post(EDIT, mine)
    assert answer.status_code == 409
    assert "您打开之后，副总版主修改了 1 处" in text(answer)
    assert "“业务交流”办公室：无 → 答" in text(answer)
    assert ("业务交流", "beiqiao") not in rows()

    page = answer.content.decode()
    kept = [
        value for value, rest in re.findall(r'name="on"\s+value="([^"]+)"([^>]*)>', page) if "checked" in rest
    ]
    assert set(tick(divided.exchange, divided.station, COLLECT)) < set(kept)
    again = {
        "on": kept,
        "reason": "局长办公会决定",
        "shown": re.search(r'name="shown" value="([^"]+)"', page)[1],
    }
    assert first.post(EDIT, again).status_code == 302
    assert rows()[("业务交流", "beiqiao")] == "采"
    assert rows()[("业务交流", "bangongshi")] == "答"


def test_a_cell_that_both_changed_is_marked(divided, enter, second):
    first = enter("moderator")
    mine, theirs = opened(first), opened(second)
    second.post(EDIT, theirs | {"on": [*theirs["on"], *tick(divided.exchange, divided.section, ANSWER)]})
    answer = first.post(EDIT, mine | {"on": [*mine["on"], *tick(divided.exchange, divided.section, COLLECT)]})
    assert answer.status_code == 409
    assert "（您也改了这一格）" in text(answer)


@pytest.mark.parametrize("shown", ["", "nonsense", "e30:1abc:forged"])
def test_a_page_that_was_tampered_with_saves_nothing_and_keeps_the_ticks(divided, enter, shown):
    client, before = enter("moderator"), rows()
    ticks = tick(divided.exchange, divided.station, COLLECT)
    answer = client.post(EDIT, {"on": ticks, "shown": shown, "reason": "测试"})
    assert (answer.status_code, rows()) == (422, before)
    assert re.search(rf'value="{ticks[0]}"[^>]* checked', answer.content.decode())


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "1",
        "1-2",
        "1-2-collects-3",
        "a-b-collects",
        "1-2-owns",
        "-1-2-collects",
        "٣-1-collects",
        "9" * 400,
    ],
)
def test_ticks_that_no_page_of_ours_sends_are_passed_over(divided, enter, odd):
    client, before = enter("moderator"), rows()
    sent = opened(client)
    assert client.post(EDIT, sent | {"on": [*sent["on"], odd]}).status_code == 302
    assert rows() == before


def test_a_column_of_another_site_cannot_be_slipped_in(divided, enter):
    client, before = enter("moderator"), rows()
    sent = opened(client)
    client.post(EDIT, sent | {"on": [*sent["on"], *tick(divided.sub_news, divided.section, COLLECT)]})
    assert rows() == before


def test_whoever_was_signed_out_meanwhile_finds_the_ticks_again(divided, enter):
    client = enter("moderator")
    sent = opened(client)
    sent["on"] += tick(divided.exchange, divided.station, COLLECT)
    client.logout()
    away = client.post(EDIT, sent)
    assert away["Location"] == f"/login/?next={EDIT}"
    client.post("/login/", {"username": "moderator", "password": "test-Portal-2026"})
    back = client.get(EDIT)
    assert "登录前勾选的内容还在" in text(back)
    assert re.search(rf'value="{sent["on"][-1]}"[^>]* checked', back.content.decode())
    assert ("业务交流", "beiqiao") not in rows()


def test_nobody_fills_the_sessions_without_a_page_of_ours(client, divided):
    client.post(EDIT, {"on": ["1-1-collects"] * 500, "shown": "forged"})
    assert not client.session.keys()


def test_edit_mode_offers_all_departments_in_use_and_closed_ones_that_still_have_duties(divided, enter):
    Department.objects.create(name="老科", code="laoke", kind="SECTION", is_active=False)
    Department.objects.filter(pk=divided.station.pk).update(is_active=False)
    page = enter("moderator").get(EDIT)
    assert [one.name for one in page.context["departments"]] == ["城东分局", "办公室", "北桥工商所"]
    assert "已停用" in text(page)


def test_it_is_found_from_the_desk_and_from_the_columns(divided, enter):
    client = enter("moderator")
    assert 'href="/desk/responsibilities/"' in client.get("/desk/").content.decode()
    assert "/desk/responsibilities/?site=fenju" in client.get("/admin/columns/column/").content.decode()

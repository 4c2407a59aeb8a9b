"""The pages of official mailboxes: what each visitor is shown, what a refusal keeps, what hostile hands get."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from portal.enums import MailboxKind
from portal.models import Notice, OfficialMailbox, User
from portal.operations import mailboxes as operations

pytestmark = pytest.mark.django_db
PERSONAL, UNIT = MailboxKind.PERSONAL, MailboxKind.UNIT
MINE, QUEUE = "/desk/mailboxes/", "/desk/mailboxes/requests/"
MARKUP = "<script>alert(1)</script>"


@pytest.fixture
def unit(office) -> OfficialMailbox:
    """办公室's mailbox, kept by the collector."""
    mailbox = operations.apply(UNIT, by=office.collector)
    return operations.issue(mailbox, by=office.granter, address="bangongshi@fenju.example")


@pytest.fixture
def own(office) -> OfficialMailbox:
    """The collector's mailbox, listed inside."""
    mailbox = operations.apply(PERSONAL, by=office.collector, is_listed=True)
    return operations.issue(mailbox, by=office.granter, address="lilan@fenju.example")


@pytest.fixture
def enter(client):
    """`enter(person)` gives the client signed in as that person."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def text(response) -> str:
    return response.content.decode()


def act(mailbox, verb: str) -> str:
    return reverse("desk:mailbox_act", args=[mailbox.pk, verb])


# --- the directory ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/directory/", "/s/beiqiao/directory/"])
def test_anonymous_visitors_find_units_and_no_person_on_every_site(client, office, unit, own, address):
    page = text(client.get(address))
    assert ("bangongshi@fenju.example" in page, "lilan@fenju.example" in page) == (True, False)
    assert [name in page for name in ("信息员", "管理人", "个人邮箱", "导出")] == [False] * 4


@pytest.mark.parametrize("question", ["?q=lilan", "?page=1", "?q=信息员&page=2"])
def test_no_question_of_an_anonymous_visitor_names_a_person(client, own, question):
    page = client.get(f"/directory/{question}")
    assert (page.context["listing"], "lilan@" in text(page)) == (None, False)


def test_staff_find_keepers_and_the_people_who_agreed(enter, office, unit, own):
    hidden = operations.apply(PERSONAL, by=office.staff)
    operations.issue(hidden, by=office.granter, address="ganbu@fenju.example")
    page = text(enter(office.moderator).get("/directory/"))
    assert ("lilan@fenju.example" in page, "ganbu@fenju.example" in page) == (True, False)


def test_a_stopped_person_is_gone_from_page_and_export_at_once(enter, office, unit, own):
    browser = enter(office.staff)
    User.objects.filter(pk=office.collector.pk).update(is_active=False)
    page, rows = text(browser.get("/directory/")), table(browser.get("/directory/export/"))
    assert ("lilan@" in page, "信息员" in page, "bangongshi@fenju.example" in page) == (False, False, True)
    assert rows[1:] == [("单位邮箱", "办公室", None, None, "bangongshi@fenju.example", None)]


def test_search_inside_the_directory_finds_by_every_word_and_says_when_nothing_is_there(enter, office, own):
    browser = enter(office.staff)
    found = browser.get("/directory/", {"q": "办公室 lilan"}).context["listing"]
    assert [one.address for one in found] == ["lilan@fenju.example"]
    assert "没有找到“财务科”" in text(browser.get("/directory/", {"q": "财务科"}))


def test_an_empty_directory_says_what_would_be_there(client, office):
    assert "这里将列出各单位的公务邮箱" in text(client.get("/directory/"))


def test_footer_of_every_site_leads_to_the_directory_and_shows_the_sites_own_mailbox(client, office):
    mailbox = operations.apply(UNIT, by=_works(office.staff, office.station))
    assert "mailto:" not in text(client.get("/s/beiqiao/"))
    operations.issue(mailbox, by=office.granter, address="beiqiao@fenju.example")
    page = text(client.get("/s/beiqiao/"))
    assert ('href="mailto:beiqiao@fenju.example"' in page, 'href="/s/beiqiao/directory/"' in page) == (
        True,
        True,
    )
    assert "mailto:" not in text(client.get("/"))


# --- the export ---------------------------------------------------------------------------------


def table(response) -> list[tuple]:
    return list(load_workbook(BytesIO(response.getvalue())).active.iter_rows(values_only=True))


def test_export_is_for_those_signed_in_and_has_a_chinese_name(enter, client, office, own, unit):
    assert client.get("/directory/export/").headers["Location"] == "/login/?next=/directory/export/"
    answer = enter(office.staff).get("/directory/export/")
    assert "公务邮箱通讯录" in unquote(answer.headers["Content-Disposition"])
    assert table(answer) == [
        ("类别", "单位", "姓名", "职务", "电子邮箱", "电话"),
        ("单位邮箱", "办公室", "信息员", None, "bangongshi@fenju.example", None),
        ("个人邮箱", "办公室", "信息员", None, "lilan@fenju.example", None),
    ]


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "王\x0b芳"])
def test_nothing_in_the_export_is_a_formula(enter, office, own, name):
    User.objects.filter(pk=office.collector.pk).update(name=name)
    answer = enter(office.staff).get("/directory/export/")
    cell = load_workbook(BytesIO(answer.getvalue())).active["C2"]
    assert (cell.data_type, cell.value) == ("s", name.replace("\x0b", ""))


# --- one's own ----------------------------------------------------------------------------------


def test_a_person_applies_on_the_desk_and_the_administrator_issues(enter, office):
    browser = enter(office.staff)
    assert "您还没有公务邮箱" in text(browser.get(MINE))
    typed = {"wanted_address": " Ganbu@Fenju.example", "is_listed": "on", "note": "办公用"}
    page = browser.post(f"{MINE}apply/personal/", typed, follow=True)
    assert "个人邮箱的申请已提交" in text(page)
    mailbox = OfficialMailbox.objects.get()
    assert (mailbox.wanted_address, mailbox.is_listed, mailbox.note) == (
        "ganbu@fenju.example",
        True,
        "办公用",
    )

    browser = enter(office.granter)
    screen = reverse("desk:mailbox", args=[mailbox.pk])
    assert screen in text(browser.get(QUEUE))
    assert 'value="ganbu@fenju.example"' in text(browser.get(screen))
    typed = {"address": "ganbu@fenju.example", "version": mailbox.version}
    assert "已发放" in text(browser.post(act(mailbox, "issue"), typed, follow=True))
    assert "ganbu@fenju.example" in text(enter(office.staff).get(MINE))


def test_a_refused_application_comes_back_with_what_was_typed(enter, office, own):
    typed = {"wanted_address": "lilan@fenju.example", "note": "原话不动"}
    page = enter(office.staff).post(f"{MINE}apply/personal/", typed)
    assert page.status_code == 422
    assert "这个地址已有单位或个人在用" in text(page)
    assert ('value="lilan@fenju.example"' in text(page), "原话不动" in text(page)) == (True, True)


def test_a_second_application_says_why_not_and_loses_no_word(enter, office, unit):
    page = enter(office.staff).post(f"{MINE}apply/unit/", {"note": "原话不动"})
    assert (page.status_code, "每个单位只配备一个" in text(page), "原话不动" in text(page)) == (
        409,
        True,
        True,
    )


def test_a_change_without_a_reason_is_asked_for_it_at_its_field(enter, office, own):
    page = enter(office.collector).post(
        act(own, "ask_change"), {"wanted_address": "x@fenju.example", "note": " "}
    )
    assert (page.status_code, "请写明申请更改的理由" in text(page)) == (422, True)
    assert 'value="x@fenju.example"' in text(page)


def test_requests_are_made_and_taken_back_on_the_desk(enter, office, own):
    browser = enter(office.collector)
    typed = {"wanted_address": "lan@fenju.example", "note": "重名"}
    assert "更改申请已提交" in text(browser.post(act(own, "ask_change"), typed, follow=True))
    assert "照常使用" in text(browser.post(act(own, "recall"), follow=True))
    assert "注销申请已提交" in text(browser.post(act(own, "ask_cancel"), {"note": "调离"}, follow=True))
    own.refresh_from_db()
    assert (own.state, own.note) == ("CLOSING", "调离")


def test_the_reason_of_a_refusal_stands_on_the_persons_page(enter, office):
    mailbox = operations.apply(PERSONAL, by=office.staff)
    operations.refuse(mailbox, by=office.granter, note="请先登记办公电话")
    page = text(enter(office.staff).get(MINE))
    assert ("请先登记办公电话" in page, "申请个人邮箱" in page) == (True, True)


def test_listing_is_switched_by_the_person(enter, office, own):
    browser = enter(office.collector)
    browser.post(f"{MINE}listing/", {"is_listed": "no"})
    own.refresh_from_db()
    assert own.is_listed is False
    browser.post(f"{MINE}listing/", {"is_listed": "yes"})
    own.refresh_from_db()
    assert own.is_listed is True


def test_whoever_works_nowhere_is_told_so(enter, office):
    page = text(enter(_works(office.staff, None)).get(MINE))
    assert ("您还没有所属部门" in page, "申请单位邮箱" in page) == (True, False)


# --- the requests -------------------------------------------------------------------------------


def test_queue_is_for_administrators_with_buttons_and_for_auditors_without(enter, office, own):
    mailbox = operations.apply(UNIT, by=office.collector)
    screen = reverse("desk:mailbox", args=[mailbox.pk])
    for person, queue, buttons in ((office.granter, 200, True), (office.auditor, 200, False)):
        browser = enter(person)
        assert browser.get(QUEUE).status_code == queue
        page = text(browser.get(screen))
        assert [f">{label}</button>" in page for label in ("发放", "不予发放")] == [buttons] * 2
    assert enter(office.security).get(QUEUE).status_code == 403
    assert enter(office.auditor).post(act(mailbox, "issue"), {"address": "a@b.example"}).status_code == 403
    mailbox.refresh_from_db()
    assert mailbox.state == "APPLIED"


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        ("APPLIED", ["发放", "不予发放"]),
        ("CHANGING", ["变更", "不予变更", "撤销"]),
        ("CLOSING", ["注销", "不予注销"]),
        ("ISSUED", ["更正", "撤销"]),
        ("CANCELLED", []),
    ],
)
def test_buttons_are_those_of_the_state(enter, office, own, state, labels):
    OfficialMailbox.objects.filter(pk=own.pk).update(state=state)
    page = enter(office.granter).get(reverse("desk:mailbox", args=[own.pk]))
    assert [move.label for move in page.context["moves"].values()] == labels
    assert [label for label in labels if f">{label}</button>" not in text(page)] == []


def test_a_refusal_without_a_reason_keeps_address_and_state(enter, office):
    mailbox = operations.apply(PERSONAL, by=office.staff)
    page = enter(office.granter).post(act(mailbox, "refuse"), {"address": "typed@half", "note": ""})
    assert (page.status_code, "请写明不予发放的理由" in text(page)) == (422, True)
    assert 'value="typed@half"' in text(page)


def test_an_address_taken_meanwhile_is_said_at_its_field(enter, office, own):
    mailbox = operations.apply(PERSONAL, by=office.staff)
    page = enter(office.granter).post(act(mailbox, "issue"), {"address": "lilan@fenju.example", "note": "好"})
    assert page.status_code == 422
    assert page.context["form"].errors["address"] == ["这个地址已有单位或个人在用，请换一个"]
    assert 'value="lilan@fenju.example"' in text(page)


def test_a_decision_after_somebody_elses_says_so(enter, office, own):
    seen = own.version
    operations.ask_cancel(own, by=office.collector, note="调离")
    operations.recall(own, by=office.collector)
    page = enter(office.granter).post(
        act(own, "strike"), {"note": "人已调离", "version": seen}
    )  # fmt: skip
    assert (page.status_code, "又被修改过" in text(page), "人已调离" in text(page)) == (409, True, True)


def test_mailboxes_whose_keeper_left_are_found_for_clearing(enter, office, own, unit):
    browser = enter(office.granter)
    assert "没有须清理的邮箱" in text(browser.get(QUEUE, {"kind": "stale"}))
    User.objects.filter(pk=office.collector.pk).update(is_active=False)
    assert {one.pk for one in browser.get(QUEUE, {"kind": "stale"}).context["listing"]} == {own.pk, unit.pk}


def test_every_heap_has_words_when_it_is_empty(enter, office):
    browser = enter(office.granter)
    for kind, words in (
        ("mailboxes", "现在没有等待办理的申请"), ("stale", "没有须清理的邮箱"), ("in_use", "还没有发放邮箱"),
        ("ended", "还没有办结的"),
    ):  # fmt: skip
        assert words in text(browser.get(QUEUE, {"kind": kind}))
    assert browser.get(QUEUE, {"kind": "other"}).status_code == 404


def test_requests_lie_on_the_desk_of_the_administrator_alone(enter, office):
    operations.apply(PERSONAL, by=office.staff)
    wanted = "干部的个人邮箱"
    for person, count in ((office.granter, 1), (office.auditor, 0), (office.staff, 0)):
        entries = enter(person).get("/desk/").context["entries"]
        assert [entry.todo.title for entry in entries].count(wanted) == count
    assert Notice.objects.filter(recipient=office.granter).count() == 1


# --- hostile hands ------------------------------------------------------------------------------


def test_a_stranger_gets_nothing_of_somebodys_mailbox(enter, office, own):
    browser = enter(office.staff)
    assert browser.get(reverse("desk:mailbox", args=[own.pk])).status_code == 404
    for verb in ("recall", "ask_cancel", "issue", "strike"):
        assert browser.post(act(own, verb), {"note": "理由"}).status_code == 404
    assert browser.post(f"{MINE}listing/", {"is_listed": "no"}).status_code == 404
    own.refresh_from_db()
    assert (own.state, own.is_listed) == ("ISSUED", True)


def test_a_member_of_the_unit_does_not_decide_and_an_administrator_does_not_ask_for_others(
    enter, office, own, unit
):
    assert enter(office.staff).post(act(unit, "strike"), {"note": "理由"}).status_code == 403
    assert enter(office.granter).post(act(own, "ask_cancel"), {"note": "理由"}).status_code == 403
    assert set(OfficialMailbox.objects.values_list("state", flat=True)) == {"ISSUED"}


def test_markup_is_shown_as_typed(enter, office):
    mailbox = operations.apply(PERSONAL, by=office.staff, note=MARKUP)
    User.objects.filter(pk=office.staff.pk).update(name=MARKUP)
    for person, page in (
        (office.staff, MINE),
        (office.granter, QUEUE),
        (office.granter, f"{MINE}{mailbox.pk}/"),
    ):
        answer = text(enter(person).get(page))
        assert (MARKUP in answer, "&lt;script&gt;alert(1)" in answer) == (False, True)


@pytest.mark.parametrize(
    "typed",
    [
        {"wanted_address": "a\x00b@fenju.example"},
        {"note": "字" * 501},
        {"note": "\x00"},
        {"wanted_address": "a" * 5000 + "@fenju.example"},
        {"wanted_address": "王芳@fenju.example"},
    ],
)
def test_odd_input_is_answered_at_the_form_and_nothing_is_saved(enter, office, typed):
    page = enter(office.staff).post(f"{MINE}apply/personal/", typed)
    assert (page.status_code, OfficialMailbox.objects.count()) == (422, 0)
    assert 'class="error"' in text(page)


def test_a_keeper_from_elsewhere_is_no_choice(enter, office):
    elsewhere = _works(office.moderator, office.station)
    page = enter(office.staff).post(f"{MINE}apply/unit/", {"holder": elsewhere.pk})
    assert (page.status_code, "管理人须是本单位在职的人员" in text(page)) == (422, True)


@pytest.mark.parametrize(
    "address",
    [
        "/directory/?q=%00&page=x", "/directory/?page=99999999999999999999", "/directory/?q=" + "长" * 900,
        f"{QUEUE}?kind=in_use&q=%25%00'\"", f"{QUEUE}?page=-1",
    ],
)  # fmt: skip
def test_odd_questions_are_answered(enter, office, own, address):
    assert enter(office.granter).get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{MINE}99999999999999999999/", 404), (f"{MINE}1/bless/", 404), (f"{MINE}apply/royal/", 404),
        (f"{MINE}apply/UNIT/", 404),
    ],
)  # fmt: skip
def test_addresses_that_are_none_are_not_found(enter, office, address, status):
    browser = enter(office.granter)
    assert (browser.get(address).status_code, browser.post(address).status_code in (404, 405)) == (
        status,
        True,
    )


def test_words_sent_after_a_sign_out_come_back_on_a_page(enter, office, own):
    browser = enter(office.collector)
    browser.logout()
    away = browser.post(f"{MINE}{own.pk}/ask_cancel/", {"note": "调离本单位，不再使用"})
    assert away.status_code == 403
    assert "调离本单位，不再使用" in away.content.decode()
    assert f"next=/desk/mailboxes/{own.pk}/" in away.content.decode()


# --- how often the database is asked ------------------------------------------------------------


def test_pages_ask_as_often_for_thirty_rows_as_for_one(enter, office, own, unit):
    browser = enter(office.granter)
    pages = (
        "/directory/",
        "/directory/export/",
        QUEUE,
        f"{QUEUE}?kind=in_use",
        f"{QUEUE}?kind=stale",
        "/desk/",
    )
    operations.ask_cancel(own, by=office.collector, note="调离")
    browser.get("/directory/")  # what the site remembers between requests is asked for once
    before = [_queries(browser, page) for page in pages]
    for number in range(29):
        person = User.objects.create_user(f"p{number}", name=f"人{number}", department=office.section)
        mailbox = operations.apply(PERSONAL, by=person, is_listed=True)
        operations.issue(mailbox, by=office.granter, address=f"p{number}@fenju.example")
        operations.ask_cancel(mailbox, by=person, note="调离")
    after = [_queries(browser, page) for page in pages]
    assert dict(zip(pages, after, strict=True)) == dict(zip(pages, before, strict=True))
    assert max(after) <= 20


def test_anonymous_directory_asks_seldom(client, office, unit):
    assert _queries(client, "/directory/") <= 6


def _queries(browser, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def _works(person: User, department) -> User:
    person.department = department
    person.save()
    return person

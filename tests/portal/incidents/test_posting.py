"""暂停网上互动: one switch, asked of every public form there is."""

import re

import pytest
from django.urls import get_resolver, reverse

from portal import posting
from portal.enums import IncidentKind
from portal.incidents import report, switching
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, TooLate
from tests.disclosure.offices import make_office
from tests.interaction.poll_kit import poll
from tests.rights.visitors import fill

STAY_OPEN = {
    "consultations/track/", "mailbox/track/", "disclosure/requests/track/", "services/track/",
    "disclosure/requests/track/<slug:code>/answer/", "disclosure/requests/track/<slug:code>/withdraw/",
    "services/track/<slug:code>/withdraw/", "contributions/<int:pk>/withdraw/",
    "exams/<int:pk>/save/", "exams/<int:pk>/submit/",
}  # fmt: skip
"""Looking up, receiving and taking back one's own; what somebody is in the middle of writing in an exam."""


@pytest.fixture
def closed(office):
    return switching.close_posting(office.main, by=office.granter, reason="遭受攻击")


def forms() -> dict:
    """Every public address of the two apps that take what visitors send, with its view."""
    found = {}
    for one in get_resolver().url_patterns:
        for pattern in getattr(one, "url_patterns", []):
            view = pattern.callback if hasattr(pattern, "callback") else None
            if view and str(one.pattern) == "" and view.__module__.startswith(posting.PUBLIC_FORMS):
                found[str(pattern.pattern)] = view
    return found


def test_every_public_form_is_behind_the_switch_but_for_those_named():
    assert {route for route, view in forms().items() if getattr(view, "stays_open", False)} == STAY_OPEN


def test_a_closed_site_answers_every_form_alike(client, closed):
    kinds = {"int": "1", "slug": "abc", "uuid": "00000000-0000-0000-0000-000000000000", "str": "x"}
    wrong = {}
    for route in forms().keys() - STAY_OPEN:
        places = {place: kinds[place.partition(":")[0]] for place in re.findall(r"<([^>]+)>", route)}
        answer = client.post(fill(route, places), {"text": "请 问一下"})
        if answer.status_code != 403 or "暂停网上互动" not in answer.content.decode():
            wrong[route] = answer.status_code
    assert wrong == {}


def test_signed_in_staff_are_told_the_same_and_keep_their_words(client, office, closed):
    client.force_login(office.staff)
    answer = client.post(reverse("contribute"), {"title": "我的投稿 一篇", "body": "写了很久的正文"})
    page = answer.content.decode()
    assert (answer.status_code, "写了很久的正文" in page, "我的投稿 一篇" in page) == (403, True, True)


def test_pages_of_interaction_say_it_and_others_do_not(client, office, closed):
    told = "本站暂停网上互动，暂不接收"
    assert told in client.get("/mailbox/").content.decode()
    assert told in client.get("/disclosure/").content.decode()
    assert told not in client.get("/").content.decode()


def test_another_site_stays_open(client, office, closed):
    assert client.post("/s/beiqiao/mailbox/track/", {}).status_code == 422
    assert "暂停网上互动" not in client.post("/s/beiqiao/services/1/apply/", {}).content.decode()


def test_the_address_of_another_site_is_no_way_round(client, office, closed):
    """A poll of the closed site under the other's address, an application that goes to the closed site's office."""
    client.force_login(office.staff)
    activity = poll(office)
    make_office(office.main, office.section)
    assert activity.site == office.main
    for where in (f"polls/{activity.pk}/vote/", "disclosure/requests/new/"):
        answer = client.post(f"/s/beiqiao/{where}", {"text": "请 问一下"})
        page = answer.content.decode()
        assert (answer.status_code, "“城东分局基层信息网”因网站安全需要" in page) == (403, True)


def test_looking_up_a_case_goes_on(client, closed):
    assert client.post("/mailbox/track/", {"code": "x"}).status_code == 422


def test_reopening_is_an_act_with_its_reason(client, office, closed):
    switching.reopen_posting(closed, by=office.security, reason="已查明")
    assert client.post("/questions/new/", {}).status_code == 302
    acts = AuditEntry.objects.filter(object_type="portal.site", verb__endswith="_posting").order_by("id")
    assert [(one.label, one.note) for one in acts] == [
        ("暂停网上互动", "遭受攻击"),
        ("恢复网上互动", "已查明"),
    ]
    assert Notice.objects.filter(recipient=office.chief, title__startswith="恢复网上互动").exists()


def test_twice_is_too_late(office, closed):
    with pytest.raises(TooLate, match="已经暂停"):
        switching.close_posting(closed, by=office.security, reason="再次")
    switching.reopen_posting(closed, by=office.granter, reason="已查明")
    with pytest.raises(TooLate, match="没有暂停"):
        switching.reopen_posting(closed, by=office.granter, reason="已查明")


@pytest.mark.parametrize("role", ["moderator", "chief", "signer", "auditor", "inspector", "staff"])
def test_nobody_else_turns_the_switch(role, office):
    with pytest.raises(NotAllowed, match="系统管理员或安全管理员开关"):
        switching.close_posting(office.main, by=getattr(office, role), reason="试试")


def test_the_switch_is_turned_on_its_page_and_from_an_incident(client, office):
    client.force_login(office.granter)
    found = report(IncidentKind.ILLEGAL, "评论里有不法信息", site=office.main)
    sent = {"site": office.main.pk, "reason": "清理评论"}
    client.post(reverse("desk:incident_act", args=[found.pk, "close_posting"]), sent)
    office.main.refresh_from_db()
    assert office.main.posting_closed_at is not None
    url = reverse("desk:posting_turn", args=[office.main.pk, "reopen"])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "已清理"}).status_code == 302
    assert client.post(url, {"reason": "已清理"}).status_code == 409

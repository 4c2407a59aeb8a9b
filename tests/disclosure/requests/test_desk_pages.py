"""The desk: who reads whom, which buttons, the board and its cost, typing in, what waits and who is reminded."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from columns import operations as column_operations
from disclosure.enums.requests import CorrectionKind, PartyKind
from disclosure.models import Decision, DisclosureRequest
from disclosure.operations import consulting, correcting, extensions, news, request_reminders
from disclosure.operations import requests as operations
from disclosure.queries.request_papers import paper
from portal import todos
from portal.models import AuditEntry, Notice, User
from tests.disclosure.requests.conftest import CARD, OTHER_CARD, at, moment, state

PRIVATE = ("田小禾", CARD, "13800000032", "现行的预付卡处罚裁量基准全文")


def page(client, person, address):
    client.force_login(person)
    return client.get(address)


def press(client, person, request, verb, **typed):
    client.force_login(person)
    return client.post(reverse("desk:request_act", args=[request.pk, verb]), typed)


@pytest.mark.parametrize(
    ("who", "status", "reads"),
    [
        ("registrar", 200, True), ("lawyer", 200, True), ("head_person", 200, True), ("inspector", 200, False),
        ("auditor", 200, False), ("stranger", 404, False), ("granter", 404, False), ("security", 404, False),
        ("signer", 404, False), ("staff", 404, False),
    ],
)  # fmt: skip
def test_only_those_who_handle_it_read_who_asks_and_each_reading_is_on_record(
    client, world, ask, who, status, reads
):
    request = ask()
    response = page(client, getattr(world, who), request.get_absolute_url())

    said = response.content.decode()
    assert response.status_code == status
    assert [word in said for word in PRIVATE] == [reads] * 4
    assert AuditEntry.objects.filter(verb="look", actor=getattr(world, who)).exists() == reads


VERBS = (
    "register",
    "refer",
    "ask_correction",
    "consult",
    "extend",
    "charge",
    "link",
    "withdraw",
    "approve_extension",
)


@pytest.mark.parametrize(
    ("who", "verbs"),
    [
        ("registrar", {"refer", "ask_correction", "consult", "extend", "charge", "link", "withdraw"}),
        ("lawyer", {"consult", "extend", "link"}), ("head_person", {"consult", "extend", "link"}),
        ("inspector", set()),
    ],
)  # fmt: skip
def test_buttons_are_those_the_person_may_press(client, world, ask, who, verbs):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        said = page(client, getattr(world, who), request.get_absolute_url()).content.decode()
    assert {verb for verb in VERBS if f"/{verb}/" in said} == verbs


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("registrar", 302),
        ("lawyer", 403),
        ("inspector", 403),
        ("auditor", 403),
        ("stranger", 404),
        ("staff", 404),
    ],
)
def test_who_may_not_press_changes_nothing_and_leaves_a_trace(client, world, ask, who, status):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        response = press(
            client, getattr(world, who), request, "ask_correction", kind="UNCLEAR", asks="请写明年份"
        )
    assert response.status_code == status
    assert state(request) == ("CORRECTING" if status == 302 else "IN_HAND")
    assert AuditEntry.objects.filter(verb="refused").exists() == (status != 302)


def test_a_refused_button_says_why_at_the_place_and_keeps_what_was_typed(client, world, ask):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        response = press(client, world.registrar, request, "extend", days=21, reason="材料太多了")
    said = response.content.decode()
    assert response.status_code == 422
    assert "延长答复为 1 至 20 个工作日" in said
    assert "材料太多了" in said


def test_the_head_finds_the_extension_on_the_desk_and_approves_it(client, world, ask):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        extensions.ask(request, 10, reason="材料多", by=world.lawyer)
        assert todos.counts(User.objects.get(pk=world.head_person.pk))["extensions"] == 1
        assert press(client, world.lawyer, request, "approve_extension", note="").status_code == 403
        assert press(client, world.head_person, request, "approve_extension", note="同意").status_code == 302
        assert press(client, world.head_person, request, "approve_extension", note="同意").status_code == 409
    assert request.extensions.get().decided_by == world.head_person


def test_whoever_acts_for_the_head_approves_in_their_name(world, ask):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        asked = extensions.ask(request, 10, reason="材料多", by=world.lawyer)
        days = {"starts_on": moment("2026-09-15 00:00").date(), "ends_on": moment("2026-09-18 00:00").date()}
        world.bureau.head = world.signer
        world.bureau.save()
        column_operations.name_acting(
            world.head_person, world.inspector, **days, by=world.signer, reason="外出"
        )
        person = User.objects.get(pk=world.inspector.pk)
        extensions.approve(asked, by=person)
    entry = AuditEntry.objects.get(verb="decide_extension")
    assert (entry.actor, entry.acting_for) == (world.inspector, world.head_person)


def test_one_of_several_parties_is_answered_at_its_own_place(client, world, ask):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        asked = [
            consulting.ask(
                request, PartyKind.THIRD_PARTY, name=f"某市场{n}", contact="", asks="可否", by=world.lawyer
            )
            for n in range(2)
        ]
        bad = press(client, world.lawyer, request, "deliver", consulting=asked[1].pk, asked_on="2026-09-20")
        assert bad.status_code == 422
        assert bad.content.decode().count("收到之日不能早于发出之日") == 1
        done = press(client, world.lawyer, request, "deliver", consulting=asked[1].pk, asked_on="2026-09-15")
        assert done.status_code == 302
        for junk in ("", "x", "999999"):
            junked = press(client, world.lawyer, request, "deliver", consulting=junk, asked_on="2026-09-15")
            assert junked.status_code == 422
    assert [one.asked_on is None for one in request.consultings.all()] == [True, False]


def test_the_letter_to_a_third_party_does_not_say_who_asks(client, world, ask):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        asked = consulting.ask(
            request, PartyKind.THIRD_PARTY, name="某市场", contact="", asks="可否", by=world.lawyer
        )
    address = reverse("desk:request_paper", args=[request.pk, "consulting", asked.pk])
    content = b"".join(page(client, world.lawyer, address).streaming_content)
    assert content[:2] == b"PK"
    assert page(client, world.inspector, address).status_code == 404
    said = str(paper(request, "consulting", asked.pk))
    assert "某市场" in said
    assert "田小禾" not in said


def typed(**more) -> dict:
    said = {
        "channel": "VISIT", "arrived_on": "2026-09-14", "written_on": "2026-09-12", "confirmed_on": "",
        "confirmed_how": "", "kind": "CITIZEN", "name": "田小禾", "identity_kind": "IDENTITY_CARD",
        "identity_number": CARD, "phone": "13800000032", "title": "裁量基准", "wanted": "全文", "delivery": "COLLECT",
        "nonce": "c" * 32,
    }  # fmt: skip
    return said | more


def test_a_clerk_types_in_what_came_on_paper(client, world):
    client.force_login(world.registrar)
    with at("2026-09-15"):
        first, second = (client.post(reverse("desk:type_request"), typed()) for _ in range(2))
    request = DisclosureRequest.objects.get()
    assert (first.status_code, request.state, request.registered_by) == (200, "IN_HAND", world.registrar)
    assert first.context["receipt"] == second.context["receipt"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"arrived_on": "2026-09-16"}, "arrived_on"), ({"written_on": "2026-09-15"}, "arrived_on"),
        ({"arrived_on": "2026-02-30"}, "arrived_on"), ({"arrived_on": ""}, "arrived_on"),
        ({"channel": "ONLINE"}, "channel"),
        ({"channel": "FAX", "confirmed_on": "2026-09-13", "confirmed_how": "电话"}, "confirmed_on"),
        ({"channel": "FAX", "confirmed_on": "2026-09-15"}, "confirmed_how"), ({"nonce": "junk"}, "nonce"),
        ({"identity_number": CARD[:-1] + "2"}, "identity_number"),
    ],
)  # fmt: skip
def test_what_a_clerk_mistypes_is_said_at_its_place(client, world, more, field):
    client.force_login(world.registrar)
    with at("2026-09-15"):
        response = client.post(reverse("desk:type_request"), typed(**more))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert DisclosureRequest.objects.count() == 0


@pytest.mark.parametrize("who", ["lawyer", "inspector", "head_person", "staff"])
def test_nobody_else_types_in(client, world, who):
    client.force_login(getattr(world, who))
    assert client.get(reverse("desk:type_request")).status_code == 404
    assert client.post(reverse("desk:type_request"), typed()).status_code == 404


def codes(response) -> list[int]:
    return [row.request.serial for row in response.context["listing"].rows]


def test_the_board_is_narrowed_and_counts_what_is_owed(client, world, ask, submit, type_in):
    ask("2026-09-14")
    ask("2026-10-12", department="registry", title="另一件")
    submit("2026-10-12", identity_number=OTHER_CARD, kind="OTHER")
    type_in("VISIT", arrived="2026-10-12", title="当面的")
    client.force_login(world.registrar)
    with at("2026-11-09"):

        def board(**asked):
            return codes(client.get(reverse("desk:requests"), asked))

        assert board() == [4, 3, 2, 1]
        assert board(state="SUBMITTED") == [3]
        assert board(state="late") == [3, 1]
        assert board(state="nearly") == [4, 2]
        assert board(channel="VISIT") == [4]
        assert board(kind="OTHER") == [3]
        assert board(department=world.registry.pk) == [2]
        assert board(q="另一件") == [2]
        assert board(q="dr-cd010-2026-0003") == [3]
        assert board(state="☃", channel="x", department="x", before="-1", q="\x00") == [4, 3, 2, 1]
        tabs = {key: number for key, _, number in client.get(reverse("desk:requests")).context["tabs"]}
    assert (tabs["SUBMITTED"], tabs["IN_HAND"], tabs["late"], tabs["nearly"]) == (1, 3, 2, 2)


def test_a_paused_clock_is_not_late(client, world, ask):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        consulting.ask(request, PartyKind.CO_ORGAN, name="某局", contact="", asks="可否", by=world.lawyer)
    client.force_login(world.registrar)
    with at("2026-11-09"):
        assert codes(client.get(reverse("desk:requests"), {"state": "late"})) == []


def test_a_department_sees_what_it_handles(client, world, ask):
    ask()
    ask(department="registry")
    assert codes(page(client, world.lawyer, reverse("desk:requests"))) == [1]
    assert codes(page(client, world.inspector, reverse("desk:requests"))) == [2, 1]
    assert page(client, world.staff, reverse("desk:requests")).status_code == 404


def test_lists_cost_the_same_with_one_and_thirty_rows(client, world, ask):
    client.force_login(world.registrar)

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    ask("2026-11-20", department=None)
    addresses = [reverse("desk:requests"), f"{reverse('desk:home')}?kind=requests"]
    before = [cost(one) for one in addresses]
    for number in range(30):
        ask("2026-11-20", title=f"第 {number} 件", department=None)
    assert [cost(one) for one in addresses] == before
    first = client.get(reverse("desk:requests"))
    assert len(codes(first)) == 20
    rest = client.get(reverse("desk:requests"), {"before": first.context["listing"].before})
    assert len(codes(rest)) == 11


def test_the_page_of_one_request_costs_the_same_however_often_somebody_asked(client, world, ask):
    request = ask()
    client.force_login(world.registrar)

    def cost(one):
        client.get(one.get_absolute_url())
        with CaptureQueriesContext(connection) as found:
            client.get(one.get_absolute_url())
        return len(found)

    before = cost(request)
    for number in range(12):
        request = ask(title=f"行政处罚裁量基准之{number}")
    assert cost(request) <= before + 1


def test_heaps_hold_what_each_owes(world, submit, ask):
    submit()
    ask("2026-09-14")
    ask("2026-09-14", department=None)
    counted = {
        who: todos.counts(User.objects.get(pk=getattr(world, who).pk))["requests"]
        for who in ("registrar", "lawyer", "stranger", "inspector", "staff")
    }
    assert counted == {"registrar": 2, "lawyer": 1, "stranger": 0, "inspector": 0, "staff": 0}


def reminded(when: str) -> list[tuple[str, str]]:
    known = set(Notice.objects.values_list("pk", flat=True))
    with at(when):
        request_reminders.remind_of_requests()
        assert request_reminders.remind_of_requests() == 0
    fresh = Notice.objects.exclude(pk__in=known)
    return sorted((one.recipient.staff_number, one.title.partition("：")[0]) for one in fresh)


def test_reminders_come_at_half_a_day_before_on_the_day_and_after(world, ask):
    ask("2026-09-14")  # due on 16 October
    assert reminded("2026-09-21 09:00") == []
    assert reminded("2026-09-28 09:00") == [("lawyer", "答复申请时限已过半")]
    assert reminded("2026-10-15 09:00") == [("lawyer", "答复申请还有一个工作日到期")]
    assert reminded("2026-10-16 09:00") == [("lawyer", "答复申请今天到期")]
    assert reminded("2026-10-17 09:00") == []  # a Saturday
    assert reminded("2026-10-19 09:00") == [("head", "答复申请已逾期"), ("lawyer", "答复申请已逾期")]


def test_what_waits_to_be_registered_reminds_the_office(world, submit):
    submit("2026-09-14 07:00")
    assert reminded("2026-09-14 09:00") == [
        ("registrar", "登记申请今天到期"), ("second_registrar", "登记申请今天到期"),
    ]  # fmt: skip


def test_the_applicant_is_mailed_that_there_is_news_but_not_what_was_asked(world, submit):
    request = submit(email="tian@example.cn").request
    assert (news.mail_request_news(), news.mail_request_news()) == (1, 0)
    (message,) = mail.outbox
    assert (message.to, request.code in message.body, "裁量基准" in message.body) == (
        ["tian@example.cn"],
        True,
        False,
    )


def test_what_was_withdrawn_by_letter_is_put_down_by_the_office(client, world, ask):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        assert press(client, world.lawyer, request, "withdraw", note="来信撤回").status_code == 403
        assert press(client, world.registrar, request, "withdraw", note="来信撤回").status_code == 302
    assert state(request) == "CLOSED"


def test_what_was_drafted_is_discarded_when_it_changes_hands(world, ask):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        Decision.objects.create(
            request=request, department=world.law, saved_by=world.lawyer, saved_at=moment("2026-09-15 09:00")
        )
        operations.refer(request, world.registry, note="注册科制作", by=world.registrar)
    assert request.decisions.get().state == "DISCARDED"


def test_a_correction_that_came_by_letter_is_put_down_with_its_day(client, world, ask):
    request = ask("2026-09-14")
    with at("2026-09-16"):
        correcting.ask(request, CorrectionKind.UNCLEAR, "请写明年份", by=world.registrar)
        late = press(client, world.registrar, request, "correct", answer="2025 年", received_on="2026-09-17")
        done = press(client, world.registrar, request, "correct", answer="2025 年", received_on="2026-09-16")
    assert (late.status_code, done.status_code, state(request)) == (422, 302, "IN_HAND")

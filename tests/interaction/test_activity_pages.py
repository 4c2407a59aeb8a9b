"""The desk's pages about activities, as those meet them who make, decide and publish, and as strangers do."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from columns import operations as column_operations
from interaction.enums.activities import ActivityKind, ActivityState, Participants
from interaction.models import Activity
from interaction.operations import activity_moves as moves
from interaction.queries import activities as queries
from interaction.rules import kinds
from portal import clock, todos
from portal import operations as portal_operations
from portal.models import AuditEntry, Departure, User
from portal.operations import handovers
from tests.interaction.activity_kit import BARE, make

pytestmark = pytest.mark.django_db
NEW = reverse("desk:activity_new", args=["interview"])
LIST = reverse("desk:activities")


@pytest.fixture(autouse=True)
def _bare_kind(monkeypatch):
    monkeypatch.setitem(kinds._kinds, ActivityKind.INTERVIEW, BARE)


@pytest.fixture
def sign_in(client):
    def as_person(person):
        client.logout()
        client.force_login(person)
        return client

    return as_person


def typed(office, **fields) -> dict:
    now = clock.local(clock.now())
    return {
        "site": office.main.pk, "title": "在线访谈", "intro": "第一段\n\n第二段", "department": office.section.pk,
        "opens_at": f"{now:%Y-%m-%dT%H:%M}", "closes_at": f"{now + timedelta(days=7):%Y-%m-%dT%H:%M}",
        "participants": "STAFF", **fields,
    }  # fmt: skip


def press(client, activity, verb, **fields):
    return client.post(reverse("desk:activity_act", args=[activity.pk, verb]), fields)


def page(activity) -> str:
    return reverse("desk:activity", args=[activity.pk])


def test_a_new_activity_is_a_draft_and_its_content_comes_next(sign_in, office):
    client = sign_in(office.collector)
    assert "办法第十四条第4项" in client.get(NEW).content.decode()
    answer = client.post(NEW, typed(office))
    activity = Activity.objects.get()
    assert answer.headers["Location"] == reverse("desk:activity_edit", args=[activity.pk])
    assert (activity.state, activity.intro, activity.created_by) == (
        "DRAFT",
        "第一段\n\n第二段",
        office.collector,
    )


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", ""), ("title", "长" * 121), ("title", "零\0字节"), ("intro", "长" * 5001), ("department", "99999999"),
        ("closes_at", "明天"), ("closes_at", "2001-01-01T08:00"), ("opens_at", "9999-12-31T23:59"),
        ("participants", "NOBODY"), ("site", "0"), ("departments", "x"),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_at_its_field_and_kept(sign_in, office, field, wrong):
    answer = sign_in(office.collector).post(NEW, typed(office, **{field: wrong}))
    assert (answer.status_code, Activity.objects.count()) == (422, 0)
    assert {field, "closes_at"} & set(answer.context["form"].errors)
    assert "第二段" in answer.content.decode() or field == "intro"


def test_named_departments_must_be_named(sign_in, office):
    client = sign_in(office.collector)
    answer = client.post(NEW, typed(office, participants="DEPARTMENTS"))
    assert answer.context["form"].errors == {"departments": ["请选择参加的部门"]}
    client.post(NEW, typed(office, participants="DEPARTMENTS", departments=[office.station.pk]))
    assert list(Activity.objects.get().departments.all()) == [office.station]


@pytest.mark.parametrize("role", ["head_person", "signer", "inspector", "granter", "auditor", "staff"])
def test_making_one_is_for_those_who_collect_on_the_whole_site(sign_in, office, role):
    client = sign_in(getattr(office, role))
    assert [client.get(NEW).status_code, client.post(NEW, typed(office)).status_code] == [404, 404]


def test_of_two_who_save_the_second_is_told(sign_in, office):
    activity = make(office)
    client, address = sign_in(office.collector), reverse("desk:activity_edit", args=[activity.pk])
    assert client.post(address, typed(office, version=activity.version)).status_code == 302
    answer = client.post(address, typed(office, title="晚到的标题", version=activity.version))
    assert (answer.status_code, "晚到的标题" in answer.content.decode()) == (409, True)


def test_the_list_is_not_found_by_those_without_a_part_in_it(sign_in, office):
    make(office)
    seen = {}
    for role in (
        "collector",
        "head_person",
        "moderator",
        "signer",
        "inspector",
        "auditor",
        "granter",
        "chief",
        "staff",
    ):
        seen[role] = sign_in(getattr(office, role)).get(LIST).status_code
    assert {role for role, status in seen.items() if status == 200} == {
        "collector", "head_person", "moderator", "signer", "inspector", "auditor",
    }  # fmt: skip
    assert set(seen.values()) == {200, 404}


def test_a_page_of_the_desk_is_not_found_by_strangers_and_a_try_leaves_a_trace(sign_in, office):
    activity = make(office, upto="report")
    client = sign_in(office.staff)
    assert client.get(page(activity)).status_code == 404
    assert press(client, activity, "approve").status_code == 404
    assert AuditEntry.objects.filter(verb="refused", actor=office.staff).count() == 1


def test_the_list_is_narrowed_by_kind_standing_and_words(sign_in, office):
    make(office, title="草稿一件")
    make(office, title="正在开放的", upto="approve")
    client = sign_in(office.inspector)

    def titles(**asked):
        return [one.title for one in client.get(LIST, asked).context["listing"]]

    assert titles() == ["正在开放的", "草稿一件"]
    assert titles(standing="OPEN") == ["正在开放的"]
    assert titles(standing="DRAFT", kind="INTERVIEW") == ["草稿一件"]
    assert titles(kind="EXAM") == []
    assert titles(q="开放") == ["正在开放的"]
    assert titles(standing="nonsense", kind="\0", q="x" * 99, page="-3") == ["正在开放的", "草稿一件"]


def test_the_page_draws_the_buttons_of_the_table(sign_in, office):
    activity = make(office)

    def buttons(person):
        return [move.verb for move, _ in sign_in(person).get(page(activity)).context["moves"]]

    assert buttons(office.collector) == ["report", "discard"]
    assert buttons(office.inspector) == []
    moves.report(activity, by=office.collector)
    assert [buttons(office.head_person), buttons(office.collector)] == [["approve", "return_"], ["recall"]]
    moves.approve(activity, by=office.head_person)
    assert buttons(office.moderator) == ["end", "withdraw"]
    with clock.at(clock.now() + timedelta(days=8)):
        assert buttons(office.moderator) == ["publish_results", "keep_results", "withdraw"]


def test_a_return_without_a_reason_is_refused_at_the_field_and_what_was_typed_is_kept(sign_in, office):
    activity = make(office, upto="report")
    client = sign_in(office.head_person)
    answer = press(client, activity, "return_", note=" ", version=activity.version)
    assert (answer.status_code, answer.context["form"].errors) == (422, {"note": ["请写明退回的理由"]})
    long = "长" * 501
    answer = press(client, activity, "return_", note=long, version=activity.version)
    assert (answer.status_code, long in answer.content.decode()) == (422, True)


def test_a_second_click_is_told_kindly_that_it_came_late(sign_in, office):
    activity = make(office, upto="report")
    client = sign_in(office.head_person)
    assert press(client, activity, "approve", version=activity.version).status_code == 302
    assert press(client, activity, "approve", version=activity.version).status_code == 409
    assert AuditEntry.objects.filter(verb="approve").count() == 1


def test_nobody_approves_their_own_by_address(sign_in, office):
    activity = make(office, upto="report")
    answer = press(sign_in(office.collector), activity, "approve", version=activity.version)
    assert (answer.status_code, Activity.objects.get().state) == (403, ActivityState.IN_REVIEW)


@pytest.mark.parametrize("verb", ["bless", "activity", "Approve"])
def test_what_is_no_verb_has_no_address(sign_in, office, verb):
    assert press(sign_in(office.head_person), make(office, upto="report"), verb).status_code == 404


def test_an_act_opened_as_an_address_leads_to_the_page(sign_in, office):
    activity = make(office, upto="report")
    answer = sign_in(office.head_person).get(reverse("desk:activity_act", args=[activity.pk, "approve"]))
    assert answer.headers["Location"] == page(activity)


def test_copying_leads_to_the_dates(sign_in, office):
    activity = make(office, upto="approve")
    answer = sign_in(office.moderator).post(reverse("desk:activity_copy", args=[activity.pk]))
    new = Activity.objects.get(copy_of=activity)
    assert answer.headers["Location"] == reverse("desk:activity_edit", args=[new.pk])
    refused = sign_in(office.inspector).post(reverse("desk:activity_copy", args=[activity.pk]))
    assert (refused.status_code, Activity.objects.count()) == (403, 2)


def test_an_act_under_a_delegation_names_both(office, client):
    acting = User.objects.create_user(
        "dai", "test-Portal-2026", name="代理人", department=office.section, is_staff=True
    )
    today = clock.today()
    office.section.head = office.head_person
    portal_operations.save_department(office.section, by=office.system)
    column_operations.name_acting(
        principal=office.collector,
        acting=acting,
        starts_on=today,
        ends_on=today,
        reason="出差",
        by=office.head_person,
    )
    activity = make(office)
    client.force_login(acting)
    assert "您正在代信息员办理" in client.get(page(activity)).content.decode()
    press(client, activity, "report", version=activity.version)
    entry = AuditEntry.objects.get(verb="report")
    assert entry.who == "代理人（代信息员）"
    assert Activity.objects.get().writer_ids == {office.collector.pk, acting.pk}


# --- what waits, what is left behind, what the public finds ------------------------------------------


def test_each_finds_on_the_desk_what_waits_for_them(office):
    make(office, title="待审的", upto="report")
    back = make(office, title="退回的", upto="report")
    moves.return_(back, by=office.head_person, note="请补充嘉宾")
    over = make(office, title="已结束的", upto="approve", closes_at=clock.now() + timedelta(hours=1))

    def waiting(person, key):
        heap = todos.heap(key)
        return [(one.title, one.detail.split(" · ")[-1]) for one in heap.todos(heap.rows(person))]

    assert waiting(office.head_person, "activity_review") == [("待审的", "办公室 信息员")]
    assert waiting(office.collector, "activity_review") == []
    assert waiting(office.collector, "activity_mend") == [("退回的", "退回理由：请补充嘉宾")]
    assert waiting(office.moderator, "activity_results") == []
    with clock.at(clock.now() + timedelta(hours=2)):
        assert waiting(office.moderator, "activity_results") == [("已结束的", "办公室")]
        moves.keep_results(over, by=office.moderator)
        assert waiting(office.moderator, "activity_results") == []


def test_drafts_of_whoever_leaves_go_to_a_successor_who_does_not_approve_them(office):
    office.section.head = office.head_person
    portal_operations.save_department(office.section, by=office.system)
    activity = make(office)
    person = User.objects.get(pk=office.collector.pk)
    person.is_active = False
    portal_operations.save_person(person, by=office.granter)
    departure = Departure.objects.get(person=person)
    found = handovers.hand_over(
        departure, office.moderator, by=office.head_person, chosen=[("activities", activity.pk)]
    )
    activity = Activity.objects.get()
    assert (found.done, activity.saved_by, activity.created_by) == (
        [activity.title],
        office.moderator,
        office.collector,
    )
    assert office.moderator.pk in activity.writer_ids


def test_the_public_list_puts_open_ones_first_then_coming_then_past(office):
    now = clock.now()
    day = timedelta(days=1)
    for title, opens, closes in [
        ("过去的", -9, -5), ("刚过去的", -9, -1), ("后天开始", 2, 9), ("明天开始", 1, 9), ("快截止", -1, 1),
        ("还早", -1, 5),
    ]:  # fmt: skip
        with clock.at(now - 10 * day):
            make(
                office, title=title, upto="approve", opens_at=now + opens * day, closes_at=now + closes * day
            )
    make(office, title="草稿")
    kinds_shown = (ActivityKind.INTERVIEW,)
    titles = [one.title for one in queries.shown(office.staff, office.main, kinds_shown)]
    assert titles == ["快截止", "还早", "明天开始", "后天开始", "刚过去的", "过去的"]
    assert list(queries.shown(AnonymousUser(), office.main, kinds_shown)) == []
    assert list(queries.shown(office.staff, office.sub, kinds_shown)) == []


def test_what_is_for_some_is_listed_to_them_and_its_handlers_alone(office):
    make(office, upto="approve", participants=Participants.DEPARTMENTS, departments=[office.station])
    guest = User.objects.create_user("bq", "test-Portal-2026", name="所员", department=office.station)
    people = {"staff": office.staff, "guest": guest, "inspector": office.inspector, "nobody": AnonymousUser()}
    seen = {
        key
        for key, one in people.items()
        if queries.shown(one, office.main, (ActivityKind.INTERVIEW,)).exists()
    }
    assert seen == {"guest", "inspector"}


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_however_long(sign_in, office, number, django_assert_max_num_queries):
    for turn in range(number):
        make(office, title=f"第 {turn} 件", upto="approve")
    client = sign_in(office.inspector)
    client.get(LIST)
    with django_assert_max_num_queries(22):
        client.get(LIST)

"""离岗与调动: on record however it comes about, planned ahead, handed over, closed (办法第十条)."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from columns import operations as column_operations
from columns.models import Appointment
from portal import clock, operations, staff
from portal.enums import MailboxKind
from portal.models import AuditEntry, Department, Departure, Notice, OfficialMailbox, User
from portal.operations import departure_plans, handovers
from portal.spreadsheets import Line, Place
from portal.workflow import NotAllowed, Refused, TooLate
from tests.columns.conftest import day, fresh, moment

pytestmark = pytest.mark.django_db
NOW, THEN = moment("2026-09-01T10:00"), day("2026-09-14")


@pytest.fixture
def head(office) -> User:
    office.section.head = office.head_person
    operations.save_department(office.section, by=office.system)
    return office.head_person


@pytest.fixture
def plan(office, head):
    """`plan()` records on 1 September that the moderator leaves on the 14th."""

    def make(person=None, to=None, on=THEN, by=None, reason="退休") -> Departure:
        with clock.at(NOW):
            return departure_plans.plan(
                person or office.moderator, to_department=to, effective_on=on, reason=reason,
                by=by or office.granter,
            )  # fmt: skip

    return make


def move(person: User, office, department: Department | None) -> User:
    person = fresh(person)
    person.department = department
    return operations.save_person(person, by=office.granter)


def stop(person: User, office) -> User:
    person = fresh(person)
    person.is_active = False
    return operations.save_person(person, by=office.granter)


def told(person: User) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("title", flat=True))


# --- however it comes about ---------------------------------------------------------------------------


def test_moving_somebody_records_who_from_where_to_where_and_what_they_lost(office, head):
    move(office.moderator, office, office.station)
    row = Departure.objects.get()
    assert (row.person, row.from_department, row.to_department) == (
        office.moderator, office.section, office.station,
    )  # fmt: skip
    assert (row.effective_on, row.recorded_by, row.asked) == (clock.today(), office.granter, head)
    assert row.lost == ["版主（城东分局基层信息网全站）", "版主（北桥工商所全站）"]
    assert AuditEntry.objects.filter(verb="depart", object_id=str(row.pk)).count() == 1


def test_stopping_an_account_is_leaving(office, head):
    stop(office.moderator, office)
    assert (Departure.objects.get().to_department, str(Departure.objects.get())[-2:]) == (None, "离岗")


@pytest.mark.parametrize("change", [{"title": "科员"}, {"phone": "1234"}, {"is_staff": False}])
def test_other_changes_are_no_departure(office, change):
    person = fresh(office.moderator)
    for name, value in change.items():
        setattr(person, name, value)
    operations.save_person(person, by=office.granter)
    assert not Departure.objects.exists()


def test_whoever_loses_nothing_and_has_nothing_open_leaves_without_a_handover(office):
    move(office.staff, office, office.station)
    assert not Departure.objects.exists()


def test_coming_back_and_a_first_department_are_no_departures(office):
    stop(office.staff, office)
    person = fresh(office.staff)
    person.is_active = True
    operations.save_person(person, by=office.granter)
    assert not Departure.objects.exists()


def moved_by_import(office, people: list[User]) -> None:
    lines = [
        Line(
            Place("名单", number),
            {"staff_number": one.staff_number, "name": one.name, "department": "北桥工商所"},
        )
        for number, one in enumerate(people, 2)
    ]
    operations.apply_plan(staff.plan_for(lines, "名单", by=office.granter), by=office.granter)


def test_an_import_that_moves_people_records_them_too(office, head):
    moved_by_import(office, [office.collector, office.moderator, office.staff])
    rows = {row.person.staff_number: row for row in Departure.objects.select_related("person")}
    assert rows.keys() == {"collector", "moderator"}
    assert "名单" in rows["moderator"].reason
    assert told(office.chief) == ["离岗或调动：2 人离岗或调动"]


def test_an_import_of_many_who_move_asks_a_few_questions_and_one_notice_each(office, head):
    def queries(names: str, number: int) -> int:
        people = User.objects.bulk_create(
            User(staff_number=f"{names}{n}", name=f"人{names}{n}", department=office.section)
            for n in range(number)
        )
        for one in people:
            operations.mailboxes.apply(MailboxKind.PERSONAL, by=one)
        OfficialMailbox.objects.filter(state="APPLIED").update(
            state="ISSUED", address=Concat("pk", Value("@x.cn"))
        )
        with CaptureQueriesContext(connection) as asked:
            moved_by_import(office, people)
        assert Departure.objects.filter(person__in=people).count() == number
        return len(asked)

    few, many = queries("a", 2), queries("b", 22)
    assert many - few <= 20


def test_the_head_is_called_and_the_chief_moderator_hears(office, head):
    move(office.moderator, office, office.station)
    row = Departure.objects.get()
    call = Notice.objects.get(recipient=head, kind="TODO")
    assert (call.title, call.url) == (f"请办理工作交接：{row}", reverse("desk:handover", args=[row.pk]))
    assert told(office.chief) == [f"离岗或调动：{row}"]


def test_the_head_above_is_called_when_the_head_leaves(office, head):
    office.bureau.head = office.signer
    operations.save_department(office.bureau, by=office.system)
    move(head, office, office.station)
    assert Departure.objects.get().asked == office.signer


# --- planned ahead --------------------------------------------------------------------------------------


def test_a_planned_departure_is_carried_out_on_its_day_and_only_once(plan, office):
    row = plan()
    call_command("sweep", "carry_out_departures", at="2026-09-13T23:59")
    assert fresh(office.moderator).is_active
    call_command("sweep", "carry_out_departures", at="2026-09-14T00:01")
    call_command("sweep", "carry_out_departures", at="2026-09-14T00:02")
    row.refresh_from_db()
    assert (fresh(office.moderator).is_active, row.carried_out_at) == (False, moment("2026-09-14T00:01"))
    assert Departure.objects.count() == AuditEntry.objects.filter(verb="depart").count() == 1


def test_a_planned_move_changes_the_department(plan, office):
    plan(to=office.station)
    with clock.at(moment("2026-09-14T08:00")):
        assert [departure_plans.carry_out_departures(), departure_plans.carry_out_departures()] == [1, 0]
    person = fresh(office.moderator)
    assert (person.department, person.is_active) == (office.station, True)


def test_a_departure_planned_for_today_is_carried_out_at_once(plan, office):
    row = plan(on=NOW.date())
    assert (row.carried_out_at, fresh(office.moderator).is_active) == (NOW, False)


def test_moving_earlier_than_planned_carries_the_plan_out(plan, office):
    row = plan(to=office.station)
    with clock.at(moment("2026-09-03T09:00")):
        move(office.moderator, office, office.station)
    row.refresh_from_db()
    assert (Departure.objects.count(), row.effective_on, row.carried_out_at) == (
        1, day("2026-09-03"), moment("2026-09-03T09:00"),
    )  # fmt: skip


def test_a_plan_for_somebody_who_left_otherwise_is_called_off_by_the_sweep(plan, office):
    row = plan(to=office.station)
    with clock.at(moment("2026-09-03T09:00")):
        stop(office.moderator, office)
    with clock.at(moment("2026-09-14T09:00")):
        assert [departure_plans.carry_out_departures(), departure_plans.carry_out_departures()] == [0, 0]
    row.refresh_from_db()
    assert (row.standing, fresh(office.moderator).department) == ("已取消", office.section)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"on": day("2026-08-31")}, "effective_on"),
        ({"reason": "  "}, "reason"),
        ({"to": "section"}, "to_department"),
        ({"to": "closed"}, "to_department"),
    ],
)
def test_a_wrong_plan_is_refused_at_its_field(plan, office, fields, field):
    closed = Department.objects.create(name="撤并所", code="chebing", kind="OFFICE", is_active=False)
    places = {"section": office.section, "closed": closed}
    with pytest.raises(Refused) as refusal:
        plan(**{**fields, **({"to": places[fields["to"]]} if "to" in fields else {})})
    assert refusal.value.field == field


def test_nobody_is_planned_twice_nor_plans_for_themselves_nor_without_the_power(plan, office, head):
    plan()
    with pytest.raises(Refused, match="已经登记过"):
        plan(on=day("2026-10-01"))
    for by, whom in (
        (office.granter, office.granter),
        (head, office.collector),
        (office.chief, office.collector),
    ):
        with pytest.raises(NotAllowed):
            plan(whom, by=by)


def test_a_plan_called_off_changes_nothing_and_frees_the_way_for_another(plan, office):
    row = plan()
    with clock.at(NOW):
        departure_plans.call_off(row, by=office.granter, note="暂缓")
    with clock.at(moment("2026-09-20T09:00")):
        assert departure_plans.carry_out_departures() == 0
    assert fresh(office.moderator).is_active
    assert plan(on=day("2026-10-01")).is_planned


def test_what_was_carried_out_is_not_called_off(plan, office):
    row = plan(on=NOW.date())
    with pytest.raises(TooLate):
        departure_plans.call_off(row, by=office.granter, note="弄错了")


# --- closing ------------------------------------------------------------------------------------------------


@pytest.fixture
def gap(office, head) -> Departure:
    """The only signer moved away: nobody signs any more."""
    move(office.signer, office, office.station)
    column_operations.expire_appointments()
    return Departure.objects.get()


def test_a_handover_with_nothing_left_closes_by_itself(office, head):
    person = User.objects.create_user("both", name="又一版主", department=office.section, is_staff=True)
    role = Appointment.objects.filter(user=office.moderator).first().role
    column_operations.appoint(person, role, office.main, by=office.system, reason="测试")
    move(person, office, office.station)
    assert [handovers.settle_handovers(), handovers.settle_handovers()] == [1, 0]
    assert (Departure.objects.get().standing, Departure.objects.get().closed_by) == ("已交接", office.system)


def test_a_power_that_nobody_holds_any_more_is_handed_over_as_a_proposal(gap, office, head):
    assert handovers.settle_handovers() == 0
    found = handovers.hand_over(gap, office.collector, by=head)
    assert found.done == ["提出授权：局长（城东分局基层信息网全站）", "提出授权：局长（北桥工商所全站）"]
    proposals = Appointment.objects.filter(user=office.collector, state="PROPOSED")
    assert {(one.role.key, one.reason, one.proposed_by) for one in proposals} == {
        ("SIGNER", "接替局长", head)
    }
    for one in proposals:
        column_operations.execute(column_operations.consent(one, by=office.chief), by=office.granter)
    assert handovers.settle_handovers() == 1


def test_the_head_closes_with_a_note_about_what_is_left(gap, office, head):
    with pytest.raises(Refused, match="怎样安排"):
        handovers.close(gap, by=head, note=" ")
    handovers.close(gap, by=head, note="签发由分管领导代行")
    with pytest.raises(TooLate):
        handovers.close(gap, by=head, note="再来一次")
    assert not Notice.objects.filter(recipient=head, kind="TODO", read_at=None).exists()


@pytest.mark.parametrize("who", ["collector", "chief", "auditor", "security", "signer"])
def test_nobody_else_hands_over_or_closes(gap, office, who):
    by = fresh(getattr(office, who))
    with pytest.raises(NotAllowed):
        handovers.hand_over(gap, office.collector, by=by)
    with pytest.raises(NotAllowed):
        handovers.close(gap, by=by, note="不该成功")


def test_a_new_head_is_called_and_the_old_one_no_longer(gap, office, head):
    office.section.head = office.collector
    operations.save_department(office.section, by=office.system)
    assert [handovers.settle_handovers(), handovers.settle_handovers()] == [1, 0]
    gap.refresh_from_db()
    assert gap.asked == office.collector
    with pytest.raises(NotAllowed):
        handovers.close(gap, by=head, note="不再归我")


def test_a_successor_who_left_as_well_takes_over_nothing(gap, office, head):
    stop(office.collector, office)
    with pytest.raises(Refused, match="已停用"):
        handovers.hand_over(gap, office.collector, by=head)


# --- the foundation's own kinds ---------------------------------------------------------------------------


def test_the_units_mailbox_gets_another_keeper(office, head):
    mailbox = operations.mailboxes.apply(MailboxKind.UNIT, by=office.staff)
    operations.mailboxes.issue(mailbox, by=office.granter, address="bangongshi@fenju.example")
    move(office.staff, office, office.station)
    row = Departure.objects.get()
    handovers.hand_over(row, office.collector, by=head)
    mailbox = fresh(mailbox)
    assert (mailbox.state, mailbox.wanted_holder) == ("CHANGING", office.collector)
    operations.mailboxes.change(mailbox, by=office.granter, address=mailbox.address, holder=office.collector)
    assert handovers.settle_handovers() == 1


def test_the_administrator_changes_the_keeper_at_once(office, head):
    mailbox = operations.mailboxes.apply(MailboxKind.UNIT, by=office.staff)
    operations.mailboxes.issue(mailbox, by=office.granter, address="bangongshi@fenju.example")
    move(office.staff, office, office.station)
    handovers.hand_over(Departure.objects.get(), office.collector, by=office.granter)
    assert OfficialMailbox.objects.get().holder == office.collector
    assert Departure.objects.get().standing == "已交接"


def test_a_department_led_by_who_leaves_gets_its_new_head_from_the_administrator(office, head):
    office.bureau.head = office.signer
    operations.save_department(office.bureau, by=office.system)
    stop(head, office)
    row = Departure.objects.get()
    found = handovers.hand_over(row, office.collector, by=office.signer)
    assert ("办公室", "部门负责人由网管在管理后台登记") in found.refused
    handovers.hand_over(row, office.collector, by=office.granter, chosen=[("headships", office.section.pk)])
    assert fresh(office.section).head == office.collector


# --- pages ---------------------------------------------------------------------------------------------------

LIST = "/desk/handovers/"
SEES = {"head": 200, "granter": 200, "auditor": 200}


@pytest.fixture
def enter(client):
    def sign_in(person):
        client.force_login(fresh(person))
        return client

    return sign_in


def persons(office) -> dict[str, User]:
    found = {key: one for key, one in vars(office).items() if isinstance(one, User) and key != "system"}
    found["head"] = found.pop("head_person")
    return found


EVERYBODY = [
    "collector", "head", "moderator", "signer", "inspector", "granter", "security", "auditor", "chief", "staff"
]  # fmt: skip


@pytest.mark.parametrize("who", EVERYBODY)
def test_list_and_handover_open_for_the_head_the_administrator_and_the_auditor(enter, gap, office, who):
    browser, wanted = enter(persons(office)[who]), SEES.get(who, 404)
    assert browser.get(LIST).status_code == wanted
    assert browser.get(f"{LIST}{gap.pk}/").status_code == wanted


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("verb", ["hand-over", "close", "call-off"])
def test_acts_are_refused_to_everybody_else_and_never_by_get(enter, gap, office, who, verb):
    browser, address = enter(persons(office)[who]), f"{LIST}{gap.pk}/{verb}/"
    assert browser.get(address).status_code == 405
    may = {"granter", "head"} if verb != "call-off" else {"granter"}
    answer = 422 if who in may else 403 if who in SEES else 404
    assert browser.post(address).status_code == answer
    gap.refresh_from_db()
    assert gap.is_open


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_the_administrator_plans_departures(enter, office, head, who):
    address = f"{LIST}plan/collector/"
    browser, wanted = enter(persons(office)[who]), 200 if who == "granter" else 404
    assert browser.get(address).status_code == wanted
    assert browser.post(address).status_code == (422 if who == "granter" else 404)
    assert not Departure.objects.exists()


def test_strangers_are_sent_to_sign_in(client, gap):
    for address in (LIST, f"{LIST}{gap.pk}/", f"{LIST}plan/collector/"):
        assert client.get(address).url.startswith("/login/")
    assert client.post(f"{LIST}{gap.pk}/close/").url.startswith("/login/")


def test_nobody_opens_the_handover_of_their_own_work(enter, office, head):
    move(office.granter, office, office.station)
    other = User.objects.create_user("second", "x", name="网管二", department=office.station, is_staff=True)
    role = Appointment.objects.filter(user=office.granter).first().role
    column_operations.appoint(other, role, office.main, by=office.system, reason="测试")
    column_operations.appoint(
        office.granter, role, Department and office.main, by=office.system, reason="测试"
    )
    row = Departure.objects.get()
    assert enter(office.granter).get(f"{LIST}{row.pk}/").status_code == 404
    assert enter(other).get(f"{LIST}{row.pk}/").status_code == 200


def test_the_plan_page_shows_what_will_be_lost_keeps_what_was_typed_and_asks_to_look(enter, office, head):
    browser, address = enter(office.granter), f"{LIST}plan/moderator/"
    page = browser.get(address)
    assert page.context["lost"] == ["版主（城东分局基层信息网全站）", "版主（北桥工商所全站）"]
    tomorrow = clock.today() + timedelta(days=1)
    typed = {"effective_on": tomorrow.isoformat(), "reason": "调任", "to_department": office.station.pk}
    page = browser.post(address, typed)
    assert (page.status_code, page.context["form"].errors.keys()) == (422, {"is_checked"})
    assert 'value="调任"' in page.content.decode()
    page = browser.post(address, typed | {"is_checked": "on"})
    row = Departure.objects.get()
    assert (page.url, row.is_planned, row.to_department) == (f"{LIST}{row.pk}/", True, office.station)
    assert browser.post(f"{LIST}{row.pk}/call-off/", {"note": "暂缓"}).status_code == 302
    assert "已取消" in browser.get(f"{LIST}{row.pk}/").content.decode()


def test_an_administrator_does_not_plan_their_own(enter, office):
    assert enter(office.granter).get(f"{LIST}plan/granter/").status_code == 403


def test_the_desk_of_the_head_holds_what_waits(enter, gap, office, head):
    page = enter(head).get("/desk/").content.decode()
    assert ("待交接" in page, f"{LIST}{gap.pk}/" in page) == (True, True)
    assert "待交接" not in enter(office.collector).get("/desk/").content.decode()


def test_without_a_head_the_administrator_has_it_on_their_desk(enter, office):
    move(office.signer, office, office.station)
    assert f"{LIST}{Departure.objects.get().pk}/" in enter(office.granter).get("/desk/").content.decode()


def test_a_persons_page_in_the_admin_leads_to_handover_and_plan(enter, gap, office):
    def page(viewer, person) -> str:
        address = reverse("admin:portal_user_change", args=[person.pk])
        return enter(viewer).get(address).content.decode()

    moved, planned = f"{LIST}{gap.pk}/", f"{LIST}plan/"
    granter, auditor, security = (
        page(who, office.signer) for who in (office.granter, office.auditor, office.security)
    )
    assert (moved in granter, planned in granter) == (True, True)
    assert (moved in auditor, planned in auditor) == (True, False)
    assert (moved in security, planned in security) == (False, False)


@pytest.mark.parametrize(
    "odd", ["", "texts", "texts-", "-1", "texts-x", "nothing-1", "duties-999999999999", "duties-７"]
)
def test_hostile_lines_move_nothing(enter, gap, office, head, odd):
    browser = enter(head)
    page = browser.post(f"{LIST}{gap.pk}/hand-over/", {"successor": office.collector.pk, "line": odd})
    assert page.status_code == 422
    assert not Appointment.objects.filter(user=office.collector, state="PROPOSED").exists()


def test_empty_lists_say_so(enter, office, head):
    for kind, words in (("handovers", "没有待交接的工作"), ("planned", "没有登记"), ("ended", "还没有办完")):
        assert words in enter(head).get(f"{LIST}?kind={kind}").content.decode()
    assert enter(head).get(f"{LIST}?kind=odd").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_thirty(
    enter, office, gap, head, django_assert_max_num_queries
):
    browser = enter(head)
    with django_assert_max_num_queries(40) as one:
        browser.get(LIST)
    Departure.objects.bulk_create(
        Departure(
            person=User.objects.create_user(f"p{number}", name=f"人{number}"), from_department=office.section,
            effective_on=clock.today(), reason="调动", recorded_by=office.granter, recorded_at=clock.now(),
            carried_out_at=clock.now(), asked=head,
        )
        for number in range(30)
    )  # fmt: skip
    with django_assert_max_num_queries(len(one.captured_queries) + 1):
        browser.get(LIST)

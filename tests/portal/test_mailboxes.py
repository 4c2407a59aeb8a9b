"""公务邮箱 (慈溪第十八至二十二条): the life of a mailbox, who may do what, one to one, and who is told."""

import pytest
from django.db import IntegrityError, transaction

from columns import operations as column_operations
from columns.models import Role
from portal import audit
from portal.enums import MAILBOX_LIVE, MailboxKind, MailboxParty, MailboxState, NoticeKind
from portal.mailbox_life import MAILBOX
from portal.mailboxes import directory, rules
from portal.models import AuditEntry, Notice, OfficialMailbox, User
from portal.operations import mailboxes as operations
from portal.operations import save_person
from portal.workflow import NotAllowed, Refused, TooLate, fire

pytestmark = pytest.mark.django_db
PERSONAL, UNIT = MailboxKind.PERSONAL, MailboxKind.UNIT
ROLES = (
    "staff", "colleague", "outsider", "moderator", "inspector", "granter", "security", "auditor", "gone",
)  # fmt: skip
OWNERS = {PERSONAL: {"staff"}, UNIT: {"staff", "colleague"}}


@pytest.fixture
def people(office):
    """`staff` and `colleague` work at 北桥所, everybody else in 办公室; `gone` worked at 北桥所 too."""
    office.staff.department = office.station
    office.staff.save()
    office.colleague = User.objects.create_user("colleague", name="顾平", department=office.station)
    office.outsider = User.objects.create_user("outsider", name="郑敏", department=office.section)
    office.gone = User.objects.create_user(
        "gone", name="钱远", department=office.station, is_active=False
    )  # fmt: skip
    return office


def issued(office, kind=PERSONAL, address="wang@fenju.example", by=None, **fields) -> OfficialMailbox:
    mailbox = operations.apply(kind, by=by or office.staff, **fields)
    return operations.issue(mailbox, by=office.granter, address=address)


def trail(mailbox) -> list[str]:
    rows = AuditEntry.objects.filter(object_type="portal.officialmailbox", object_id=str(mailbox.pk))
    return list(rows.order_by("id").values_list("verb", flat=True))


def told(person, **which) -> list[str]:
    return list(
        Notice.objects.filter(recipient=person, **which).order_by("pk").values_list("title", flat=True)
    )


# --- the life, straight through -----------------------------------------------------------------


def test_a_mailbox_lives_from_application_to_cancellation(people):
    mailbox = operations.apply(PERSONAL, by=people.staff, wanted_address="Wang@Fenju.example", note="办公用")
    assert (mailbox.state, mailbox.address, mailbox.wanted_address) == ("APPLIED", "", "wang@fenju.example")
    mailbox = operations.issue(mailbox, by=people.granter, address="wang@fenju.example")
    assert (mailbox.state, mailbox.address, mailbox.wanted_address) == ("ISSUED", "wang@fenju.example", "")
    mailbox = operations.ask_change(
        mailbox, by=people.staff, wanted_address="wangf@fenju.example", note="重名"
    )
    assert (mailbox.state, mailbox.address) == ("CHANGING", "wang@fenju.example")
    mailbox = operations.change(mailbox, by=people.granter, address="wangf@fenju.example")
    assert (mailbox.state, mailbox.address) == ("ISSUED", "wangf@fenju.example")
    mailbox = operations.ask_cancel(mailbox, by=people.staff, note="调离")
    mailbox = operations.cancel(mailbox, by=people.granter)
    assert (mailbox.state, mailbox.ended_at is None) == ("CANCELLED", False)
    assert trail(mailbox) == ["apply", "issue", "ask_change", "change", "ask_cancel", "cancel"]
    assert audit.verify().reason == ""


def test_a_refusal_carries_its_reason_and_lets_the_person_apply_again(people):
    mailbox = operations.apply(PERSONAL, by=people.staff)
    mailbox = operations.refuse(mailbox, by=people.granter, note="请先登记办公电话")
    assert (mailbox.state, mailbox.ended_at is None) == ("REFUSED", False)
    answer = Notice.objects.get(recipient=people.staff)
    assert (answer.title, answer.body) == ("干部的个人邮箱：不予发放", "请先登记办公电话")
    assert operations.apply(PERSONAL, by=people.staff).state == "APPLIED"


def test_a_refused_change_leaves_all_as_it_was(people):
    mailbox = issued(people)
    operations.ask_change(mailbox, by=people.staff, wanted_address="other@fenju.example", note="好记")
    mailbox = operations.refuse_change(mailbox, by=people.granter, note="与规则不符")
    assert (mailbox.state, mailbox.address, mailbox.wanted_address) == ("ISSUED", "wang@fenju.example", "")


def test_a_request_taken_back_calls_nobody_any_more(people):
    mailbox = issued(people)
    operations.ask_cancel(mailbox, by=people.staff, note="不用了")
    assert told(people.granter, read_at=None, kind=NoticeKind.TODO) == ["干部的个人邮箱：申请注销"]
    assert operations.recall(mailbox, by=people.staff).state == "ISSUED"
    assert told(people.granter, read_at=None, kind=NoticeKind.TODO) == []


def test_the_keeper_of_a_unit_changes_by_request(people):
    mailbox = issued(people, UNIT, "beiqiao@fenju.example")
    assert mailbox.holder == people.staff
    mailbox = operations.ask_change(
        mailbox, by=people.colleague, wanted_holder=people.colleague, note="分工调整"
    )
    mailbox = operations.change(
        mailbox, by=people.granter, address=mailbox.address, holder=mailbox.wanted_holder
    )
    assert (mailbox.holder, mailbox.wanted_holder) == (people.colleague, None)
    change = AuditEntry.objects.get(verb="change", object_type="portal.officialmailbox")
    assert change.note == "beiqiao@fenju.example；管理人：干部 → 顾平"


def test_system_administrator_corrects_and_strikes_without_a_request_but_not_without_a_reason(people):
    mailbox = issued(people)
    for act in (
        lambda: operations.correct(mailbox, by=people.granter, address="right@fenju.example", note=" "),
        lambda: operations.strike(mailbox, by=people.granter, note=""),
    ):
        with pytest.raises(Refused, match="请写明") as refusal:
            act()
        assert refusal.value.field == "note"
    fixed = operations.correct(mailbox, by=people.granter, address="right@fenju.example", note="登记有误")
    assert fixed.address == "right@fenju.example"
    assert operations.strike(fixed, by=people.granter, note="人已调离").state == "CANCELLED"


def test_the_address_of_a_cancelled_mailbox_may_be_given_out_again(people):
    operations.strike(issued(people), by=people.granter, note="调离")
    assert issued(people, by=people.colleague).address == "wang@fenju.example"


# --- state × verb × role ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [PERSONAL, UNIT])
@pytest.mark.parametrize("verb", MAILBOX.transitions)
def test_verb_works_for_exactly_the_roles_and_states_of_the_table(verb, kind, people):
    mailbox, move, done = issued(people, kind), MAILBOX[verb], set()
    for state in MailboxState.values:
        for role in ROLES:
            OfficialMailbox.objects.filter(pk=mailbox.pk).update(state=state)
            try:
                fire(mailbox, verb, actor=getattr(people, role), why_not=rules.why_not, note="理由")
                done.add((state, role))
            except (NotAllowed, TooLate):
                assert OfficialMailbox.objects.get(pk=mailbox.pk).state == state
    may = OWNERS[kind] if move.power == MailboxParty.OWNER else {"granter"}
    assert done == {(state, role) for state in move.sources for role in may}


@pytest.mark.parametrize("verb", MAILBOX.transitions)
def test_verb_leads_to_its_target_and_asks_for_a_reason_where_the_table_says(verb, people):
    mailbox, move = issued(people), MAILBOX[verb]
    actor = people.staff if move.power == MailboxParty.OWNER else people.granter
    for source in move.sources:
        OfficialMailbox.objects.filter(pk=mailbox.pk).update(state=source)
        if move.needs_note:
            with pytest.raises(Refused, match="请写明"):
                fire(mailbox, verb, actor=actor, why_not=rules.why_not, note="  ")
        assert fire(mailbox, verb, actor=actor, why_not=rules.why_not, note="理由").state == move.target


def test_every_state_but_the_ended_ones_leads_somewhere():
    ends = {state for state in MailboxState.values if not MAILBOX.from_state(state)}
    assert ends == {"REFUSED", "WITHDRAWN", "CANCELLED"}


def test_unknown_verb_raises(people):
    with pytest.raises(KeyError):
        rules.why_not(people.granter, "bless", issued(people))


def test_only_the_person_decides_whether_their_address_is_listed(people):
    mailbox = issued(people)
    for other in (people.granter, people.colleague, people.auditor):
        with pytest.raises(NotAllowed, match="只能由本人决定"):
            operations.set_listed(mailbox, True, by=other)
    assert operations.set_listed(mailbox, True, by=people.staff).is_listed is True
    assert operations.set_listed(mailbox, True, by=people.staff).is_listed is True
    assert trail(mailbox).count("set_listed") == 1


# --- one to one ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", MAILBOX_LIVE)
def test_a_person_has_one_live_mailbox_whatever_its_state(people, state):
    OfficialMailbox.objects.filter(pk=issued(people).pk).update(state=state)
    with pytest.raises(TooLate, match="每人只配备一个"):
        operations.apply(PERSONAL, by=people.staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficialMailbox.objects.create(
            kind=PERSONAL, holder=people.staff, asked_by=people.staff, asked_at="2026-11-24T00:00Z"
        )  # fmt: skip


def test_a_unit_has_one_live_mailbox_whoever_applies(people):
    operations.apply(UNIT, by=people.staff)
    with pytest.raises(TooLate, match="每个单位只配备一个"):
        operations.apply(UNIT, by=people.colleague)
    assert operations.apply(UNIT, by=people.outsider).department == people.section


def test_a_unit_and_its_keeper_have_a_mailbox_each(people):
    issued(people, UNIT, "beiqiao@fenju.example")
    assert issued(people, PERSONAL, "wang@fenju.example").state == "ISSUED"


def test_an_address_in_use_is_given_to_nobody_else_in_any_case_of_letters(people):
    issued(people)
    other = operations.apply(PERSONAL, by=people.colleague)
    with pytest.raises(Refused, match="已有单位或个人在用") as refusal:
        operations.issue(other, by=people.granter, address="WANG@Fenju.Example")
    assert refusal.value.field == "address"
    other.refresh_from_db()
    assert (other.state, other.address) == ("APPLIED", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficialMailbox.objects.filter(pk=other.pk).update(state="ISSUED", address="WANG@fenju.example")


def test_a_mailbox_in_use_has_an_address_and_its_kind_fits_its_owner(people):
    mailbox = issued(people)
    for wrong in ({"address": ""}, {"kind": UNIT}, {"department": people.station}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OfficialMailbox.objects.filter(pk=mailbox.pk).update(**wrong)


def test_an_address_that_is_taken_is_said_at_once_to_whoever_wishes_for_it(people):
    issued(people)
    with pytest.raises(Refused, match="已有单位或个人在用") as refusal:
        operations.apply(PERSONAL, by=people.colleague, wanted_address="wang@fenju.example")
    assert refusal.value.field == "wanted_address"


# --- what is refused ----------------------------------------------------------------------------

BAD_ADDRESSES = (
    "wang", "@fenju.example", "wang@", "wang fang@fenju.example", "王芳@fenju.example", "=cmd@fenju.example",
    "+1@fenju.example", "wang@fenju.example\nBcc:all@fenju.example", "<b>@fenju.example", "wang@fenju..example",
    "a" * 99 + "@fenju.example", ".wang@fenju.example",
)  # fmt: skip


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_an_address_that_is_none_is_refused_at_its_field(people, address):
    mailbox = operations.apply(PERSONAL, by=people.staff)
    with pytest.raises(Refused) as refusal:
        operations.issue(mailbox, by=people.granter, address=address)
    assert refusal.value.field == "address"
    mailbox.refresh_from_db()
    assert mailbox.state == "APPLIED"


def test_the_keeper_of_a_unit_is_one_of_its_people_in_office(people):
    for wrong in (people.outsider, people.gone):
        with pytest.raises(Refused, match="本单位在职") as refusal:
            operations.apply(UNIT, by=people.staff, holder=wrong)
        assert refusal.value.field == "holder"


def test_a_personal_mailbox_is_handed_on_to_nobody(people):
    mailbox = issued(people)
    with pytest.raises(Refused, match="不能转给别人"):
        operations.ask_change(mailbox, by=people.staff, wanted_holder=people.colleague, note="调岗")
    with pytest.raises(Refused, match="不能转给别人"):
        operations.correct(
            mailbox, by=people.granter, address="x@fenju.example", holder=people.colleague, note="调岗"
        )


def test_a_change_asks_for_something_different(people):
    mailbox = issued(people)
    with pytest.raises(Refused, match="与现在不同") as refusal:
        operations.ask_change(mailbox, by=people.staff, wanted_address="WANG@fenju.example", note="换")
    assert refusal.value.field == "wanted_address"
    mailbox.refresh_from_db()
    assert mailbox.state == "ISSUED"


def test_whoever_has_no_unit_applies_for_none(people):
    people.staff.department = None
    people.staff.save()
    with pytest.raises(Refused, match="还没有所属部门"):
        operations.apply(UNIT, by=people.staff)


def test_nobody_who_left_gets_a_mailbox(people):
    mailbox = operations.apply(PERSONAL, by=people.staff)
    User.objects.filter(pk=people.staff.pk).update(is_active=False)
    with pytest.raises(Refused, match="已停用"):
        operations.issue(mailbox, by=people.granter, address="wang@fenju.example")
    with pytest.raises(NotAllowed, match="已停用"):
        operations.apply(PERSONAL, by=people.gone)


def test_a_decision_about_what_has_changed_since_is_too_late(people):
    mailbox = issued(people)
    seen = operations.ask_change(mailbox, by=people.staff, wanted_address="a@fenju.example", note="一")
    operations.recall(mailbox, by=people.staff)
    operations.ask_change(mailbox, by=people.staff, wanted_address="b@fenju.example", note="二")
    with pytest.raises(TooLate, match="又被修改过"):
        operations.change(seen, by=people.granter, address="a@fenju.example", version=seen.version)
    mailbox.refresh_from_db()
    assert (mailbox.state, mailbox.wanted_address) == ("CHANGING", "b@fenju.example")


# --- who is told, who is shown ------------------------------------------------------------------


def test_every_request_is_told_to_the_system_administrators_and_every_answer_to_the_owners(people):
    mailbox = operations.apply(UNIT, by=people.staff, holder=people.colleague)
    assert told(people.granter) == ["北桥工商所的单位邮箱：申请发放"]
    assert (told(people.security), told(people.auditor), told(people.colleague)) == ([], [], [])
    operations.issue(mailbox, by=people.granter, address="beiqiao@fenju.example")
    assert told(people.staff) == told(people.colleague) == ["北桥工商所的单位邮箱：发放"]
    assert told(people.granter, read_at=None) == []


def test_administrators_are_those_who_hold_the_power_now(people):
    role = Role.objects.get(key="GRANTER")
    row = column_operations.appoint(people.outsider, role, people.main, by=people.system, reason="轮岗")
    assert set(rules.administrators()) == {people.granter, people.outsider}
    column_operations.revoke(row, by=people.granter, note="轮岗结束")
    assert list(rules.administrators()) == [people.granter]


def test_a_person_who_is_stopped_disappears_from_the_directory_at_once(people):
    issued(people, is_listed=True)
    assert [one.holder for one in directory.people()] == [people.staff]
    people.staff.is_active = False
    save_person(people.staff, by=people.granter)
    assert list(directory.people()) == []


def test_a_keeper_who_moved_away_is_named_no_more_but_the_unit_keeps_its_address(people):
    issued(people, UNIT, "beiqiao@fenju.example")
    assert [(row.address, row.keeper) for row in directory.units()] == [("beiqiao@fenju.example", "干部")]
    User.objects.filter(pk=people.staff.pk).update(department=people.section)
    assert [(row.address, row.keeper) for row in directory.units()] == [("beiqiao@fenju.example", "")]


def test_directory_lists_units_in_the_order_of_the_tree_with_those_that_have_only_a_telephone(people):
    people.bureau.phone = "8000"
    people.bureau.save()
    issued(people, UNIT, "beiqiao@fenju.example")
    issued(people, UNIT, "bangongshi@fenju.example", by=people.outsider)
    assert [(row.department.name, row.depth, row.address) for row in directory.units()] == [
        ("城东分局", 0, ""),
        ("办公室", 1, "bangongshi@fenju.example"),
        ("北桥工商所", 1, "beiqiao@fenju.example"),
    ]
    people.station.is_active = False
    people.station.save()
    assert [row.department.name for row in directory.units()] == ["城东分局", "办公室"]

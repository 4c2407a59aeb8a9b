"""权限管理档案 (石家庄第九条, 办法第十条): the life of a grant; the past stays known."""

from datetime import timedelta

import pytest
from django.utils import timezone

from columns import operations, queries, rules
from columns.models import Appointment, Role
from portal import clock
from portal import operations as portal_operations
from portal.enums import Power
from portal.models import AuditEntry, Notice, User
from portal.workflow import NotAllowed, Refused, TooLate
from publishing import operations as texts
from tests.columns.conftest import day, fresh, moment

pytestmark = pytest.mark.django_db


def trail(row) -> list[tuple[str, str]]:
    """(verb, who) of every step, oldest first."""
    return [(one.verb, one.actor.staff_number) for one in queries.life_of(row)]


def may_publish(person, column) -> bool:
    return rules.may(fresh(person), Power.PUBLISH, column)


# --- the life of a grant --------------------------------------------------------------------------


def test_a_grant_is_live_only_after_both_have_acted(office, propose, newcomer):
    row = propose()
    assert not may_publish(newcomer, office.news)
    row = operations.consent(row, by=office.chief)
    assert not may_publish(newcomer, office.news)
    row = operations.execute(row, by=office.granter)
    assert may_publish(newcomer, office.news)
    assert (row.state, row.granted_by, row.granted_on) == ("IN_FORCE", office.granter, clock.today())
    assert trail(row) == [("propose", "granter"), ("consent", "chief"), ("execute", "granter")]


def test_the_administrator_cannot_grant_without_the_chief_moderators_consent(office, propose, newcomer):
    with pytest.raises(TooLate, match="待同意"):
        operations.execute(propose(), by=office.granter)
    assert not may_publish(newcomer, office.news)


def test_the_administrator_cannot_consent(office, propose):
    with pytest.raises(NotAllowed, match="同意授权权限"):
        operations.consent(propose(), by=office.granter)


def test_the_chief_moderator_cannot_execute(office, propose):
    row = operations.consent(propose(), by=office.chief)
    with pytest.raises(NotAllowed, match="授权权限"):
        operations.execute(row, by=office.chief)


def test_whoever_consented_does_not_execute_even_with_both_powers(office, propose):
    both = Role.objects.create(key="BOTH", name="总版主兼网管", powers=[Power.CONSENT, Power.GRANT])
    person = User.objects.create_user("both", name="兼任", department=office.section)
    operations.appoint(person, both, office.main, by=office.system, reason="测试")
    row = operations.consent(propose(), by=person)
    with pytest.raises(NotAllowed, match="须由另一人办理"):
        operations.execute(row, by=fresh(person))


@pytest.mark.parametrize("who", ["granter", "chief"])
def test_nobody_proposes_or_handles_a_grant_of_their_own(office, role, propose, who):
    person = getattr(office, who)
    with pytest.raises(NotAllowed, match="不能为自己提出授权"):
        operations.propose(person, role, office.main, by=person, reason="自己加的")
    other = office.chief if who == "granter" else office.granter
    row = operations.propose(person, role, office.main, by=other, reason="轮岗")
    verb = {"granter": operations.execute, "chief": operations.consent}[who]
    if who == "granter":
        row = operations.consent(row, by=office.chief)
    with pytest.raises(NotAllowed, match="不能办理给自己的授权"):
        verb(row, by=person)


@pytest.mark.parametrize("who", ["collector", "moderator", "inspector", "auditor", "security", "staff"])
def test_others_propose_nothing(office, propose, who):
    with pytest.raises(NotAllowed, match="只有网管、总版主和本人的部门负责人"):
        propose(by=getattr(office, who))


def test_the_head_of_the_department_proposes_for_their_people(office, propose):
    office.section.head = office.head_person
    portal_operations.save_department(office.section, by=office.system)
    assert propose(by=office.head_person).proposed_by == office.head_person


def test_code_that_is_not_the_installation_itself_cannot_appoint_at_once(office, newcomer, role):
    with pytest.raises(NotAllowed, match="须经总版主同意"):
        operations.appoint(newcomer, role, office.main, by=office.granter, reason="绕过")


def test_a_refusal_needs_a_reason_and_closes_the_proposal(office, propose):
    row = propose()
    with pytest.raises(Refused, match="请写明不同意的理由"):
        operations.refuse(row, by=office.chief, note=" ")
    assert operations.refuse(row, by=office.chief, note="人数已够").state == "REFUSED"
    assert Notice.objects.filter(recipient=office.granter, title__startswith="未获授权").count() == 1
    assert propose().state == "PROPOSED"  # asking again is allowed


def test_a_proposal_is_taken_back_by_whoever_made_it(office, propose):
    row = propose(by=office.chief)
    assert operations.take_back(row, by=office.chief, note="弄错了人").state == "REFUSED"


def test_suspending_and_resuming_take_effect_at_once(office, grant, newcomer):
    row = grant()
    operations.suspend(row, by=office.granter, note="核查中")
    assert not may_publish(newcomer, office.news)
    operations.resume(row, by=office.granter, note="核查完毕")
    assert may_publish(newcomer, office.news)
    assert row.tenures.count() == 2


def test_revoking_takes_effect_at_once_and_tells_person_and_chief(office, grant, newcomer):
    row = grant()
    operations.revoke(row, by=office.granter, note="调离")
    assert not may_publish(newcomer, office.news)
    told = Notice.objects.filter(title__startswith="授权已注销").values_list(
        "recipient__staff_number", flat=True
    )
    assert set(told) == {"xinren", "chief"}


def test_an_adjustment_replaces_the_old_grant_only_when_it_is_executed(office, grant, propose, newcomer):
    old = grant()
    new = propose(column=office.news, replaces=old)
    assert may_publish(newcomer, office.exchange)
    new = operations.execute(operations.consent(new, by=office.chief), by=office.granter)
    assert (fresh(old).state, new.state) == ("REVOKED", "IN_FORCE")
    assert (may_publish(newcomer, office.news), may_publish(newcomer, office.exchange)) == (True, False)


def test_a_term_ends_by_itself_to_the_minute_and_is_written_down_by_the_sweep(office, grant, newcomer):
    last = clock.today() + timedelta(days=9)
    row = grant(ends_on=last)
    before = timezone.make_aware(timezone.datetime(last.year, last.month, last.day, 23, 59))
    with clock.at(before):
        assert may_publish(newcomer, office.news)
    with clock.at(before + timedelta(minutes=2)):
        assert not may_publish(newcomer, office.news)  # though no sweep has run
        assert operations.expire_appointments() == 1
        assert operations.expire_appointments() == 0
        assert operations.check_grants() == 0
    assert fresh(row).state == "REVOKED"


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"ends_on": day("2020-01-01")}, "ends_on", "期限不能早于今天"),
        ({"column": "sub_news"}, "column", "栏目不属于所选站点"),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused_at_its_field(office, propose, fields, field, message):
    if "column" in fields:
        fields = {"column": getattr(office, fields["column"])}
    with pytest.raises(Refused, match=message) as refusal:
        propose(**fields)
    assert refusal.value.field == field


def test_the_same_grant_is_not_asked_for_twice(office, propose, grant):
    first = propose()
    with pytest.raises(Refused, match="正在办理"):
        propose()
    operations.execute(operations.consent(first, by=office.chief), by=office.granter)
    with pytest.raises(Refused, match="已有同样的授权"):
        propose()


# --- people leave and move -----------------------------------------------------------------------


def test_whoever_is_disabled_loses_everything_at_once(office, grant, newcomer):
    row = grant()
    newcomer = fresh(newcomer)
    newcomer.is_active = False
    portal_operations.save_person(newcomer, by=office.system)
    assert not may_publish(newcomer, office.news)
    assert operations.expire_appointments() == 1
    assert queries.life_of(row).last().note == "本人已离岗或停用"


def test_whoever_moves_to_another_department_loses_what_was_granted_in_the_old_one(office, grant, newcomer):
    row = grant()
    newcomer = fresh(newcomer)
    newcomer.department = office.station
    portal_operations.save_person(newcomer, by=office.system)
    assert operations.expire_appointments() == 1
    assert not may_publish(newcomer, office.news)
    assert "由办公室调往北桥工商所" in queries.life_of(row).last().note


# --- three administrators ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "power"),
    [("granter", "security"), ("security", "system"), ("granter", "audit"), ("security", "audit")],
)
def test_the_three_administrators_exclude_one_another(office, who, power):
    role = Role.objects.create(key="NEW", name="新岗位", powers=[power])
    by = office.chief if who == "granter" else office.granter
    with pytest.raises(Refused, match=r"三员互相排斥|审计管理员只看不改"):
        operations.propose(getattr(office, who), role, office.main, by=by, reason="测试")


def test_the_audit_administrator_takes_on_nothing_else(office, role):
    with pytest.raises(Refused, match="审计管理员只看不改"):
        operations.propose(office.auditor, role, office.main, by=office.granter, reason="测试")


def test_a_conflict_that_arose_since_the_proposal_stops_the_grant(office, propose, newcomer):
    row = operations.consent(propose(), by=office.chief)
    looks_on = Role.objects.create(key="LATER", name="后改的角色", powers=[Power.INSPECT])
    operations.propose(newcomer, looks_on, office.main, by=office.granter, reason="另一路")
    looks_on.powers = [Power.AUDIT]
    looks_on.save()
    with pytest.raises(Refused, match="审计管理员只看不改"):
        operations.execute(row, by=office.granter)


# --- roles are data --------------------------------------------------------------------------------


def test_a_changed_role_renews_live_grants_and_leaves_the_past_as_it_was(office, grant, newcomer, role):
    with clock.at(clock.now() - timedelta(days=3)):
        grant()
    yesterday = clock.now() - timedelta(days=1)
    role.powers = [Power.COLLECT]
    role.save()
    assert (
        operations.renew_roles([role], by=office.system) == 3
    )  # the newcomer's and the moderator's on two sites
    assert not may_publish(newcomer, office.news)
    then = {one.power for one in queries.authorisations(yesterday, user=newcomer)}
    now = {one.power for one in queries.authorisations(clock.now(), user=newcomer)}
    assert (then, now) == ({"collect", "publish", "manage"}, {"collect"})


# --- any past day ------------------------------------------------------------------------------------


def test_the_ledger_answers_for_any_past_day(office, grant, newcomer):
    with clock.at(moment("2026-03-01T10:00")):
        row = grant(column=office.trends)
    with clock.at(moment("2026-05-04T10:00")):
        operations.suspend(row, by=office.granter, note="核查")
    with clock.at(moment("2026-05-08T10:00")):
        operations.resume(row, by=office.granter, note="恢复")
    with clock.at(moment("2026-09-10T10:00")):
        operations.revoke(row, by=office.granter, note="轮岗")

    def powers(at: str) -> int:
        return len(queries.authorisations(moment(at), user=newcomer))

    assert [powers(f"{at}T23:59") for at in (
        "2026-02-28", "2026-03-01", "2026-05-03", "2026-05-04", "2026-05-08", "2026-09-09", "2026-09-10"
    )] == [0, 3, 3, 0, 3, 3, 0]  # fmt: skip


def test_a_column_tells_everybody_with_a_power_on_it_and_from_where(office, grant, newcomer):
    grant(column=office.trends)
    rows = queries.authorisations(clock.now(), column=office.news)
    mine = [one for one in rows if one.user == newcomer and one.power == Power.PUBLISH]
    assert [one.appointment.column for one in mine] == [office.trends]
    others = {one.user.staff_number for one in rows if one.power == Power.PUBLISH}
    assert others == {"moderator", "xinren"}


def test_reading_the_ledger_costs_three_queries_however_many_grants(
    office, grant, django_assert_max_num_queries
):
    for number in range(30):
        person = User.objects.create_user(f"p{number}", name=f"人{number}", department=office.section)
        operations.appoint(
            person, Role.objects.get(key="COLLECTOR"), office.main, by=office.system, reason="测试"
        )
    with django_assert_max_num_queries(3):
        assert len(queries.authorisations(clock.now())) > 30


# --- as they stand now -----------------------------------------------------------------------------------


def test_a_power_revoked_since_the_page_was_opened_no_longer_counts(office, write):
    """The person's instance remembers what it read; the act asks anew."""
    revision = write(upto="approve")
    moderator = fresh(office.moderator)
    assert rules.may(moderator, Power.PUBLISH, office.news)
    for row in Appointment.objects.filter(user=moderator):
        operations.revoke(row, by=office.granter, note="岗位调整")
    assert rules.may(moderator, Power.PUBLISH, office.news)  # remembered
    with pytest.raises(NotAllowed):
        texts.publish(revision, by=moderator)
    assert fresh(revision).state == "APPROVED"


def test_every_step_stands_in_the_audit_with_its_clause(office, grant):
    row = grant()
    entries = AuditEntry.objects.filter(object_type="columns.appointment", object_id=str(row.pk)).order_by(
        "id"
    )
    assert [(one.label, one.clause) for one in entries] == [
        ("析权", "石家庄第九条"), ("同意", "办法第十条"), ("授权", "办法第十条"),
    ]  # fmt: skip

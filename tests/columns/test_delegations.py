"""代理 (办法第十条): somebody named by the head acts for a time; no password, no chain, no way round."""

import pytest

from columns import operations, queries, rules
from columns.models import Delegation
from portal import clock
from portal import operations as portal_operations
from portal.enums import Power
from portal.models import AuditEntry, Notice, Parameter, User
from portal.workflow import NotAllowed, Refused
from publishing import operations as texts
from publishing.queries import to_mend
from publishing.todos import queue
from tests.columns.conftest import day, fresh, moment

pytestmark = pytest.mark.django_db

MONDAY, NEXT_WEEK, ITS_FRIDAY = moment("2026-09-07T09:00"), day("2026-09-14"), day("2026-09-18")


@pytest.fixture(autouse=True)
def _rule_of_three_days(db):
    Parameter.objects.create(key="leave_days", label="外出", value=3, unit="天", clause="办法第十条")


@pytest.fixture
def head(office) -> User:
    office.section.head = office.head_person
    portal_operations.save_department(office.section, by=office.system)
    return office.head_person


@pytest.fixture
def name(office, newcomer, head):
    """`name()` lets the newcomer act for the moderator next week, named by the head."""

    def make(principal=None, acting=None, starts=NEXT_WEEK, ends=ITS_FRIDAY, **fields) -> Delegation:
        fields = {"by": head, "reason": "出差", **fields}
        return operations.name_acting(
            principal or office.moderator, acting or newcomer, starts, ends, **fields
        )

    return make


def publishes(person, column) -> bool:
    return rules.may(fresh(person), Power.PUBLISH, column)


# --- absences -------------------------------------------------------------------------------------------


def test_more_than_three_days_away_calls_for_somebody_to_act(office, head):
    with clock.at(MONDAY):
        long = operations.report_leave(
            office.moderator, NEXT_WEEK, ITS_FRIDAY, by=office.moderator, reason="省局培训"
        )
        short = operations.report_leave(
            office.moderator, day("2026-10-12"), day("2026-10-14"), by=office.moderator, reason="出差"
        )
    assert (long.days, long.needs_acting, long.asked) == (5, True, head)
    assert (short.days, short.needs_acting, short.asked) == (3, False, None)
    called = Notice.objects.filter(kind="TODO", title__startswith="请指定代理").values_list(
        "recipient", flat=True
    )
    assert list(called) == [head.pk]
    assert Notice.objects.filter(recipient=office.chief, title__startswith="外出报告").count() == 2


def test_whoever_holds_nothing_to_lend_needs_nobody(office, head):
    with clock.at(MONDAY):
        leave = operations.report_leave(office.staff, NEXT_WEEK, ITS_FRIDAY, by=office.staff, reason="休假")
    assert not leave.needs_acting


def test_absences_do_not_overlap_and_lie_ahead(office, head):
    with clock.at(MONDAY):
        operations.report_leave(office.moderator, NEXT_WEEK, ITS_FRIDAY, by=office.moderator, reason="培训")
        with pytest.raises(Refused, match="已经报告过外出"):
            operations.report_leave(
                office.moderator, ITS_FRIDAY, day("2026-09-20"), by=office.moderator, reason="又"
            )
        with pytest.raises(Refused, match="不能早于开始日期"):
            operations.report_leave(
                office.moderator, ITS_FRIDAY, NEXT_WEEK, by=office.moderator, reason="反了"
            )
        with pytest.raises(Refused, match="已经过去"):
            operations.report_leave(
                office.moderator, day("2026-08-01"), day("2026-08-02"), by=office.moderator, reason="补报"
            )


def test_the_head_and_the_chief_are_reminded_once_when_nobody_was_named(office, head):
    with clock.at(MONDAY):
        operations.report_leave(office.moderator, NEXT_WEEK, ITS_FRIDAY, by=office.moderator, reason="培训")
    with clock.at(moment("2026-09-12T09:00")):
        assert operations.remind_of_leaves() == 0
    with clock.at(moment("2026-09-13T09:00")):
        assert [operations.remind_of_leaves(), operations.remind_of_leaves()] == [2, 0]
    told = Notice.objects.filter(title__startswith="尚未指定代理").values_list(
        "recipient__staff_number", flat=True
    )
    assert set(told) == {"head", "chief"}


# --- powers begin and end by themselves --------------------------------------------------------------


def test_powers_begin_and_end_by_themselves(office, name, newcomer):
    with clock.at(MONDAY):
        name()
        assert not publishes(newcomer, office.news)
    with clock.at(moment("2026-09-14T00:00")):
        assert publishes(newcomer, office.news)  # though no sweep has run
    with clock.at(moment("2026-09-18T23:59")):
        assert publishes(newcomer, office.news)
    with clock.at(moment("2026-09-19T00:00")):
        assert not publishes(newcomer, office.news)


def test_the_sweep_writes_beginning_and_end_down_once_and_keeps_guardians_copy_equal(office, name, newcomer):
    with clock.at(MONDAY):
        delegation = name()
    for at, held in (("2026-09-14T00:01", True), ("2026-09-19T00:01", False)):
        with clock.at(moment(at)):
            assert [operations.turn_delegations(), operations.turn_delegations()] == [1, 0]
            assert operations.check_grants() == 0
            assert fresh(newcomer).has_perm("columns.publish", office.news) is held
    entries = AuditEntry.objects.filter(object_type="columns.delegation", object_id=str(delegation.pk))
    assert [one.label for one in entries.order_by("id")] == ["指定代理", "代理开始", "代理到期"]


def test_ending_early_works_at_once(office, name, newcomer):
    with clock.at(MONDAY):
        delegation = name()
    with clock.at(moment("2026-09-15T10:00")):
        operations.end_delegation(delegation, by=office.moderator, reason="提前返回")
        assert not publishes(newcomer, office.news)
        assert operations.turn_delegations() == 0
        assert operations.check_grants() == 0


def test_what_the_principal_loses_the_acting_one_loses_too(office, name, newcomer):
    with clock.at(MONDAY):
        name()
    with clock.at(moment("2026-09-15T10:00")):
        for row in office.moderator.appointments.all():
            operations.revoke(row, by=office.granter, note="违规")
        assert not publishes(newcomer, office.news)


def test_granting_and_keeping_the_house_are_never_lent(office, name, newcomer):
    with clock.at(MONDAY):
        with pytest.raises(Refused, match="没有可以代理的权限"):
            name(principal=office.granter)
        with pytest.raises(Refused, match="审计管理员只看不改"):
            name(acting=office.auditor)


# --- who may name whom -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["moderator", "collector", "granter", "auditor", "staff"])
def test_only_the_head_and_the_chief_moderator_name_somebody(office, name, who):
    with clock.at(MONDAY), pytest.raises(NotAllowed, match="由被代理人的部门负责人指定"):
        name(by=getattr(office, who))


def test_the_chief_moderator_names_somebody_too(office, name):
    with clock.at(MONDAY):
        assert name(by=office.chief).named_by == office.chief


def test_the_head_does_not_name_themselves(office, name, head):
    with clock.at(MONDAY), pytest.raises(NotAllowed, match="不能指定自己"):
        name(acting=head)


@pytest.mark.parametrize(
    ("principal", "acting", "starts", "message"),
    [
        ("moderator", "collector", "2026-09-18", "时间不能重叠"),
        ("collector", "xinren", "2026-09-16", "一人同一时间只能代理一人"),
        ("collector", "moderator", "2026-09-16", "不能再代理他人"),
        ("xinren", "collector", "2026-09-16", "不能再转给他人"),
    ],
)
def test_overlapping_and_chained_delegations_are_refused_with_the_reason(
    office, name, grant, principal, acting, starts, message
):
    people = {one.staff_number: one for one in User.objects.all()}
    with clock.at(MONDAY):
        grant(column=office.exchange)  # the newcomer has something of their own to lend
        name()
        with pytest.raises(Refused, match=message):
            name(people[principal], people[acting], day(starts), day("2026-09-25"))


def test_a_delegation_right_after_another_is_no_overlap(office, name):
    with clock.at(MONDAY):
        name()
        assert name(acting=office.collector, starts=day("2026-09-19"), ends=day("2026-09-20")).pk


# --- acting in somebody's place ---------------------------------------------------------------------


@pytest.fixture
def acting(office, name, newcomer):
    """The newcomer acts for the moderator; the clock stands in that week."""
    with clock.at(MONDAY):
        name()
    with clock.at(moment("2026-09-15T10:00")):
        yield newcomer


def test_each_act_reads_in_whose_place_it_was_done(office, acting, write):
    revision = write(upto="approve")
    texts.publish(revision, by=acting)
    entry = AuditEntry.objects.filter(verb="publish").latest("id")
    assert (str(entry.who), entry.acting_for) == ("新人（代版主）", office.moderator)
    assert (fresh(revision).published_by, fresh(revision).published_for) == (acting, office.moderator)


def test_an_own_power_is_used_in_ones_own_name(office, acting, write):
    """The collector acts for nobody; the acting one only where the power is lent."""
    write("自己写的", upto="report")
    assert AuditEntry.objects.filter(verb="report").latest("id").acting_for is None


def test_the_acting_one_may_not_approve_the_principals_text(office, name, head, newcomer):
    """新人 holds REVIEW of their own, acts for the collector: the collector's text is not theirs to judge."""
    reviewer = User.objects.get(pk=office.signer.pk)
    with clock.at(MONDAY):
        role = head.appointments.first().role
        for site in (office.main, office.sub):
            operations.appoint(reviewer, role, site, by=office.system, reason="测试")
        name(principal=office.collector, acting=reviewer)
    with clock.at(moment("2026-09-15T10:00")):
        draft = texts.Draft(column=office.news, title="采集人的稿件", body="<p>正文</p>", author_name="李岚")
        revision = texts.report(texts.create(draft, by=office.collector), by=office.collector)
        step = revision.steps.get()
        with pytest.raises(NotAllowed, match="不能审核被代理人的稿件"):
            texts.approve(step, by=fresh(reviewer))
        assert list(queue(fresh(reviewer))) == []
        told = Notice.objects.filter(title="待审核：采集人的稿件").values_list(
            "recipient__staff_number", flat=True
        )
        assert "signer" not in set(told)


def test_the_principal_may_not_approve_what_was_written_in_their_place(office, name, head, newcomer):
    principal = office.collector
    role = head.appointments.first().role
    with clock.at(MONDAY):
        for site in (office.main, office.sub):
            operations.appoint(principal, role, site, by=office.system, reason="测试")
        name(principal=principal)
    with clock.at(moment("2026-09-15T10:00")):
        draft = texts.Draft(column=office.news, title="代写的稿件", body="<p>正文</p>", author_name="新人")
        revision = texts.report(texts.create(draft, by=fresh(newcomer)), by=fresh(newcomer))
        assert (revision.saved_for, revision.reported_for) == (principal, principal)
        with pytest.raises(NotAllowed, match="自己采集或修改"):
            texts.approve(revision.steps.get(), by=fresh(principal))


def test_the_acting_one_sees_what_came_back_to_the_principal(office, acting, write):
    revision = texts.create(
        texts.Draft(column=office.news, title="退回的稿件", body="<p>正文</p>", author_name="版主"),
        by=office.moderator,
    )
    revision = texts.report(revision, by=office.moderator)
    texts.return_(revision.steps.get(), by=office.head_person, note="请核对")
    assert [one.title for one in to_mend(fresh(acting))] == ["退回的稿件"]


def test_authorisations_name_the_principal(office, acting):
    rows = [one.as_json() for one in queries.authorisations(clock.now(), user=acting)]
    assert {
        (row["power"], row["site"], row["acting_for"], row["granted_on"], row["ends_on"]) for row in rows
    } == {
        (power, site, "moderator", "2026-09-14", "2026-09-18")
        for power in ("collect", "publish", "manage")
        for site in ("fenju", "beiqiao")
    }

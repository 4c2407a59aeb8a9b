"""信息维护分工: what a duty covers, who may change it, what is recorded (实施意见三(二), 办法第七条、第十六条)."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from columns import operations, queries
from columns.duties import marks, read_marks
from columns.enums import Duty
from columns.models import Column, Responsibility, Role
from portal.enums import Power
from portal.models import AuditEntry, Department, User
from portal.workflow import NotAllowed, Refused, TooLate

COLLECT, REVIEW, PUBLISH, ANSWER = Duty


def give(column: Column, department: Department, *duties: Duty) -> Responsibility:
    held = {duty.value: True for duty in duties}
    return Responsibility.objects.create(column=column, department=department, clause="三（二）", **held)


def shares(office, column: Column) -> dict[str, str]:
    """By department: 采审发答 as they hold for the column; inherited ones in brackets."""
    office.main.__dict__.pop("_once_columns", None)
    division = queries.division(office.main)
    return {
        division.departments[pk].name: "".join(
            share.duty.label if share.is_own else f"（{share.duty.label}）" for share in held
        )
        for pk, held in division.shares(column).items()
    }


# --- what a duty covers -----------------------------------------------------------------------------


def test_a_duty_covers_the_columns_below(office):
    give(office.trends, office.section, COLLECT, REVIEW)
    assert shares(office, office.trends) == {"办公室": "采审"}
    assert shares(office, office.news) == {"办公室": "（采）（审）"}
    assert shares(office, office.exchange) == {}


def test_a_row_of_the_sub_column_takes_the_place_of_the_one_above_for_that_duty_alone(office):
    """办公室 collects for 队伍建设, 监察室 for its 廉政之声; who publishes the whole goes on publishing."""
    give(office.trends, office.section, COLLECT, REVIEW, PUBLISH)
    give(office.news, office.station, COLLECT)
    assert shares(office, office.news) == {"办公室": "（审）（发）", "北桥工商所": "采"}
    assert shares(office, office.trends) == {"办公室": "采审发"}


def test_several_departments_share_one_column(office):
    give(office.trends, office.section, COLLECT)
    give(office.trends, office.station, COLLECT, ANSWER)
    assert shares(office, office.news) == {"办公室": "（采）", "北桥工商所": "（采）（答）"}


def test_rows_of_another_site_play_no_part(office):
    give(office.sub_news, office.station, COLLECT)
    assert queries.division(office.main).rows == {}


def test_a_column_that_nobody_collects_or_answers_for_is_reported(office):
    give(office.trends, office.section, REVIEW, PUBLISH)
    names = [column.name for column in queries.division(office.main).without_owner()]
    assert names == ["工作动态", "要闻报道", "业务交流"]


def test_ownership_counts_what_is_inherited(office):
    give(office.trends, office.section, COLLECT)
    give(office.exchange, office.section, ANSWER)
    assert queries.division(office.main).without_owner() == []


def test_a_main_column_shared_out_among_its_sub_columns_has_its_owners_there(office):
    give(office.news, office.section, COLLECT)
    assert [column.name for column in queries.division(office.main).without_owner()] == ["业务交流"]
    Column.objects.create(site=office.main, name="工作简报", slug="jianbao", parent=office.trends)
    del office.main._once_columns
    names = [column.name for column in queries.division(office.main).without_owner()]
    assert names == ["工作简报", "业务交流"]


def test_no_row_says_nothing(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.create(column=office.news, department=office.section)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("采", "采"), ("答采", "采答"), ("采 审、发，答", "采审发答"), ("采采", "采"), ("", ""), ("　", ""),
    ],
)  # fmt: skip
def test_marks_are_read_in_any_order_and_written_in_one(typed, means):
    assert marks(read_marks(typed)) == means


@pytest.mark.parametrize(
    ("typed", "odd"), [("采x", "x"), ("报送", "报送"), ("采=1", "=1"), ("√", "√"), ("採", "採")]
)
def test_letters_that_mean_nothing_are_named(typed, odd):
    with pytest.raises(ValueError, match=f"^{odd}$"):
        read_marks(typed)


# --- changing it ------------------------------------------------------------------------------------


def change(office, cells: dict, *, by: User | None = None, reason: str = "局长办公会决定", seen: str = ""):
    wanted = {(column.pk, department.pk): frozenset(duties) for (column, department), duties in cells.items()}
    return operations.set_responsibilities(
        office.main, wanted, by=by or office.moderator, reason=reason, seen=seen
    )


def rows() -> list[tuple[str, str, str, str]]:
    found = Responsibility.objects.select_related("column", "department").order_by(
        "column__pk", "department__pk"
    )
    return [
        (row.column.name, row.department.name, marks(queries.duties_of(row)), row.clause) for row in found
    ]


def test_cells_are_given_changed_and_taken_away(office):
    give(office.trends, office.section, COLLECT)
    give(office.news, office.section, COLLECT)
    give(office.exchange, office.section, ANSWER)
    made = change(office, {
        (office.trends, office.section): [COLLECT, ANSWER],
        (office.news, office.section): [],
        (office.news, office.station): [COLLECT, REVIEW],
    })  # fmt: skip
    assert [(one.column.name, str(one)) for one in made] == [
        ("工作动态", "办公室：采 → 采答"),
        ("要闻报道", "办公室：采 → 无"),
        ("要闻报道", "北桥工商所：无 → 采审"),
    ]
    assert rows() == [
        ("工作动态", "办公室", "采答", "局长办公会决定"),
        ("要闻报道", "北桥工商所", "采审", "局长办公会决定"),
        ("业务交流", "办公室", "答", "三（二）"),
    ]


def test_every_column_changed_has_one_audit_entry_in_words(office):
    give(office.news, office.section, COLLECT)
    change(office, {
        (office.news, office.section): [],
        (office.news, office.station): [COLLECT],
        (office.exchange, office.section): [ANSWER],
    })  # fmt: skip
    entries = AuditEntry.objects.filter(verb="divide").order_by("id")
    assert [(entry.object_label, entry.note, entry.clause, entry.actor) for entry in entries] == [
        ("要闻报道", "办公室：采 → 无；北桥工商所：无 → 采", "局长办公会决定", office.moderator),
        ("业务交流", "办公室：无 → 答", "局长办公会决定", office.moderator),
    ]
    assert {entry.site_key for entry in entries} == {"fenju"}


def test_setting_what_is_so_already_changes_and_records_nothing(office):
    give(office.news, office.section, COLLECT)
    assert change(office, {(office.news, office.section): [COLLECT], (office.news, office.station): []}) == []
    assert rows() == [("要闻报道", "办公室", "采", "三（二）")]
    assert not AuditEntry.objects.filter(verb="divide").exists()


@pytest.mark.parametrize(
    "who", ["collector", "head_person", "signer", "granter", "security", "auditor", "staff"]
)
def test_only_whoever_manages_the_whole_site_changes_it(office, who):
    with pytest.raises(NotAllowed):
        change(office, {(office.news, office.section): [COLLECT]}, by=getattr(office, who))
    assert rows() == []


def test_a_manager_of_one_column_is_not_enough(office):
    operations.appoint(
        office.staff, Role.objects.get(key="MODERATOR"), office.main, column=office.trends,
        by=office.system, reason="测试",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        change(office, {(office.news, office.section): [COLLECT]}, by=office.staff)


@pytest.mark.parametrize("reason", ["", "  ", "长" * 121])
def test_a_reason_is_asked_for_and_short(office, reason):
    with pytest.raises(Refused) as refusal:
        change(office, {(office.news, office.section): [COLLECT]}, reason=reason)
    assert refusal.value.field == "reason"
    assert rows() == []


def test_columns_of_another_site_and_departments_that_never_were_are_refused(office):
    with pytest.raises(Refused, match="不属于这个站点"):
        change(office, {(office.sub_news, office.section): [COLLECT]})
    never = Department(pk=10**8)
    with pytest.raises(Refused, match="部门已不存在"):
        change(office, {(office.news, never): [COLLECT]})
    assert rows() == []


def test_a_closed_department_may_lose_duties_but_gets_none(office):
    give(office.news, office.station, COLLECT, REVIEW)
    Department.objects.filter(pk=office.station.pk).update(is_active=False)
    with pytest.raises(Refused, match="已停用"):
        change(office, {(office.news, office.station): [COLLECT, ANSWER]})
    change(office, {(office.news, office.station): [REVIEW]})
    assert rows() == [("要闻报道", "北桥工商所", "审", "局长办公会决定")]


def test_whoever_looked_at_an_older_table_is_too_late(office):
    seen = queries.division(office.main).fingerprint
    change(office, {(office.news, office.section): [COLLECT]}, seen=seen)
    with pytest.raises(TooLate):
        change(office, {(office.exchange, office.section): [COLLECT]}, seen=seen)
    assert rows() == [("要闻报道", "办公室", "采", "局长办公会决定")]


def test_it_takes_as_many_statements_for_fifty_cells_as_for_five(office):
    def statements(count: int, start: int) -> int:
        columns = [
            Column.objects.create(site=office.main, name=f"栏目{start + n}", slug=f"l{start + n}")
            for n in range(count)
        ]
        kept = {column: give(column, office.section, COLLECT) for column in columns[::2]}
        cells = {(column, office.section): [] if n % 4 else [ANSWER] for n, column in enumerate(kept)}
        cells |= {(column, office.station): [COLLECT] for column in columns}
        with CaptureQueriesContext(connection) as asked:
            change(office, cells)
        return len(asked)

    statements(1, 900)  # what is read once per person is read
    assert statements(50, 100) == statements(5, 1)


# --- who does it ------------------------------------------------------------------------------------


def appoint(office, person: User, power: Power, column: Column | None = None) -> None:
    role = Role.objects.create(key=f"R{Role.objects.count()}", name=str(power.label), powers=[str(power)])
    operations.appoint(person, role, office.main, column=column, by=office.system, reason="测试")


def test_holders_of_all_are_the_holders_of_each_column(office):
    appoint(office, office.staff, Power.ANSWER, office.trends)
    appoint(office, office.inspector, Power.COLLECT, office.news)
    everybody = queries.holders_of_all(office.main)
    for column in (office.trends, office.news, office.exchange):
        for power in Power:
            found = everybody.get((column.pk, power.value), [])
            one_by_one = queries.holders(column, power).order_by("staff_number")
            assert found == list(one_by_one), (column, power)


def test_whoever_may_not_sign_in_or_was_revoked_holds_nothing(office):
    User.objects.filter(pk=office.collector.pk).update(is_active=False)
    grant = office.moderator.appointments.get(site=office.main)
    operations.revoke(grant, by=office.granter, note="调离")
    assert (office.news.pk, "collect") not in queries.holders_of_all(office.main)


def test_people_of_a_department_are_those_in_it_and_below_it(office):
    give(office.news, office.bureau, COLLECT)
    give(office.news, office.station, REVIEW)
    lines = queries.division(office.main).assignments(queries.holders_of_all(office.main))
    found = {
        (one.department.name, duty.label): [person.name for person in people]
        for one in lines if one.column == office.news for duty, people in one.people.items()
    }  # fmt: skip
    assert found == {("城东分局", "采"): ["信息员", "版主"], ("北桥工商所", "审"): []}


def test_holders_are_read_with_three_queries_for_five_and_for_fifty_columns(office):
    def asked(count: int) -> int:
        for number in range(count):
            column = Column.objects.create(site=office.main, name=f"栏目{number}", slug=f"l{count}-{number}")
            appoint(office, office.staff, Power.COLLECT, column)
        office.main.__dict__.pop("_once_columns", None)
        with CaptureQueriesContext(connection) as queries_made:
            queries.holders_of_all(office.main)
        return len(queries_made)

    assert (asked(5), asked(50)) == (3, 3)

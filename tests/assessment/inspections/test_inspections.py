"""检查: drawn so that anybody can draw again, answered item by item, ended once whole; never of one's own unit."""

import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest

from assessment.enums.inspections import CheckResult, InspectionState
from assessment.models import Inspection, InspectionCheck, Rectification
from assessment.operations import inspections as operations
from assessment.queries import inspections as queries
from assessment.rules import drawing, oversight
from assessment.rules import inspections as rules
from columns.enums import Readers
from columns.models import Column, Responsibility
from portal import clock
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, Refused, TooLate
from tests.assessment.inspections.conftest import GOOD, fault, fill, picture


def test_a_drawing_is_the_lowest_hashes_and_nothing_else():
    slugs = ["a", "b", "c", "d"]
    by_hand = sorted(slugs, key=lambda one: hashlib.sha256(f"种子/fenju/{one}".encode()).hexdigest())
    assert drawing.draw("种子", "fenju", slugs, 2) == by_hand[:2]
    assert drawing.draw("种子", "fenju", reversed(slugs), 2) == by_hand[:2]
    assert drawing.draw("种子", "fenju", slugs, 9) == by_hand


def test_beginning_draws_columns_that_anybody_can_draw_again(office, inspection):
    found = inspection(sample=1)
    assert len(found.seed) == 16
    for one in found.draw:
        slugs = [row["slug"] for row in one["pool"]]
        assert one["drawn"] == drawing.draw(found.seed, one["site"], slugs, 1)
    drawn = {
        (check.column.site.key, check.column.slug) for check in found.checks.select_related("column__site")
    }
    assert drawn == {(one["site"], slug) for one in found.draw for slug in one["drawn"]}
    assert found.checks.count() == 2 * len(found.checklist)


def test_columns_that_hold_others_are_not_drawn_but_those_below_them(office, inspection):
    pool = {row["slug"] for one in inspection(sample=9).draw for row in one["pool"]}
    assert pool == {"yaowenbaodao", "yewujiaoliu"}


def test_what_the_inspector_may_not_read_is_neither_drawn_nor_shown(office, plan, inspection):
    inside = Column.objects.create(
        site=office.sub, name="内部", slug="neibu", readers=Readers.DEPARTMENTS, route=office.direct
    )
    inside.reader_departments.add(office.station)
    assert "neibu" not in {row["slug"] for row in inspection(sample=9).draw[1]["pool"]}
    found = operations.plan(plan(sample=9), by=office.inspector)
    found = operations.begin(found, by=office.inspector)  # 检查 on that site too
    check = found.checks.get(column=inside, key="update")
    assert check in queries.checks_for(found, office.auditor)
    assert check not in queries.checks_for(found, office.chief_inspector)
    with pytest.raises(NotAllowed, match="不向您开放"):
        operations.answer(check, GOOD, by=office.chief_inspector, version=0)
    hidden = rules.hidden(office.chief_inspector, found.sites.all())
    assert "neibu" not in {lot.slug for lot in queries.lots(found, found.draw[1], hidden)}


def test_each_column_is_put_to_the_unit_that_collects_for_it(office, inspection):
    Responsibility.objects.create(column=office.trends, department=office.section, collects=True)
    found = inspection(sample=9)
    units = {
        check.column.name + check.column.site.key: check.unit
        for check in found.checks.select_related("column__site", "unit")
    }
    assert units == {
        "要闻报道fenju": office.section, "业务交流fenju": office.bureau, "要闻报道beiqiao": office.station,
    }  # fmt: skip


def test_only_whoever_assesses_plans_begins_and_answers(office, plan, inspection):
    with pytest.raises(NotAllowed, match="检查权限"):
        operations.plan(plan(), by=office.collector)
    planned = inspection("plan")
    for person in (office.collector, office.auditor, office.staff):
        with pytest.raises(NotAllowed, match="检查权限"):
            operations.begin(planned, by=person)
    check = inspection().checks.first()
    with pytest.raises(NotAllowed, match="检查权限"):
        operations.answer(check, GOOD, by=office.auditor, version=0)


def test_nobody_checks_a_column_of_their_own_unit(office, inspection):
    Responsibility.objects.create(column=office.news, department=office.section, collects=True)
    own = inspection(sample=9).checks.filter(unit=office.section).first()
    with pytest.raises(NotAllowed, match="须由他人检查"):
        operations.answer(own, GOOD, by=office.inspector, version=0)
    operations.answer(own, GOOD, by=office.chief_inspector, version=0)
    barred = {sheet.unit: sheet.barred for sheet in queries.sheets(own.inspection, office.inspector)}
    assert barred == {office.section: oversight.OWN_UNIT, office.bureau: "", office.station: ""}


def test_an_answer_is_kept_at_once_and_may_be_changed_until_the_end(office, inspection):
    check = inspection().checks.first()
    check = operations.answer(check, fault(picture=picture()), by=office.chief_inspector, version=0)
    assert (check.result, check.points, check.version) == (CheckResult.FAULT, Decimal(2), 1)
    assert (check.checked_by, check.checked_at) == (office.chief_inspector, clock.now())
    assert check.picture.name == "截图.png"
    check = operations.answer(check, GOOD, by=office.inspector, version=1)
    assert (check.result, check.finding, check.points, check.picture) == (CheckResult.GOOD, "", 0, None)
    notes = AuditEntry.objects.filter(verb="check").order_by("pk").values_list("note", flat=True)
    assert list(notes) == ["有问题，扣 2 分：最近一条发布于 9 月 1 日", "合格"]


def test_a_fault_says_what_it_is_and_a_screenshot_is_a_picture(office, inspection):
    check = inspection().checks.first()
    with pytest.raises(Refused, match="写明发现的问题"):
        operations.answer(check, fault(finding=" "), by=office.chief_inspector, version=0)
    text = picture("说明.txt")
    text.file.seek(0)
    text.file.write("文字".encode())
    with pytest.raises(Refused):
        operations.answer(check, fault(picture=text), by=office.chief_inspector, version=0)
    check.refresh_from_db()
    assert check.result == CheckResult.PENDING


def test_the_second_of_two_who_answer_one_item_is_told_what_the_first_wrote(office, inspection):
    check = inspection().checks.first()
    operations.answer(check, GOOD, by=office.inspector, version=0)
    with pytest.raises(TooLate, match="刚刚填写了这一项（合格）"):
        operations.answer(check, fault(), by=office.chief_inspector, version=0)
    check.refresh_from_db()
    assert check.result == CheckResult.GOOD


def test_it_ends_only_when_every_item_is_answered_and_with_a_summary(office, inspection):
    found = inspection()
    last = found.checks.first()
    fill(found, office, but=last.pk)
    with pytest.raises(Refused, match="还有 1 项"):
        operations.end(found, summary="好。", by=office.chief_inspector)
    operations.answer(last, GOOD, by=office.chief_inspector, version=0)
    with pytest.raises(Refused, match="小结"):
        operations.end(found, summary=" ", by=office.chief_inspector)
    ended = operations.end(found, summary="好。", by=office.chief_inspector)
    assert (ended.state, ended.ended_at) == (InspectionState.DONE, clock.now())
    with pytest.raises(TooLate):
        operations.answer(last, fault(), by=office.chief_inspector, version=1)


def test_at_the_end_rectifications_are_ordered_and_the_units_are_told(office, officer, inspection):
    found = inspection(sample=9)
    check = found.checks.filter(unit=office.station).first()
    operations.answer(check, fault(rectify_days=3), by=office.chief_inspector, version=0)
    fill(found, office)
    assert Rectification.objects.count() == 0
    operations.end(found, summary="有一处问题。", by=office.chief_inspector)
    row = Rectification.objects.get()
    assert (row.key, row.unit, row.demand) == (
        f"check-{check.pk}",
        office.station,
        "最近一条发布于 9 月 1 日",
    )
    assert row.due_on.isoformat() == "2026-09-18"
    told = Notice.objects.filter(recipient=office.station_head).values_list("title", flat=True)
    assert {title.split("：")[0] for title in told} == {"检查发现 1 个问题", "责令整改"}


def test_a_fault_may_be_ordered_to_be_put_right_afterwards_once(office, inspection):
    found = inspection()
    check = found.checks.exclude(unit=office.bureau).first()
    operations.answer(check, fault(), by=office.chief_inspector, version=0)
    with pytest.raises(Refused, match="检查结束后"):
        operations.order_rectification(check, working_days=5, by=office.chief_inspector)
    fill(found, office)
    operations.end(found, summary="好。", by=office.chief_inspector)
    done = operations.order_rectification(check, working_days=5, by=office.chief_inspector)
    assert done.rectification.unit == check.unit
    with pytest.raises(TooLate, match="已经责令"):
        operations.order_rectification(check, working_days=5, by=office.chief_inspector)


def test_a_plan_is_changed_or_called_off_before_it_begins_and_never_drawn_again(office, plan, inspection):
    found = inspection("plan")
    later = plan(planned_on=clock.today() + timedelta(days=3), sample=1)
    assert operations.change(found, later, by=office.inspector).sample == 1
    begun = operations.begin(found, by=office.chief_inspector)
    for act in (
        lambda: operations.change(begun, later, by=office.inspector),
        lambda: operations.begin(begun, by=office.chief_inspector),
        lambda: operations.call_off(begun, by=office.chief_inspector, note="不查了"),
    ):
        with pytest.raises(TooLate):
            act()
    with pytest.raises(Refused, match="理由"):
        operations.call_off(inspection("plan"), by=office.chief_inspector, note="")
    called_off = operations.call_off(inspection("plan"), by=office.chief_inspector, note="改到下月")
    assert called_off.state == InspectionState.CALLED_OFF


def test_units_see_what_was_found_about_them_once_it_is_over(office, officer, inspection):
    found = inspection(sample=9)
    assert list(queries.visible_to(officer)) == []
    fill(found, office)
    operations.end(found, summary="好。", by=office.chief_inspector)
    assert list(queries.visible_to(officer)) == [found]
    assert {check.unit for check in queries.checks_for(found, officer)} == {office.station}
    assert list(queries.visible_to(office.auditor)) == [found]


def test_what_is_under_way_or_due_today_waits_for_whoever_assesses(office, plan, inspection):
    due, begun = inspection("plan"), inspection()
    inspection("end")
    inspection("plan", planned_on=clock.today() + timedelta(days=1))
    assert set(queries.to_do(office.chief_inspector)) == {due, begun}
    assert list(queries.to_do(office.auditor)) == []


def test_points_of_the_units_are_added_up(office, inspection):
    found = inspection(sample=9)
    for check in found.checks.filter(unit=office.station)[:2]:
        operations.answer(check, fault(points=Decimal("1.5")), by=office.chief_inspector, version=0)
    assert queries.points(found.checks.all()) == [(office.station, 2, Decimal(3))]
    assert Inspection.objects.count() == 1
    assert InspectionCheck.objects.filter(unit=office.station, checked_at__isnull=False).count() == 2

"""申报、备案、停用、暂停 (大庆第五条): by whom, with which reason, and what holds afterwards."""

from datetime import date

import pytest

from columns.enums import CadenceRule, CadenceState
from columns.models import Cadence, CadencePause
from columns.operations import cadences as operations
from columns.rules.cadences import Filing
from portal import clock
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, Refused, TooLate
from tests.assessment.slips.conftest import moment


@pytest.fixture
def filing(slips):
    def make(**terms) -> Filing:
        usual = {
            "department": slips.section,
            "rule": CadenceRule.MAX_SILENCE,
            "days": 10,
            "clause": "本室细则第三条",
        }
        return Filing(**usual | terms)

    return make


def test_a_unit_files_and_the_centre_accepts(slips, filing):
    with clock.at(moment("2026-09-10")):
        cadence = operations.file(filing(column=slips.trends), by=slips.collector, note="每旬一次")
    assert (cadence.state, cadence.filed_by, str(cadence)) == (
        CadenceState.FILED, slips.collector, "每 10 日内至少更新一次",
    )  # fmt: skip
    asked = Notice.objects.filter(url=cadence.get_absolute_url(), kind="TODO")
    assert {one.recipient for one in asked} == {slips.chief_inspector}  # 办公室's own inspector is not asked
    with clock.at(moment("2026-09-11")):
        cadence = operations.accept(cadence, by=slips.chief_inspector)
    assert (cadence.state, cadence.in_force_since) == (CadenceState.IN_FORCE, date(2026, 9, 11))
    assert not asked.filter(read_at=None).exists()
    assert AuditEntry.objects.filter(object_type="columns.cadence").count() == 2


def test_what_is_accepted_replaces_what_the_unit_filed_before(slips, filing, limit):
    ruled = limit(slips.trends)
    first = operations.accept(
        operations.file(filing(column=slips.trends), by=slips.collector), by=slips.chief_inspector
    )
    operations.accept(
        operations.file(filing(column=slips.trends, days=5), by=slips.collector), by=slips.chief_inspector
    )
    first.refresh_from_db()
    ruled.refresh_from_db()
    assert (first.state, ruled.state) == (CadenceState.ENDED, CadenceState.IN_FORCE)


@pytest.mark.parametrize("verb", ["accept", "refuse", "end"])
def test_neither_the_unit_nor_who_does_not_inspect_decides(slips, filing, verb):
    cadence = operations.file(filing(), by=slips.collector)
    Cadence.objects.filter(pk=cadence.pk).update(state="IN_FORCE" if verb == "end" else "FILED")
    for person, why in ((slips.inspector, "本单位"), (slips.collector, "检查权限")):
        with pytest.raises(NotAllowed, match=why):
            getattr(operations, verb)(cadence, by=person, note="理由")


def test_refusing_and_ending_need_a_reason_and_are_told(slips, filing):
    cadence = operations.file(filing(), by=slips.collector)
    with pytest.raises(Refused, match="理由"):
        operations.refuse(cadence, by=slips.chief_inspector, note=" ")
    operations.refuse(cadence, by=slips.chief_inspector, note="间隔太长")
    assert (
        Notice.objects.get(title__startswith="更新时限未予备案", recipient=slips.collector).body == "间隔太长"
    )
    with pytest.raises(TooLate):
        operations.accept(cadence, by=slips.chief_inspector)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"rule": CadenceRule.AT_LEAST}, "period"),
        ({"rule": CadenceRule.MAX_SILENCE, "days": None}, "days"),
        ({"rule": CadenceRule.MAX_SILENCE, "days": 0}, "days"),
        ({"rule": CadenceRule.FIXED_DATES}, "dates"),
    ],
)
def test_what_is_missing_is_said_at_its_field(slips, filing, terms, field):
    with pytest.raises(Refused) as refusal:
        operations.file(filing(**terms), by=slips.collector)
    assert refusal.value.field == field


def test_nobody_files_for_others_or_for_columns_of_others_or_twice(slips, filing):
    with pytest.raises(NotAllowed):
        operations.file(filing(department=slips.station), by=slips.collector)
    with pytest.raises(NotAllowed):
        operations.file(filing(), by=slips.staff)
    with pytest.raises(Refused, match="不由本单位采集"):
        operations.file(filing(column=slips.sub_news), by=slips.collector)
    operations.file(filing(), by=slips.collector)
    with pytest.raises(TooLate):
        operations.file(filing(days=3), by=slips.collector)


def test_a_pause_is_given_to_others_only_with_days_in_order(slips):
    days = {"starts_on": date(2026, 9, 10), "ends_on": date(2026, 9, 20)}
    give = {"reason": "机房检修", "by": slips.chief_inspector}
    pause = operations.pause(column=slips.trends, **days, **give)
    assert [pause.holds_on(date(2026, 9, day)) for day in (9, 10, 20, 21)] == [False, True, True, False]
    with pytest.raises(Refused, match="不能早于"):
        operations.pause(
            department=slips.section, starts_on=date(2026, 9, 10), ends_on=date(2026, 9, 9), **give
        )
    with pytest.raises(Refused, match="理由"):
        operations.pause(department=slips.section, **days, reason=" ", by=slips.chief_inspector)
    for person, why in ((slips.inspector, "本单位"), (slips.moderator, "检查权限")):
        with pytest.raises(NotAllowed, match=why):
            operations.pause(column=slips.trends, **days, reason="检修", by=person)


def test_a_pause_is_lifted_once(slips):
    with clock.at(moment("2026-09-10")):
        pause = operations.pause(
            department=slips.section,
            starts_on=date(2026, 9, 9),
            ends_on=None,
            reason="改版",
            by=slips.chief_inspector,
        )
        operations.lift(pause, by=slips.chief_inspector, note="")
        pause.refresh_from_db()
        assert pause.ends_on == date(2026, 9, 9)
        with pytest.raises(TooLate):
            operations.lift(pause, by=slips.chief_inspector, note="")
        later = operations.pause(
            department=slips.section,
            starts_on=date(2026, 9, 10),
            ends_on=None,
            reason="搬迁",
            by=slips.chief_inspector,
        )
        operations.lift(later, by=slips.chief_inspector, note="不搬了")
    assert CadencePause.objects.count() == 1

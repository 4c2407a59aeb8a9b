"""麻山第四条: opened, self-scored, fixed, made public, objected to, sealed; and what nobody may do on the way."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessment.enums.facts import Verdict
from assessment.enums.scores import ObjectionState, RoundState
from assessment.models import IndicatorScore, Mention, Objection, Publication, Rectification, Round, UnitScore
from assessment.operations import facts, fixing, objections, schemes, scoring, sealing, self_scores
from assessment.operations.self_scores import Claim
from assessment.queries import boards, evidence
from assessment.rules.seals import contradictions
from portal import clock
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, Refused, TooLate
from publishing import operations as publishing
from tests.assessment.scores.conftest import (
    FIRST,
    NOW,
    a_fixing,
    fix_all,
    make_public,
    of_unit,
    point,
    points,
    put_online,
)
from tests.assessment.scores.test_mashan_by_hand import score_as_json

ALL = ("leader", "target", "solving", "person")
LATER = NOW + timedelta(days=20)


def claims(**changes) -> dict[str, Claim]:
    found = {
        "leadership": Claim(items=("leader", "person")), "frequency": Claim(Decimal(30)),
        "volume": Claim(Decimal(30)), "documents": Claim(Decimal(0)),
    }  # fmt: skip
    return found | changes


def test_the_sweep_opens_what_is_over_once_and_twice_is_harmless(october):
    october.round.delete()
    schemes.use(october.schemes["mashan"], by=october.chief_inspector)
    assert scoring.score_rounds() == 1
    found = Round.objects.get()
    assert (found.starts_on, found.ends_on, found.state) == (FIRST, FIRST.replace(day=30), RoundState.OPEN)
    assert (found.self_due_on.isoformat(), found.fix_due_on.isoformat()) == ("2026-10-10", "2026-10-15")
    before = list(IndicatorScore.objects.values_list("key", "computed", "version"))
    assert scoring.score_rounds() == 0
    assert list(IndicatorScore.objects.values_list("key", "computed", "version")) == before


def test_computing_anew_follows_the_facts_and_keeps_what_people_said(october):
    score = of_unit(october.round, october.section)
    self_scores.self_score(score, claims(), by=october.collector)
    put_online(october, 30)
    facts.gather_all()
    scoring.score_rounds()
    assert points(of_unit(october.round, october.section))["volume"] == 36
    assert point(october.round, october.section, "volume").claimed == 30


def test_a_unit_claims_with_ticks_notes_and_files(october):
    score = of_unit(october.round, october.section)
    proof = SimpleUploadedFile("分管领导分工文件.txt", "张副局长分管".encode())
    said = claims(leadership=Claim(items=("leader", "made up"), note="见分工文件", files=(proof,)))
    self_scores.self_score(score, said, by=october.collector)
    leadership = point(october.round, october.section, "leadership")
    assert (leadership.claimed, leadership.claimed_items, leadership.claim_note) == (
        10,
        ["leader"],
        "见分工文件",
    )
    assert [file.name for file in leadership.files.all()] == ["分管领导分工文件.txt"]
    score = of_unit(october.round, october.section)
    assert (score.self_scored_by, score.is_self_scored_late) == (october.collector, False)


def test_a_late_self_score_is_marked_and_after_fixing_began_refused(october):
    score = of_unit(october.round, october.section)
    with clock.at(datetime(2026, 10, 12, 2, tzinfo=UTC)):
        self_scores.self_score(score, claims(), by=october.collector)
        assert of_unit(october.round, october.section).is_self_scored_late
        fix_all(october, ticks={october.section.pk: ("leader", "person")})
        with pytest.raises(TooLate, match="已经开始核定"):
            self_scores.self_score(score, claims(), by=october.collector)


@pytest.mark.parametrize(
    ("who", "unit"), [("staff", "section"), ("outsider", "section"), ("collector", "station")]
)
def test_only_who_collects_or_reviews_for_the_unit_scores_it(october, who, unit):
    score = of_unit(october.round, getattr(october, unit))
    with pytest.raises(NotAllowed):
        self_scores.self_score(score, claims(), by=getattr(october, who))
    assert of_unit(october.round, getattr(october, unit)).self_scored_at is None


@pytest.mark.parametrize("claim", [None, Decimal(-1), Decimal("30.01"), Decimal("1.005")])
def test_a_claim_out_of_bounds_is_refused_at_its_indicator(october, claim):
    with pytest.raises(Refused) as refusal:
        self_scores.self_score(
            of_unit(october.round, october.section), claims(frequency=Claim(claim)), by=october.collector
        )
    assert refusal.value.field == "frequency"
    assert point(october.round, october.section, "volume").claimed is None


def test_a_figure_that_differs_from_the_systems_needs_a_reason(october):
    volume = point(october.round, october.section, "volume")
    with pytest.raises(Refused, match="请写明调整理由"):
        fixing.fix(volume.unit_score, {"volume": a_fixing(volume, 24)}, by=october.chief_inspector)
    fixing.fix(
        volume.unit_score, {"volume": a_fixing(volume, 24, "一件内容不实")}, by=october.chief_inspector
    )
    volume.refresh_from_db()
    assert (volume.fixed, volume.reason, volume.fixed_by) == (24, "一件内容不实", october.chief_inspector)
    assert of_unit(october.round, october.section).total == 54
    note = AuditEntry.objects.filter(verb="fix").first().note
    assert note == "信息发布量 24.00 分（一件内容不实）"


def test_a_checklist_that_differs_from_the_claim_needs_a_reason(october):
    self_scores.self_score(of_unit(october.round, october.section), claims(), by=october.collector)
    leadership = point(october.round, october.section, "leadership")
    fixings = {"leadership": a_fixing(leadership, items=("leader",))}
    with pytest.raises(Refused, match=r"与自评分（20\.00 分）不同"):
        fixing.fix(leadership.unit_score, fixings, by=october.chief_inspector)


def test_two_people_fixing_the_same_point_the_second_is_told(october):
    volume = point(october.round, october.section, "volume")
    fixing.fix(volume.unit_score, {"volume": a_fixing(volume, 24, "甲")}, by=october.chief_inspector)
    with pytest.raises(TooLate, match=r"已由纪正核定为 24\.00 分"):
        fixing.fix(volume.unit_score, {"volume": a_fixing(volume, 18, "乙")}, by=october.second_assessor)
    assert point(october.round, october.section, "volume").fixed == 24


def test_nobody_fixes_their_own_unit_not_even_the_rest(october):
    score = of_unit(october.round, october.supervision)
    with pytest.raises(NotAllowed, match="不能核定本单位"):
        fixing.fix(score, {}, by=october.chief_inspector)
    fixing.fix_rest(october.round, by=october.chief_inspector)
    assert not score.points.filter(fixed__isnull=False).exists()
    assert of_unit(october.round, october.section).points.filter(fixed=None).count() == 1  # the checklist


@pytest.mark.parametrize("who", ["collector", "auditor", "staff"])
def test_whoever_does_not_assess_fixes_and_publishes_nothing(october, who):
    by = getattr(october, who)
    for act in (
        lambda: fixing.fix(of_unit(october.round, october.station), {}, by=by),
        lambda: fixing.fix_rest(october.round, by=by),
        lambda: scoring.publish(october.round, by=by),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_round_with_points_that_nobody_fixed_is_not_made_public(october):
    fixing.fix_rest(october.round, by=october.chief_inspector)
    with pytest.raises(
        Refused, match="还有 6 项没有核定，或核定后系统分又有变化：办公室、北桥工商所、监察室"
    ):
        scoring.publish(october.round, by=october.chief_inspector)
    october.round.refresh_from_db()
    assert october.round.state == RoundState.OPEN


def test_what_changed_after_it_was_fixed_must_be_looked_at_again(october):
    fix_all(october)
    put_online(october, 30)
    facts.gather_all()
    with pytest.raises(Refused, match="还有 1 项没有核定，或核定后系统分又有变化：办公室"):
        scoring.publish(october.round, by=october.chief_inspector)
    volume = point(october.round, october.section, "volume")
    assert (volume.computed, volume.fixed, volume.needs_fixing) == (36, 30, True)


def test_a_published_round_has_places_keeps_its_things_and_opens_the_window(october):
    self_scores.self_score(of_unit(october.round, october.section), claims(), by=october.collector)
    round_ = make_public(october, ticks={october.section.pk: ("leader", "person"), october.station.pk: ALL})
    assert [(one.unit_name, one.total, one.place) for one in round_.units.order_by("place")] == [
        ("办公室", 80, 1), ("北桥工商所", 62, 2), ("监察室", 0, 3),
    ]  # fmt: skip
    assert round_.objections_until.isoformat() == "2026-10-14"
    kept = point(round_, october.section, "volume").facts["things"]["publication"]
    assert sorted(kept) == sorted(
        Publication.objects.filter(article__in=october.texts).values_list("pk", flat=True)
    )
    assert Notice.objects.filter(recipient=october.collector, title__contains="已公布").exists()
    with pytest.raises(TooLate):
        fixing.fix(of_unit(round_, october.section), {}, by=october.chief_inspector)


def test_an_objection_within_the_window_is_upheld_with_a_new_figure_and_a_new_place(october):
    round_ = make_public(
        october, ticks={october.section.pk: (), october.station.pk: ("leader", "person", "target")}
    )
    volume = point(round_, october.station, "volume")
    october.outsider.department = october.station
    objection = objections.raise_(
        point(round_, october.section, "leadership"), "有分工文件", by=october.collector
    )
    with pytest.raises(TooLate, match="已经有异议"):
        objections.raise_(point(round_, october.section, "leadership"), "再说一次", by=october.head_person)
    with pytest.raises(Refused, match="与原分相同"):
        objections.uphold(objection, Decimal(0), by=october.chief_inspector, note="有文件")
    objections.uphold(objection, Decimal(10), by=october.chief_inspector, note="分工文件属实")
    changed = point(round_, october.section, "leadership")
    assert (changed.fixed, changed.reason) == (10, "异议成立：分工文件属实")
    assert of_unit(round_, october.section).total == 70
    assert Objection.objects.get().state == ObjectionState.UPHELD
    assert volume.computed == 12
    with pytest.raises(TooLate):
        objections.reject(Objection.objects.get(), by=october.chief_inspector, note="再想想")


def test_an_objection_may_be_rejected_with_a_reason_never_by_ones_own_unit(october):
    round_ = make_public(october)
    objection = objections.raise_(point(round_, october.section, "volume"), "少算一条", by=october.collector)
    with pytest.raises(NotAllowed):
        objections.reject(objection, by=october.inspector, note="本单位的人")
    with pytest.raises(Refused, match="请写明"):
        objections.reject(objection, by=october.chief_inspector, note=" ")
    objections.reject(objection, by=october.chief_inspector, note="第五条是拆分发布")
    objection.refresh_from_db()
    assert (objection.state, objection.answer) == (ObjectionState.REJECTED, "第五条是拆分发布")
    assert Notice.objects.filter(recipient=october.collector, title__contains="维持原分").exists()


def test_after_the_window_an_objection_is_refused_with_the_day(october):
    round_ = make_public(october)
    with (
        clock.at(datetime(2026, 10, 16, 2, tzinfo=UTC)),
        pytest.raises(TooLate, match="异议期已于 2026-10-14 截止"),
    ):
        objections.raise_(point(round_, october.section, "volume"), "晚了", by=october.collector)


def test_it_is_sealed_after_the_window_once_every_objection_is_answered(october):
    round_ = make_public(october)
    objection = objections.raise_(point(round_, october.section, "volume"), "少算一条", by=october.collector)
    assert sealing.freeze_due() == 0
    with clock.at(LATER):
        assert sealing.freeze_due() == 0
        objections.reject(objection, by=october.chief_inspector, note="没有少算")
        assert (sealing.freeze_due(), sealing.freeze_due()) == (1, 0)
    round_.refresh_from_db()
    assert (round_.state, len(round_.digest)) == (RoundState.FROZEN, 64)


def sealed(world, **ticks) -> Round:
    round_ = make_public(world, **ticks)
    with clock.at(LATER):
        sealing.freeze_due()
    round_.refresh_from_db()
    return round_


def test_a_seal_is_proved_from_what_was_sealed_and_a_changed_figure_shows(october):
    round_ = sealed(october)
    assert contradictions(round_, round_.units.all()) == []
    UnitScore.objects.filter(unit=october.station).update(total=99)
    assert contradictions(round_, round_.units.all()) == [
        "校验值不符：封存的规则、事实或得分被改动", "北桥工商所：各项合计 32.00，总分却是 99.00",
    ]  # fmt: skip


def test_a_withdrawn_article_changes_nothing_silently_and_is_shown_as_a_later_event(october):
    round_ = sealed(october)
    before = score_as_json()
    assert before["frozen"] is True
    with clock.at(LATER + timedelta(days=1)):
        publishing.withdraw(october.texts[0], by=october.moderator, note="内容有误")
        scoring.score_rounds()
        found = evidence.later(round_)
    assert [(one.unit, one.what, one.line.title) for one in found] == [
        ("办公室", "已撤稿", october.texts[0].title)
    ]
    assert score_as_json() == before
    assert contradictions(round_, round_.units.all()) == []


def test_an_overruled_publication_and_a_late_one_are_later_events_too(october):
    round_ = sealed(october)
    with clock.at(LATER + timedelta(days=1)):
        fact = Publication.objects.get(article=october.others[0])
        facts.overrule(fact, Verdict.DUPLICATE, by=october.chief_inspector, note="与市局通稿相同")
        missed = put_online(october, 30)
        facts.gather_all()
        scoring.recompute_about(fact)
        found = {(one.unit, one.what, one.line.title) for one in evidence.later(round_)}
    assert found == {
        ("北桥工商所", "不再计入", october.others[0].title), ("办公室", "应计入而封存时没有", missed.title),
    }  # fmt: skip
    assert of_unit(round_, october.station).total == 32


def test_whoever_fails_is_listed_and_must_put_it_right_by_a_day(october):
    round_ = sealed(october, ticks={october.section.pk: ALL})
    assert [(one.unit, one.kind) for one in Mention.objects.order_by("unit__position")] == [
        (october.station, "CRITICISM"), (october.supervision, "CRITICISM"),
    ]  # fmt: skip
    order = Rectification.objects.get(unit=october.station)
    assert (order.subject, order.clause) == (f"{round_}考核不及格", "考核办法第三条、第四条、第五条")
    sealing.freeze_due()
    assert (Mention.objects.count(), Rectification.objects.count()) == (2, 2)


def test_the_year_is_summed_up_from_its_months_with_the_prizes_of_the_regulation(october):
    """年终综合: the mean of the months; prizes for the first six, nobody below the pass mark."""
    schemes.use(october.schemes["mashan"], by=october.chief_inspector)
    sealed(october, ticks={october.section.pk: ALL, october.station.pk: ALL})
    with clock.at(datetime(2027, 1, 4, 2, tzinfo=UTC)):
        scoring.score_rounds()
        year = Round.objects.get(cycle="YEAR")
        assert (year.starts_on.isoformat(), year.fix_due_on.isoformat(), year.self_due_on) == (
            "2026-01-01", "2027-01-31", None,
        )  # fmt: skip
        assert points(of_unit(year, october.section)) == {
            "leadership": 30, "frequency": 30, "volume": 30, "documents": 0,
        }  # fmt: skip
        fixing.fix_rest(year, by=october.chief_inspector)
        fixing.fix_rest(year, by=october.second_assessor)
        scoring.publish(year, by=october.chief_inspector)
    assert [(one.unit_name, one.award) for one in year.units.order_by("place")] == [
        ("办公室", "一等奖"), ("北桥工商所", "二等奖"), ("监察室", ""),
    ]  # fmt: skip


def test_three_offices_agree_before_it_is_made_public(october):
    """本溪（三）: 联合考评."""
    round_, _ = scoring.open_round(october.schemes["benxi"], "YEAR", FIRST.replace(year=2025, month=1))
    for score in round_.units.all():
        by = october.second_assessor if score.unit == october.supervision else october.chief_inspector
        fixings = {
            one.key: a_fixing(one, one.computed if one.computed is not None else "0.5")
            for one in score.points.all()
        }
        fixing.fix(score, fixings, by=by)
    with pytest.raises(Refused, match="须由 3 个部门会签，现有 0 个"):
        scoring.publish(round_, by=october.chief_inspector)
    for by in (october.chief_inspector, october.second_assessor, october.inspector):
        sealing.consent(round_, by=by)
    with pytest.raises(NotAllowed, match="本部门已经会签"):
        sealing.consent(round_, by=october.inspector)
    scoring.publish(round_, by=october.chief_inspector)
    assert {one.total for one in round_.units.all()} == {Decimal(2)}


def test_a_new_figure_ends_the_agreement_of_the_offices(october):
    round_, _ = scoring.open_round(october.schemes["benxi"], "YEAR", FIRST.replace(year=2025, month=1))
    sealing.consent(round_, by=october.chief_inspector)
    approval = point(round_, october.section, "approval")
    fixing.fix(approval.unit_score, {"approval": a_fixing(approval, "0.3")}, by=october.chief_inspector)
    assert round_.consents.count() == 0


def test_boards_show_the_change_of_places_and_the_last_totals(october):
    make_public(october)
    with clock.at(datetime(2026, 11, 6, 2, tzinfo=UTC)):
        later, _ = scoring.open_round(october.schemes["mashan"], "MONTH", FIRST.replace(month=10))
        october.round = later
        make_public(october, ticks={october.station.pk: ALL})
    rows = {row.score.unit: row for row in boards.board(later).rows}
    assert (rows[october.station].score.place, rows[october.station].change_in_words) == (1, "上升 1 位")
    assert rows[october.station].line == [32, 30]
    assert rows[october.section].change_in_words == "下降 1 位"

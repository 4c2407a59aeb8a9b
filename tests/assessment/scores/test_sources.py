"""Where facts come from: letters, reminders, inspections, violations, adoption, documents, and how fast one publishes."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType

from assessment.enums.facts import Verdict
from assessment.models import Inspection, InspectionCheck, Publication, ReminderSlip, Violation
from assessment.operations import facts
from assessment.queries.facts.base import FACTS
from assessment.rules.points import Tally, Window
from columns.models import Column
from interaction.models import Letter, Letterbox, Matter, Question
from interaction.queries.letters import ANSWER_LABEL
from portal import clock
from portal.models import Limit, User
from publishing.models import ReviewStep, Revision
from tests.assessment.scores.conftest import put_online

SEPTEMBER = Window(date(2026, 9, 1), date(2026, 9, 30))


def on(day: int, hour: int = 2, month: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def found(key: str, **options) -> dict[int, Tally]:
    return FACTS[key].tally(SEPTEMBER, options)


def lines(key: str, **options) -> list:
    """Every line, as counted or not; the ids counted are those of the tally."""
    fact = FACTS[key]
    ids = {pk for numbers in fact.ids(SEPTEMBER, options).values() for pk in numbers}
    return fact.lines(fact.rows(SEPTEMBER, options), ids)


def numbers(number, of=None) -> Tally:
    return Tally(Decimal(number), None if of is None else Decimal(of))


@pytest.fixture
def letters(october):
    """Due in September: answered in time, answered late, not answered; and one due in October."""
    box = Letterbox.objects.create(
        site=october.main,
        key="juzhang",
        name="局长信箱",
        receiver=october.section,
        office=october.section,
        clause="测试",
    )
    matter = Matter.objects.create(
        letterbox=box, key="tousu", name="投诉", kind="COMPLAINT", answer_days=10, clause="测试"
    )
    kind = ContentType.objects.get_for_model(Letter)
    said = [
        ("按时", on(10), on(9)), ("逾期", on(11), on(14)), ("未答复", on(20), None), ("下月到期", on(6, month=10), None),
    ]  # fmt: skip
    for n, (title, due_at, met_at) in enumerate(said):
        letter = Letter.objects.create(
            site=october.main, letterbox=box, matter=matter, code=f"L{n}", nonce=str(n), title=title, body="内容",
            department=october.section, written_at=on(1), satisfaction="SATISFIED" if met_at else "",
            rated_at=met_at and met_at + timedelta(days=1),
        )  # fmt: skip
        for label, due in ((ANSWER_LABEL, due_at), ("受理", on(2))):
            Limit.objects.create(
                subject_type=kind, subject_id=letter.pk, label=label, clause="测试", working_days=10,
                started_at=on(1), due_at=due, met_at=met_at,
            )  # fmt: skip
    return october


def test_letters_count_in_the_month_their_answer_falls_due(letters):
    unit = letters.section.pk
    assert found("letters_in_time") == {unit: numbers(1, 3)}
    assert found("letters_missed") == {unit: numbers(2, 3)}
    assert found("letters_unanswered") == {unit: numbers(1, 3)}
    assert {(one.title, one.counted) for one in lines("letters_in_time")} == {
        ("按时", True), ("逾期", False), ("未答复", False),
    }  # fmt: skip
    assert "2026-09-14 答复，限期 2026-09-11" in {one.why for one in lines("letters_missed")}


def test_ratings_count_in_the_month_they_were_given(letters):
    Letter.objects.filter(title="逾期").update(satisfaction="DISSATISFIED")
    assert found("satisfaction") == {letters.section.pk: numbers(1, 2)}


def test_questions_have_the_clock_of_their_own_kind(october):
    column = Column.objects.create(site=october.main, name="法制园地", slug="fazhiyuandi", kind="QUESTIONS")
    question = Question.objects.create(
        site=october.main, column=column, title="如何登记", asked_by=october.staff, department=october.section,
        asked_at=on(1), key="6f1c1f5e-0c7d-4c8e-9d55-3f1f3a0c1a03",
    )  # fmt: skip
    Limit.objects.create(
        subject_type=ContentType.objects.get_for_model(Question), subject_id=question.pk, label="答复提问", clause="测试",
        working_days=2, started_at=on(1), due_at=on(3), met_at=on(2),
    )  # fmt: skip
    assert found("questions_in_time") == {october.section.pk: numbers(1, 1)}
    assert found("questions_missed") == {october.section.pk: numbers(0, 1)}


def test_slips_faults_and_violations_cost_their_unit(october):
    slip = {
        "site": october.main,
        "unit": october.station,
        "rule": "每周至少 1 条",
        "clause": "第十五条",
        "since": date(2026, 8, 1),
    }
    for n, state in enumerate(("ISSUED", "LAPSED", "EXCUSED")):
        ReminderSlip.objects.create(
            number=f"2026-{n}", target=f"column:{n}", issued_at=on(5), due_on=date(2026, 9, 12), state=state,
            ended_at=on(13) if state == "LAPSED" else None, **slip,
        )  # fmt: skip
    inspection = Inspection.objects.create(
        title="九月检查", planned_on=date(2026, 9, 3), clause="办法第二十二条", planned_by=october.inspector
    )
    for key, result, cost in (("links", "FAULT", "0.5"), ("words", "FAULT", "1.25"), ("form", "GOOD", "9")):
        InspectionCheck.objects.create(
            inspection=inspection, column=october.news, unit=october.station, key=key, label=key, result=result,
            points=Decimal(cost), checked_at=on(4),
        )  # fmt: skip
    for item, state in (("f35-1", "RECORDED"), ("f35-2", "RECORDED"), ("f35-1", "STRUCK")):
        Violation.objects.create(
            unit=october.station, item=item, label=item, clause="第三十五条", facts="事实", on=date(2026, 9, 9),
            state=state, recorded_by=october.inspector, recorded_at=on(9),
        )  # fmt: skip
    unit = october.station.pk
    assert found("slips_issued") == {unit: numbers(2)}
    assert found("slips_lapsed") == {unit: numbers(1)}
    assert found("inspection_points") == {unit: numbers("1.75")}
    assert found("violations") == {unit: numbers(2)}
    assert found("violations", item="f35-2") == {unit: numbers(1)}


def test_what_the_site_above_takes_over_credits_its_origin(october):
    """By hand: the verdict of the facts is tried elsewhere."""
    origin, taken = Publication.objects.filter(unit=october.section).order_by("at")[:2]
    taken.verdict, taken.like, taken.unit = Verdict.ADOPTED, origin, october.station
    taken.save()
    assert found("adopted") == {october.section.pk: Tally(Decimal(1), None, frozenset({taken.on}))}
    assert [(one.unit, one.like, one.counted) for one in lines("adopted")] == [
        (october.section.pk, origin.revision.title, True)
    ]


def test_documents_are_online_the_same_or_the_next_day(october):
    """麻山第一条第 12 项."""
    column = Column.objects.create(
        site=october.main, name="文件通知", slug="wenjiantongzhi", update_class="documents"
    )
    below = Column.objects.create(site=october.main, name="区府文件", slug="qufuwenjian", parent=column)
    people = {
        name: User.objects.get(pk=getattr(october, name).pk)
        for name in ("collector", "head_person", "moderator")
    }
    world = SimpleNamespace(**(vars(october) | people | {"news": below}))
    for written, day in ((9, 9), (9, 10), (9, 11)):
        put_online(world, day, written_on=date(2026, 9, written))
    facts.gather_all()
    assert found("documents_in_time") == {october.section.pk: numbers(2, 3)}
    assert found("documents_in_time", update_class="", columns=["wenjiantongzhi"]) == {
        october.section.pk: numbers(2, 3)
    }
    assert [one.why for one in lines("documents_in_time") if not one.counted] == [
        "成文 2026-09-09，2 天后上网"
    ]


def test_hours_from_the_last_approval_to_publication(october):
    """气象第八条: 24 hours, 12 where a leading official signed."""
    rows = list(Publication.objects.filter(unit=october.section).order_by("at"))
    steps = ReviewStep.objects.filter(state="APPROVED")
    for row, hours in zip(rows, (1, 24, 25, 11, 13), strict=True):
        steps.filter(revision=row.revision).update(decided_at=row.at - timedelta(hours=hours))
    steps.filter(revision__in=[row.revision_id for row in rows[3:]]).update(power="sign")
    limits = {"hours": 24, "hours_signed": 12}
    unit = october.section.pk
    assert found("prompt", **limits)[unit] == numbers(3, 5)
    assert found("late", **limits)[unit] == numbers(2, 5)
    late = [one for one in lines("late", **limits) if one.counted]
    assert sorted(one.why for one in late) == [
        "一般信息，审核通过 25.0 小时后发布", "重大信息，审核通过 13.0 小时后发布",
    ]  # fmt: skip
    assert Revision.objects.filter(pk__in=[row.revision_id for row in rows]).count() == 5


def test_every_number_is_that_of_the_things_behind_it(letters):
    """The ids of a seal and the tally speak of the same things."""
    for key, fact in FACTS.items():
        ids, tallies = fact.ids(SEPTEMBER, {}), fact.tally(SEPTEMBER, {})
        counted = {unit: tally.number for unit, tally in tallies.items() if tally.number}
        if key != "inspection_points":
            assert {unit: len(pks) for unit, pks in ids.items()} == counted, key
    assert clock.today() == date(2026, 10, 8)

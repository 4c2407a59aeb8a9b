"""组卷: rules that fit each other and the bank; settings kept with the draft; nothing changes once it is approved."""

from datetime import timedelta

import pytest
from django.urls import reverse

from interaction.enums.activities import ActivityKind, ActivityState
from interaction.enums.banks import ExamQuestionKind as K
from interaction.models import Activity, ExamQuestion, ExamSetup, PaperRule
from interaction.operations import activities, banks
from interaction.operations import activity_moves as moves
from interaction.queries import papers as queries
from interaction.rules import kinds
from interaction.rules import papers as rules
from portal import clock
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.activity_kit import BARE, make
from tests.interaction.exams.conftest import draft, fill


def rule(bank, kind=K.SINGLE, count=1, points=2, **fields) -> PaperRule:
    return PaperRule(bank=bank, kind=kind, count=count, points=points, **fields)


# --- rules ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ({}, {}, True),
        ({"topic": "甲"}, {"topic": "乙"}, False),
        ({"topic": "甲"}, {}, True),
        ({"topic": "甲", "difficulty": "EASY"}, {"difficulty": "HARD"}, False),
        ({"topic": "甲"}, {"difficulty": "HARD"}, True),
        ({"kind": K.MULTIPLE}, {"kind": K.SINGLE}, False),
    ],
)
def test_two_rules_that_may_draw_the_same_question_are_told(bank, one, other, meet):
    found = rules.faults([rule(bank, **one), rule(bank, **other)], {0: 9, 1: 9})
    assert found == (["第 1 条与第 2 条会抽到同样的题，请用知识点或难度分开"] if meet else [])


def test_what_the_bank_lacks_is_told_by_rule(bank):
    found = rules.faults([rule(bank, count=2), rule(bank, kind=K.ESSAY, topic="权利", count=3)], {0: 2, 1: 1})
    assert found == ["第 2 条（简答·权利·不限难度）要 3 题，题库只有 1 题，还差 2 题"]


def test_a_paper_has_an_end(bank):
    found = rules.faults([rule(bank, count=150), rule(bank, kind=K.ESSAY, count=60)], {0: 150, 1: 60})
    assert found == ["一份试卷最多 200 题，现在有 210 题"]


def test_the_bank_is_counted_by_topic_kind_and_difficulty(bank, add):
    add(K.SINGLE, 1)
    add(K.SINGLE, 2, topic="乙")
    add(K.SINGLE, 3, topic="乙", difficulty="HARD")
    add(K.MULTIPLE, 4)
    lines = [
        rule(bank), rule(bank, topic="乙"), rule(bank, topic="乙", difficulty="HARD"), rule(bank, difficulty="HARD"),
        rule(bank, kind=K.MULTIPLE), rule(bank, kind=K.ESSAY),
    ]  # fmt: skip
    assert queries.availability(lines, clock.now()) == {0: 3, 1: 2, 2: 1, 3: 1, 4: 1, 5: 0}


def test_the_same_seed_draws_the_same_paper(bank):
    pool = [ExamQuestion(pk=pk, bank=bank, kind=K.SINGLE, options=["甲", "乙", "丙"]) for pk in range(1, 30)]
    how = {"shuffles_questions": True, "shuffles_options": True}
    one = rules.draw([(rule(bank, count=10), pool)], 7, **how)
    assert one == rules.draw([(rule(bank, count=10), list(reversed(pool)))], 7, **how)
    assert one != rules.draw([(rule(bank, count=10), pool)], 8, **how)
    assert sorted(one[0].order) == [0, 1, 2]


def test_true_or_false_always_offers_true_first(bank):
    pool = [
        ExamQuestion(pk=pk, bank=bank, kind=K.TRUE_FALSE, options=["正确", "错误"]) for pk in range(1, 20)
    ]
    drawn = rules.draw(
        [(rule(bank, kind=K.TRUE_FALSE, count=19), pool)], 1, shuffles_questions=True, shuffles_options=True
    )
    assert {tuple(one.order) for one in drawn} == {(0, 1)}


# --- a draft and its way ----------------------------------------------------------------------------


def test_a_new_exam_begins_with_settings_and_without_rules(office):
    exam = make(office, ActivityKind.EXAM)
    assert ExamSetup.objects.get().activity == exam
    with pytest.raises(Refused, match="请填写组卷规则"):
        moves.report(exam, by=office.collector)


def test_a_bank_that_does_not_suffice_keeps_the_exam_from_being_reported(make_exam, bank, office):
    exam = make_exam(upto="", SINGLE=(3, 5))
    banks.retire_question(bank.questions.first(), by=office.collector)
    with pytest.raises(Refused, match="要 3 题，题库只有 2 题，还差 1 题"):
        moves.report(exam, by=office.collector)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pass_mark": 16}, "及格分 16 分超出总分 15 分"),
        ({"minutes": 481 * 60}, "不够答题时间"),
    ],
)
def test_settings_that_cannot_be_keep_it_from_being_reported(make_exam, office, change, words):
    exam = make_exam(upto="", settings={"minutes": 30} | change, SINGLE=(3, 5))
    with pytest.raises(Refused, match=words):
        moves.report(exam, by=office.collector)


def test_once_reported_the_pool_is_fixed(make_exam, bank, office):
    exam = make_exam(upto="report", SINGLE=(3, 5))
    for question in list(bank.questions.all()):
        banks.retire_question(question, by=office.collector)
    assert moves.approve(exam, by=office.head_person).state == ActivityState.APPROVED


def test_an_approved_exam_does_not_change(make_exam, office):
    exam = make_exam(SINGLE=(1, 5))
    with pytest.raises(TooLate):
        activities.change(exam, by=office.collector)


def test_a_copy_has_settings_and_rules_and_no_papers(make_exam, office):
    exam = make_exam(settings={"attempts_allowed": 3}, SINGLE=(2, 5), ESSAY=(1, 10))
    new = activities.copy(exam, by=office.moderator)
    assert queries.setup_of(new).attempts_allowed == 3
    assert [(one.kind, one.count) for one in queries.rules_of(new)] == [("SINGLE", 2), ("ESSAY", 1)]


# --- the editor -------------------------------------------------------------------------------------


def typed(exam, *lines: dict, **fields) -> dict:
    found = {
        "minutes": 45, "pass_mark": 6, "attempts_allowed": 1, "multiple_rule": "PARTIAL", "version": exam.version,
        "shuffles_questions": "on", "form-TOTAL_FORMS": len(lines), "form-INITIAL_FORMS": 0, **fields,
    }  # fmt: skip
    for place, line in enumerate(lines):
        found |= {f"form-{place}-{name}": value for name, value in line.items()}
    return found


@pytest.fixture
def draft_exam(make_exam):
    return make_exam(upto="", SINGLE=(3, 5))


def editor(exam):
    return reverse("desk:exam_edit", args=[exam.pk])


def test_settings_and_rules_are_saved_together(sign_in, draft_exam, bank, office):
    client = sign_in(office.collector)
    line = {"bank": bank.pk, "kind": "SINGLE", "topic": "", "difficulty": "", "count": 2, "points": 5}
    blank = {"bank": "", "kind": "", "topic": "", "difficulty": "", "count": "", "points": ""}
    answer = client.post(editor(draft_exam), typed(draft_exam, line, blank))
    assert answer.headers["Location"] == reverse("desk:activity", args=[draft_exam.pk])
    setup = queries.setup_of(draft_exam)
    assert (setup.minutes, setup.multiple_rule, setup.shuffles_options) == (45, "PARTIAL", False)
    assert [(one.position, one.count, one.total) for one in queries.rules_of(draft_exam)] == [(1, 2, 10)]
    assert AuditEntry.objects.filter(verb="save_exam").count() == 2


def test_the_editor_tells_what_the_bank_lacks(sign_in, draft_exam, bank, office):
    banks.retire_question(bank.questions.first(), by=office.collector)
    page = sign_in(office.collector).get(editor(draft_exam))
    assert page.context["issues"] == ["第 1 条（单选·不限知识点·不限难度）要 3 题，题库只有 2 题，还差 1 题"]
    assert "2 题" in page.content.decode()


@pytest.mark.parametrize(
    ("line", "errors"),
    [
        ({"count": "x"}, {"count", "bank", "kind", "points"}),
        ({"bank": "999999", "kind": "SINGLE", "count": "1", "points": "1"}, {"bank"}),
        ({"kind": "NO", "count": "1", "points": "1"}, {"bank", "kind"}),
        ({"kind": "SINGLE", "count": "-1", "points": "9" * 30}, {"bank", "count", "points"}),
        ({"topic": "长" * 41}, {"bank", "kind", "topic", "count", "points"}),
        ({"topic": "a\0b", "kind": "SINGLE", "count": "1", "points": "1"}, {"bank", "topic"}),
    ],
)
def test_a_wrong_line_is_refused_at_its_fields(sign_in, draft_exam, office, line, errors):
    answer = sign_in(office.collector).post(editor(draft_exam), typed(draft_exam, line))
    assert (answer.status_code, set(answer.context["lines"].errors[0])) == (422, errors)
    assert queries.rules_of(draft_exam)[0].count == 3


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": "0"},
        {"minutes": "481"},
        {"pass_mark": "x"},
        {"attempts_allowed": "11"},
        {"multiple_rule": ""},
    ],
)
def test_wrong_settings_are_refused_at_their_field(sign_in, draft_exam, office, change):
    answer = sign_in(office.collector).post(editor(draft_exam), typed(draft_exam, **change))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, set(change))


def test_of_two_who_save_the_second_is_told(sign_in, draft_exam, office):
    client, old = sign_in(office.collector), Activity.objects.get(pk=draft_exam.pk)
    assert client.post(editor(draft_exam), typed(old)).status_code == 302
    assert client.post(editor(draft_exam), typed(old)).status_code == 409


@pytest.mark.parametrize("who", ["head_person", "signer", "inspector", "granter", "staff"])
def test_only_who_makes_exams_edits_them(sign_in, draft_exam, office, who):
    client = sign_in(getattr(office, who))
    assert [client.get(editor(draft_exam)).status_code, client.post(editor(draft_exam)).status_code] == [
        404,
        404,
    ]


def test_once_reported_the_editor_leads_back(sign_in, make_exam, office):
    exam = make_exam(upto="report", SINGLE=(1, 5))
    client = sign_in(office.collector)
    assert client.get(editor(exam)).headers["Location"] == reverse("desk:activity", args=[exam.pk])
    assert client.post(editor(exam), typed(exam)).status_code == 409


def test_another_kind_has_no_exam_pages(sign_in, office, monkeypatch):

    monkeypatch.setitem(kinds._kinds, ActivityKind.INTERVIEW, BARE)
    other = make(office)
    client = sign_in(office.moderator)
    for name in ("exam_edit", "exam_questions", "exam_run", "exam_mark", "exam_results"):
        assert client.get(reverse(f"desk:{name}", args=[other.pk])).status_code == 404


def test_exams_among_the_activities(sign_in, office):
    assert (
        sign_in(office.collector).get(reverse("desk:exams")).headers["Location"]
        == "/desk/activities/?kind=EXAM"
    )


# --- the questions ----------------------------------------------------------------------------------


def test_the_reviewer_reads_the_questions_once_the_bank_is_open(sign_in, make_exam, bank, office):
    exam = make_exam(upto="report", SINGLE=(2, 5))
    client, address = sign_in(office.head_person), reverse("desk:exam_questions", args=[exam.pk])
    page = client.get(address).content.decode()
    assert ("先打开题库" in page, "单选题1" in page) == (True, False)
    banks.open_(bank, by=office.head_person)
    assert "单选题1" in client.get(address, {"rule": "1"}).content.decode()
    assert client.get(address, {"rule": "x", "page": "9" * 30}).status_code == 200
    assert "2 题" in client.get(reverse("desk:activity", args=[exam.pk])).content.decode()


def test_whoever_may_not_open_the_bank_is_not_led_there(sign_in, make_exam, bank, office):
    exam = make_exam(SINGLE=(2, 5))
    for person, leads in ((office.signer, False), (office.inspector, True)):
        page = sign_in(person).get(reverse("desk:exam_questions", args=[exam.pk])).content.decode()
        assert (bank.get_absolute_url() in page, "须有全站的采集" in page) == (leads, not leads)


def test_the_questions_are_those_of_the_report(sign_in, make_exam, bank, office):
    exam = make_exam(upto="report", SINGLE=(2, 5))
    banks.add_question(bank, draft(number=50), by=office.collector)
    page = sign_in(office.collector).get(reverse("desk:exam_questions", args=[exam.pk]))
    assert page.context["listing"].paginator.count == 2


def test_editor_and_questions_cost_the_same_with_few_and_many(
    sign_in, make_exam, bank, office, django_assert_max_num_queries
):
    exam = make_exam(upto="", SINGLE=(1, 5), MULTIPLE=(1, 5))
    client = sign_in(office.collector)
    for name in ("exam_edit", "exam_questions"):
        client.get(reverse(f"desk:{name}", args=[exam.pk]))
        with django_assert_max_num_queries(30) as few:
            client.get(reverse(f"desk:{name}", args=[exam.pk]))
        fill(bank, office.collector, SINGLE=30, MULTIPLE=30)
        with django_assert_max_num_queries(30) as many:
            client.get(reverse(f"desk:{name}", args=[exam.pk]))
        assert len(many) == len(few)


def test_a_setup_of_somebody_elses_site_is_not_made(office):
    with pytest.raises(NotAllowed):
        activities.create(ActivityKind.EXAM, office.main, _frame(office), by=office.staff)


def _frame(office):
    now = clock.now()
    return activities.Frame(
        title="考试", department=office.section, opens_at=now, closes_at=now + timedelta(days=1)
    )


@pytest.mark.parametrize(
    ("who", "doors"),
    [("head_person", []), ("inspector", ["run"]), ("collector", ["mark"]), ("moderator", ["run", "mark"])],
)
def test_the_exams_page_offers_only_rooms_that_open(sign_in, make_exam, office, who, doors):
    exam = make_exam(SINGLE=(1, 5))
    client = sign_in(getattr(office, who))
    page = client.get(reverse("desk:activity", args=[exam.pk])).content.decode()
    offered = [name for name in ("run", "mark") if reverse(f"desk:exam_{name}", args=[exam.pk]) in page]
    assert offered == doors
    assert [client.get(reverse(f"desk:exam_{name}", args=[exam.pk])).status_code for name in doors] == [
        200
    ] * len(doors)

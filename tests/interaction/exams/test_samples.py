"""Sample banks and exams: sound questions, exams that the banks suffice for, played once by the real operations."""

from datetime import timedelta

from interaction.enums.activities import ActivityState, Phase
from interaction.models import Activity, Attempt, ExamQuestion, QuestionBank
from interaction.queries import exam_results, papers
from interaction.rules.exam_questions import faults
from portal import clock, presets
from portal.presets import exams, source

DATA = source.read_file(source.folder("jiangsu") / "demo" / "exams.yaml", "exams.yaml")
QUESTIONS = [row for bank in DATA["banks"] for row in bank["questions"]]


def test_there_are_enough_sound_questions():
    drafts = [exams.draft(row) for row in QUESTIONS]
    assert len({draft.fingerprint for draft in drafts}) == len(drafts) >= 60
    assert [fault for draft in drafts for fault in faults(draft)] == []


def test_every_explanation_says_what_the_answer_rests_on():
    assert [row["stem"] for row in QUESTIONS if not row.get("explanation")] == []


def test_the_samples_are_played_once(jiangsu):
    with clock.at(clock.now() - timedelta(days=74)):
        presets.hire("jiangsu")
    exams.play("jiangsu")
    counts = [noun.objects.count() for noun in (QuestionBank, ExamQuestion, Activity, Attempt)]
    exams.play("jiangsu")
    assert [noun.objects.count() for noun in (QuestionBank, ExamQuestion, Activity, Attempt)] == counts
    shown = {one.title: one.standing for one in Activity.objects.filter(kind="EXAM")}
    assert sorted(shown.values()) == sorted([Phase.CLOSED, Phase.OPEN, Phase.COMING, ActivityState.DRAFT])
    closed = Activity.objects.get(title="消费者权益保护法季度考试")
    assert (closed.results_published_at is not None, exam_results.issues(closed)) == (True, [])
    assert len(exam_results.standings(closed)) == 9
    draft = Activity.objects.get(state=ActivityState.DRAFT)
    assert any("还差" in issue for issue in papers.issues(draft))

"""The only writers of what an exam is beside its frame: its settings and the rules its papers are drawn by."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from columns import rules as column_rules
from interaction.enums.exams import MultipleRule
from interaction.models import Activity, ExamSetup, PaperRule, QuestionBank
from interaction.operations.activities import change
from portal import audit
from portal.enums import Power
from portal.models import User

SETTINGS = (
    "minutes", "pass_mark", "attempts_allowed", "multiple_rule", "shuffles_questions", "shuffles_options",
    "shows_answers", "names_people",
)  # fmt: skip
RULE = ("bank", "kind", "topic", "difficulty", "count", "points")


@dataclass(frozen=True, kw_only=True)
class RuleDraft:
    """One line of 组卷规则 as typed; no topic, no difficulty: any."""

    bank: QuestionBank
    kind: str
    count: int
    points: int
    topic: str = ""
    difficulty: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """考试设置 as typed."""

    rules: Sequence[RuleDraft]
    minutes: int = 60
    pass_mark: int = 60
    attempts_allowed: int = 1
    multiple_rule: MultipleRule = MultipleRule.WHOLE
    shuffles_questions: bool = True
    shuffles_options: bool = True
    shows_answers: bool = True
    names_people: bool = False


@transaction.atomic
def save_setup(activity: Activity, paper: Paper, *, by: User, version: int | None = None) -> ExamSetup:
    """保存考试设置 of a draft. Whether the bank suffices is asked when it is reported, and told on the way."""
    activity = change(activity, by=by, version=version)
    setup = ExamSetup.objects.get(activity=activity)
    for name in SETTINGS:
        setattr(setup, name, getattr(paper, name))
    setup.save()
    setup.rules.all().delete()
    _put_rules(setup, paper.rules)
    principal = column_rules.acting_for_site(by, Power.COLLECT, activity.site_id)
    audit.record("save_exam", "保存考试设置", activity, actor=by, acting_for=principal)
    return setup


def begin(activity: Activity) -> None:
    """What a new exam begins with."""
    ExamSetup.objects.create(activity=activity)


def copy(source: Activity, target: Activity) -> None:
    """Settings and rules of another exam; its papers stay with it."""
    old = ExamSetup.objects.get(activity=source)
    setup = ExamSetup.objects.create(activity=target, **{name: getattr(old, name) for name in SETTINGS})
    _put_rules(setup, list(old.rules.select_related("bank")))


def _put_rules(setup: ExamSetup, rules: Sequence[RuleDraft | PaperRule]) -> None:
    PaperRule.objects.bulk_create(
        PaperRule(setup=setup, position=place, **{name: getattr(rule, name) for name in RULE})
        for place, rule in enumerate(rules, start=1)
    )

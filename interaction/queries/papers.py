"""Named reads of 组卷: the rules of an exam, and the questions they may draw at the moment that counts."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from interaction.models import Activity, ExamQuestion, ExamSetup, PaperRule, QuestionBank
from interaction.rules import papers
from portal import clock


def setup_of(activity: Activity) -> ExamSetup:
    return ExamSetup.objects.get(activity=activity)


def rules_of(activity: Activity) -> list[PaperRule]:
    return list(PaperRule.objects.filter(setup__activity=activity).select_related("bank__site"))


def fixed_at(activity: Activity) -> datetime:
    """The moment whose questions count: as reported, so that what was reviewed is what is sat; until then, now."""
    return clock.now() if activity.is_editable or not activity.reported_at else activity.reported_at


def pool(rules: Iterable[PaperRule], moment: datetime) -> QuerySet[ExamQuestion]:
    """The questions in use at `moment` of the banks and kinds of the rules: their words never change."""
    wanted = Q()
    for bank, kind in {(rule.bank_id, rule.kind) for rule in rules}:
        wanted |= Q(bank=bank, kind=kind)
    in_use = Q(retired_at=None) | Q(retired_at__gt=moment)
    rows = ExamQuestion.objects.filter(in_use, wanted, made_at__lte=moment)
    return rows.order_by("pk") if wanted else rows.none()


def pools(activity: Activity, rules: Sequence[PaperRule]) -> list[tuple[PaperRule, list[ExamQuestion]]]:
    """By rule, the questions a paper may be drawn from: one query however many rules."""
    found: dict[int, list[ExamQuestion]] = {rule.pk: [] for rule in rules}
    rows = pool(rules, fixed_at(activity))
    for question in rows.only("bank_id", "kind", "topic", "difficulty", "options"):
        if rule := papers.rule_of(rules, question):
            found[rule.pk].append(question)
    return [(rule, found[rule.pk]) for rule in rules]


def availability(rules: Sequence[PaperRule], moment: datetime) -> dict[int, int]:
    """By place in the list, how many questions the bank has for the rule: one query."""
    rows = pool(rules, moment).order_by().values_list("bank", "kind", "topic", "difficulty")
    counted = [
        (ExamQuestion(bank_id=bank, kind=kind, topic=topic, difficulty=level), number)
        for bank, kind, topic, level, number in rows.annotate(number=Count("pk"))
    ]
    return {
        place: sum(number for question, number in counted if papers.matches(rule, question))
        for place, rule in enumerate(rules)
    }


def issues(activity: Activity) -> list[str]:
    """What keeps the exam from being reported or approved, in words."""
    setup, rules = setup_of(activity), rules_of(activity)
    found = papers.faults(rules, availability(rules, fixed_at(activity)))
    whole = papers.total(rules)
    if rules and not 1 <= setup.pass_mark <= whole:
        found.append(f"及格分 {setup.pass_mark} 分超出总分 {whole} 分" if setup.pass_mark else "请填写及格分")
    if activity.opens_at and activity.closes_at:
        minutes = int((activity.closes_at - activity.opens_at).total_seconds() // 60)
        if minutes < setup.minutes:
            found.append(f"开放时间只有 {minutes} 分钟，不够答题时间 {setup.minutes} 分钟")
    return found


def offered_banks(activity: Activity) -> QuerySet[QuestionBank]:
    """Banks that an exam of the site may draw from: its own, and those of the main site above it."""
    sites = [activity.site_id, activity.site.parent_id]
    return QuestionBank.objects.filter(is_active=True, site__in=[one for one in sites if one])


def banks_of(activity: Activity) -> list[QuestionBank]:
    """The banks that the exam draws from."""
    rows = QuestionBank.objects.filter(rules__setup__activity=activity).distinct()
    return list(rows.select_related("site"))


def topics(activity: Activity) -> list[str]:
    """What questions are about in the banks that the exam may draw from."""
    rows = ExamQuestion.objects.filter(bank__in=offered_banks(activity), is_active=True)
    return list(rows.order_by("topic").values_list("topic", flat=True).distinct())

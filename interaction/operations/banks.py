"""The only writers of 题库: made, opened, added to, renewed. A question in the bank is replaced, never rewritten."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from interaction.models import BankReader, ExamQuestion, QuestionBank
from interaction.rules import banks as rules
from interaction.rules.exam_questions import QuestionDraft, faults
from portal import audit, clock
from portal.models import Site, User
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand

CLAUSE = "办法第十五条"
TAKEN = "这个站点已有同名的题库"
THERE = "题库里已有这道题"


@transaction.atomic
def make(site: Site, name: str, *, by: User, note: str = "") -> QuestionBank:
    """建立题库; whoever makes it has opened it. Raises Refused at `name` when the site has one of that name."""
    by = as_they_stand(by)
    if not rules.may_make(by, site):
        raise NotAllowed(f"您没有“{site}”的采集权限，不能建立题库")
    bank = QuestionBank(site=site, name=name, note=note, made_by=by, made_at=clock.now())
    _save(bank)
    BankReader.objects.create(bank=bank, person=by, opened_at=clock.now())
    audit.record("make_bank", "建立题库", bank, actor=by, clause=CLAUSE)
    return bank


@transaction.atomic
def save(bank: QuestionBank, name: str, *, by: User, note: str = "", is_active: bool = True) -> QuestionBank:
    """Its name, what it is about, and whether it is in use: a closed bank offers its questions to no new exam."""
    bank, by = _locked(bank, by)
    bank.name, bank.note, bank.is_active = name, note, is_active
    _save(bank)
    audit.record("save_bank", "修改题库", bank, actor=by, note="" if is_active else "停用")
    return bank


@transaction.atomic
def open_(bank: QuestionBank, *, by: User) -> BankReader:
    """打开题库: from now on the person knows its questions, and sits no exam that draws from it (谁出题谁不考).

    Opening twice changes nothing.
    """
    by = as_they_stand(by)  # first, as whoever starts an exam does: of starting and opening one comes first
    bank = QuestionBank.objects.select_for_update(no_key=True).get(pk=bank.pk)
    if not rules.may_see(by, bank):
        raise NotAllowed("您不能打开这个题库")
    if rules.is_sitting(by, bank):
        raise Refused("您正在参加从这个题库抽题的考试，考试结束后才能打开")
    reader, is_new = BankReader.objects.get_or_create(
        bank=bank, person=by, defaults={"opened_at": clock.now()}
    )
    if is_new:
        audit.record("open_bank", "打开题库", bank, actor=by)
    return reader


@transaction.atomic
def add_question(bank: QuestionBank, draft: QuestionDraft, *, by: User) -> ExamQuestion:
    """添加试题. Raises Refused with the first fault, at its field."""
    bank, by = _locked(bank, by)
    question = _written(bank, draft, by)
    _save_question(question)
    audit.record("add_question", "添加试题", bank, actor=by, note=str(question), clause=CLAUSE)
    return question


@transaction.atomic
def replace_question(question: ExamQuestion, draft: QuestionDraft, *, by: User) -> ExamQuestion:
    """修改试题: a new version takes its place; papers that hold the old one keep it. No change, no new version."""
    bank, by = _locked(question.bank, by)
    old = _in_use(question)
    new = _written(bank, draft, by)
    if same(old, new):
        return old
    _retire(old, by)
    new.replaces = old
    _save_question(new)
    audit.record("replace_question", "修改试题", bank, actor=by, note=str(new), clause=CLAUSE)
    return new


@transaction.atomic
def retire_question(question: ExamQuestion, *, by: User) -> ExamQuestion:
    """停用试题: no new paper draws it; papers that hold it keep it."""
    bank, by = _locked(question.bank, by)
    old = _in_use(question)
    _retire(old, by)
    audit.record("retire_question", "停用试题", bank, actor=by, note=str(old))
    return old


@transaction.atomic
def import_questions(bank: QuestionBank, drafts: Iterable[QuestionDraft], *, by: User) -> int:
    """导入试题: those that the bank does not have and never had; returns how many. Twice the same adds nothing."""
    bank, by = _locked(bank, by)
    known = set(bank.questions.order_by().values_list("fingerprint", flat=True))
    fresh = {}
    for draft in drafts:
        if draft.fingerprint not in known:
            fresh.setdefault(draft.fingerprint, _written(bank, draft, by))
    ExamQuestion.objects.bulk_create(fresh.values(), batch_size=200)
    if fresh:
        note = f"{len(fresh)} 题"
        audit.record("import_questions", "导入试题", bank, actor=by, note=note, clause=CLAUSE)
    return len(fresh)


def same(one: ExamQuestion, other: ExamQuestion) -> bool:
    """Whether two versions say the same."""
    said = ("kind", "topic", "difficulty", "stem", "options", "key", "points", "explanation")
    return all(getattr(one, name) == getattr(other, name) for name in said)


def _locked(bank: QuestionBank, by: User) -> tuple[QuestionBank, User]:
    """Bank and person as they stand, once it is clear that the person may change it."""
    by = as_they_stand(by)
    bank = QuestionBank.objects.select_for_update(no_key=True).get(pk=bank.pk)
    if reason := rules.why_not_keep(by, bank):
        raise NotAllowed(reason)
    return bank, by


def _in_use(question: ExamQuestion) -> ExamQuestion:
    question = ExamQuestion.objects.select_for_update(no_key=True).get(pk=question.pk)
    if not question.is_active:
        raise TooLate("这道题刚被别人修改或停用，请刷新后再看")
    return question


def _written(bank: QuestionBank, draft: QuestionDraft, by: User) -> ExamQuestion:
    if wrong := faults(draft):
        raise Refused(wrong[0].message, wrong[0].field)
    return ExamQuestion(
        bank=bank, kind=draft.kind, topic=draft.topic.strip(), difficulty=draft.difficulty,
        stem=draft.stem.strip(), options=list(draft.options), key=list(draft.key), points=draft.points,
        explanation=draft.explanation.strip(), fingerprint=draft.fingerprint, made_by=by, made_at=clock.now(),
    )  # fmt: skip


def _retire(question: ExamQuestion, by: User) -> None:
    question.is_active, question.retired_by, question.retired_at = False, by, clock.now()
    question.save(update_fields=["is_active", "retired_by", "retired_at"])


def _save(bank: QuestionBank) -> None:
    try:
        with transaction.atomic():
            bank.save()
    except IntegrityError as error:
        raise Refused(TAKEN, "name") from error


def _save_question(question: ExamQuestion) -> None:
    try:
        with transaction.atomic():
            question.save()
    except IntegrityError as error:
        raise Refused(THERE, "stem") from error

"""选登: a masked copy of a letter and its answer, by choice, with the writer's consent, seen before it is public."""

from django.db import transaction

from interaction.enums.letters import LetterState, Party
from interaction.models import Letter, PublicLetter
from interaction.operations.news import tell_writer
from interaction.rules import letters as rules
from portal import audit, clock
from portal.masking import masked
from portal.models import User
from portal.workflow import NotAllowed, Refused


@transaction.atomic
def prepare(letter: Letter, *, by: User) -> PublicLetter:
    """A first copy without names and numbers, for somebody to read over; the one there is, if there is one."""
    _require_may(letter, by)
    answer = letter.answers.filter(sent_at__isnull=False).first()
    names = [letter.writer_name]
    copy, is_new = PublicLetter.objects.get_or_create(
        letter=letter,
        defaults={
            "site": letter.site, "title": masked(letter.title, names), "body": masked(letter.body, names),
            "answer": masked(answer.text if answer else "", names),
        },
    )  # fmt: skip
    if is_new:
        audit.record("prepare_public", "拟选登", letter, actor=by)
    return copy


@transaction.atomic
def save(copy: PublicLetter, *, title: str, body: str, answer: str, by: User) -> PublicLetter:
    """Refused while the copy is public: take it down first, so that nobody reads what nobody has looked at."""
    copy = _locked(copy, by)
    if copy.is_public:
        raise Refused("已经公开；请先撤下，再修改")
    copy.title, copy.body, copy.answer = title, body, answer
    copy.save()
    return copy


@transaction.atomic
def publish(copy: PublicLetter, *, by: User) -> PublicLetter:
    """公开 what was just looked at."""
    copy = _locked(copy, by)
    if copy.is_public:
        return copy
    copy.is_public, copy.published_at, copy.published_by = True, clock.now(), by
    copy.save()
    audit.record("publish_letter", "公开选登", copy.letter, actor=by)
    tell_writer(copy.letter, "您的来信和答复隐去个人信息后，已在网站选登。")
    return copy


@transaction.atomic
def take_down(copy: PublicLetter, *, note: str, by: User) -> PublicLetter:
    """撤下, with the reason in the audit."""
    copy = _locked(copy, by)
    if not note.strip():
        raise Refused("请写明撤下的理由", "note")
    copy.is_public = False
    copy.save()
    audit.record("take_down_letter", "撤下选登", copy.letter, actor=by, note=note)
    return copy


def why_not(letter: Letter, by: User) -> str:
    """Why `by` may not prepare or publish a public copy; "" when they may."""
    if not any(rules.seat(by, party, letter) for party in (Party.CENTRE, Party.OFFICE)):
        return "选登由受理部门或协调部门决定"
    if letter.state not in (LetterState.ANSWERED, LetterState.CLOSED) or not letter.answered_at:
        return "答复之后才能选登"
    if not letter.letterbox.may_publish:
        return "这个信箱的来信不选登"
    return "" if letter.agrees_to_publish else "来信人没有同意公开"


def _locked(copy: PublicLetter, by: User) -> PublicLetter:
    copy = (
        PublicLetter.objects.select_for_update(no_key=True)
        .select_related("letter__letterbox")
        .get(pk=copy.pk)
    )
    _require_may(copy.letter, by)
    return copy


def _require_may(letter: Letter, by: User) -> None:
    if reason := why_not(letter, by):
        raise NotAllowed(reason)

"""写信: a letter arrives, and its writer gets a receipt. The same form sent twice is one letter with one receipt."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils.crypto import salted_hmac

from interaction.enums.letters import ClockStart, LetterState, MoveKind
from interaction.models import Letter, Letterbox, Matter
from interaction.operations import clocks, moves
from interaction.operations.news import tell_writer
from interaction.queries.handlers import answering_departments
from portal import audit, clock, limits, uploads
from portal.models import Department, User
from portal.receipts import digest, spelt
from portal.workflow import Refused

CODE_SIGNS, PASSWORD_SIGNS, TRIES = 6, 8, 5


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wrote, cleaned. `files` are as uploaded, judged when the letter is made."""

    letterbox: Letterbox
    matter: Matter
    title: str
    body: str
    department: Department | None = None
    writer_name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    agrees_to_publish: bool = False
    files: Sequence[UploadedFile] = field(default_factory=list)


@dataclass(frozen=True)
class Receipt:
    """What the writer keeps: the password is in no database."""

    letter: Letter
    password: str


def write(draft: Draft, *, nonce: str, by: User | None = None) -> Receipt:
    """Take the letter in: route it, start its clocks, tell whoever owes an answer. `nonce`: 32 hex digits of the form.

    Raises Refused where the letterbox is closed, wants a sign-in, or the department has nobody who answers.
    """
    password = spelt(salted_hmac("interaction.letters", nonce, algorithm="sha256").digest(), PASSWORD_SIGNS)
    for _ in range(TRIES):
        if known := Letter.objects.filter(nonce=nonce).first():
            return Receipt(known, password)
        try:
            with uploads.together():
                return Receipt(_take_in(draft, nonce, password, by), password)
        except IntegrityError:
            continue  # the same form at the same moment, or a code that is taken
    raise Refused("系统繁忙，请稍后再按一次“提交”")


def _take_in(draft: Draft, nonce: str, password: str, by: User | None) -> Letter:
    box, now = draft.letterbox, clock.now()
    _check(draft, by)
    code = f"{clock.today():%y%m%d}{spelt(secrets.token_bytes(CODE_SIGNS), CODE_SIGNS)}"
    letter = Letter(
        site=box.site, letterbox=box, matter=draft.matter, code=code, nonce=nonce,
        password_digest=digest(code, password), title=draft.title, body=draft.body,
        writer_name=draft.writer_name, phone=draft.phone, email=draft.email, address=draft.address, writer=by,
        agrees_to_publish=draft.agrees_to_publish and box.may_publish, written_at=now,
    )  # fmt: skip
    if draft.department:
        letter.department, letter.state = draft.department, LetterState.IN_HAND
    letter.save()
    for upload in draft.files:
        letter.files.create(file=uploads.accept(upload, owner=by))
    actor = by or User.objects.system()
    audit.record("write", "来信", letter, actor=actor, note=f"{box}·{draft.matter}", clause=box.clause)
    _route(letter)
    return letter


def _check(draft: Draft, by: User | None) -> None:
    box = draft.letterbox
    if not box.is_open:
        raise Refused(f"“{box}”现在没有开放写信")
    if box.needs_sign_in and by is None:
        raise Refused(f"“{box}”须登录后写信")
    if box.writer_picks and draft.department not in answering_departments(box.site):
        raise Refused("请选择要写给的部门", "department")
    if draft.files and not box.takes_files:
        raise Refused(f"“{box}”不接收附件，请把情况写在正文里", "files")


def _route(letter: Letter) -> None:
    """To the department its writer chose, else to the centre (福建第二十二条: 由公众写信选择提交的部门负责)."""
    box = letter.letterbox
    if letter.department:
        letter.path.create(
            kind=MoveKind.PICKED, to_department=letter.department, by=None, at=letter.written_at
        )
        limit = clocks.start_answering(letter)
        moves.tell_department(letter, letter.department, "新来信")
        whose = letter.department
    else:
        clocks.start_receiving(letter)
        limit = clocks.start_answering(letter) if box.clock_start == ClockStart.RECEIPT else None
        moves.tell_department(letter, box.receiver, "新来信待受理")
        whose = box.receiver
    when = (
        f"最迟于{limits.due_text(limit)}" if limit else f"转交部门后 {letter.matter.answer_days} 个工作日内"
    )
    act = "办理" if letter.department else "受理"
    tell_writer(letter, f"您的来信已收到，由{whose}{act}，{when}答复您。")

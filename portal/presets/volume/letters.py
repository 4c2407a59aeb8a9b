"""Letters by the thousand, spread over five years, one in a hundred still open, each with its clock."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.db import transaction

from interaction.enums.letters import LetterKind, LetterState, MoveKind, Outcome
from interaction.models import Letter, Letterbox, Matter, Referral
from interaction.operations.clocks import ANSWER
from portal import audit, clock, limits
from portal.models import Department, Limit, User
from portal.presets.volume import structure
from portal.presets.volume.words import Writer
from portal.workdays import Calendar

BATCH, SPAN, OPEN_IN, RECENT = 1000, timedelta(days=5 * 365), 100, timedelta(hours=600)


def write(number: int, departments: Sequence[Department], box: Letterbox | None = None) -> None:
    """Into `box`, else into the site's first letterbox; batch by batch, each a transaction."""
    box = box or _letterbox(departments[0])
    due, done = _Due(), Letter.objects.count()
    letters = _letters(number, box, departments, done)
    while batch := list(islice(letters, BATCH)):
        with transaction.atomic():
            _write(batch, due)


def _letterbox(department: Department) -> Letterbox:
    site = structure.site()
    if found := Letterbox.objects.filter(site=site, matters__isnull=False).order_by("position", "pk").first():
        return found
    box = Letterbox.objects.create(
        site=site, key="load", name="局长信箱", receiver=department, office=department, clause="测试数据"
    )
    Matter.objects.create(
        letterbox=box, key="zixun", name="咨询", kind=LetterKind.ENQUIRY, answer_days=10, clause="测试数据"
    )
    return box


def _letters(number: int, box: Letterbox, departments: Sequence[Department], seed: int) -> Iterator[Letter]:
    writer, chance, now = Writer(seed), Random(seed), clock.now()
    matters = list(box.matters.all())
    for n in range(number):
        is_open = n % OPEN_IN == 0
        at = now - (RECENT * chance.random() if is_open else SPAN * ((number - n) / number))
        yield Letter(
            site=box.site, letterbox=box, matter=chance.choice(matters), code=f"L{seed + n:012}",
            nonce=f"load{seed + n:028}", title=f"{writer.asked()}（{seed + n + 1}）", body=writer.plain(),
            writer_name=f"群众{seed + n + 1}", phone=f"000{seed + n:08}", department=chance.choice(departments),
            state=LetterState.IN_HAND if is_open else LetterState.CLOSED, written_at=at,
            answered_at=None if is_open else at + timedelta(days=3),
            closed_at=None if is_open else at + timedelta(days=4), outcome="" if is_open else Outcome.EXPLAINED,
        )  # fmt: skip


def _write(batch: list[Letter], due: "_Due") -> None:
    letters = Letter.objects.bulk_create(batch)
    Limit.objects.bulk_create(due.limit(letter) for letter in letters)
    Referral.objects.bulk_create(
        Referral(letter=one, kind=MoveKind.PICKED, to_department=one.department, by=None, at=one.written_at)
        for one in letters
    )
    with clock.at(max(letter.written_at for letter in letters)):
        audit.record_all([audit.Act("write", "来信", one) for one in letters], actor=User.objects.system())


class _Due:
    """Reckons each day once: letters of one day with as many working days are due on one day."""

    def __init__(self) -> None:
        self._calendar = Calendar.load()
        self._known: dict[tuple, tuple[datetime, dict]] = {}

    def limit(self, letter: Letter) -> Limit:
        days, day = letter.matter.answer_days, clock.local(letter.written_at).date()
        limit = Limit(
            subject=letter, label=ANSWER, clause=letter.matter.clause, working_days=days, started_at=letter.written_at,
            met_at=letter.answered_at,
        )  # fmt: skip
        if (day, days) not in self._known:
            limits.reckon(limit, [], [], self._calendar)
            self._known[day, days] = limit.due_at, limit.computed
        limit.due_at, limit.computed = self._known[day, days]
        return limit

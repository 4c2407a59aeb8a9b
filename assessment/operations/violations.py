"""违规记录 (福建第三十五条): one fact held against one item of a regulation's list; struck out with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from assessment.enums.slips import MentionKind
from assessment.models import Violation
from assessment.operations import mentions, rectifications
from assessment.queries import people
from assessment.queries.catalogues import Situation
from assessment.rules import oversight
from assessment.rules import violations as rules
from interaction.operations.activity_files import accept as take_file
from portal import audit, clock, notices, uploads
from portal.enums import NoticeKind
from portal.models import Department, User
from portal.workflow import NotAllowed, Refused, fire

MOST_FILES = 10


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is typed. 责令改正或通报批评 (第三十五条): `rectify_days` orders the one, `criticises` proposes the other."""

    unit: Department
    situation: Situation
    facts: str
    on: date
    files: Sequence[UploadedFile] = ()
    rectify_days: int | None = None
    criticises: bool = False


def record(typed: Record, *, by: User) -> Violation:
    """Held against the unit, which is told; with what is ordered and proposed. Not of one's own unit."""
    with uploads.together():
        if reason := oversight.why_not_assess(by, typed.unit):
            raise NotAllowed(reason)
        if typed.on > clock.today():
            raise Refused("发生日期不能在今天以后", "on")
        if len(typed.files) > MOST_FILES:
            raise Refused(f"佐证最多 {MOST_FILES} 个", "files")
        violation = Violation.objects.create(
            unit=typed.unit, item=typed.situation.key, label=typed.situation.label[:120],
            clause=typed.situation.clause, facts=typed.facts.strip(), on=typed.on, recorded_by=by,
            recorded_at=clock.now(),
        )  # fmt: skip
        violation.files.set([take_file(one, by=by) for one in typed.files])
        audit.record(
            "record", "记录违规情形", violation, actor=by, acting_for=oversight.principal_of(by),
            clause=violation.clause, note=violation.facts,
        )  # fmt: skip
        _follow_up(violation, typed, by)
        title = f"违规记录：{violation.label}"
        url = violation.get_absolute_url()
        notices.tell(people.responsible(typed.unit), title, kind=NoticeKind.RESULT, url=url)
    return violation


@transaction.atomic
def strike(violation: Violation, *, by: User, note: str) -> Violation:
    """撤销: it stays on the list, struck out, with the reason, and counts no longer."""
    violation = fire(
        violation, "strike", actor=by, why_not=rules.why_not, acting_for=oversight.acting_for, note=note,
        clause=violation.clause, changes={"reason": note.strip()[:200]},
    )  # fmt: skip
    told = people.responsible(violation.unit)
    url = violation.get_absolute_url()
    notices.tell(told, f"违规记录已撤销：{violation.label}", kind=NoticeKind.RESULT, body=note, url=url)
    return violation


def _follow_up(violation: Violation, typed: Record, by: User) -> None:
    url = violation.get_absolute_url()
    if typed.rectify_days:
        violation.rectification = rectifications.order(
            key=f"violation-{violation.pk}", unit=typed.unit, subject=f"违规情形{violation.label}",
            demand=violation.facts, clause=violation.clause, url=url, working_days=typed.rectify_days, by=by,
        )  # fmt: skip
        violation.save(update_fields=["rectification"])
    if typed.criticises:
        mentions.list_(
            key=f"violation-{violation.pk}", kind=MentionKind.CRITICISM, unit=typed.unit,
            rule=violation.label, clause=violation.clause, facts=violation.facts, url=url, on=clock.today(),
        )  # fmt: skip

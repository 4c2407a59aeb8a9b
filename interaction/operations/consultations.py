"""The only writers of what a consultation is: its clauses while it is a draft, its feedback once it is over."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from columns import rules as column_rules
from interaction.models import Activity, Consultation, ConsultationClause
from interaction.operations import activity_files as files
from interaction.operations.activities import change
from interaction.rules import consultations as rules
from interaction.rules.clauses import Piece
from portal import audit, clock, uploads
from portal.enums import Power
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate

MOST_CLAUSES = 150


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is asked about: clauses in order, files to add as uploaded, `drops` are ids of those to let go."""

    background: str = ""
    contact: str = ""
    clauses: Sequence[Piece] = ()
    files: Sequence[UploadedFile] = field(default_factory=list)
    drops: Sequence[int] = ()


def begin(activity: Activity) -> None:
    """What a new consultation begins with."""
    Consultation.objects.create(activity=activity)


def copy(source: Activity, target: Activity) -> None:
    """The content of another one, without opinions and feedback."""
    old = source.consultation
    new = Consultation.objects.create(activity=target, background=old.background, contact=old.contact)
    _write(new, [Piece(clause.heading, clause.text) for clause in old.clauses.all()])
    files.take_over(source, target)


def save(activity: Activity, content: Content, *, by: User, version: int | None = None) -> Consultation:
    """Change what is asked about; only a draft has no opinions yet, so its clauses may be written anew."""
    with uploads.together():
        activity = change(activity, by=by, version=version)
        if len(content.clauses) > MOST_CLAUSES:
            raise Refused(f"条款最多 {MOST_CLAUSES} 条")
        consultation = activity.consultation
        consultation.background, consultation.contact = content.background, content.contact
        consultation.save(update_fields=["background", "contact"])
        consultation.clauses.all().delete()
        _write(consultation, content.clauses)
        files.drop(activity, content.drops)
        files.attach(activity, content.files, by=by)
        _record(
            "save_clauses",
            "编辑条款",
            activity,
            by,
            f"共 {sum(bool(piece.text) for piece in content.clauses)} 条",
        )
    return consultation


@transaction.atomic
def feed_back(activity: Activity, text: str, *, by: User, version: int | None = None) -> Consultation:
    """反馈说明: what was asked, what came in, what was made of it. `version` is what was looked at."""
    consultation = locked(activity)
    require_handling(consultation.activity, by)
    if version is not None and version != consultation.version:
        raise TooLate("反馈说明在您打开之后又被修改过，请刷新后再看")
    consultation.feedback, consultation.feedback_by = text, by
    consultation.feedback_at = clock.now()
    consultation.version += 1
    consultation.save()
    _record("feed_back", "整理反馈", consultation.activity, by)
    return consultation


def locked(activity: Activity) -> Consultation:
    """The row as it is now; nobody else numbers, merges or decides opinions until the transaction ends."""
    rows = Consultation.objects.select_related("activity__site", "activity__department")
    return rows.select_for_update(of=("self",), no_key=True).get(activity=activity.pk)


def require_handling(activity: Activity, by: User) -> None:
    """Opinions are decided about, and fed back, by whoever handles the consultation, once it is over."""
    if not rules.may_handle(by, activity):
        raise NotAllowed(f"您没有“{activity.site}”全站的{Power.COLLECT.label}权限")
    if against := rules.not_now(activity):
        raise TooLate(against)


def _write(consultation: Consultation, pieces: Sequence[Piece]) -> None:
    ConsultationClause.objects.bulk_create(
        ConsultationClause(consultation=consultation, position=place, heading=one.heading, text=one.text)
        for place, one in enumerate(pieces, start=1)
    )


def _record(verb: str, label: str, activity: Activity, by: User, note: str = "") -> None:
    principal = column_rules.acting_for_site(by, Power.COLLECT, activity.site_id)
    audit.record(verb, label, activity, actor=by, acting_for=principal, note=note)

"""实录: what was said, entered while it is said; a correction and a line taken back are on record with their reason."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from columns import rules as column_rules
from interaction.enums.activities import Phase
from interaction.enums.interviews import QuestionState
from interaction.models import Activity, Interview, InterviewEntry, InterviewGuest, InterviewQuestion
from interaction.operations.interviews import changed, locked
from interaction.operations.replays import AnotherThing
from interaction.rules import interviews as rules
from portal import audit, clock
from portal.enums import Power
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate


@dataclass(frozen=True, kw_only=True)
class Line:
    """What was said: `guest` None for the host; `question` the accepted one that it answers or reads out."""

    text: str
    guest: InterviewGuest | None = None
    question: InterviewQuestion | None = None


@transaction.atomic
def enter(activity: Activity, line: Line, *, nonce: str, by: User) -> InterviewEntry:
    """One more line at the end. The same form sent twice is one line."""
    interview = locked(activity)
    _require_entering(interview, by)
    if known := interview.entries.filter(nonce=nonce).first():
        if known.text != line.text:
            raise AnotherThing
        return known
    _check(interview, line)
    last = interview.entries.aggregate(last=Max("position"))["last"] or 0
    entry = interview.entries.create(
        position=last + 1, guest=line.guest, text=line.text, question=line.question, at=clock.now(),
        entered_by=by, nonce=nonce,
    )  # fmt: skip
    changed(interview)
    _record("enter", "录入实录", entry, interview, by)
    return entry


@transaction.atomic
def correct(
    entry: InterviewEntry, line: Line, *, note: str = "", by: User, version: int | None = None
) -> InterviewEntry:
    """更正: what it said before stays in the audit; after the interview the reason is asked for."""
    interview, entry = _locked(entry, by, version)
    _check(interview, line)
    if (line.text, line.guest, line.question) == (entry.text, entry.guest, entry.question):
        return entry
    if interview.activity.phase == Phase.CLOSED and not note.strip():
        raise Refused("请写明更正的理由", "note")
    before = f"原文（{_speaker(interview, entry.guest)}）：{entry.text}"
    entry.text, entry.guest, entry.question = line.text, line.guest, line.question
    entry.corrected_at = clock.now()
    entry.version += 1
    entry.save()
    changed(interview)
    _record("correct", "更正实录", entry, interview, by, f"{note}；{before}" if note else before)
    return entry


@transaction.atomic
def take_back(entry: InterviewEntry, *, note: str, by: User, version: int | None = None) -> InterviewEntry:
    """撤下 one line: readers do not see it any more, the record keeps it."""
    interview, entry = _locked(entry, by, version)
    if not note.strip():
        raise Refused("请写明撤下的理由", "note")
    entry.taken_back_at = clock.now()
    entry.version += 1
    entry.save()
    changed(interview)
    _record("take_back", "撤下实录", entry, interview, by, note)
    return entry


def _locked(entry: InterviewEntry, by: User, version: int | None) -> tuple[Interview, InterviewEntry]:
    interview = locked(entry.interview.activity)
    _require_entering(interview, by)
    rows = InterviewEntry.objects.select_related("guest", "question")
    entry = rows.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)
    if entry.taken_back_at or (version is not None and version != entry.version):
        raise TooLate(f"{entry}在您打开之后又有变动，请刷新后再看")
    return interview, entry


def _require_entering(interview: Interview, by: User) -> None:
    activity = interview.activity
    if not column_rules.powers_of(by).has_on_site(Power.COLLECT, activity.site_id):
        raise NotAllowed(f"您没有“{activity.site}”全站的{Power.COLLECT.label}权限")
    if against := rules.not_now_to_enter(activity):
        raise TooLate(against)


def _check(interview: Interview, line: Line) -> None:
    if line.guest and line.guest.interview_id != interview.pk:
        raise Refused("请选择发言人", "speaker")
    question = line.question
    if question and (question.interview_id != interview.pk or question.state != QuestionState.ACCEPTED):
        raise Refused("这个问题没有采用，不能放进实录", "question")


def _speaker(interview: Interview, guest: InterviewGuest | None) -> str:
    return guest.name if guest else f"主持人 {interview.host}"


def _record(
    verb: str, label: str, entry: InterviewEntry, interview: Interview, by: User, note: str = ""
) -> None:
    principal = column_rules.acting_for_site(by, Power.COLLECT, interview.activity.site_id)
    about = interview.activity if verb != "enter" else entry
    audit.record(verb, label, about, actor=by, acting_for=principal, note=f"{entry}。{note}" if note else "")

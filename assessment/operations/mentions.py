"""通报表扬与通报批评: proposed by the rules or entered by the office, listed or struck out with a reason.

石家庄第二十七、二十八条; 常山（十二）、（十三）.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from assessment.enums.slips import MentionKind, MentionState
from assessment.models import Mention
from assessment.rules import slips as rules
from columns.models import Column
from portal import audit, clock, notices
from portal.enums import NoticeKind
from portal.models import Department, User
from portal.workflow import NotAllowed, Refused, as_they_stand, fire


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What somebody of the office enters: which condition of which regulation was met, by whom, on what facts."""

    kind: MentionKind
    unit: Department
    rule: str
    clause: str
    facts: str
    column: Column | None = None
    person: User | None = None
    url: str = ""


@transaction.atomic
def enter(entry: Entry, *, by: User, key: uuid.UUID) -> Mention:
    """An entry waits for confirmation like those that the rules propose; the same `key` enters it once."""
    by = as_they_stand(by)
    fields = vars(entry) | {"on": clock.today()}
    if reason := rules.why_not_mention(by, "confirm", Mention(unit=entry.unit)):
        raise NotAllowed(reason)
    if not entry.facts.strip():
        raise Refused("请写明事实", "facts")
    if entry.person and entry.person.department_id != entry.unit.pk:
        raise Refused(f"{entry.person}不在{entry.unit}", "person")
    mention, is_new = Mention.objects.get_or_create(key=f"entered:{key}", defaults=fields)
    if is_new:
        audit.record("enter", "登记通报事项", mention, actor=by, note=entry.facts, clause=entry.clause)
    return mention


@transaction.atomic
def list_(
    *,
    key: str,
    kind: MentionKind,
    unit: Department,
    rule: str,
    clause: str,
    facts: str,
    url: str,
    on: date,
    column: Column | None = None,
    person: User | None = None,
) -> Mention | None:
    """A rule was met: proposed once by `key`; the office confirms it or strikes it out. None if it was before."""
    told = {
        "kind": kind, "unit": unit, "rule": rule[:200], "clause": clause, "facts": facts, "url": url, "on": on,
        "column": column, "person": person,
    }  # fmt: skip
    mention, is_new = Mention.objects.get_or_create(key=key, defaults=told)
    if not is_new:
        return None
    audit.record(
        "list", "列入通报名单待确认", mention, actor=User.objects.system(), note=facts, clause=clause
    )
    return mention


@transaction.atomic
def confirm(mention: Mention, *, by: User, note: str = "") -> Mention:
    """列入: on the public list from now on."""
    mention = _decide(mention, "confirm", by, note, reason="")
    _tell(mention, f"{mention.unit}已列入{mention.get_kind_display()}名单")
    return mention


@transaction.atomic
def strike(mention: Mention, *, by: User, note: str) -> Mention:
    """不列入, or taken off the list again, with the reason."""
    was_public = mention.state == MentionState.CONFIRMED
    mention = _decide(mention, "strike", by, note, reason=note.strip()[:200])
    if was_public:
        _tell(mention, f"{mention.unit}已从{mention.get_kind_display()}名单撤下")
    return mention


def _decide(mention: Mention, verb: str, by: User, note: str, **changes) -> Mention:
    changes |= {"decided_by": by, "decided_at": clock.now()}
    return fire(
        mention,
        verb,
        actor=by,
        why_not=rules.why_not_mention,
        note=note,
        clause=mention.clause,
        changes=changes,
    )


def _tell(mention: Mention, words: str) -> None:
    people = {one.pk: one for one in (mention.unit.head, mention.person) if one and one.is_active}
    notices.tell(
        people.values(), words, kind=NoticeKind.RESULT, body=f"{mention.rule}（{mention.clause}）{mention.reason}",
        url=mention.get_absolute_url(),
    )  # fmt: skip

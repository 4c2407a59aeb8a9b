"""The audit trail: append-only and hash-chained, so that a changed, dropped or cut-off entry shows.

Entries are for people (who did what to which thing, from where); `simple_history` keeps what texts said.
"""

import hashlib
import json
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import models, transaction

from portal import clock, pages
from portal.models import AuditEntry, AuditHead, User

request_address: ContextVar[str | None] = ContextVar("request_address", default=None)


@dataclass(frozen=True)
class Act:
    """One thing done: `verb` for machines, `label` for people, `obj` any saved model instance."""

    verb: str
    label: str
    obj: models.Model
    note: str = ""
    clause: str = ""
    acting_for: User | None = None


def record(
    verb: str,
    label: str,
    obj: models.Model,
    *,
    actor: User,
    note: str = "",
    clause: str = "",
    acting_for: User | None = None,
) -> None:
    """Append one entry. Call it inside the operation's transaction, so that act and entry stand or fall together.

    `acting_for`: whose power the actor used under a delegation (办法第十条、第二十四条).
    """
    record_all([Act(verb, label, obj, note, clause, acting_for)], actor=actor)


@transaction.atomic
def record_all(acts: Iterable[Act], *, actor: User) -> None:
    """Append many entries under one lock of the chain's end; a bulk import uses this. Public pages that show what
    was acted on are rendered anew: nobody has to remember it.
    """
    acts, head = list(acts), _locked_head()
    entries = []
    for act in acts:
        entry = _entry(act, actor)
        entry.previous_hash = head.hash
        entry.hash = head.hash = fingerprint(entry)
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries)
    head.entries += len(entries)
    head.save()
    pages.recorded(act.obj for act in acts)


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: how many entries were read, the first bad one's id (None when sound) and why."""

    entries: int
    bad_id: int | None = None
    reason: str = ""


def verify() -> Verdict:
    """Walk the whole chain from its start; memory stays flat."""
    previous, count = "", 0
    for entry in AuditEntry.objects.order_by("id").iterator(chunk_size=2000):
        count += 1
        if entry.previous_hash != previous:
            return Verdict(count, entry.pk, "与前一条不相接，中间有记录被删除或插入")
        if entry.hash != fingerprint(entry):
            return Verdict(count, entry.pk, "内容与校验值不符，记录被改动")
        previous = entry.hash
    head = AuditHead.objects.first() or AuditHead()
    if (head.entries, head.hash) != (count, previous):
        return Verdict(count, 0, f"链尾不符：应有 {head.entries} 条，实有 {count} 条，末尾有记录被删除")
    return Verdict(count)


def fingerprint(entry: AuditEntry) -> str:
    """SHA-256 (hex) over everything the entry says and the entry before it."""
    said = [
        entry.at.timestamp(),
        entry.actor_id,
        entry.acting_for_id,
        entry.verb,
        entry.label,
        entry.object_type,
        entry.object_id,
        entry.object_label,
        entry.site_key,
        entry.clause,
        entry.note,
        entry.address,
        entry.previous_hash,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _locked_head() -> AuditHead:
    head, _ = AuditHead.objects.select_for_update(no_key=True).get_or_create(pk=1)
    return head


def _entry(act: Act, actor: User) -> AuditEntry:
    site = getattr(act.obj, "site", None)
    return AuditEntry(
        at=clock.now(),
        actor=actor,
        acting_for=act.acting_for,
        verb=act.verb,
        label=act.label,
        object_type=act.obj._meta.label_lower,
        object_id=str(act.obj.pk),
        object_label=str(act.obj)[:200],
        site_key=site.key if site else "",
        clause=act.clause,
        note=act.note,
        address=request_address.get(),
    )

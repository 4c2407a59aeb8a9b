"""有效性变动: a document is amended, repealed, lapses or turns out to hold; each change is a line that stays."""

from datetime import date, timedelta

from django.db import transaction

from disclosure.enums.catalogue import RUNS_OUT
from disclosure.models import CatalogueEntry, Office, ValidityChange
from disclosure.operations import reach
from disclosure.rules import cataloguing
from disclosure.rules import validity as rules
from portal import clock
from portal.models import User
from portal.sweeps import sweep
from portal.workflow import Refused, TooLate, fire

NOTE = 200
WITH_SUCCESSOR = {"amend", "repeal", "lapse"}


@transaction.atomic
def change(
    entry: CatalogueEntry,
    verb: str,
    *,
    on: date,
    note: str,
    by: User,
    successor: CatalogueEntry | None = None,
) -> CatalogueEntry:
    """Check the day and who follows, change, write the line. One change at a time on a site, so that no two make a ring.

    Raises KeyError for an unknown verb.
    """
    entry.workflow[verb]
    Office.objects.select_for_update().get(site=entry.site_id)
    rules.check_day(entry, on)
    if successor is not None:
        if verb not in WITH_SUCCESSOR:
            raise Refused("恢复有效的文件没有替代文件", "successor")
        rules.check_successor(entry, CatalogueEntry.objects.get(pk=successor.pk))
    return _change(entry, verb, on, note[:NOTE], successor, by, cataloguing.why_not, cataloguing.acting_for)


@sweep("lapse_expired", every=timedelta(hours=1), label="到期文件自动失效")
def lapse_expired() -> int:
    """What held until yesterday has lapsed today. Returns how many."""
    done = 0
    rows = CatalogueEntry.objects.filter(validity__in=RUNS_OUT, expires_on__lt=clock.today())
    for entry in rows.order_by("expires_on", "pk").iterator(chunk_size=500):
        done += _lapse(entry)
    return done


@transaction.atomic
def _lapse(entry: CatalogueEntry) -> bool:
    note = f"有效期至 {entry.expires_on:%Y-%m-%d}，期满自动失效"
    after = entry.expires_on + timedelta(days=1)
    try:
        _change(entry, "lapse", after, note, entry.successor, User.objects.system(), lambda *_: "", None)
    except TooLate:
        return False  # somebody was quicker, or this sweep runs twice
    return True


def _change(entry, verb, on, note, successor, by, why_not, acting_for) -> CatalogueEntry:
    changes = {"validity_on": on, "validity_note": note, "successor": successor}
    entry = fire(
        entry,
        verb,
        actor=by,
        why_not=why_not,
        acting_for=acting_for,
        note=_told(on, note, successor),
        changes=changes,
    )
    ValidityChange.objects.create(
        entry=entry, validity=entry.validity, on=on, note=note, successor=successor, by=by, at=clock.now()
    )
    if reach.settle(entry, entry.site.disclosure_office):
        entry.skip_history_when_saving = True
        entry.save(update_fields=["public_at", "listed_at"])
    return entry


def _told(on: date, note: str, successor: CatalogueEntry | None) -> str:
    """What the audit says; nothing where no reason was given, so that the move is refused."""
    if not note.strip():
        return ""
    follows = f"；由 {successor.index_number} 替代" if successor else ""
    return f"自 {on:%Y-%m-%d}：{note}{follows}"

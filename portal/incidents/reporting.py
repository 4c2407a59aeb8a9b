"""第一时间报告局领导 (办法第二十一条): the incident is written down and the leaders told in one act."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.db.models import F

from portal import audit, clock, notices, uploads
from portal.enums import IncidentKind, NoticeKind, Severity
from portal.incidents import pages, rules
from portal.models import Incident, Site, StoredFile, User
from portal.workflow import Refused

MOST_FILES = 10


def report(
    kind: IncidentKind,
    what: str,
    *,
    key: str = "",
    severity: Severity = Severity.SERIOUS,
    site: Site | None = None,
    page: str = "",
    found_by: User | None = None,
    found_at: datetime | None = None,
    files: Iterable[UploadedFile] = (),
) -> Incident:
    """登记并报告: a row, a notice to every leader and to whoever handles it. `found_by` None: the system noticed it.

    While an incident with this `key` is open it is only counted once more; calling it twice, late or from two
    processes at once does no harm. `page`: the address of the page concerned.
    """
    if key and (known := _seen_again(key)):
        return known
    found = pages.find(page) if page else None
    incident = Incident(
        kind=kind, severity=severity, what=what.strip(), site=site or (found.site if found else None), key=key,
        page=(found.url if found else page)[:200], page_kind=found.kind if found else "",
        page_id=found.pk if found else None, found_by=found_by or User.objects.system(),
        found_at=found_at or clock.now(), seen_at=clock.now(),
    )  # fmt: skip
    try:
        with uploads.together():
            incident.save()
            incident.files.set(accept_files(files, by=incident.found_by))
            _say(incident)
    except IntegrityError:
        if key and (known := _seen_again(key)):
            return known
        raise
    return incident


def _seen_again(key: str) -> Incident | None:
    rows = Incident.objects.open().filter(key=key)
    if not rows.update(times=F("times") + 1, seen_at=clock.now()):
        return None
    return rows.first()


def _say(incident: Incident) -> None:
    by = incident.found_by
    audit.record("report", "登记", incident, actor=by, note=incident.what[:500], clause=rules.CLAUSE)
    told = tell_leaders(incident)
    if told:
        incident.reported_at = clock.now()
        incident.save(update_fields=["reported_at"])
    names = "、".join(str(one) for one in told) or "没有可报告的局领导：主站没有人持有签发权限"
    system = User.objects.system()
    audit.record("told", "报告局领导", incident, actor=system, note=names, clause=rules.CLAUSE)
    others = [one for one in rules.keepers() if one not in told]
    notices.tell(
        others, f"安全事件待处置：{incident}", kind=NoticeKind.TODO, body=incident.what,
        url=incident.get_absolute_url(), key=f"incident-{incident.pk}-handle",
    )  # fmt: skip


def tell_leaders(incident: Incident) -> list[User]:
    """On their desks at once, by e-mail with the next sweep. Returns who was told."""
    told = list(rules.leaders())
    notices.tell(
        told, f"安全事件报告（{incident.get_severity_display()}）：{incident}", body=incident.what,
        url=incident.get_absolute_url(), key=told_key(incident),
    )  # fmt: skip
    return told


def told_key(incident: Incident) -> str:
    return f"incident-{incident.pk}-leaders"


def accept_files(files: Iterable[UploadedFile], *, by: User) -> list[StoredFile]:
    """Stored, or Refused at `files`; call it inside `uploads.together()`."""
    files = list(files)
    if len(files) > MOST_FILES:
        raise Refused(f"一次最多 {MOST_FILES} 个文件", "files")
    try:
        return [uploads.accept(one, owner=by) for one in files]
    except uploads.UploadRefused as refusal:
        raise Refused(refusal.message, "files") from refusal

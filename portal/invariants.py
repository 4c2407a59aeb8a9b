"""What must hold in the foundation: the audit chain, states and their trail, files and their rows, limits."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import Storage
from django.db.models import Max
from django.utils.timezone import localdate

from portal import audit, clock
from portal.enums import FileKind
from portal.integrity import Finding, invariant, of
from portal.limits import reckon
from portal.models import AuditEntry, Limit, StoredFile
from portal.transitions import Workflow
from portal.uploads import THUMBNAILS, stray_files, thumbnail_name
from portal.workdays import Calendar

PIECE = 1024 * 1024
STRAY_AFTER = timedelta(days=2)
"""What a killed upload left behind is swept away after a day (`sweep_stray_files`)."""


@invariant("audit_chain", "审计链完好")
def audit_chain() -> Iterator[Finding]:
    verdict = audit.verify()
    if verdict.bad_id is not None:
        yield Finding(f"portal.auditentry:{verdict.bad_id or '链尾'}", verdict.reason)


@invariant("states", "状态与办理记录一致")
def states() -> Iterator[Finding]:
    """The last verb in the trail that moves a thing led where it stands: no act done twice, none without its trace."""
    for model in apps.get_models():
        table = getattr(model, "workflow", None)
        if isinstance(table, Workflow) and not model._meta.proxy:
            yield from _states_of(model, table)


def _states_of(model, table: Workflow) -> Iterator[Finding]:
    known = {move.target for move in table.transitions.values()}
    known |= {state for move in table.transitions.values() for state in move.sources}
    moved = AuditEntry.objects.filter(object_type=model._meta.label_lower, verb__in=table.transitions)
    last_ids = moved.order_by().values("object_id").annotate(last=Max("id")).values("last")
    last = dict(AuditEntry.objects.filter(pk__in=last_ids).values_list("object_id", "verb"))
    field = getattr(model, "state_field", "state")
    for pk, state in model._base_manager.values_list("pk", field).iterator(chunk_size=2000):
        thing, verb = f"{model._meta.label_lower}:{pk}", last.get(str(pk))
        if state not in known:
            yield Finding(thing, f"状态“{state}”不在办理流程之中")
        elif verb is not None and table[verb].target != state:
            yield Finding(thing, f"最后的办理是“{table[verb].label}”，状态却是“{state}”")


@invariant("files", "附件齐全且未被改动")
def files() -> Iterator[Finding]:
    storage = StoredFile._meta.get_field("file").storage
    for one in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        if fault := _fault_of(one, storage):
            yield Finding(of(one), f"{one.name}：{fault}")


def _fault_of(one: StoredFile, storage: Storage) -> str:
    digest, size = hashlib.sha256(), 0
    try:
        with storage.open(one.file.name) as content:
            while piece := content.read(PIECE):
                digest.update(piece)
                size += len(piece)
    except OSError:
        return "文件不在了或打不开"
    if size != one.size:
        return f"应有 {one.size} 字节，实有 {size} 字节"
    if digest.hexdigest() != one.sha256:
        return "内容与校验值不符"
    wanted = THUMBNAILS if one.kind == FileKind.PICTURE else ()
    return "缺少缩略图" if any(not storage.exists(thumbnail_name(one, size)) for size in wanted) else ""


@invariant("stray_files", "没有无主的文件")
def strays() -> Iterator[Finding]:
    for name in stray_files(before=clock.now() - STRAY_AFTER):
        yield Finding(name, "文件没有对应的记录")


@invariant("limits", "时限与起算、延长、暂停一致")
def open_limits() -> Iterator[Finding]:
    rows = Limit.objects.select_related("subject_type").prefetch_related("pauses", "extensions")
    first = Limit.objects.filter(met_at=None).order_by("started_at").first()
    calendar = Calendar.since(localdate(first.started_at)) if first else None
    for one in rows.order_by("pk").iterator(chunk_size=500):
        model = one.subject_type.model_class()
        if model is None or not model._base_manager.filter(pk=one.subject_id).exists():
            yield Finding(of(one), "时限所属的事项已不存在")
        elif one.met_at is None:
            kept = one.due_at
            reckon(one, one.pauses.all(), one.extensions.all(), calendar)  # in memory; nothing is saved
            if one.due_at != kept:
                due = clock.local(one.due_at)
                yield Finding(of(one), f"记着 {clock.local(kept):%Y-%m-%d} 到期，按起算应为 {due:%Y-%m-%d}")

"""Logs are packed, kept as long as the law asks, and handed to the auditor as one file with its checksums."""

import csv
import gzip
import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal import audit, clock, parameters
from portal.house import rules
from portal.logs.files import NAME
from portal.models import AuditEntry, SweepFailure, User
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused, as_they_stand

MOST_DAYS, MOST_FAILURES = 31, 1_000
KINDS = {"audit": "审计记录", "access": "访问日志", "portal": "运行日志"}
HEADINGS = (
    "编号", "时间", "工号", "操作人", "代行", "动作", "动作名称", "对象类别", "对象编号", "对象", "站点", "依据", "说明",
    "地址", "前一条校验值", "校验值",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_IN_MEMORY = 4 * 1024 * 1024


@sweep("tidy_logs", every=timedelta(hours=6), label="整理日志")
def tidy_logs() -> int:
    """Pack the files of days gone by, drop those older than `log_days` (网络安全法第二十一条). Returns how many."""
    changed, oldest = 0, _oldest_kept()
    for path, day in log_files():
        if oldest is not None and day < oldest:
            path.unlink(missing_ok=True)
            changed += 1
        elif day < clock.today() - timedelta(days=1) and path.suffix != ".gz":
            changed += _pack(path)
    return changed + _forget_failures()


def _forget_failures() -> int:
    """Of failed sweeps the newest are kept, and none longer than the logs."""
    newest = SweepFailure.objects.order_by("-id").values_list("pk", flat=True)[MOST_FAILURES:][:1].first()
    gone, _ = SweepFailure.objects.filter(pk__lte=newest).delete() if newest else (0, {})
    if (oldest := _oldest_kept()) is not None:
        gone += SweepFailure.objects.filter(at__date__lt=oldest).delete()[0]
    return gone


def log_files(kinds: Iterable[str] = ("access", "portal")) -> Iterator[tuple[Path, date]]:
    """Every file of these logs with its day, by name."""
    for path in sorted(settings.LOG_DIR.glob("*.log*")):
        found = NAME.fullmatch(path.name)
        if found and found["kind"] in kinds:
            yield path, date.fromisoformat(found["day"])


def export(kinds: Iterable[str], since: date, until: date, *, by: User) -> SpooledTemporaryFile:
    """What was asked for as an open .zip at its beginning, with a list of checksums; that it was taken is on record.

    Raises NotAllowed to whoever does not audit.
    """
    kinds = [kind for kind in KINDS if kind in kinds]
    _record(kinds, since, until, by)
    file: Any = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 — the caller closes it
    sums: list[str] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        if "audit" in kinds:
            _add(packed, "审计记录.csv", _audit_lines(since, until), sums)
        for path, day in log_files([kind for kind in kinds if kind != "audit"]):
            if since <= day <= until:
                _add(packed, f"{path.name.partition('-')[0]}/{path.name}", _chunks(path), sums)
        head = f"{since} 至 {until}，{by.staff_number} 于 {clock.local(clock.now()):%Y-%m-%d %H:%M} 导出\n\n"
        packed.writestr("清单.txt", head + "".join(f"{one}\n" for one in sums))
    file.seek(0)
    return file


def kept_days() -> tuple[date | None, int]:
    """The oldest day there is an access log of, and how many bytes all logs take."""
    files = list(log_files())
    days = [day for path, day in files if path.name.startswith("access")]
    return min(days, default=None), sum(path.stat().st_size for path, _ in files if path.exists())


@transaction.atomic
def _record(kinds: list[str], since: date, until: date, by: User) -> None:
    by = as_they_stand(by)
    if not rules.may_export(by):
        raise NotAllowed("日志由审计管理员导出")
    if since > until:
        raise Refused("截止日期不能早于开始日期", "until")
    what = "、".join(KINDS[kind] for kind in kinds)
    audit.record("export_logs", "导出日志", by, actor=by, note=f"{what}，{since} 至 {until}")


def _oldest_kept() -> date | None:
    days = parameters.value("log_days")
    return clock.today() - timedelta(days=days) if days else None


def _pack(path: Path) -> int:
    """One of two sweeps packs it: the copy is written aside and takes its name when it is whole."""
    aside, packed = path.with_name(f".{path.name}.{os.getpid()}"), path.with_name(f"{path.name}.gz")
    try:
        with path.open("rb") as plain, gzip.open(aside, "wb") as file:
            shutil.copyfileobj(plain, file)
        os.replace(aside, packed)
        path.unlink()
    except FileNotFoundError:
        aside.unlink(missing_ok=True)
        return 0
    return 1


def _audit_lines(since: date, until: date) -> Iterator[bytes]:
    """As CSV that Excel opens, by number."""
    start = timezone.make_aware(datetime.combine(since, time.min))
    end = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    rows = AuditEntry.objects.filter(at__gte=start, at__lt=end).select_related("actor", "acting_for")
    yield b"\xef\xbb\xbf" + _csv(HEADINGS)
    for one in rows.order_by("id").iterator(chunk_size=2000):
        yield _csv((
            one.pk, f"{clock.local(one.at):%Y-%m-%d %H:%M:%S}", one.actor.staff_number, one.actor, one.acting_for or "",
            one.verb, one.label, one.object_type, one.object_id, one.object_label, one.site_key, one.clause, one.note,
            one.address or "", one.previous_hash, one.hash,
        ))  # fmt: skip


def _csv(values: Iterable[object]) -> bytes:
    """A line; what a spreadsheet could take for a formula is marked as text."""
    text = io.StringIO()
    plain = (str(value) for value in values)
    csv.writer(text).writerow([f"'{one}" if one.startswith(_FORMULA) else one for one in plain])
    return text.getvalue().encode()


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(1024 * 1024):
                yield chunk
    except FileNotFoundError:
        return  # packed or dropped by the sweep meanwhile


def _add(packed: zipfile.ZipFile, name: str, chunks: Iterable[bytes], sums: list[str]) -> None:
    digest = hashlib.sha256()
    with packed.open(name, "w", force_zip64=True) as entry:
        for chunk in chunks:
            digest.update(chunk)
            entry.write(chunk)
    sums.append(f"{digest.hexdigest()}  {name}")

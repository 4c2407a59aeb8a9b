"""Making a backup: asked for, begun, stored, read again, and only then done. Whatever stops it makes it a failed one."""

import errno
import logging
import socket
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from portal import clock, notices
from portal.backups import contents, databases, images, keeping, places, rules, stores
from portal.backups.contents import Step
from portal.backups.manifest import Manifest
from portal.backups.places import Busy
from portal.backups.programs import Failed, Tick
from portal.backups.stores import Kept, Restic, Store
from portal.enums import WHOLE_BACKUPS, BackupKind, BackupState, Power
from portal.models import BackupRun, User
from portal.workflow import NotAllowed, Refused, TooLate, fire

CLAUSE = "办法第二十条第4项；GB/T 22239-2019 数据备份恢复"
SILENT = timedelta(minutes=15)
WRITE_EVERY_SECONDS = 2
URL = "/desk/backups/"
log = logging.getLogger(__name__)


@transaction.atomic
def ask(kind: BackupKind, *, by: User) -> BackupRun:
    """Somebody wants a backup now; the next sweep makes it. One that waits or runs already is enough."""
    if not rules.keeps(by):
        raise NotAllowed("备份由系统管理员办理")
    if BackupRun.objects.filter(state__in=(BackupState.ASKED, BackupState.RUNNING)).exists():
        raise TooLate("已有一次备份正在进行或等待开始，请等它结束后再试")
    return _new(kind, by)


def make(kind: BackupKind, *, by: User, to: Path | None = None, medium: int = images.DVD) -> BackupRun:
    """A backup from beginning to end; of discs the images lie in `to`. Raises Failed, and Busy where another runs."""
    with places.alone():
        settle_interrupted()
        return _carry_out(_new(kind, by), to, medium)


def make_asked() -> int:
    """The backups that were asked for. Returns how many were made."""
    with places.alone():
        settle_interrupted()
        waiting = list(BackupRun.objects.filter(state=BackupState.ASKED).order_by("pk"))
        for run in waiting:
            _carry_out(run, None, images.DVD)
        return len(waiting)


def settle_interrupted() -> None:
    """Who holds the lock knows that no other backup is at work on this machine: what still runs was cut off."""
    for run in BackupRun.objects.filter(state=BackupState.RUNNING):
        is_ours = run.host == socket.gethostname()
        if is_ours or run.touched_at < clock.now() - SILENT:
            _fail(run, "备份进程中断，没有完成；这次的数据不作数")
        else:
            raise Busy(f"另一台机器（{run.host}）正在备份，请等它结束后再试")


def _new(kind: BackupKind, by: User) -> BackupRun:
    now = clock.now()
    key = f"{clock.local(now):%Y%m%d-%H%M%S}-{kind}"
    try:
        with transaction.atomic():
            return BackupRun.objects.create(key=key, kind=kind, asked_by=by, asked_at=now)
    except IntegrityError:
        raise TooLate("一秒之内已有一次同样的备份，请稍候再试") from None


def _carry_out(run: BackupRun, to: Path | None, medium: int) -> BackupRun:
    began = {"started_at": clock.now(), "touched_at": clock.now(), "host": socket.gethostname()}
    run = fire(run, "begin", actor=_system(), why_not=_nobody_asks, clause=CLAUSE, changes=began)
    try:
        with places.empty_staging() as staging:
            changes = (
                _to_discs(run, staging, to, medium)
                if run.kind == BackupKind.ARCHIVE
                else _to_store(run, staging)
            )
        run = fire(run, "finish", actor=_system(), why_not=_nobody_asks, clause=CLAUSE, changes=changes)
    except BaseException as error:
        _fail(run, reason_of(error))
        if isinstance(error, Exception):
            raise Failed(reason_of(error)) from error
        raise
    if run.kind != BackupKind.ARCHIVE:
        _afterwards(run)
    return run


def _to_store(run: BackupRun, staging: Path) -> dict[str, Any]:
    step = _teller(run)
    changes, found = _lay_down(run, stores.usual(), staging, step)
    if run.kind in WHOLE_BACKUPS:
        contents.remember(found)
    return changes


def _to_discs(run: BackupRun, staging: Path, to: Path | None, medium: int) -> dict[str, Any]:
    """A repository of this one backup alone, on as many discs as it needs."""
    step = _teller(run)
    with places.scratch("archive") as folder:
        store = stores.usual(folder / "repo")
        changes, _ = _lay_down(run, store, staging, step)
        to = to or places.root() / "archives" / run.key
        made = images.burn_ready(folder / "repo", run, to, medium, step("制作光盘映像"))
    changes["parts"]["images"] = [str(path) for path in made]
    return changes


def _lay_down(run: BackupRun, store: Store, staging: Path, step: Step) -> tuple[dict[str, Any], Manifest]:
    """Gather, store, read again, confirm; what the row is to say of it."""
    store.open()
    found, sha256 = contents.gather(run, staging, step)
    kept = Kept(run.key, run.kind, found.at, found.bytes, sha256)
    wholly = run.kind in (BackupKind.FULL, BackupKind.ARCHIVE)
    roots = {name: Path(root) for name, root in found.roots.items()}
    stored = store.save(kept, roots, anew=wholly, tick=step("存入备份库"))
    store.verify(kept, wholly=wholly, tick=step("读回核对"))
    if wholly and found.database.get("engine") == "pgbackrest":
        databases.pgbackrest.verify(step("核对数据库备份"))
    store.confirm(kept)
    database = {name: said for name, said in found.database.items() if name != "tables"}
    return {
        "finished_at": clock.now(), "verified_at": clock.now(), "bytes": found.bytes, "sha256": sha256, "step": "",
        "stored_bytes": stored + database.get("stored", 0), "files": len(found.files), "percent": 100,
        "parts": {"store": store.name, "is_encrypted": store.is_encrypted, "database": database},
    }, found  # fmt: skip


def _afterwards(run: BackupRun) -> None:
    """The copy in the other place and the old ones deleted. What goes wrong here is told, the backup stays one."""
    try:
        if run.parts["store"] == Restic.name and (other := stores.offsite()):
            other.take(stores.usual(), run.key)
            BackupRun.objects.filter(pk=run.pk).update(offsite_at=clock.now())
        elif settings.BACKUP_OFFSITE:
            raise Failed("异地副本须加密，请先在本机安装 restic（Debian：apt-get install restic）")
        keeping.expire()
    except Exception as error:
        log.exception("备份 %s 之后的事没有办成", run.key)
        BackupRun.objects.filter(pk=run.pk).update(error=f"备份有效；之后没有办成：{reason_of(error)}"[:500])
        _tell(f"备份已完成，但{reason_of(error)}", f"backup-after:{run.pk}")


def reason_of(error: BaseException) -> str:
    """One line for people."""
    if isinstance(error, Failed | Refused):
        return str(error.args[0])
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "磁盘已满，请清出空间后再备份"
    if isinstance(error, OSError):
        return f"读写 {error.filename or '文件'} 出错：{error.strerror}"
    if not isinstance(error, Exception):
        return "备份被中止"
    return f"意外的错误：{type(error).__name__} {error}"[:300]


def _fail(run: BackupRun, reason: str) -> None:
    """Where even this cannot be written down, the next one who holds the lock does it."""
    try:
        changes = {"finished_at": clock.now(), "error": reason[:500], "step": ""}
        fire(run, "fail", actor=_system(), why_not=_nobody_asks, note=reason, clause=CLAUSE, changes=changes)
        _tell(f"{run.get_kind_display()}没有成功：{reason}", f"backup-failed:{run.pk}")
    except Exception:
        log.exception("备份 %s 没有成功（%s），也没能记下", run.key, reason)


def _tell(title: str, key: str) -> None:
    notices.tell(notices.holders(Power.SYSTEM), title, body="详见工作台“备份与演练”。", url=URL, key=key)


def _teller(run: BackupRun) -> Step:
    """Progress on the row, every two seconds at most: no part of any transaction of the backup."""
    last = 0.0

    def step(label: str) -> Tick:
        def tick(share: float | None) -> None:
            nonlocal last
            if share is None or time.monotonic() > last + WRITE_EVERY_SECONDS:
                last = time.monotonic()
                percent = {} if share is None else {"percent": min(100, round(100 * share))}
                BackupRun.objects.filter(pk=run.pk).update(touched_at=clock.now(), **percent)

        BackupRun.objects.filter(pk=run.pk).update(step=label, percent=0, touched_at=clock.now())
        return tick

    return step


def _system() -> User:
    return User.objects.system()


def _nobody_asks(user: User, verb: str, run: BackupRun) -> str:
    """The system's own moves."""
    return ""

"""恢复演练 (办法第二十条第5项): the latest backup restored into a fresh place, started there, and compared.

Nothing of the running portal is touched, and the trial sends nothing out: it has a web server and no worker.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.db import transaction

from portal import audit, clock, notices
from portal.backups import clusters, places, programs, restoring, stores
from portal.backups.clusters import free_port
from portal.backups.comparing import Comparison
from portal.backups.databases import pgbackrest
from portal.backups.programs import Failed
from portal.backups.restoring import LATEST, Restored
from portal.backups.running import CLAUSE, URL, reason_of
from portal.enums import BackupState, Power
from portal.models import BackupDrill, BackupRun, User

START_SECONDS = 120
SETTINGS = "portal.settings.base"
PAGES = ("/healthz", "/")


def drill(*, offsite: bool = False) -> BackupDrill:
    """Restore, start, compare; the record is written whatever came of it. `offsite`: from the other place."""
    began, clocked = clock.now(), time.monotonic()
    run, found = None, Comparison()
    with places.alone(), places.scratch("drill") as folder:
        try:
            source = _elsewhere() if offsite else ""
            _, kept = restoring.find(LATEST, source)
            run = BackupRun.objects.filter(key=kept.key).first()
            _require_room(run, folder)
            with _place_for_cluster() as cluster:
                restored = restoring.restore(kept.key, folder / "var", source=source, cluster=cluster)
                with _database_of(restored) as url:
                    found = _tried(restored, _environment(restored, url))
        except Exception as error:
            found.faults.append(reason_of(error))
    return _record(run, began, time.monotonic() - clocked, found)


def _tried(restored: Restored, environment: Mapping[str, str]) -> Comparison:
    """Compared before it is started: starting may already write. Each command runs the system checks first."""
    said = _manage(environment, "restored_check", "--format", "json", str(restored.folder / "manifest.json"))
    found = Comparison(**{**json.loads(said), "files": len(restored.manifest.files)})
    _manage(environment, "prepare")
    with _serving(environment) as address:
        for page in PAGES:
            with urlopen(address + page, timeout=60) as answer:
                if answer.status != 200:
                    found.faults.append(f"恢复的门户打开 {page} 得到 {answer.status}")
    return found


@contextmanager
def _database_of(restored: Restored) -> Iterator[str]:
    """DATABASE_URL of what was restored."""
    if restored.engine == "sqlite":
        yield ""
    elif restored.engine == "pg_dump":
        with clusters.loaded(restored.folder / restored.manifest.database["file"]) as url:
            yield url
    else:
        with clusters.started(restored.cluster) as url:
            yield url


@contextmanager
def _place_for_cluster() -> Iterator[Path]:
    """Under TMPDIR, where postgres, too, may go: the folder of the backups is closed to all others."""
    with tempfile.TemporaryDirectory(prefix="portal-drill-", ignore_cleanup_errors=True) as folder:
        cluster = Path(folder, restoring.CLUSTER)
        Path(folder).chmod(0o755)
        try:
            yield cluster
        finally:
            if cluster.exists():
                Path(folder).chmod(0o1777)
                programs.run(pgbackrest.as_owner("rm", "-rf", str(cluster)), "清理演练的数据库")


def _environment(restored: Restored, url: str) -> dict[str, str]:
    """A portal of its own with this one's keys and nothing else of it: no broker, mail, messenger or directory."""
    live, here = Path(settings.STATIC_ROOT), restored.folder / "static"
    if (live / ".collected").exists():
        here.symlink_to(live)  # part of the code, not of the backup
    path = ("PATH", "LANG", "HOME", "PYTHONPATH", "SSL_CERT_FILE")
    return {
        **{name: os.environ[name] for name in path if name in os.environ},
        "VAR_DIR": str(restored.folder), "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY,
        "DATA_KEYS": ",".join(settings.DATA_KEYS), "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PORT": str(free_port()),
    }  # fmt: skip


@contextmanager
def _serving(environment: Mapping[str, str]) -> Iterator[str]:
    """The portal's own web server on the restored data; its address on this machine."""
    words = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "--workers", "1", "portal.wsgi"]
    address = f"http://127.0.0.1:{environment['PORT']}"
    server = subprocess.Popen(
        words, cwd=settings.BASE_DIR, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(START_SECONDS)


def _wait_for(address: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urlopen(f"{address}/healthz", timeout=5).close()
            return
        except (URLError, OSError) as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise Failed("恢复的门户没有启动起来") from error
            time.sleep(0.2)


def _manage(environment: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=settings.BASE_DIR, env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise Failed(f"在恢复的门户里执行 {words[0]} 没有成功：{programs.last_line(done.stderr)}")
    return done.stdout


def _elsewhere() -> str:
    if stores.offsite() is None:
        raise Failed("没有设置异地备份库 BACKUP_OFFSITE")
    return settings.BACKUP_OFFSITE


def _require_room(run: BackupRun | None, folder: Path) -> None:
    if run:
        places.require_room(folder, run.bytes)


@transaction.atomic
def _record(run: BackupRun | None, began, seconds: float, found: Comparison) -> BackupDrill:
    done = BackupDrill.objects.create(
        run=run, started_at=began, finished_at=clock.now(), seconds=round(seconds, 1), is_passed=not found.faults,
        **{**found.as_json(), "faults": found.faults[:50]},
    )  # fmt: skip
    note = (
        found.faults[0]
        if found.faults
        else f"用时 {seconds:.0f} 秒，{found.rows} 行、{found.files} 个文件一致"
    )
    audit.record(
        "backup_drill", "恢复演练", done, actor=User.objects.system(), note=note[:500], clause=CLAUSE
    )
    if found.faults:
        notices.tell(
            notices.holders(Power.SYSTEM), f"恢复演练没有通过：{note}", body="详见工作台“备份与演练”。", url=URL,
            key=f"drill:{done.pk}",
        )  # fmt: skip
    return done


def has_something_to_try() -> bool:
    return BackupRun.objects.filter(state=BackupState.DONE).exists()

"""Gets an installation ready to serve: tables, static files and, when there is no site yet, a preset."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandParser, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.models import Site

LOCK = 7_203_114  # any number that nobody else locks
# Parts of CKEditor's package that the editor never loads: other languages, papers, plugins that are off.
UNUSED_PLUGINS = """about codesnippet devtools docprops embedbase exportpdf flash forms iframe image2
    language mathjax placeholder scayt smiley sourcedialog uicolor wsc"""
UNUSED = [
    "ckeditor/ckeditor/lang/[!ez]*",
    "ckeditor/ckeditor/plugins/*/lang/[!ez]*",
    "ckeditor/ckeditor/*.md",
    "ckeditor/ckeditor/adapters/*",
    *(f"ckeditor/ckeditor/plugins/{plugin}/*" for plugin in UNUSED_PLUGINS.split()),
]


class Command(BaseCommand):
    help = "准备运行：更新数据表、收集静态文件，首次启动时载入制度预设"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--preset", default="jiangsu", help="尚无站点时载入的预设")
        parser.add_argument("--demo", action="store_true", help="同时载入示例人员与信息")

    def handle(self, *args, preset: str, demo: bool, **options) -> None:
        with one_at_a_time():
            self._migrate()
            self._collect_static()
            self._load(preset, demo)
            settings.LOG_DIR.mkdir(parents=True, exist_ok=True)  # nginx writes there, too, and perhaps first
        self.stdout.write("准备就绪。")

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("更新数据表……")
            call_command("migrate", interactive=False, verbosity=0)

    def _collect_static(self) -> None:
        if settings.DEBUG:
            return
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        wanted = static_fingerprint()
        if not stamp.exists() or stamp.read_text() != wanted:
            self.stdout.write("收集静态文件……")
            call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
            stamp.write_text(wanted)

    def _load(self, preset: str, demo: bool) -> None:
        if not Site.objects.exists():
            self.stdout.write(f"载入制度预设 {preset}{'（含示例人员与信息）' if demo else ''}……")
            call_command("load_preset", preset, demo=demo, stdout=self.stdout)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of containers that start together one prepares the shared database, the others wait and find it done."""
    with Path(settings.VAR_DIR, "prepare.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def static_fingerprint() -> str:
    """One line that changes when a file to collect does: its name, size or time of change."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list(None):
            path = Path(storage.path(name))
            stat = path.stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()

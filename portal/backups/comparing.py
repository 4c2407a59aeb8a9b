"""Is a restored portal what was backed up? Asked inside it: rows, files, the audit chain, the keys."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from portal import audit
from portal.backups.databases import tables
from portal.backups.manifest import Manifest, digest
from portal.fields import SealedTextField
from portal.models import StoredFile
from portal.sealing import SealBroken

SAMPLES = 20


@dataclass
class Comparison:
    """How much was compared, and what is not as it was."""

    tables: int = 0
    rows: int = 0
    files: int = 0
    entries: int = 0
    faults: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compare(manifest: Manifest) -> Comparison:
    """This portal with the list of the backup it came from. The moment may be later than the backup's (pgBackRest
    up to a point in time): then the rows of tables that grow are told as faults, for a person to judge.
    """
    with connection.cursor() as cursor:
        counts = tables.counts(cursor, connection.vendor)
    wanted = manifest.database.get("tables", {})
    found = Comparison(tables=len(wanted), rows=sum(counts.get(name, 0) for name in wanted))
    found.faults += tables.faults(wanted, counts)
    for missing in _stored_files(found):
        found.faults.append(missing)
    verdict = audit.verify()
    found.entries = verdict.entries
    if verdict.bad_id is not None:
        found.faults.append(f"审计链断裂：{verdict.reason}")
    found.faults += _unreadable()
    return found


def _stored_files(found: Comparison) -> Iterator[str]:
    """Every upload the database speaks of, by the digest the database keeps of it."""
    for row in StoredFile.objects.order_by("pk").only("file", "sha256", "name").iterator(chunk_size=2000):
        found.files += 1
        path = Path(settings.MEDIA_ROOT, row.file.name)
        if not path.is_file():
            yield f"缺少上传的文件 {row.file.name}"
        elif digest(path) != row.sha256:
            yield f"上传的文件 {row.file.name} 内容不符"


def _unreadable() -> Iterator[str]:
    """Sealed personal data opens with the keys that are set: some of each kind are tried."""
    for model in apps.get_models():
        names = [one.name for one in model._meta.fields if isinstance(one, SealedTextField)]
        for name in names:
            try:
                list(model._base_manager.exclude(**{name: ""}).values_list(name, flat=True)[:SAMPLES])
            except SealBroken:
                yield f"{model._meta.verbose_name}中加密的内容打不开：DATA_KEYS 不是当时所用的密钥"

"""系统备份 (办法第二十条第4项): the code and the settings without any secret; versions of all that is installed."""

import json
import platform
import shutil
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from portal.backups import manifest
from portal.models import Parameter, PresetRecord

NAME = "system"
CODE = (
    "assessment", "columns", "deploy", "disclosure", "docs", "interaction", "locale", "portal", "presets", "publishing",
    "scripts", "static", "templates",
)  # fmt: skip
LOOSE = ("*.py", "*.txt", "*.toml", "*.yml", "*.md", "Makefile", "Dockerfile", "Procfile*")
SAID = (
    "ALLOWED_HOSTS", "ADMIN_PATH", "ADMIN_NETWORKS", "TRUSTED_PROXIES", "SELF_CHECK_URL", "VAR_DIR", "MEDIA_ROOT",
    "VISITS_ROOT", "BACKUP_DIR", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "TIME_ZONE",
)  # fmt: skip
SECRET = ("SECRET_KEY", "DATA_KEYS", "BACKUP_KEY", "BACKUP_OFFSITE", "REMINDER_WEBHOOK_URL", "LDAP", "OIDC")


def write(folder: Path) -> dict[str, Any]:
    """Code, settings and parameters into `folder/system`; returns the versions, which the manifest tells too."""
    place = folder / NAME
    place.mkdir()
    _copy_code(place / "code")
    said = versions(place / "code")
    _write(place / "versions.json", said)
    _write(place / "settings.json", described())
    rows = Parameter.objects.order_by("key").values("key", "label", "value", "unit", "clause")
    _write(place / "parameters.json", list(rows))
    return {name: said[name] for name in ("code", "python", "django", "migrations", "presets")}


def versions(code: Path) -> dict[str, Any]:
    applied = MigrationRecorder(connection).applied_migrations()
    presets = PresetRecord.objects.order_by("preset").values_list("preset", flat=True).distinct()
    packages = {one.metadata["Name"]: one.version for one in metadata.distributions()}
    return {
        "code": _fingerprint(code),
        "python": platform.python_version(),
        "django": packages.get("Django"),
        "database": _server(),
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "presets": {name: _fingerprint(settings.PRESETS_DIR / name) for name in presets},
        "packages": dict(sorted(packages.items())),
    }


def described() -> dict[str, Any]:
    """The settings that matter; of what is secret only whether it is set."""
    database = settings.DATABASES["default"]
    return {
        "DATABASE": {
            name: str(database.get(name, "")) for name in ("ENGINE", "NAME", "HOST", "PORT", "USER")
        },
        "REDIS": urlsplit(str(settings.CELERY_BROKER_URL)).hostname or "",
        **{name: _plain(getattr(settings, name, None)) for name in SAID},
        **{name: "已设置" if getattr(settings, name, None) else "未设置" for name in SECRET},
        "PGBACKREST": " ".join(word for word in settings.PGBACKREST if "cipher" not in word),
    }


def _copy_code(to: Path) -> None:
    to.mkdir()
    for name in CODE:
        if (settings.BASE_DIR / name).is_dir():
            unwanted = shutil.ignore_patterns("__pycache__", "*.pyc")
            shutil.copytree(settings.BASE_DIR / name, to / name, ignore=unwanted)
    for path in sorted(path for pattern in LOOSE for path in settings.BASE_DIR.glob(pattern)):
        shutil.copy2(path, to / path.name)


def _fingerprint(folder: Path) -> str:
    """Changes when any file of the folder does."""
    seen = sha256()
    for path in manifest.walk(folder):
        if path.suffix != ".pyc":
            seen.update(f"{path.relative_to(folder)} {manifest.digest(path)}\n".encode())
    return seen.hexdigest()[:16]


def _server() -> str:
    version = ".".join(
        map(
            str,
            connection.Database.sqlite_version_info
            if connection.vendor == "sqlite"
            else [connection.pg_version],
        )
    )
    return f"{connection.vendor} {version}"


def _plain(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, list | tuple) else str(value)


def _write(path: Path, said: Any) -> None:
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")

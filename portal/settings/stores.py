"""Where the portal keeps what it shares: caches, messages, files and copies of the database, by what Env asks for.

Nothing asked for = the embedded default in VAR_DIR. With PostgreSQL, Redis and a bucket no machine keeps anything of
its own, and there may be any number of them (docs/adr/0021).
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from portal.settings.values import Bucket, Redis

QUIET_SECONDS = 3600  # a task not acknowledged for so long is given to another worker
S3 = "storages.backends.s3.S3Storage"
MEMORY = 2 * 1024 * 1024  # a larger file is spooled to disk while it is sent


def replicas(primary: Mapping[str, Any], found: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Aliases replica1, replica2, …: connections like the primary's, given up soon when nobody answers."""
    return {
        f"replica{number}": {
            **primary,
            **one,
            "OPTIONS": {
                **one.get("OPTIONS", {}),
                "connect_timeout": 2,
                "options": "-c statement_timeout=30s",
            },
            "TEST": {"MIRROR": "default"},
        }
        for number, one in enumerate(found, start=1)
    }


def cache(redis: Redis | None, var_dir: Path) -> dict[str, Any]:
    if redis is None:
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": var_dir / "cache",
        }
    own = {"sentinels": redis.sentinels, "master": redis.master, "password": redis.password}
    return {
        "BACKEND": "portal.redis_cache.PatientCache",
        "LOCATION": redis.url or "sentinel",
        "OPTIONS": {**own, "database": redis.database} if redis.sentinels else {},
    }


def broker(redis: Redis | None, var_dir: Path) -> tuple[str, dict[str, Any]]:
    """Celery's broker and its transport options; the embedded one is a folder, made here."""
    if redis is None:
        return "filesystem://localhost", _spool(var_dir / "spool")
    if not redis.sentinels:
        return redis.url, {"visibility_timeout": QUIET_SECONDS, "socket_connect_timeout": 1}
    login = f":{quote(redis.password, safe='')}@" if redis.password else ""
    urls = [f"sentinel://{login}{host}:{port}/{redis.database}" for host, port in redis.sentinels]
    options = {"master_name": redis.master, "socket_timeout": 5, "socket_connect_timeout": 2}
    return ";".join(urls), {**options, "visibility_timeout": QUIET_SECONDS}


def beat_lock(redis: Redis | None, var_dir: Path) -> Redis | Path:
    """What only one clock may hold: a key in Redis, or a file where there is one machine."""
    return redis or var_dir / "beat.lock"


def files(bucket: Bucket | None) -> dict[str, dict[str, Any]]:
    """`default` for what people upload, `visits` for pages the built-in visitor found."""
    if bucket is None:
        return {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "visits": {"BACKEND": "assessment.models.radar.SnapshotStorage"},
        }
    folder = f"{bucket.folder}/" if bucket.folder else ""
    return {name: _in_bucket(bucket, f"{folder}{below}") for name, below in FOLDERS.items()}


FOLDERS = {"default": "media", "visits": "visits"}


def _in_bucket(bucket: Bucket, location: str) -> dict[str, Any]:
    """Private objects, by signed requests of the portal alone; nobody is ever given an address of the bucket."""
    from botocore.config import Config  # noqa: PLC0415 — 23 MB that only an office with a bucket pays for

    own = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=3,
        read_timeout=30,
        retries={"mode": "standard", "max_attempts": 4},
        request_checksum_calculation="when_required",  # storage of other makers knows no newer checksums
        response_checksum_validation="when_required",
    )
    return {
        "BACKEND": S3,
        "OPTIONS": {
            "bucket_name": bucket.name,
            "location": location,
            "endpoint_url": bucket.endpoint,
            "region_name": bucket.region,
            "access_key": bucket.key,
            "secret_key": bucket.secret,
            "default_acl": None,
            "file_overwrite": False,
            "max_memory_size": MEMORY,
            "client_config": own,
        },
    }


def _spool(folder: Path) -> dict[str, Any]:
    for name in ("queue", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.05,  # seconds until a nudged worker looks: what is published is visible soon after
    }

"""Django's LOGGING: the console, and a file a day under VAR_DIR."""

from pathlib import Path
from typing import Any


def logging_of(folder: Path, style: str, keeps_files: bool = True) -> dict[str, Any]:
    """`style`: lines or json. `keeps_files` False: the console alone, for tests."""
    events, access = (["console", "portal"], ["access"]) if keeps_files else (["console"], [])
    files = {
        kind: {"class": "portal.logs.files.DailyFile", "folder": folder, "kind": kind, "formatter": style}
        for kind in ("portal", "access")
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {"class": "portal.logs.formats.Lines"},
            "json": {"class": "portal.logs.formats.Json"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": style},
            **(files if keeps_files else {}),
        },
        "root": {"handlers": events, "level": "WARNING"},
        # What visitors may not see or do not find is no fault of the portal: the log keeps what the operator must mend.
        "loggers": {
            "axes": {"level": "ERROR"},
            "django.request": {"level": "ERROR"},
            "portal.access": {"handlers": access, "level": "INFO", "propagate": False},
        },
    }

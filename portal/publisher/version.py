"""Which templates and which program made a page: when they change, every page is made anew."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from portal.passwords import has_sample_passwords

PROGRAM = ("portal", "columns", "publishing", "interaction", "disclosure", "assessment", "templates")
ENDINGS = {".html", ".py", ".txt", ".xml"}
LENGTH = 16


def template_version() -> str:
    """A short hash; the warning about sample passwords stands on every page and counts as well."""
    return f"{_program_version()}{'s' if has_sample_passwords() else ''}"


@cache
def _program_version() -> str:
    """Of templates, program and the names of static files, read once a process: a new program is a new process."""
    found = sha256()
    for path in sorted(_files()):
        found.update(
            path.relative_to(settings.BASE_DIR).as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
        )
    names = Path(settings.STATIC_ROOT, "staticfiles.json")
    found.update(names.read_bytes() if names.is_file() else b"")
    return found.hexdigest()[:LENGTH]


def _files() -> list[Path]:
    folders = [Path(settings.BASE_DIR, name) for name in PROGRAM]
    return [
        path for folder in folders for path in folder.rglob("*")
        if path.suffix in ENDINGS and "migrations" not in path.parts
    ]  # fmt: skip

"""Portals that run as processes of their own."""

import shutil

import pytest

from tests import migrated


@pytest.fixture(scope="session")
def migrated_before(request):
    """`migrated_before(folder)` makes it a VAR_DIR whose migrations a run has done and kept; else `migrate` does all."""
    kept = migrated.place(request.config)

    def make(folder):
        if kept and kept.exists():
            shutil.copy(kept, folder / "portal.sqlite3")
        return folder

    return make

"""As delivered, but tables are made as the models stand now: running all migrations takes half a minute."""

import os
from pathlib import Path

from tests.ops.plain_settings import *  # noqa: F403


class NoMigrations:
    """Says of every app that it has none."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = NoMigrations()

# Two machines of a test share what a volume for all of them would hold.
PAGES_ROOT = Path(os.environ.get("SHARED_PAGES") or VAR_DIR / "pages")  # noqa: F405
PUBLISHES_PAGES = "SHARED_PAGES" in os.environ

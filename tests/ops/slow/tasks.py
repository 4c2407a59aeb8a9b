"""`take_time`: a sweep of three seconds that says when it began and when it was done."""

import time
from datetime import timedelta

from django.conf import settings

from portal.sweeps import sweep


@sweep("take_time", every=timedelta(days=1), label="慢")
def take_time() -> int:
    (settings.VAR_DIR / "began").touch()
    time.sleep(3)
    (settings.VAR_DIR / "done").touch()
    return 1

"""Files as ever, but slowly."""

import time

from django.core.files.storage import FileSystemStorage

SECONDS = 2


class SlowStorage(FileSystemStorage):
    def _save(self, name, content):
        time.sleep(SECONDS)
        return super()._save(name, content)

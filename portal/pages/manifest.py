"""The signature over a line of the manifest: whoever can write files, or rows, cannot sign without the key.

The key is derived from DATA_KEYS (portal.sealing) and lies neither with the pages nor in the database.
"""

import hmac
import json
from functools import cache
from hashlib import sha256

from django.conf import settings

from portal.models import PublishedPage

PURPOSE = b"portal.pages manifest 1"


def sign(page: PublishedPage) -> str:
    return _over(page, settings.DATA_KEYS[0])


def is_genuine(page: PublishedPage) -> bool:
    """Signed by any key that is still known."""
    return any(hmac.compare_digest(page.seal, _over(page, key)) for key in settings.DATA_KEYS)


def _over(page: PublishedPage, key: str) -> str:
    digests = {copy: said[-1] for copy, said in sorted(page.prints.items())}
    said = json.dumps([page.site, page.path, page.kind, digests], ensure_ascii=False)
    return hmac.new(_derived(key), said.encode(), sha256).hexdigest()


@cache
def _derived(key: str) -> bytes:
    return hmac.new(key.encode(), PURPOSE, sha256).digest()

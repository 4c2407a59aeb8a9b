"""公文签收: who is answered what about a document sent to 北桥工商所, where nobody of the tables works.

The moderator publishes on the whole site, so they send; inspection and audit look on.
"""

from datetime import timedelta
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from disclosure.operations import dispatches as operations
from portal import clock
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, signed_in
from tests.rights.site_and_desk import SAFE_ONLY

SEEN = signed_in(404, moderator=200, inspector=200, auditor=200)
SENT = signed_in(404, moderator=200)

GET: dict[str, Row] = {
    "desk/receipts/": signed_in(),
    "desk/dispatches/": SEEN,
    "desk/dispatches/new/": SENT,
    "desk/dispatches/<int:pk>/": SEEN,
    "desk/dispatches/<int:pk>/edit/": signed_in(404, moderator=302, inspector=302, auditor=302),
    "desk/dispatches/<int:pk>/sign/<int:unit>/": SAFE_ONLY,
    "desk/dispatches/<int:pk>/remind/": SAFE_ONLY,
    "desk/dispatches/<int:pk>/withdraw/": SAFE_ONLY,
    "desk/dispatches/<int:pk>/discard/": SAFE_ONLY,
    "desk/dispatches/<int:pk>/files/<int:file>/": SEEN,
    "desk/dispatches/<int:pk>/sheet/": SEEN,
    "desk/dispatches/<int:pk>/sheet.<slug:form>": SEEN,
}
POST: dict[str, Row] = dict.fromkeys(GET, SAFE_ONLY) | {
    "desk/dispatches/new/": signed_in(404, moderator=422),
    "desk/dispatches/<int:pk>/edit/": signed_in(404, moderator=409, inspector=409, auditor=409),
    "desk/dispatches/<int:pk>/sign/<int:unit>/": signed_in(404, moderator=403, inspector=403, auditor=403),
    "desk/dispatches/<int:pk>/remind/": signed_in(404, moderator=302, inspector=403, auditor=403),
    "desk/dispatches/<int:pk>/withdraw/": signed_in(404, moderator=422, inspector=403, auditor=403),
    "desk/dispatches/<int:pk>/discard/": signed_in(404, moderator=409, inspector=409, auditor=409),
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """One with a file."""
    words = operations.Words(
        title="公文", document_number="", text="内容", priority="ORDINARY", units={office.station.pk},
        sign_by=clock.today() + timedelta(days=5),
    )  # fmt: skip
    file = SimpleUploadedFile("附件.txt", "内容".encode())
    found = operations.draft(office.main, words, by=office.moderator, files=[file])
    found = operations.send(found, by=office.moderator, version=found.version)
    dialogue.numbers["desk/dispatches/"] = found.pk
    dialogue.parts["desk/dispatches/"] = {
        "int:unit": str(office.station.pk), "int:file": str(found.files.get().pk), "slug:form": "xlsx",
    }  # fmt: skip

"""依申请公开: who is answered what about one request, in hand in another department.

None of the tables' roles sits in the disclosure office; the section's head, who approves extensions, is the signer.
"""

from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from columns import operations as column_operations
from columns.models import Role
from disclosure.operations import filing
from disclosure.operations import requests as operations
from portal import clock
from portal.enums import Power
from portal.models import User
from tests.disclosure.requests.conftest import disclosure_office, draft
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, row, signed_in
from tests.rights.site_and_desk import EVERYBODY, NOT_THERE, SAFE_ONLY, TO_SIGN_IN

SEEN = signed_in(404, signer=200, inspector=200, auditor=200)
"""The head of the office handles it, inspection looks on."""

READ = signed_in(404, signer=200)

GET: dict[str, Row] = {
    "disclosure/requests/new/": EVERYBODY,
    "disclosure/requests/form.docx": EVERYBODY,
    "disclosure/requests/track/": EVERYBODY,
    "disclosure/requests/track/<slug:code>/": NOT_THERE,
    "disclosure/requests/track/<slug:code>/correct/": SAFE_ONLY,
    "disclosure/requests/track/<slug:code>/withdraw/": SAFE_ONLY,
    "disclosure/requests/track/<slug:code>/papers/<slug:kind>-<int:row>.docx": NOT_THERE,
    "desk/requests/": SEEN,
    "desk/requests/new/": signed_in(404),
    "desk/requests/<int:pk>/": SEEN,
    "desk/requests/<int:pk>/files/<int:file>/": READ,
    "desk/requests/<int:pk>/papers/<slug:kind>-<int:row>.docx": READ,
    "desk/requests/<int:pk>/<slug:verb>/": TO_SIGN_IN,
}
POST: dict[str, Row] = dict.fromkeys(GET, SAFE_ONLY) | {
    "disclosure/requests/new/": row(422),
    "disclosure/requests/track/": row(422),
    "disclosure/requests/track/<slug:code>/correct/": NOT_THERE,
    "disclosure/requests/track/<slug:code>/withdraw/": NOT_THERE,
    "desk/requests/new/": signed_in(404),
    "desk/requests/<int:pk>/<slug:verb>/": signed_in(404, signer=409, inspector=409, auditor=409),
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """A request with a file, registered by a clerk whom no role of the tables stands for."""
    role = Role.objects.create(key="DISCLOSER", name="公开答复人员", powers=[str(Power.ANSWER)])
    clerk = User.objects.create_user("gongkai", name="公开承办人", department=office.section)
    column_operations.appoint(clerk, role, office.main, by=office.system, reason="测试")
    said = draft(
        name="申请人mark-letter-", wanted="所需信息mark-letter-",
        identity_files=[SimpleUploadedFile("证件.txt", "证件".encode())],
    )  # fmt: skip
    request = filing.submit(disclosure_office(office), said, nonce="0" * 32).request
    request = operations.register(request, clock.today(), how="电话", by=clerk)
    dialogue.numbers["desk/requests/"] = request.pk
    place = {"slug:code": request.code, "slug:kind": "receipt", "int:row": "0"}
    dialogue.parts["disclosure/requests/"] = place
    dialogue.parts["desk/requests/"] = place | {
        "int:file": str(request.files.get().pk), "slug:verb": "approve_extension",
    }  # fmt: skip

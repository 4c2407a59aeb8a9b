"""答复: who is answered what about one answer in review, with a file and a 复议.

None of the tables' roles sits in the disclosure office or handles the request; the signer is the head of the office,
the department's head decides the current step.
"""

from types import SimpleNamespace

from columns import operations as column_operations
from columns.models import Role
from disclosure.enums.decisions import Outcome, ProceedingKind
from disclosure.models import Office
from disclosure.operations import answer_files, decisions, filing, proceedings
from disclosure.operations import requests as operations
from disclosure.operations.decisions import Draft
from disclosure.rules.proceedings import Facts
from portal import clock
from portal.models import User
from tests.disclosure.decisions.conftest import pdf
from tests.disclosure.requests.conftest import OTHER_CARD, draft
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, signed_in
from tests.rights.site_and_desk import NOT_THERE, SAFE_ONLY, TO_SIGN_IN

LISTED = signed_in(404, signer=200, inspector=200, auditor=200)
"""The register: the head of the office, and inspection."""

READ = signed_in(404, signer=200, head_person=200, inspector=403, auditor=403)
"""Inspection knows of it and does not read it."""

KNOWN = signed_in(404, signer=403, head_person=403, inspector=403, auditor=403)
SEEN = signed_in(404, signer=200, head_person=200, inspector=200, auditor=200)
NO_FILE = signed_in(404, inspector=403, auditor=403)

GET: dict[str, Row] = {
    "disclosure/requests/track/<slug:code>/answer/": SAFE_ONLY,
    "disclosure/requests/track/<slug:code>/answer/letter/": NOT_THERE,
    "disclosure/requests/track/<slug:code>/answer/<int:pk>/": NOT_THERE,
    "desk/decisions/": LISTED,
    "desk/decisions/for/<int:pk>/": READ,
    "desk/decisions/for/<int:pk>/letter/": READ,
    "desk/decisions/for/<int:pk>/letter.docx": READ,
    "desk/decisions/for/<int:pk>/proof/": NO_FILE,
    "desk/decisions/for/<int:pk>/<slug:verb>/": TO_SIGN_IN,
    "desk/decisions/files/<int:pk>/": READ,
    "desk/decisions/files/<int:pk>/pages/<int:number>/": READ,
    "desk/decisions/files/<int:pk>/given/": READ,
    "desk/decisions/files/<int:pk>/original/": READ,
    "desk/decisions/files/<int:pk>/<slug:verb>/": TO_SIGN_IN,
    "desk/decisions/<int:pk>/": READ,
    "desk/decisions/<int:pk>/<slug:verb>/": TO_SIGN_IN,
    "desk/proceedings/": LISTED,
    "desk/proceedings/for/<int:pk>/": KNOWN,
    "desk/proceedings/<int:pk>/": SEEN,
    "desk/proceedings/<int:pk>/paper/": signed_in(404),
    "desk/proceedings/<int:pk>/remove/": SAFE_ONLY,
}
POST: dict[str, Row] = dict.fromkeys(GET, SAFE_ONLY) | {
    "disclosure/requests/track/<slug:code>/answer/": NOT_THERE,
    "desk/decisions/for/<int:pk>/<slug:verb>/": KNOWN,
    "desk/decisions/files/<int:pk>/<slug:verb>/": KNOWN,
    "desk/decisions/<int:pk>/<slug:verb>/": KNOWN | {"head_person": 409, "signer": 409},
    "desk/proceedings/for/<int:pk>/": KNOWN,
    "desk/proceedings/<int:pk>/": KNOWN,
    "desk/proceedings/<int:pk>/remove/": KNOWN,
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """After the requests: a second one, whose answer the department's head is to review."""
    Office.objects.update(route=office.head)
    clerk = User.objects.create_user("dafu", name="答复承办人", department=office.section)
    column_operations.appoint(
        clerk, Role.objects.get(key="DISCLOSER"), office.main, by=office.system, reason="测试"
    )
    said = draft(identity_number=OTHER_CARD, name="申请人mark-letter-", wanted="所需信息mark-letter-")
    request = filing.submit(Office.objects.get(), said, nonce="1" * 32).request
    request = operations.register(request, clock.today(), how="电话", by=clerk)
    answer_files.attach(request, [pdf()], by=clerk)
    answer = Draft(Outcome.OPEN, text="答复mark-letter-")
    decision = decisions.finish(request, answer, version=1, by=clerk)
    review = Facts(ProceedingKind.REVIEW, "区政府", clock.today())
    proceeding = proceedings.record(request, review, by=clerk)
    dialogue.numbers |= {
        "desk/decisions/": decision.pk, "desk/decisions/for/": request.pk,
        "desk/decisions/files/": decision.files.get().pk, "desk/proceedings/": proceeding.pk,
        "desk/proceedings/for/": request.pk,
    }  # fmt: skip
    dialogue.parts |= {
        "desk/decisions/": {"slug:verb": "approve", "int:number": "1"},
        "desk/decisions/for/": {"slug:verb": "take_back"},
        "desk/decisions/files/": {"slug:verb": "detach"},
    }  # fmt: skip

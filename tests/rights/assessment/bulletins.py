"""Bulletins: who is answered what about a draft."""

from datetime import timedelta
from types import SimpleNamespace

from assessment.enums.bulletins import BulletinKind
from assessment.operations import bulletins as operations
from portal import clock
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, signed_in
from tests.rights.site_and_desk import EVERYBODY, NOT_THERE, SAFE_ONLY

ASSESSORS = signed_in(404, inspector=200)

GET: dict[str, Row] = {
    "scoreboard/bulletins/": EVERYBODY,
    "scoreboard/bulletins/<int:pk>/": NOT_THERE,
    "scoreboard/bulletins/<int:pk>.<slug:form>": NOT_THERE,
    "desk/bulletins/": signed_in(),
    "desk/bulletins/new/": ASSESSORS,
    "desk/bulletins/<int:pk>/": ASSESSORS,
    "desk/bulletins/<int:pk>/withdraw/": SAFE_ONLY,
    "desk/bulletins/<int:pk>.<slug:form>": ASSESSORS,
}
POST: dict[str, Row] = {
    "scoreboard/bulletins/": SAFE_ONLY,
    "scoreboard/bulletins/<int:pk>/": SAFE_ONLY,
    "scoreboard/bulletins/<int:pk>.<slug:form>": SAFE_ONLY,
    "desk/bulletins/": SAFE_ONLY,
    "desk/bulletins/new/": signed_in(404, inspector=422),
    "desk/bulletins/<int:pk>/": signed_in(404, inspector=422),
    "desk/bulletins/<int:pk>/withdraw/": signed_in(404, inspector=409),
    "desk/bulletins/<int:pk>.<slug:form>": SAFE_ONLY,
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """A draft of the last month."""
    day = clock.today().replace(day=1) - timedelta(days=1)
    bulletin = operations.draft(BulletinKind.RANKING, None, day, by=office.inspector)
    dialogue.numbers |= {"scoreboard/bulletins/": bulletin.pk, "desk/bulletins/": bulletin.pk}
    dialogue.parts |= {
        "scoreboard/bulletins/": {"slug:form": "docx"},
        "desk/bulletins/": {"slug:form": "docx"},
    }

"""Self-check, the built-in visitor and reports: who is answered what about one thing of every kind."""

from types import SimpleNamespace

from assessment.enums.radar import PageKind, VisitKind
from assessment.models import Visit
from assessment.models.radar import SnapshotStorage
from assessment.operations import radar as operations
from assessment.operations import visits
from portal import clock
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, signed_in
from tests.rights.site_and_desk import SAFE_ONLY

LOOK = signed_in(404, inspector=200, granter=200, auditor=200, chief=200)
"""监察室, 网管, 审计管理员, 总版主: the house as a whole is their business."""

NO_POST = signed_in(405, anonymous=405)
REPORTS = ("build-up", "updates", "heat", "silence", "gaps", "accountability")

GET: dict[str, Row] = {
    "desk/self-check/": LOOK,
    "desk/self-check/limits/": LOOK,
    "desk/self-check/limits/<int:pk>/end/": SAFE_ONLY,
    "desk/self-check/visits/": LOOK,
    "desk/self-check/visits/<int:pk>/": LOOK,
    "desk/self-check/visits/<int:pk>/snapshot/": LOOK,
    "desk/self-check/packages/<slug:quarter>/": LOOK,
} | {f"desk/reports/{name}/{rest}": LOOK for name in REPORTS for rest in ("", "export/")}

POST: dict[str, Row] = dict.fromkeys(GET, NO_POST) | {
    "desk/self-check/limits/": signed_in(404, inspector=422, granter=403, auditor=403, chief=403),
    "desk/self-check/limits/<int:pk>/end/": signed_in(404, inspector=302),
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """One thing of every kind; its id in `dialogue.numbers`, by how the address begins."""
    body = "<p>页面</p>".encode()
    digest = "a" * 64
    visit = Visit.objects.create(
        site=office.main, kind=VisitKind.ROUND, page=PageKind.HOME, url="/", what="首页", at=clock.now(), status=200,
        sha256=digest, snapshot=visits._store(digest, body), faults=[{"key": "mark", "text": "页脚没有“公安备案号”"}],
    )  # fmt: skip
    assert SnapshotStorage().exists(visit.snapshot.name)
    own = operations.tighten(
        "home_days", 7, site=None, since=clock.today(), reason="办法第十五条", by=office.inspector
    )
    dialogue.numbers["desk/self-check/visits/"] = visit.pk
    dialogue.numbers["desk/self-check/limits/"] = own.pk
    dialogue.parts["desk/self-check/packages/"] = {"slug:quarter": "2026Q1"}

"""年度报告: who is answered what about a draft that waits for signature.

None of the tables' roles sits in the disclosure office; the signer may sign, inspection and audit look on.
"""

from types import SimpleNamespace

from disclosure.models import AnnualReport, Office
from portal import clock
from tests.disclosure.offices import make_office
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, signed_in
from tests.rights.site_and_desk import EVERYBODY, NOT_THERE, SAFE_ONLY

SEEN = signed_in(404, signer=200, inspector=200, auditor=200)
WRITTEN = signed_in(404)

GET: dict[str, Row] = {
    "disclosure/reports/": EVERYBODY,
    "disclosure/reports/<int:year>/": NOT_THERE,
    "disclosure/reports/<int:year>.<slug:form>": NOT_THERE,
    "desk/annual-reports/": SEEN,
    "desk/annual-reports/<int:pk>/": SEEN,
    "desk/annual-reports/<int:pk>/parts/<slug:part>/": WRITTEN,
    "desk/annual-reports/<int:pk>/figures/": WRITTEN,
    "desk/annual-reports/<int:pk>/cases/": SEEN,
    "desk/annual-reports/<int:pk>/act/<slug:verb>/": SAFE_ONLY,
    "desk/annual-reports/<int:pk>.<slug:form>": SEEN,
}
POST: dict[str, Row] = dict.fromkeys(GET, SAFE_ONLY) | {
    "desk/annual-reports/": signed_in(404, signer=403, inspector=403, auditor=403),
    "desk/annual-reports/<int:pk>/parts/<slug:part>/": WRITTEN,
    "desk/annual-reports/<int:pk>/figures/": WRITTEN,
    "desk/annual-reports/<int:pk>/act/<slug:verb>/": signed_in(404, signer=409, inspector=409, auditor=409),
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """Last year's, offered; the button that is pressed issues it, of a version nobody looked at."""
    if not Office.objects.filter(site=office.main).exists():
        make_office(office.main, office.section)
    report = AnnualReport.objects.create(
        site=office.main, year=clock.today().year - 1, kind="DISCLOSURE", state="OFFERED", saved_by=office.system,
        saved_at=clock.now(),
    )  # fmt: skip
    dialogue.numbers["desk/annual-reports/"] = report.pk
    dialogue.parts |= {
        "disclosure/reports/": {"int:year": str(report.year), "slug:form": "docx"},
        "desk/annual-reports/": {"slug:part": "overview", "slug:form": "docx", "slug:verb": "issue"},
    }

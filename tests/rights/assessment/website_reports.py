"""政府网站工作年度报表: who is answered what about a form that waits for signature."""

from types import SimpleNamespace

from disclosure.models import AnnualReport
from portal import clock
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, signed_in
from tests.rights.site_and_desk import EVERYBODY, NOT_THERE, SAFE_ONLY

SEEN = signed_in(404, signer=200, inspector=200, auditor=200)

GET: dict[str, Row] = {
    "website-reports/": EVERYBODY,
    "website-reports/<int:year>/": NOT_THERE,
    "desk/website-reports/": SEEN,
    "desk/website-reports/<int:pk>/": SEEN,
    "desk/website-reports/<int:pk>/fill/": signed_in(404),
    "desk/website-reports/<int:pk>/act/<slug:verb>/": SAFE_ONLY,
}
POST: dict[str, Row] = dict.fromkeys(GET, SAFE_ONLY) | {
    "desk/website-reports/": signed_in(404, signer=403, inspector=403, auditor=403),
    "desk/website-reports/<int:pk>/fill/": signed_in(404),
    "desk/website-reports/<int:pk>/act/<slug:verb>/": signed_in(404, signer=409, inspector=409, auditor=409),
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """Last year's, offered; the button that is pressed issues it, of a version nobody looked at."""
    report = AnnualReport.objects.create(
        site=office.main, year=clock.today().year - 1, kind="WEBSITE", state="OFFERED", saved_by=office.system,
        saved_at=clock.now(),
    )  # fmt: skip
    dialogue.numbers["desk/website-reports/"] = report.pk
    dialogue.parts |= {
        "website-reports/": {"int:year": str(report.year)},
        "desk/website-reports/": {"slug:verb": "issue"},
    }

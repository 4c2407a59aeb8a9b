"""网上办事: who is answered what about an item in force, its next version under review, a pre-review and a result.

Nobody of the tables answers for a department: of what an applicant sent they see nothing.
"""

from types import SimpleNamespace

from disclosure.enums.result_notices import Handled
from disclosure.operations import result_notices, service_texts, services
from portal import clock
from portal.models import User
from tests.disclosure.services.kit import apply, item
from tests.rights.dialogue import NEVER, Dialogue
from tests.rights.rows import Row, row, signed_in
from tests.rights.site_and_desk import EVERYBODY, NOT_THERE, SAFE_ONLY

ON_SITE = ("collector", "moderator", "inspector", "auditor")
SEEN = signed_in(404, **dict.fromkeys(ON_SITE, 200))
WRITERS = signed_in(404, collector=200, moderator=200)
OVERSIGHT = signed_in(404, inspector=200, auditor=200)
PUBLISHED = signed_in(404, moderator=200, inspector=200, auditor=200)
LOOKING_ON = signed_in(404, inspector=403, auditor=403)
NOT_ENTERING = signed_in(404, moderator=403, inspector=403, auditor=403)
NOBODY = signed_in(404)
TO_PAGE, POST_ONLY = row(302), row(405)

GET: dict[str, Row] = {
    "services/": EVERYBODY,
    "services/results/": EVERYBODY,
    "services/track/": EVERYBODY,
    "services/track/<slug:code>/": NOT_THERE,
    "services/track/<slug:code>/correct/": POST_ONLY,
    "services/track/<slug:code>/withdraw/": POST_ONLY,
    "services/<int:pk>/": EVERYBODY,
    "services/<int:pk>/apply/": EVERYBODY,
    "services/<int:pk>/forms/<int:material>/<slug:which>/": NOT_THERE,
    "desk/services/": SEEN,
    "desk/services/new/": WRITERS,
    "desk/services/import/": WRITERS,
    "desk/services/template/": WRITERS,
    "desk/services/export/": SEEN,
    "desk/services/completeness/": SEEN,
    "desk/services/<int:pk>/": SEEN,
    "desk/services/<int:pk>/revise/": POST_ONLY,
    "desk/services/<int:pk>/<slug:verb>/": TO_PAGE,
    "desk/guides/<int:pk>/": SEEN,
    "desk/guides/<int:pk>/edit/": signed_in(
        404, **dict.fromkeys(ON_SITE, 302)
    ),  # under review it is not changed
    "desk/guides/<int:pk>/forms/<int:material>/<slug:which>/": NOBODY,
    "desk/guides/<int:pk>/<slug:verb>/": TO_PAGE,
    "desk/pre-reviews/": OVERSIGHT,
    "desk/pre-reviews/<int:pk>/": OVERSIGHT,
    "desk/pre-reviews/<int:pk>/files/<int:file>/": NOBODY,
    "desk/pre-reviews/<int:pk>/result/": LOOKING_ON,
    "desk/pre-reviews/<int:pk>/<slug:verb>/": TO_PAGE,
    "desk/result-notices/": PUBLISHED,
    "desk/result-notices/new/": NOBODY,
    "desk/result-notices/import/": NOBODY,
    "desk/result-notices/template/": NOBODY,
    "desk/result-notices/export/": PUBLISHED,
    "desk/result-notices/publish-all/": POST_ONLY,
    "desk/result-notices/<int:pk>/": PUBLISHED,
    "desk/result-notices/<int:pk>/edit/": NOT_ENTERING,
    "desk/result-notices/<int:pk>/<slug:verb>/": TO_PAGE,
}
WRITTEN_BADLY = signed_in(404, collector=422, moderator=422)
POST: dict[str, Row] = dict.fromkeys(GET, SAFE_ONLY) | {
    "services/track/": row(422),
    "services/track/<slug:code>/correct/": NOT_THERE,
    "services/track/<slug:code>/withdraw/": NOT_THERE,
    "services/<int:pk>/apply/": row(422),
    "desk/services/new/": WRITTEN_BADLY,
    "desk/services/import/": WRITTEN_BADLY,
    "desk/services/<int:pk>/revise/": signed_in(
        404, collector=302, moderator=302, inspector=403, auditor=403
    ),
    "desk/services/<int:pk>/<slug:verb>/": signed_in(
        404, collector=403, moderator=422, inspector=403, auditor=403
    ),
    "desk/guides/<int:pk>/edit/": signed_in(404, collector=422, moderator=422, inspector=403, auditor=403),
    "desk/guides/<int:pk>/<slug:verb>/": signed_in(
        404, collector=403, moderator=302, inspector=403, auditor=403
    ),
    "desk/pre-reviews/<int:pk>/result/": LOOKING_ON,
    "desk/pre-reviews/<int:pk>/<slug:verb>/": LOOKING_ON,
    "desk/result-notices/new/": NOBODY,
    "desk/result-notices/import/": NOBODY,
    "desk/result-notices/publish-all/": NOBODY,
    "desk/result-notices/<int:pk>/edit/": NOT_ENTERING,
    "desk/result-notices/<int:pk>/<slug:verb>/": signed_in(404, moderator=302, inspector=403, auditor=403),
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """Of the section, whose clerk examines; its guide is being revised, its result waits to be published."""
    office.registry = office.section
    offered = item(office)
    waiting = services.submit(service_texts.revise(offered, by=office.collector), by=office.collector)
    found = apply(offered, name="申请人mark-letter-", words="说明mark-letter-")
    entry = result_notices.Entry(
        item=offered, number="登字1号", name="结果申请人mark-letter-", is_person=True, result=Handled.GRANTED,
        decided_on=clock.today(),
    )  # fmt: skip
    notice = result_notices.enter(entry, by=User.objects.get(staff_number="clerk"))
    dialogue.numbers |= {
        "services/": offered.pk, "desk/services/": offered.pk, "desk/guides/": waiting.pk,
        "desk/pre-reviews/": found.pk, "desk/result-notices/": notice.pk,
    }  # fmt: skip
    form = {"int:material": NEVER, "slug:which": "blank"}
    dialogue.parts |= {
        "services/<int:pk>/": form,
        "desk/services/<int:pk>/": {"slug:verb": "suspend"},
        "desk/guides/<int:pk>/": {"slug:verb": "approve", **form},
        "desk/pre-reviews/<int:pk>/": {"slug:verb": "pass_"},
        "desk/result-notices/<int:pk>/": {"slug:verb": "publish"},
    }

"""The screens that people look at: who opens them, under which name they are kept, at which address.

`ids()` says which things of the sample data stand in the addresses.
"""

from typing import Any

from assessment.models import (
    Bulletin,
    Contest,
    IndicatorScore,
    Inspection,
    Mention,
    Rectification,
    ReminderSlip,
    Round,
    Scheme,
    Violation,
)
from columns.models import Cadence
from disclosure.models import (
    AnnualReport,
    CatalogueEntry,
    Decision,
    DecisionFile,
    DisclosureRequest,
    Dispatch,
    PreReview,
    ServiceItem,
)
from interaction.models import Activity, Letter
from portal.models import AuditEntry, Incident, OfficialMailbox, User
from publishing.models import Article, Revision


def ids() -> dict[str, Any]:
    """An article, a text that waits and so on: one thing of every kind."""
    article = Article.objects.filter(site__key="fenju", state="LIVE", cover__isnull=False).first()
    waiting = Revision.objects.filter(
        state="IN_REVIEW", column__site__key="fenju", cover__isnull=False
    ).first()
    return {
        "article": article.pk,
        "revision": waiting.pk,
        "edited": waiting.article_id,
        "mailbox": OfficialMailbox.objects.filter(state="APPLIED").first().pk,
        "person": User.objects.get(staff_number="xinxiyuan").pk,
        "entry": AuditEntry.objects.latest("pk").pk,
        "incident": Incident.objects.latest("pk").pk,
        "letter": Letter.objects.exclude(department=None).latest("pk").pk,
        **{kind.lower(): _shown(kind) for kind in ("POLL", "EXAM", "SURVEY", "CONSULTATION", "INTERVIEW")},
        **_assessed(),
        **_disclosed(),
    }


def _shown(kind: str) -> int:
    """The newest approved activity of the kind that everybody of the house sees."""
    rows = Activity.objects.filter(kind=kind, state="APPROVED", site__key="fenju")
    return rows.exclude(participants="DEPARTMENTS").latest("opens_at").pk


def _assessed() -> dict[str, Any]:
    """A published month with its first unit and a point that was counted from something; the rest the newest of each."""
    board = Round.objects.exclude(state="OPEN").latest("starts_on")
    point = IndicatorScore.objects.filter(unit_score__round=board, computed__gt=0).first()
    newest = {
        "contest": Contest, "inspection": Inspection, "mention": Mention,
        "rectification": Rectification, "slip": ReminderSlip, "scheme": Scheme, "violation": Violation,
        "cadence": Cadence,
    }  # fmt: skip
    found = {
        name: model.objects.order_by("-pk").values_list("pk", flat=True).first()
        for name, model in newest.items()
    }
    found["bulletin"] = Bulletin.objects.filter(state="ISSUED").latest("pk").pk
    return found | {
        "round": board.pk,
        "unit": point.unit_score_id,
        "of": point.unit_score.unit_id,
        "point": point.pk,
    }


def _disclosed() -> dict[str, Any]:
    """A request in hand, an answer that waits for approval, a document everybody may read, what was sent to sign for."""
    return {
        "request": DisclosureRequest.objects.filter(state="IN_HAND").latest("pk").pk,
        "decision": Decision.objects.filter(state="IN_REVIEW").latest("pk").pk,
        "drafted": Decision.objects.filter(state="RETURNED").latest("pk").request_id,
        "covered": DecisionFile.objects.latest("pk").pk,
        "document": CatalogueEntry.objects.exclude(public_at=None).latest("pk").pk,
        "annual": AnnualReport.objects.filter(kind="DISCLOSURE").latest("year").pk,
        "year": AnnualReport.objects.filter(kind="DISCLOSURE", state="ISSUED").latest("year").year,
        "dispatch": Dispatch.objects.filter(state="SENT").latest("pk").pk,
        "service": ServiceItem.objects.filter(state="IN_FORCE").earliest("pk").pk,
        "pre_review": PreReview.objects.filter(state="SUBMITTED").latest("pk").pk,
    }


SCREENS = {
    "": {
        "sign-in": "/login/",
        "lost": "/login/lost/",
        "directory": "/directory/",
        "interaction": "/interaction/",
        "letterboxes": "/mailbox/",
        "letter-writing": "/mailbox/juzhang/",
        "letter-tracking": "/mailbox/track/",
        "letters-public": "/mailbox/public/",
        "consultations": "/consultations/",
        "interviews": "/interviews/",
        "surveys": "/surveys/",
        "disclosure": "/disclosure/",
        "disclosure-guide": "/disclosure/guide/",
        "catalogue-public": "/disclosure/catalogue/",
        "catalogue-category": "/disclosure/c/caiwugongkai/",
        "catalogue-entry": "/disclosure/e/{document}/",
        "request-new": "/disclosure/requests/new/",
        "request-track": "/disclosure/requests/track/",
        "annual-public": "/disclosure/reports/{year}/",
        "services": "/services/",
        "service": "/services/{service}/",
        "service-apply": "/services/{service}/apply/",
        "service-results": "/services/results/",
        "service-track": "/services/track/",
        "scoreboard": "/scoreboard/",
        "scoreboard-unit": "/scoreboard/{round}/units/{of}/",
        "scoreboard-contests": "/scoreboard/contests/",
        "scoreboard-mentions": "/scoreboard/mentions/",
        "bulletins": "/scoreboard/bulletins/",
        "bulletin": "/scoreboard/bulletins/{bulletin}/",
    },
    "xinxiyuan": {
        "home": "/",
        "subsite-home": "/s/beiqiao/",
        "column": "/c/yaowenbaodao/",
        "main-column": "/c/neibuguanli/",
        "page-column": "/c/danweijieshao/",
        "article": "/a/{article}/",
        "search": "/search/?q=市场",
        "desk": "/desk/",
        "account": "/account/",
        "account-lost": "/account/lost/",
        "second-factor": "/account/second-factor/",
        "password": "/password/",
        "directory-inside": "/directory/",
        "mailboxes": "/desk/mailboxes/",
        "division": "/desk/responsibilities/",
        "admin-articles": "/admin/publishing/article/",
        "admin-editor": "/admin/publishing/article/add/",
        "questions": "/questions/",
        "polls": "/polls/",
        "poll": "/polls/{poll}/",
        "exams": "/exams/",
        "exam": "/exams/{exam}/",
        "survey": "/surveys/{survey}/",
        "consultation": "/consultations/{consultation}/",
        "interview": "/interviews/{interview}/",
        "activities": "/desk/activities/",
        "activity": "/desk/activities/{poll}/",
        "banks": "/desk/banks/",
    },
    "banzhu": {
        "comments-desk": "/desk/comments/",
        "questions-desk": "/desk/questions/",
        "contributions-desk": "/desk/contributions/",
    },
    "bangongshi": {
        "requests": "/desk/requests/",
        "request-typing": "/desk/requests/new/",
        "request": "/desk/requests/{request}/",
        "decisions": "/desk/decisions/",
        "proceedings": "/desk/proceedings/",
        "catalogue": "/desk/catalogue/",
        "catalogue-pending": "/desk/catalogue/pending/",
        "catalogue-left-out": "/desk/catalogue/left-out/",
        "catalogue-duties": "/desk/catalogue/duties/",
        "catalogue-package": "/desk/catalogue/package/",
        "entry": "/desk/catalogue/{document}/",
        "annual-reports": "/desk/annual-reports/",
        "annual": "/desk/annual-reports/{annual}/",
        "website-reports": "/desk/website-reports/",
        "receipts": "/desk/receipts/",
        "dispatches": "/desk/dispatches/",
        "dispatch": "/desk/dispatches/{dispatch}/",
        "rounds": "/desk/scores/",
        "round": "/desk/scores/{round}/",
        "unit-score": "/desk/scores/units/{unit}/",
        "point": "/desk/scores/points/{point}/",
        "schemes": "/desk/schemes/",
        "scheme": "/desk/schemes/{scheme}/",
        "objections": "/desk/scores/objections/",
        "cadences": "/desk/cadences/",
        "cadence-rules": "/desk/cadences/rules/",
        "cadence": "/desk/cadences/{cadence}/",
        "slips": "/desk/slips/",
        "slip": "/desk/slips/{slip}/",
        "slip-print": "/desk/slips/{slip}/print/",
        "mentions": "/desk/mentions/",
        "mention": "/desk/mentions/{mention}/",
        "inspections": "/desk/inspections/",
        "inspection": "/desk/inspections/{inspection}/",
        "rectifications": "/desk/rectifications/",
        "rectification": "/desk/rectifications/{rectification}/",
        "violations": "/desk/violations/",
        "violation": "/desk/violations/{violation}/",
        "contests": "/desk/contests/",
        "contest": "/desk/contests/{contest}/",
        "radar": "/desk/self-check/",
        "visits": "/desk/self-check/visits/",
        "build-up": "/desk/reports/build-up/",
        "heat": "/desk/reports/heat/",
        "silence": "/desk/reports/silence/",
        "gaps": "/desk/reports/gaps/",
        "accountability": "/desk/reports/accountability/",
        "bulletins-desk": "/desk/bulletins/",
        "bulletin-desk": "/desk/bulletins/{bulletin}/",
        "letters": "/desk/letters/",
        "letters-figures": "/desk/letters/figures/",
        "letter": "/desk/letters/{letter}/",
        "centre": "/desk/centre/",
        "letterbox-register": "/desk/letterboxes/",
    },
    "juzhang": {"decision": "/desk/decisions/{decision}/"},
    "chengban": {
        "decision-draft": "/desk/decisions/for/{drafted}/",
        "decision-covering": "/desk/decisions/files/{covered}/",
        "decision-letter": "/desk/decisions/for/{drafted}/letter/",
    },
    "dengji": {
        "services-desk": "/desk/services/",
        "service-item": "/desk/services/{service}/",
        "pre-reviews": "/desk/pre-reviews/",
        "pre-review": "/desk/pre-reviews/{pre_review}/",
        "result-notices": "/desk/result-notices/",
    },
    "fuzeren": {
        "desk-leader": "/desk/",
        "reviews": "/desk/reviews/",
        "review": "/desk/reviews/{revision}/",
        "process": "/desk/articles/{edited}/",
        "history": "/desk/articles/{edited}/history/",
    },
    "zongbanzhu": {
        "division-edit": "/desk/responsibilities/edit/?column=gongzuodongtai",
        "division-import": "/desk/responsibilities/import/",
        "admin-columns": "/admin/columns/column/",
    },
    "wangguan": {
        "division-people": "/desk/responsibilities/?view=people",
        "mailbox-requests": "/desk/mailboxes/requests/",
        "mailbox": "/desk/mailboxes/{mailbox}/",
        "admin-people": "/admin/portal/user/",
        "admin-person": "/admin/portal/user/{person}/change/",
        "admin-people-import": "/admin/portal/user/import/",
        "admin-applications": "/admin/portal/applicationlink/",
        "admin-application": "/admin/portal/applicationlink/add/",
        "admin-roles": "/admin/columns/role/",
        "operations": "/desk/operations/",
        "incidents": "/desk/incidents/",
        "incident": "/desk/incidents/{incident}/",
        "incident-new": "/desk/incidents/new/",
        "backups": "/desk/backups/",
        "posting": "/desk/posting/",
        "safety": "/desk/safety/",
        "safety-new": "/desk/safety/new/",
        "safety-periods": "/desk/safety/periods/",
    },
    "anquan": {
        "admin-locks": "/admin/portal/signinlock/",
        "admin-networks": "/admin/portal/registerednetwork/",
        "admin-network": "/admin/portal/registerednetwork/add/",
        "admin-parameters": "/admin/portal/parameter/",
        "admin-person-safety": "/admin/portal/user/{person}/change/",
    },
    "shenji": {
        "logs": "/desk/logs/",
        "admin-audit": "/admin/portal/auditentry/",
        "admin-audit-entry": "/admin/portal/auditentry/{entry}/change/",
    },
}

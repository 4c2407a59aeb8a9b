"""The addresses of the admin: who is answered what to GET and to POST. Pages of a model follow from who keeps it."""

from tests.rights.rows import Row, admin, row
from tests.rights.site_and_desk import NOT_THERE, SAFE_ONLY, TO_SIGN_IN

REFUSED, OPEN, NO_GET = admin(), admin(200), admin(405)
ARTICLE, USER = "admin/publishing/article/", "admin/portal/user/"
WRITERS = admin(collector=200, moderator=200)
TEXTS = admin(handlers=200, auditor=200)
FAR_AWAY = {"far": admin(404), "far_draft": admin(404)}
EDITOR = {"*": admin(404, handlers=200, auditor=200), **FAR_AWAY}
HISTORY = {"*": row(302, handlers=200, auditor=200), "far": TO_SIGN_IN, "far_draft": TO_SIGN_IN}
PEOPLE_KEEPER, SAFETY_KEEPER = admin(granter=200), admin(security=200)

GET: dict[str, Row | dict[str, Row]] = {
    **dict.fromkeys(
        (
            "admin/",
            "admin/publishing/",
            "admin/columns/",
            "admin/interaction/",
            "admin/disclosure/",
            "admin/assessment/",
            "admin/portal/",
        ),
        TO_SIGN_IN,
    ),
    "admin/^(?P<app_label>portal|columns|publishing|interaction|disclosure)/$": TO_SIGN_IN,
    "admin/(?P<url>.*)$": admin(404),
    "admin/login/": row(302, staff=403),
    "admin/logout/": SAFE_ONLY,
    "admin/password_change/": TO_SIGN_IN,
    "admin/password_change/done/": TO_SIGN_IN,
    "admin/search/": NOT_THERE,
    "admin/r/<path:content_type_id>/<path:object_id>/": NOT_THERE,
    "admin/autocomplete/": REFUSED,
    "admin/jsi18n/": OPEN,
    ARTICLE: TEXTS,
    f"{ARTICLE}add/": WRITERS,
    f"{ARTICLE}<path:object_id>/history/": HISTORY,
    f"{ARTICLE}<path:object_id>/delete/": REFUSED,
    f"{ARTICLE}<path:object_id>/change/": EDITOR,
    f"{ARTICLE}<path:object_id>/": TO_SIGN_IN,
    f"{ARTICLE}<int:pk>/act/<slug:verb>/": NO_GET,
    "admin/columns/column/<int:pk>/up/": NO_GET,
    "admin/columns/column/<int:pk>/down/": NO_GET,
    "admin/portal/calendarday/<int:pk>/take-back/": NO_GET,
    "admin/portal/registerednetwork/<int:pk>/end/": SAFETY_KEEPER,
    "admin/portal/signinlock/<int:pk>/lift/": SAFETY_KEEPER,
    f"{USER}import/": PEOPLE_KEEPER,
    f"{USER}import/apply/": admin(granter=405),
    f"{USER}import/report/": admin(granter=405),
    f"{USER}import/template/": PEOPLE_KEEPER,
    f"{USER}<int:pk>/lost/": admin(granter=200, security=200),  # 挂失: either takes the call
    f"{USER}<int:pk>/second-factor/": SAFETY_KEEPER,
    f"{USER}<int:pk>/sessions/<int:row>/end/": NO_GET,
}
POST = GET | {
    **dict.fromkeys(
        (
            "admin/",
            "admin/publishing/",
            "admin/columns/",
            "admin/interaction/",
            "admin/disclosure/",
            "admin/assessment/",
            "admin/portal/",
        ),
        SAFE_ONLY,
    ),
    "admin/^(?P<app_label>portal|columns|publishing|interaction|disclosure)/$": SAFE_ONLY,
    "admin/logout/": TO_SIGN_IN,
    "admin/autocomplete/": NO_GET,
    "admin/jsi18n/": NO_GET,
    f"{ARTICLE}<int:pk>/act/<slug:verb>/": EDITOR,  # the editor again, with the reason why not
    "admin/columns/column/<int:pk>/up/": TO_SIGN_IN,  # back to the list, with a refusal for most
    "admin/columns/column/<int:pk>/down/": TO_SIGN_IN,
    "admin/portal/calendarday/<int:pk>/take-back/": admin(granter=302),
    f"{USER}import/apply/": admin(granter=302),
    f"{USER}import/report/": admin(granter=302),
    f"{USER}import/template/": admin(granter=405),
    f"{USER}<int:pk>/sessions/<int:row>/end/": admin(security=404),
}


def _pages(model: str, *, sees: Row, keeps: Row, adds: Row | None = None) -> None:
    """The six pages that every model has: `sees` looks on, `keeps` changes and adds, nobody deletes."""
    start, adds = f"admin/{model}/", keeps if adds is None else adds
    for table in (GET, POST):
        table |= {
            start: sees,
            f"{start}add/": adds,
            f"{start}<path:object_id>/history/": sees,
            f"{start}<path:object_id>/delete/": REFUSED,
            f"{start}<path:object_id>/": TO_SIGN_IN,
        }
    GET[f"{start}<path:object_id>/change/"] = sees
    POST[f"{start}<path:object_id>/change/"] = keeps


STRUCTURE = {"sees": admin(granter=200, auditor=200), "keeps": PEOPLE_KEEPER}
SAFETY = {"sees": admin(security=200, auditor=200), "keeps": SAFETY_KEEPER}
for name in ("site", "department", "calendarday", "calendaryear", "applicationlink"):
    _pages(f"portal/{name}", **STRUCTURE)
_pages("columns/reviewroute", **STRUCTURE)
_pages("interaction/letterbox", **STRUCTURE)
_pages("disclosure/office", **STRUCTURE)
_pages("columns/column", sees=admin(moderator=200, auditor=200), keeps=admin(moderator=200))
_pages("columns/role", sees=admin(inspector=200, granter=200, auditor=200, chief=200), keeps=REFUSED)
_pages("portal/user", sees=admin(granter=200, security=200, auditor=200), keeps=PEOPLE_KEEPER)
_pages("portal/registerednetwork", **SAFETY)
_pages("portal/parameter", **SAFETY, adds=REFUSED)
_pages("portal/signinlock", sees=SAFETY["sees"], keeps=REFUSED)
_pages("portal/auditentry", sees=admin(inspector=200, granter=200, auditor=200), keeps=REFUSED)

POST["admin/portal/calendarday/<path:object_id>/change/"] = admin(granter=302)  # saved as it was
GET["admin/portal/signinlock/<path:object_id>/change/"] = admin(
    security=302, auditor=302
)  # the list tells all
for _table in (
    GET,
    POST,
):  # whoever does not audit is told that there is no such entry; locks have no history
    _table["admin/portal/auditentry/<path:object_id>/history/"] = row(
        302, inspector=200, granter=200, auditor=200
    )
    _table["admin/portal/signinlock/<path:object_id>/history/"] = TO_SIGN_IN

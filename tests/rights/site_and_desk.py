"""The addresses of sites, accounts and the desk: who is answered what to GET and to POST.

A dict gives rows by kind of text, `*` for all others.
"""

from tests.rights.rows import row, signed_in

EVERYBODY, SAFE_ONLY, TO_SIGN_IN, NOT_THERE = row(200), row(405), row(302), row(404)
SIGNED_IN = signed_in()
READERS = {
    "handlers": 200,
    "auditor": 200,
}  # of what is limited to departments, of work in hand: 审计管理员 sees all
FAR_AWAY = {"far": signed_in(404), "far_draft": signed_in(404)}  # another site's work

INSIDE = row(403, **READERS)
FEED_INSIDE = row(404, **READERS)
FILES = {
    "*": row(404, **READERS), "live": EVERYBODY, "far": EVERYBODY, "far_draft": NOT_THERE,
}  # fmt: skip
WORK = {"*": signed_in(404, **READERS), **FAR_AWAY}
LEDGER = {"inspector": 200, "granter": 200, "auditor": 200, "chief": 200}  # who sees all of it
COLUMN_SHEET = {
    "*": signed_in(404, moderator=200, **LEDGER),
    "far": signed_in(404, **LEDGER), "far_draft": signed_in(404, **LEDGER),
}  # fmt: skip
OWN_OR_LEDGER = signed_in(
    404, collector=200, signer=200, **LEDGER
)  # one's own, one's people's, or the whole ledger
NAMES = {"signer": 200, "chief": 200}  # a head, and 总版主
MANAGES, MANAGES_BADLY = signed_in(403, moderator=200), signed_in(403, moderator=422)

GET = {
    "": EVERYBODY,
    "c/<slug:slug>/": {"*": EVERYBODY, "inside": INSIDE, "inside_draft": INSIDE},
    "a/<int:pk>/": {
        "*": NOT_THERE, "live": EVERYBODY, "edited": EVERYBODY, "withdrawn": row(410), "inside": INSIDE, "far": row(301),
    },
    "search/": EVERYBODY,
    "sitemap.xml": EVERYBODY,
    "sitemap-<int:part>.xml": EVERYBODY,
    "feeds/": EVERYBODY,
    "feeds/<slug:slug>/": {"*": EVERYBODY, "inside": FEED_INSIDE, "inside_draft": FEED_INSIDE},
    "files/<uuid:pk>/-/<slug:size>.jpg": FILES,
    "files/<uuid:pk>/<str:name>": FILES,
    "editor/upload/": SAFE_ONLY,
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    "login/": row(302, anonymous=200),
    "login/code/": TO_SIGN_IN,
    "login/lost/": row(302, anonymous=200),
    "logout/": SAFE_ONLY,
    "password/": SIGNED_IN,
    "account/": SIGNED_IN,
    "account/sessions/end-others/": SAFE_ONLY,
    "account/sessions/<int:row>/end/": SAFE_ONLY,
    "account/second-factor/": SIGNED_IN,
    "account/lost/": SIGNED_IN,
    "directory/": EVERYBODY,
    "directory/export/": SIGNED_IN,
    "desk/": SIGNED_IN,
    "desk/notices/": SIGNED_IN,
    "desk/reviews/": SIGNED_IN,
    "desk/reviews/<int:pk>/": WORK,
    "desk/reviews/<int:pk>/<slug:verb>/": TO_SIGN_IN,
    "desk/articles/<int:pk>/": WORK,
    "desk/articles/<int:pk>/preview/": WORK,
    "desk/articles/<int:pk>/history/": WORK,
    "desk/articles/<int:pk>/compare/": WORK,
    "desk/authorisations/": signed_in(302, **LEDGER),  # others are led to their own sheet
    "desk/authorisations/new/": signed_in(403, granter=200, **NAMES),
    "desk/authorisations/health/": signed_in(403, **LEDGER),
    "desk/authorisations/people/<staff:staff_number>/": OWN_OR_LEDGER,
    "desk/authorisations/columns/<int:pk>/": COLUMN_SHEET,
    "desk/authorisations/<int:pk>/": OWN_OR_LEDGER,
    "desk/authorisations/<int:pk>/<slug:verb>/": SAFE_ONLY,
    "desk/leaves/": SIGNED_IN,
    "desk/leaves/new/": SIGNED_IN,
    "desk/leaves/<int:pk>/call-off/": SAFE_ONLY,
    "desk/delegations/new/": signed_in(403, **NAMES),
    "desk/delegations/<int:pk>/end/": SAFE_ONLY,
    "desk/responsibilities/": SIGNED_IN,
    "desk/responsibilities/excel/": SIGNED_IN,
    "desk/responsibilities/edit/": MANAGES,
    "desk/responsibilities/import/": MANAGES,
    "desk/responsibilities/import/apply/": SAFE_ONLY,
    "desk/handovers/": signed_in(404, signer=200, granter=200, auditor=200),  # heads, 网管, 审计管理员
    "desk/handovers/<int:pk>/": signed_in(404, signer=200, granter=200, auditor=200),
    **{f"desk/handovers/<int:pk>/{act}/": SAFE_ONLY for act in ("hand-over", "close", "call-off")},
    "desk/handovers/plan/<staff:staff_number>/": signed_in(404, granter=200),
    "desk/backups/": signed_in(403, granter=200, inspector=200, auditor=200),
    "desk/backups/ask/": SAFE_ONLY,
    "desk/mailboxes/": SIGNED_IN,
    "desk/mailboxes/apply/<slug:kind>/": TO_SIGN_IN,
    "desk/mailboxes/listing/": SAFE_ONLY,
    "desk/mailboxes/requests/": signed_in(403, granter=200, auditor=200),
    "desk/mailboxes/<int:pk>/": signed_in(404, collector=302, granter=200, auditor=200),
    "desk/mailboxes/<int:pk>/<slug:verb>/": TO_SIGN_IN,
}  # fmt: skip

LATE = {"*": signed_in(404, handlers=409, auditor=409), **FAR_AWAY}
POST = {
    **dict.fromkeys(GET, SAFE_ONLY),
    "editor/upload/": row(403, collector=200, moderator=200),
    "login/": row(302, anonymous=200),
    "login/code/": TO_SIGN_IN,
    "login/lost/": row(302, anonymous=200),
    "logout/": TO_SIGN_IN,
    "password/": SIGNED_IN,
    "account/sessions/end-others/": TO_SIGN_IN,
    "account/sessions/<int:row>/end/": signed_in(404),  # nobody's but one's own
    "account/second-factor/": SIGNED_IN,
    "account/lost/": TO_SIGN_IN,
    "desk/reviews/<int:pk>/<slug:verb>/": {
        **LATE, "review": signed_in(404, handlers=403, auditor=403, collector=302),
    },  # it recalls the text: whoever reported it may
    "desk/authorisations/new/": signed_in(403, granter=422, signer=422, chief=422),
    "desk/authorisations/<int:pk>/<slug:verb>/": signed_in(
        404, collector=422, signer=422, inspector=422, granter=422, auditor=422, chief=422
    ),  # without a reason; whoever sees the grant is asked for one before rights are
    "desk/leaves/new/": signed_in(422),
    "desk/leaves/<int:pk>/call-off/": signed_in(404, moderator=422, signer=422),  # themselves, their head
    "desk/delegations/new/": signed_in(422),  # without saying for whom
    "desk/delegations/<int:pk>/end/": signed_in(
        404, head_person=422, inspector=422, signer=422, granter=422, chief=422
    ),  # the two of them, their head, 网管, 总版主
    "desk/responsibilities/edit/": MANAGES_BADLY,
    "desk/responsibilities/import/": MANAGES_BADLY,
    "desk/responsibilities/import/apply/": MANAGES_BADLY,
    "desk/handovers/<int:pk>/hand-over/": signed_in(404, signer=422, granter=422, auditor=403),
    "desk/handovers/<int:pk>/close/": signed_in(404, signer=422, granter=422, auditor=403),
    "desk/handovers/<int:pk>/call-off/": signed_in(404, signer=403, granter=422, auditor=403),
    "desk/handovers/plan/<staff:staff_number>/": signed_in(404, granter=422),
    "desk/backups/ask/": signed_in(403, granter=422),  # without saying which kind
    "desk/mailboxes/apply/<slug:kind>/": row(302, collector=409),  # who has one already
    "desk/mailboxes/listing/": signed_in(404, collector=302),
    "desk/mailboxes/<int:pk>/<slug:verb>/": signed_in(404, collector=302, granter=403, auditor=403),
}  # fmt: skip

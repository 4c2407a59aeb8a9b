"""The addresses of interaction: who is answered what to GET and to POST about one thing of every kind."""

from tests.rights.rows import row, signed_in
from tests.rights.site_and_desk import EVERYBODY, NOT_THERE, SAFE_ONLY, SIGNED_IN, TO_SIGN_IN

OVERSIGHT = {"inspector": 200, "auditor": 200}
LETTER = signed_in(404, head_person=200, signer=200, **OVERSIGHT)
"""Inspection follows it; the head approves its answer, the signer was asked for an instruction."""

READERS_OF_LETTER = signed_in(404, head_person=200, signer=200)

GET = {
    "interaction/": EVERYBODY,
    "mailbox/": EVERYBODY,
    "mailbox/track/": EVERYBODY,
    "mailbox/track/<slug:code>/": NOT_THERE,
    "mailbox/track/<slug:code>/rate/": SAFE_ONLY,
    "mailbox/track/<slug:code>/reopen/": SAFE_ONLY,
    "mailbox/mine/": SIGNED_IN,
    "mailbox/public/": EVERYBODY,
    "mailbox/public/<int:pk>/": EVERYBODY,
    "mailbox/<slug:key>/": EVERYBODY,
    "desk/letters/": signed_in(404, **OVERSIGHT),
    "desk/letters/figures/": signed_in(404, **OVERSIGHT),
    "desk/letters/<int:pk>/": LETTER,
    "desk/letters/<int:pk>/public/": signed_in(404, head_person=403, signer=403, inspector=403, auditor=403),
    "desk/letters/<int:pk>/files/<int:file>/": signed_in(404),
    "desk/letters/<int:pk>/<slug:verb>/": TO_SIGN_IN,
    "desk/letterboxes/": signed_in(404, **OVERSIGHT),
    "desk/letterboxes/<int:pk>/": signed_in(404, **OVERSIGHT),
    "desk/answers/<int:pk>/": READERS_OF_LETTER,
    "desk/answers/<int:pk>/<slug:verb>/": TO_SIGN_IN,
    "desk/instructions/<int:pk>/": READERS_OF_LETTER,
    "desk/escalations/<int:pk>/": signed_in(404, signer=200, chief=200, inspector=200),  # the section's head, 总版主
}  # fmt: skip

POST = {
    **dict.fromkeys(GET, SAFE_ONLY),
    "mailbox/track/": row(422),
    "mailbox/track/<slug:code>/rate/": NOT_THERE,
    "mailbox/track/<slug:code>/reopen/": NOT_THERE,
    "mailbox/<slug:key>/": row(422),
    "desk/letters/<int:pk>/public/": GET["desk/letters/<int:pk>/public/"],
    "desk/letters/<int:pk>/<slug:verb>/": signed_in(404, head_person=403, signer=403, inspector=403, auditor=403),
    "desk/answers/<int:pk>/<slug:verb>/": signed_in(404, head_person=409, signer=409),  # without saying what was seen
    "desk/instructions/<int:pk>/": signed_in(404, head_person=422, signer=422),
    "desk/escalations/<int:pk>/": signed_in(404, signer=422, chief=422, inspector=422),
}  # fmt: skip

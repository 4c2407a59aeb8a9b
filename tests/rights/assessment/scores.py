"""Rounds, scores, objections and boards: who is answered what about one thing of every kind.

Everybody of the tables works in 办公室, which is the unit scored.
"""

from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from assessment.enums.schemes import Cycle
from assessment.models import Indicator, IndicatorScore, Objection, Publication, Round, Scheme
from assessment.operations import facts, scoring, sealing
from portal import clock, uploads
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, signed_in
from tests.rights.site_and_desk import EVERYBODY, SAFE_ONLY, SIGNED_IN, TO_SIGN_IN

OVERSIGHT = signed_in(404, inspector=200, auditor=200)
SPEAKERS = ("collector", "head_person", "moderator")
"""They collect or review for the unit."""

GET: dict[str, Row] = {
    "scoreboard/": EVERYBODY,
    "scoreboard/<int:pk>/": EVERYBODY,
    "scoreboard/<int:pk>/units/<int:unit>/": EVERYBODY,
    "desk/scores/": SIGNED_IN,
    "desk/scores/<int:pk>/": OVERSIGHT,
    "desk/scores/<int:pk>/proof/": OVERSIGHT,
    "desk/scores/<int:pk>/act/<slug:verb>/": TO_SIGN_IN,
    "desk/scores/units/<int:pk>/": SIGNED_IN,
    "desk/scores/units/<int:pk>/self/": signed_in(403, **dict.fromkeys(SPEAKERS, 200)),
    "desk/scores/points/<int:pk>/": SIGNED_IN,
    "desk/scores/points/<int:pk>/files/<int:file>/": SIGNED_IN,
    "desk/scores/publications/<int:pk>/": signed_in(
        404, inspector=200, auditor=200, **dict.fromkeys(SPEAKERS, 200)
    ),
    "desk/scores/objections/": SIGNED_IN,
    "desk/scores/objections/<int:pk>/": SIGNED_IN,
    "desk/schemes/": SIGNED_IN,
    "desk/schemes/<int:pk>/": SIGNED_IN,
    "desk/schemes/<int:pk>/version/": signed_in(403, inspector=200),
    "desk/schemes/<int:pk>/act/<slug:verb>/": TO_SIGN_IN,
}
POST: dict[str, Row] = {
    **dict.fromkeys(GET, SAFE_ONLY),
    "desk/scores/<int:pk>/act/<slug:verb>/": signed_in(
        404, inspector=422, auditor=403
    ),  # nothing is fixed yet
    "desk/scores/units/<int:pk>/": signed_in(403),  # nobody fixes their own unit
    "desk/scores/units/<int:pk>/self/": signed_in(403, **dict.fromkeys(SPEAKERS, 422)),
    "desk/scores/points/<int:pk>/": signed_in(403, **dict.fromkeys(SPEAKERS, 409)),  # not public yet
    "desk/scores/publications/<int:pk>/": signed_in(
        404, inspector=403, auditor=403, **dict.fromkeys(SPEAKERS, 403)
    ),
    "desk/scores/objections/<int:pk>/": signed_in(403),
    "desk/schemes/<int:pk>/version/": signed_in(403, inspector=422),
    "desk/schemes/<int:pk>/act/<slug:verb>/": signed_in(403, inspector=302),
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """One thing of every kind; its id in `dialogue.numbers`, by how the address begins."""
    facts.gather_all()
    today = clock.today()
    scheme = Scheme.objects.create(
        key="monthly", name="月度考核", source="测试办法", clause="第三条", cycle=Cycle.MONTH,
        starts_on=today.replace(year=2020, month=1, day=1), unit_kinds=["SECTION"], objection_days=5, self_score_day=10,
    )  # fmt: skip
    Indicator.objects.create(
        scheme=scheme, key="volume", label="发布量", kind="COUNTED", fact="published", settings={"per_item": 6},
        clause="第三条",
    )  # fmt: skip
    first = today.replace(day=1)
    round_, _ = scoring.open_round(scheme, Cycle.MONTH, first)
    public, _ = scoring.open_round(scheme, Cycle.MONTH, Cycle.MONTH.before(first))
    sealed, _ = scoring.open_round(scheme, Cycle.MONTH, Cycle.MONTH.before(public.starts_on))
    point, objected = _point(round_, office), _point(public, office)
    point.files.add(uploads.accept(SimpleUploadedFile("佐证.txt", "佐证".encode()), owner=office.collector))
    objection = Objection.objects.create(
        point=objected, text="少算一条", raised_by=office.collector, raised_at=clock.now()
    )
    Round.objects.filter(pk__in=(public.pk, sealed.pk)).update(state="PUBLISHED", published_at=clock.now())
    sealed.refresh_from_db()
    sealing.freeze(sealed)
    dialogue.numbers |= {
        "scoreboard/": public.pk, "desk/scores/": round_.pk, "desk/scores/<int:pk>/proof/": sealed.pk,
        "desk/scores/units/": point.unit_score_id, "desk/scores/points/": point.pk,
        "desk/scores/publications/": Publication.objects.filter(unit=office.section).latest("pk").pk,
        "desk/scores/objections/": objection.pk, "desk/schemes/": scheme.pk,
    }  # fmt: skip
    dialogue.parts |= {
        "scoreboard/": {"int:unit": str(office.section.pk)}, "desk/scores/": {"slug:verb": "publish"},
        "desk/scores/points/": {"int:file": "0"}, "desk/schemes/": {"slug:verb": "use"},
    }  # fmt: skip


def _point(round_: Round, office: SimpleNamespace) -> IndicatorScore:
    return IndicatorScore.objects.get(unit_score__round=round_, unit_score__unit=office.section)

"""Reminders, update limits, lists of praise and criticism: who is answered what about one thing of every kind."""

from datetime import date, timedelta
from types import SimpleNamespace

from assessment.enums.slips import MentionKind
from assessment.models import Mention, ReminderSlip
from columns.enums import CadenceRule
from columns.models import CadencePause
from columns.operations import cadences
from columns.rules.cadences import Filing
from portal import clock
from portal.models import Department, User
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, row, signed_in

SAFE_ONLY = row(405)
TO_SIGN_IN = row(405, anonymous=302)
ASSESSORS = signed_in(403, inspector=200)
UNITS_OWN = signed_in(404, inspector=200, auditor=200, signer=200)
"""Of another unit: whoever assesses, looks on, or was sent it."""

GET: dict[str, Row] = {
    "scoreboard/mentions/": row(200),
    "desk/cadences/": signed_in(200),
    "desk/cadences/late/": signed_in(200),
    "desk/cadences/rules/": signed_in(200),
    "desk/cadences/new/": signed_in(403, collector=200, moderator=200, signer=200),
    "desk/cadences/pauses/": signed_in(200),
    "desk/cadences/pauses/new/": ASSESSORS,
    "desk/cadences/pauses/<int:pk>/lift/": SAFE_ONLY,
    "desk/cadences/<int:pk>/": signed_in(404, inspector=200, auditor=200),
    "desk/cadences/<int:pk>/<slug:verb>/": SAFE_ONLY,
    "desk/slips/": signed_in(200),
    "desk/slips/<int:pk>/": UNITS_OWN,
    "desk/slips/<int:pk>/print/": UNITS_OWN,
    "desk/slips/<int:pk>/<slug:verb>/": SAFE_ONLY,
    "desk/mentions/": signed_in(200),
    "desk/mentions/new/": ASSESSORS,
    "desk/mentions/<int:pk>/": signed_in(404, inspector=200, auditor=200),
    "desk/mentions/<int:pk>/<slug:verb>/": SAFE_ONLY,
}
POST: dict[str, Row] = {
    **dict.fromkeys(GET, TO_SIGN_IN),
    "scoreboard/mentions/": SAFE_ONLY,
    "desk/cadences/": SAFE_ONLY,
    "desk/cadences/late/": SAFE_ONLY,
    "desk/cadences/rules/": SAFE_ONLY,
    "desk/cadences/new/": signed_in(403, collector=422, moderator=422, signer=422),
    "desk/cadences/pauses/": SAFE_ONLY,
    "desk/cadences/pauses/new/": signed_in(403, inspector=422),
    "desk/cadences/pauses/<int:pk>/lift/": signed_in(403, inspector=302),
    "desk/cadences/<int:pk>/": SAFE_ONLY,
    "desk/cadences/<int:pk>/<slug:verb>/": signed_in(404, inspector=302, auditor=403),
    "desk/slips/": SAFE_ONLY,
    "desk/slips/<int:pk>/": SAFE_ONLY,
    "desk/slips/<int:pk>/print/": signed_in(404, inspector=302, auditor=302, signer=302),
    "desk/slips/<int:pk>/<slug:verb>/": signed_in(404, inspector=403, auditor=403, signer=302),
    "desk/mentions/": SAFE_ONLY,
    "desk/mentions/new/": signed_in(403, inspector=422),
    "desk/mentions/<int:pk>/": SAFE_ONLY,
    "desk/mentions/<int:pk>/<slug:verb>/": signed_in(404, inspector=302, auditor=403),
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """All of 北桥工商所, where nobody of the tables works: a limit it filed, a pause, a slip sent to the signer too,
    an entry that waits for confirmation.
    """
    warden = User.objects.create_user("suozhang", name="所长", department=office.station)
    station = Department.objects.get(pk=office.station.pk)
    station.head = warden
    station.save()
    filing = Filing(department=station, rule=CadenceRule.MAX_SILENCE, days=5, clause="本所细则")
    filed = cadences.file(filing, by=warden)
    pause = CadencePause.objects.create(
        column=office.sub_news, starts_on=clock.today(), reason="改版", by=office.inspector, at=clock.now()
    )
    slip = ReminderSlip.objects.create(
        number="提醒〔2026〕1号", site=office.sub, column=office.sub_news, target="0:c0", unit=station,
        rule="每周至少 1 条", clause="测试", since=date(2026, 9, 1), issued_at=clock.now(),
        due_on=clock.today() + timedelta(days=5),
    )  # fmt: skip
    slip.recipients.add(office.signer)
    mention = Mention.objects.create(
        key="test", kind=MentionKind.CRITICISM, unit=station, rule="长期不更新", clause="测试", facts="事实",
        on=clock.today(),
    )  # fmt: skip
    dialogue.numbers |= {
        "desk/cadences/": filed.pk, "desk/cadences/pauses/": pause.pk, "desk/slips/": slip.pk,
        "desk/mentions/": mention.pk,
    }  # fmt: skip
    dialogue.parts |= {
        "desk/cadences/<int:pk>/": {"slug:verb": "accept"},
        "desk/slips/<int:pk>/": {"slug:verb": "acknowledge"},
        "desk/mentions/<int:pk>/": {"slug:verb": "confirm"},
    }

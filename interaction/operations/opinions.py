"""意见: taken in whole, looked over before anybody reads them, never deleted. The same form sent twice is one opinion."""

import hashlib
from dataclasses import dataclass
from unicodedata import normalize

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.crypto import salted_hmac

from interaction.models import Activity, ConsultationClause, Opinion
from interaction.operations.consultations import locked
from interaction.operations.replays import AnotherThing
from interaction.queries import opinions as queries
from interaction.rules import activities as activity_rules
from interaction.rules import opinions as rules
from interaction.rules.public_copies import REWRITTEN, only_hides
from portal import audit, clock
from portal.models import User
from portal.receipts import SIGNS
from portal.workflow import NotAllowed, Refused, TooLate, fire

CODE_SIGNS, GROUP, TRIES = 12, 4, 5
SALT = "interaction.opinions"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody thinks of a clause (None: of the whole), cleaned."""

    clause: ConsultationClause | None = None
    text: str
    writer_name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Receipt:
    """`code` is what a writer without an account finds it again by; it is in no database."""

    opinion: Opinion
    code: str


def send(activity: Activity, draft: Draft, *, nonce: str, by: User | None = None) -> Receipt:
    """Take an opinion in. `nonce`: 32 hex digits of the form. Raises TooLate when nobody can take part (any more)."""
    code = "" if by else _spelt(nonce)
    for _ in range(TRIES):
        if known := Opinion.objects.filter(nonce=nonce).select_related("consultation").first():
            return Receipt(_the_same(known, activity, draft), code)
        try:
            with transaction.atomic():
                return Receipt(_take_in(activity, draft, nonce, code, by), code)
        except IntegrityError:
            continue  # the same form at the same moment
    raise Refused("系统繁忙，请稍后再按一次“提交”")


def find(code: str) -> Opinion | None:
    """What was sent under this receipt; a wrong code takes as long as a right one."""
    digest = _digest(code)
    return Opinion.objects.select_related("consultation__activity__site", "clause", "merged_into").filter(
        code_digest=digest
    ).first()  # fmt: skip


@transaction.atomic
def show(opinion: Opinion, public_text: str, *, by: User, version: int | None = None) -> Opinion:
    """公开 the copy that was looked over: it may hide, and says nothing the opinion does not say."""
    opinion = Opinion.objects.get(pk=opinion.pk)
    public_text = public_text.strip()
    if not public_text or not only_hides(opinion.text, public_text):
        raise Refused(REWRITTEN, "public_text")
    return _look_over(opinion, "show", by, version, public_text=public_text, held_reason="")


@transaction.atomic
def hold(opinion: Opinion, *, note: str, by: User, version: int | None = None) -> Opinion:
    """不公开, with the reason; it stays, and is handled like any other."""
    opinion = Opinion.objects.get(pk=opinion.pk)
    return _look_over(opinion, "hold", by, version, note=note, public_text="", held_reason=note)


@transaction.atomic
def take_out(activity: Activity, *, with_contact: bool, by: User) -> QuerySet[Opinion]:
    """What an export holds; each one is on record. Who wrote is for those who handle the consultation."""
    if not rules.may_read(by, activity):
        raise NotAllowed("您不能查看这项征集的意见")
    if with_contact and not rules.may_see_contact(by, activity):
        raise NotAllowed("联系方式只由承办这项征集的采集人导出")
    label = "导出意见和联系方式" if with_contact else "导出意见"
    audit.record("export_opinions", label, activity, actor=by)
    return queries.of(activity).order_by("number")


def _look_over(
    opinion: Opinion, verb: str, by: User, version: int | None, note: str = "", **changes
) -> Opinion:
    changes |= {"looked_over_by": by, "looked_over_at": clock.now(), "version": opinion.version + 1}
    return fire(
        opinion, verb, actor=by, why_not=rules.why_not, acting_for=rules.acting_for, note=note,
        changes=changes, version=version,
    )  # fmt: skip


def _take_in(activity: Activity, draft: Draft, nonce: str, code: str, by: User | None) -> Opinion:
    consultation = locked(activity)
    if against := activity_rules.why_not_take_part(by or AnonymousUser(), consultation.activity):
        raise TooLate(against)
    clause = draft.clause
    if clause and (clause.consultation_id != consultation.pk or clause.is_chapter):
        raise Refused("请选择要提意见的条款", "clause")
    last = consultation.opinions.aggregate(last=Max("number"))["last"] or 0
    opinion = Opinion.objects.create(
        consultation=consultation, number=last + 1, clause=clause, text=draft.text, author=by,
        writer_name=draft.writer_name, phone=draft.phone, email=draft.email, sent_at=clock.now(),
        nonce=nonce, code_digest=_digest(code) if code else None,
    )  # fmt: skip
    who = "" if by else "公众"
    audit.record("send_opinion", "提出意见", opinion, actor=by or User.objects.system(), note=who)
    return opinion


def _the_same(known: Opinion, activity: Activity, draft: Draft) -> Opinion:
    said = (known.consultation.activity_id, known.clause_id, known.text)
    if said != (activity.pk, draft.clause.pk if draft.clause else None, draft.text):
        raise AnotherThing
    return known


def _spelt(nonce: str) -> str:
    """The same code for the same form; nobody without the key can tell it from the form."""
    data = salted_hmac(SALT, nonce, algorithm="sha256").digest()
    signs = "".join(SIGNS[byte % len(SIGNS)] for byte in data[:CODE_SIGNS])
    return "-".join(signs[at : at + GROUP] for at in range(0, CODE_SIGNS, GROUP))


def _digest(code: str) -> str:
    said = "".join(sign for sign in normalize("NFKC", code).upper() if sign.isalnum())
    return hashlib.scrypt(said.encode(), salt=SALT.encode(), n=2**12, r=8, p=1, dklen=32).hex()

"""网上预审, the applicant's side: materials arrive, what was returned is corrected, an application is withdrawn.

The same form sent twice is one pre-review with one receipt.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from disclosure.enums.prereviews import Verdict
from disclosure.models import GuideMaterial, PreReview, PreReviewMaterial, ServiceItem
from disclosure.operations import pre_review_moves as moves
from disclosure.queries.prereviews import LABEL
from disclosure.rules import prereviews as rules
from portal import audit, clock, limits, uploads
from portal.models import User
from portal.receipts import digest, spelt
from portal.workflow import Refused, TooLate

SALT, CODE_SIGNS, PASSWORD_SIGNS, TRIES = "disclosure.prereviews", 6, 8, 5
CLAUSE = "办事指南的预审承诺"
Sent = Mapping[int, Sequence[UploadedFile]]
"""By the id of a guide's material, the files sent for it."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What an applicant filled in, cleaned."""

    item: ServiceItem
    kind: str
    name: str
    phone: str
    agent: str = ""
    email: str = ""
    words: str = ""
    files: Sent = field(default_factory=dict)


@dataclass(frozen=True)
class Receipt:
    """What the applicant keeps: the password is in no database."""

    pre_review: PreReview
    password: str


def apply(draft: Draft, *, nonce: str, by: User | None = None) -> Receipt:
    """Take it in: start the clock, tell the department. `nonce`: 32 hex digits of the form.

    Raises Refused where the item takes none now, or a material that is always needed is missing.
    """
    password = spelt(salted_hmac(SALT, nonce, algorithm="sha256").digest(), PASSWORD_SIGNS)
    for _ in range(TRIES):
        if known := PreReview.objects.filter(nonce=nonce).select_related("item", "site").first():
            return Receipt(known, password)
        try:
            with uploads.together():
                return Receipt(_take_in(draft, nonce, password, by), password)
        except IntegrityError:
            continue  # the same form at the same moment, or a code that is taken
    raise Refused("系统繁忙，请稍后再按一次“提交”")


def correct(found: PreReview, files: Sent, *, words: str = "", by: User | None = None) -> PreReview:
    """提交补正: a file for each material that was returned, none for others; the clock runs on."""
    with uploads.together():
        actor = by or User.objects.system()
        changes = {"round": found.round + 1, "submitted_at": clock.now(), "correct_by": None}
        found = moves.by_itself(found, "correct", actor=actor, changes=changes)
        faulty = [one for one in found.materials.select_related("material") if rules.may_be_sent(one)]
        if files.keys() - {one.material_id for one in faulty}:
            raise TooLate("退回的材料有了变化，请刷新后再补正")
        for one in faulty:
            if not files.get(one.material_id):
                raise Refused(f"请上传补正后的“{one.material.name}”", f"material_{one.material_id}")
            _attach(one, files[one.material_id], found.round)
        if words.strip():
            found.words = f"{found.words}\n{words.strip()}".strip()
            found.save(update_fields=["words"])
        _run_on(found, actor)
        moves.settle(found)
        moves.tell_department(found, "补正材料待预审")
    return found


@transaction.atomic
def withdraw(found: PreReview, *, by: User | None = None) -> PreReview:
    """撤回: nothing more is examined; what was sent is kept."""
    changes = {"decided_at": clock.now(), "correct_by": None}
    found = moves.by_itself(found, "withdraw", actor=by or User.objects.system(), changes=changes)
    moves.end(found)
    moves.tell_applicant(found, "您已撤回这次预审申请。")
    return found


def _take_in(draft: Draft, nonce: str, password: str, by: User | None) -> PreReview:
    item = ServiceItem.objects.select_for_update(no_key=True).get(pk=draft.item.pk)
    if reason := rules.why_not_apply(item):
        raise Refused(reason)
    wanted = _wanted(item, draft.files)
    code = f"Y{clock.today():%y%m%d}{spelt(secrets.token_bytes(CODE_SIGNS), CODE_SIGNS)}"
    found = PreReview.objects.create(
        site=item.site, item=item, guide=item.guide, department=item.department, code=code, nonce=nonce,
        password_digest=digest(code, password), kind=draft.kind, name=draft.name, agent=draft.agent,
        phone=draft.phone, email=draft.email, words=draft.words, submitted_at=clock.now(),
    )  # fmt: skip
    for one in wanted:
        _attach(found.materials.create(material=one), draft.files[one.pk], found.round)
    audit.record("apply", "申请网上预审", found, actor=by or User.objects.system(), note=str(item))
    days = item.guide.pre_review_days
    limit = limits.start(found, label=LABEL, clause=CLAUSE, working_days=days)
    moves.tell_department(found, "网上预审待办")
    moves.tell_applicant(
        found, f"您的预审申请已收到，由{item.department}预审，最迟于{limits.due_text(limit)}告知您结果。"
    )
    return found


def _wanted(item: ServiceItem, files: Sent) -> list[GuideMaterial]:
    """The materials that files were sent for, in their order; refused where one that is always needed is missing."""
    materials = list(item.guide.materials.all())
    if files.keys() - {one.pk for one in materials}:
        raise Refused("办事指南刚刚更新，请刷新页面后按新的材料清单提交")
    for one in materials:
        if one.is_required and not files.get(one.pk):
            raise Refused(f"请上传“{one.name}”", f"material_{one.pk}")
    return [one for one in materials if files.get(one.pk)]


def _attach(one: PreReviewMaterial, files: Sequence[UploadedFile], round_: int) -> None:
    for upload in files:
        one.files.create(file=uploads.accept(upload, owner=None), round=round_)
    if one.verdict != Verdict.OPEN:
        one.verdict, one.reason = Verdict.OPEN, ""
        one.save(update_fields=["verdict", "reason"])


def _run_on(found: PreReview, actor: User) -> None:
    limit = moves.running(found)
    if limit and limits.is_paused(limit):
        limit = limits.resume(limit, by=actor)
    until = f"，最迟于{limits.due_text(limit)}告知您结果" if limit else ""
    moves.tell_applicant(found, f"您补正的材料已收到，预审时限继续计算{until}。")

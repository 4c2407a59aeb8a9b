"""网上预审, the department's side: materials are found good, returned each with its reason, or refused as a whole."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from disclosure.enums.prereviews import Verdict
from disclosure.models import PreReview
from disclosure.operations import pre_review_moves as moves
from disclosure.rules import prereviews as rules
from portal import audit, clock, limits, parameters
from portal.models import User
from portal.workdays import Calendar
from portal.workflow import NotAllowed, Refused

CORRECTION = "pre_review_correction_days"
PAUSE_CLAUSE, PAUSE_REASON = "办事指南的预审承诺", "申请人补正材料"


@transaction.atomic
def pass_(found: PreReview, *, bring: str, by: User) -> PreReview:
    """预审通过: every material is good; the applicant is told where and when to bring the originals."""
    bring = bring.strip()
    if not bring:
        raise Refused("请写明到哪里、何时、带哪些原件", "bring")
    changes = {"bring": bring, "decided_at": clock.now(), "correct_by": None}
    found = moves.by_person(found, "pass_", actor=by, changes=changes)
    found.materials.update(verdict=Verdict.GOOD, reason="")
    moves.end(found)
    moves.tell_applicant(found, f"您的材料预审通过。{bring}")
    return found


@transaction.atomic
def return_(found: PreReview, faults: Mapping[int, str], *, by: User) -> PreReview:
    """退回补正: all that is wrong is said at once (一次性告知), each with its reason; the clock stands still meanwhile.

    `faults`: by the id of a PreReviewMaterial, what is to be corrected. What is not named is good.
    """
    until = _correct_by()
    note = f"{len(faults)} 份材料需补正"
    found = moves.by_person(found, "return_", actor=by, note=note, changes={"correct_by": until})
    rows = list(found.materials.select_related("material"))
    named = [one for one in rows if one.pk in faults]
    if not named or len(named) != len(faults):
        raise Refused("请勾选需要补正的材料，并写明每份材料的问题")
    for one in rows:
        one.reason = faults.get(one.pk, "").strip()
        one.verdict = Verdict.FAULTY if one in named else Verdict.GOOD
        if one in named and not one.reason:
            raise Refused(f"请写明“{one}”需要补正的内容", f"reason_{one.pk}")
        one.save(update_fields=["reason", "verdict"])
    _stand_still(found, by)
    moves.settle(found)
    told = "".join(f"\n{place}. {one}：{one.reason}" for place, one in enumerate(named, start=1))
    moves.tell_applicant(
        found, f"您的材料需要补正，请{_before(until)}凭预审编号和查询密码上传补正的材料：{told}"
    )
    return found


@transaction.atomic
def refuse(found: PreReview, *, note: str, by: User) -> PreReview:
    """不予通过 with the reason: the item is not for this applicant, or cannot be put right by a correction."""
    changes = {"decided_at": clock.now(), "correct_by": None}
    found = moves.by_person(found, "refuse", actor=by, note=note, changes=changes)
    moves.end(found)
    moves.tell_applicant(found, f"您的申请预审不通过。理由：{note.strip()}")
    return found


@transaction.atomic
def read(found: PreReview, *, by: User) -> None:
    """Each reading of what is personal is on record (个人信息保护法第五十四条、第五十五条)."""
    if not rules.handles(by, found):
        raise NotAllowed("申请人和材料只有责任部门的答复人员可以查看")
    audit.record("look", "查看预审材料", found, actor=by)


def usual_words(found: PreReview) -> str:
    """Where and when to bring the originals, from the windows of the guide."""
    windows = [
        "，".join(
            part
            for part in (one.hours, f"{one.address}{one.name}", one.phone and f"电话 {one.phone}")
            if part
        )
        for one in found.guide.windows.all()
    ]
    where = "；或".join(windows) or f"{found.department}"
    return f"请携带申请材料原件到窗口办理：{where}。"


def _correct_by() -> date | None:
    days = parameters.value(CORRECTION)
    if days is None:
        return None
    today = clock.today()
    return Calendar.since(today).add(today, days).due


def _before(day: date | None) -> str:
    return f"于{day.year}年{day.month}月{day.day}日前" if day else ""


def _stand_still(found: PreReview, by: User) -> None:
    """A clock that has run out stays run out: late is late."""
    limit = moves.running(found)
    if limit and clock.now() <= limit.due_at and not limits.is_paused(limit):
        limits.pause(limit, clause=PAUSE_CLAUSE, reason=PAUSE_REASON, by=by)

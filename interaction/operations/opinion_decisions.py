"""处理决定: each opinion, or several that say the same, is adopted or not, with the reason."""

from collections.abc import Iterable

from django.db import transaction

from columns import rules as column_rules
from interaction.enums.consultations import Outcome
from interaction.models import Opinion
from interaction.operations.consultations import locked, require_handling
from interaction.rules import opinions
from portal import audit, clock
from portal.enums import Power
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate


@transaction.atomic
def decide(
    opinion: Opinion, outcome: Outcome, *, reason: str, by: User, version: int | None = None
) -> Opinion:
    """采纳、部分采纳 or 未采纳, for it and for those merged into it. May be decided anew until it is published."""
    opinion = _locked(opinion, by, version)
    if not reason.strip():
        raise Refused("请写明理由，反馈时一并公布", "reason")
    opinion.outcome, opinion.reason = outcome, reason
    opinion.decided_by, opinion.decided_at = by, clock.now()
    opinion.version += 1
    opinion.save()
    _record("decide", Outcome(outcome).label, opinion, by, reason)
    return opinion


@transaction.atomic
def merge(lead: Opinion, others: Iterable[Opinion], *, by: User, version: int | None = None) -> Opinion:
    """合并 like ones into `lead`: they are decided with it, and what had been merged into them comes along."""
    lead = _locked(lead, by, version)
    rows = Opinion.objects.filter(consultation=lead.consultation_id, pk__in=[one.pk for one in others])
    chosen = list(rows.exclude(pk=lead.pk).select_for_update(no_key=True))
    if not chosen:
        raise Refused("请勾选要合并的意见", "others")
    for one in chosen:
        if one.author_id == by.pk:
            raise NotAllowed("不能处理自己提出的意见")
        for follower in one.merged.select_for_update(no_key=True):
            _follow(follower, lead)
        _follow(one, lead)
    lead.version += 1
    lead.save()
    numbers = "、".join(str(one.number) for one in chosen)
    _record("merge", "合并", lead, by, f"并入第 {numbers} 号意见")
    return lead


@transaction.atomic
def part(opinion: Opinion, *, by: User) -> Opinion:
    """取消合并: it stands for itself again and waits for a decision of its own."""
    consultation = locked(opinion.consultation.activity)
    opinion = Opinion.objects.select_for_update(no_key=True).get(pk=opinion.pk)
    require_handling(consultation.activity, by)
    if opinion.merged_into_id is None:
        raise TooLate("这条意见没有并入别的意见")
    opinion.merged_into = None
    opinion.version += 1
    opinion.save()
    _record("part", "取消合并", opinion, by)
    return opinion


def _locked(opinion: Opinion, by: User, version: int | None) -> Opinion:
    """The row as it is now, that `by` decides about."""
    consultation = locked(opinion.consultation.activity)
    opinion = Opinion.objects.select_for_update(no_key=True).get(pk=opinion.pk)
    opinion.consultation = consultation
    require_handling(consultation.activity, by)
    if version is not None and version != opinion.version:
        raise TooLate(f"{opinion}在您打开之后又有变动，请刷新后再看")
    if against := opinions.why_not_decide(by, opinion):
        raise NotAllowed(against)
    return opinion


def _follow(opinion: Opinion, lead: Opinion) -> None:
    opinion.merged_into = lead
    opinion.outcome, opinion.reason, opinion.decided_by, opinion.decided_at = "", "", None, None
    opinion.version += 1
    opinion.save()


def _record(verb: str, label: str, opinion: Opinion, by: User, note: str = "") -> None:
    principal = column_rules.acting_for_site(by, Power.COLLECT, opinion.site.pk)
    audit.record(verb, label, opinion, actor=by, acting_for=principal, note=note)

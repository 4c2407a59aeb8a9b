"""公开工作机构 is set up and changed; clocks that run keep the days they began with."""

from collections.abc import Iterable

from django.db import transaction

from disclosure.models import ChannelRule, FeeBand, Office
from portal import audit
from portal.models import User


@transaction.atomic
def save(office: Office, *, by: User) -> Office:
    label = "修改公开工作机构" if office.pk else "新建公开工作机构"
    office.save()
    note = f"答复 {office.answer_days}、延长 {office.extension_days}、补正 {office.correction_days} 个工作日"
    audit.record("save_office", label, office, actor=by, note=note, clause=office.clause)
    return office


@transaction.atomic
def save_rules(
    office: Office, changed: Iterable[ChannelRule | FeeBand], deleted: Iterable[FeeBand], *, by: User
) -> None:
    """Each with its words in the audit: a changed day of receipt or price is seen."""
    for one in changed:
        one.office = office
        one.save()
        audit.record("save_rule", "修改公开规则", office, actor=by, note=str(one), clause=one.clause)
    for one in deleted:
        note, clause = str(one), one.clause
        one.delete()
        audit.record("delete_rule", "删除公开规则", office, actor=by, note=note, clause=clause)

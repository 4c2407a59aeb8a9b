"""信箱 and 来信类别 are set up and changed; letters on their way keep the limits they began with."""

from collections.abc import Iterable

from django.db import transaction

from interaction.models import Letterbox, Matter
from portal import audit
from portal.models import User


@transaction.atomic
def save(box: Letterbox, *, by: User) -> Letterbox:
    label = "修改信箱" if box.pk else "新建信箱"
    box.save()
    audit.record("save_letterbox", label, box, actor=by, clause=box.clause)
    return box


@transaction.atomic
def save_matters(box: Letterbox, changed: Iterable[Matter], *, by: User) -> None:
    """Each with its days in the audit: a shortened or lengthened limit is seen."""
    for matter in changed:
        matter.letterbox = box
        matter.save()
        note = f"{matter}：{matter.answer_days} 个工作日{'' if matter.is_active else '，停用'}"
        audit.record("save_matter", "来信类别", box, actor=by, note=note, clause=matter.clause)

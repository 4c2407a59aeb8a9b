"""公开类别, 责任分工 and 发布机构 are set up and changed; what is catalogued keeps its number."""

from collections.abc import Iterable

from django.db import transaction

from disclosure.models import Category, CategoryDuty, Issuer, Office
from portal import audit
from portal.models import User
from portal.workflow import Refused


@transaction.atomic
def save(category: Category, *, by: User) -> Category:
    """Raises Refused for a category above it that is of another site or below it."""
    if category.parent_id:
        _check_parent(category)
    if category.column_id and category.column.site_id != category.site_id:
        raise Refused("请选择同一站点的栏目", "column")
    label = "修改公开类别" if category.pk else "新建公开类别"
    category.save()
    audit.record("save_category", label, category, actor=by, clause=category.clause)
    return category


@transaction.atomic
def save_duties(
    category: Category, changed: Iterable[CategoryDuty], dropped: Iterable[CategoryDuty], *, by: User
) -> None:
    for duty in dropped:
        audit.record("drop_duty", "取消公开责任", category, actor=by, note=str(duty.department))
        duty.delete()
    for duty in changed:
        duty.category = category
        duty.save()
        note = f"{duty.department}{'牵头' if duty.leads else '配合'}，{duty.route or '不设审核'}"
        audit.record("save_duty", "公开责任", category, actor=by, note=note, clause=duty.clause)


@transaction.atomic
def save_issuer(issuer: Issuer, *, by: User) -> Issuer:
    if Office.objects.filter(code=issuer.code).exists():
        raise Refused("这个代码已是一个机关的索引号代码", "code")
    label = "修改发布机构" if issuer.pk else "增设发布机构"
    issuer.save()
    audit.record("save_issuer", label, issuer, actor=by, note=issuer.code)
    return issuer


def _check_parent(category: Category) -> None:
    if category.parent.site_id != category.site_id:
        raise Refused("上级类别须在同一站点", "parent")
    step, seen = category.parent, set()
    while step is not None and step.pk not in seen:
        if step.pk == category.pk:
            raise Refused("上级类别不能是它自己或它的下级", "parent")
        seen.add(step.pk)
        step = step.parent

"""What a guide must say (国办秘函〔2019〕19号 V6: 要素不全的办事指南), and what it does well to say."""

from collections.abc import Callable
from dataclasses import dataclass

from disclosure.models import Guide


@dataclass(frozen=True)
class Element:
    """A thing that a guide says. `is_vetoed`: one whose lack the national check does not forgive."""

    name: str
    is_vetoed: bool
    is_there: Callable[[Guide], bool]


def _windows(field: str) -> Callable[[Guide], bool]:
    return lambda guide: any(getattr(one, field) for one in guide.windows.all())


def _reachable(guide: Guide) -> bool:
    return bool(guide.consult) or any(one.phone for one in guide.windows.all())


def _charged(guide: Guide) -> bool:
    return guide.is_free or bool(guide.charges.all())


def _charges_founded(guide: Guide) -> bool:
    return all(one.basis for one in guide.charges.all())


ELEMENTS = (
    Element("事项名称", True, lambda guide: bool(guide.name)),
    Element("设定依据", True, lambda guide: bool(guide.basis.strip())),
    Element("申请条件", True, lambda guide: bool(guide.conditions.strip())),
    Element("办理材料", True, lambda guide: bool(guide.materials.all())),
    Element("办理地点", True, _windows("address")),
    Element("办理时间", True, _windows("hours")),
    Element("办理流程", True, lambda guide: bool(guide.steps.all())),
    Element("收费", True, _charged),
    Element("联系方式", True, _reachable),
    Element("收费依据", False, _charges_founded),
    Element("受理机构", False, lambda guide: bool(guide.organ)),
    Element("法定时限", False, lambda guide: guide.legal_days is not None),
    Element("承诺时限", False, lambda guide: guide.promised_days is not None),
    Element("办理结果", False, lambda guide: bool(guide.result)),
    Element("监督投诉方式", False, lambda guide: bool(guide.supervision)),
)


def lacks(guide: Guide, *, vetoed: bool) -> list[str]:
    """Names of the missing elements: those the check does not forgive, or the others. Reads the prefetched rows."""
    return [one.name for one in ELEMENTS if one.is_vetoed == vetoed and not one.is_there(guide)]


def issues(guide: Guide, *, is_answered: bool) -> list[str]:
    """Why it may not be published yet, in words. `is_answered`: somebody answers for its department."""
    found = [f"缺少“{name}”" for name in lacks(guide, vetoed=True)]
    if guide.is_free and guide.charges.all():
        found.append("写明不收费，又列了收费项目")
    legal, promised = guide.legal_days, guide.promised_days
    if legal is not None and promised is not None and promised > legal:
        found.append("承诺时限长于法定时限")
    if guide.takes_pre_review:
        found += _pre_review_issues(guide, is_answered)
    return found


def _pre_review_issues(guide: Guide, is_answered: bool) -> list[str]:
    found = []
    if not guide.pre_review_days:
        found.append("开通网上预审，须写明几个工作日内预审")
    if not is_answered:
        found.append(f"{guide.department}没有答复人员，不能开通网上预审；请网管授权")
    return found

"""办事事项 and its guides move: submitted, approved by another, returned; suspended, resumed, retired."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from columns.queries import site_holders
from disclosure.enums.services import ItemState
from disclosure.models import Guide, ServiceItem
from disclosure.operations.service_texts import CLAUSE, carry_head
from disclosure.queries import services as queries
from disclosure.rules import services as rules
from portal import clock, notices
from portal.enums import NoticeKind, Power
from portal.models import User
from portal.workflow import Refused, TooLate, fire


@transaction.atomic
def submit(guide: Guide, *, by: User) -> Guide:
    """提交审核: refused while it lacks what a guide must say; whoever may approve it is told."""
    _require_whole(guide)
    guide = _fire(guide, "submit", by)
    people = [one for one in site_holders(guide.item.site, Power.PUBLISH) if not rules.wrote(one, guide)]
    _settle(guide)
    _tell(people, guide, "办事指南待审", NoticeKind.TODO)
    return guide


@transaction.atomic
def recall(guide: Guide, *, by: User) -> Guide:
    guide = _fire(guide, "recall", by)
    _settle(guide)
    return guide


@transaction.atomic
def approve(guide: Guide, *, by: User, version: int | None = None) -> Guide:
    """发布: the version takes the place of the one before, and its item opens with the first."""
    item = ServiceItem.objects.select_for_update(no_key=True).get(pk=guide.item_id)
    if item.state == ItemState.RETIRED:
        raise TooLate(f"“{item}”已取消，不能再发布")
    _require_whole(guide)
    if item.guide_id and item.guide_id != guide.pk:
        fire(item.guide, "replace", actor=by, why_not=_by_itself)
    guide = _fire(guide, "approve", by, version=version)
    if item.state == ItemState.DRAFT:
        item = fire(item, "open", actor=by, why_not=_by_itself, clause=CLAUSE)
    item.guide = guide
    guide.item = item
    carry_head(guide)
    _settle(guide)
    _tell(_writers(guide, by), guide, "办事指南已发布", NoticeKind.RESULT)
    return guide


@transaction.atomic
def return_(guide: Guide, *, note: str, by: User) -> Guide:
    """退回 with the reason; it may be changed and submitted again."""
    guide = _fire(guide, "return_", by, note=note)
    _settle(guide)
    _tell(_writers(guide, by), guide, "办事指南被退回", NoticeKind.RESULT, note)
    return guide


@transaction.atomic
def discard(guide: Guide, *, by: User) -> Guide:
    """作废 a revision; the version in force stands. Of an item that never opened nothing would be left: retire that."""
    if not guide.item.guide_id:
        raise Refused("这是事项的第一版，不能作废；不再需要的事项，请由发布人员取消")
    return _fire(guide, "discard", by)


@transaction.atomic
def suspend(item: ServiceItem, *, note: str, by: User) -> ServiceItem:
    """暂停办理: readers see why; no pre-review is taken, those under way go on."""
    return _fire_item(item, "suspend", by, note=note, changes={"said": note.strip()})


@transaction.atomic
def resume(item: ServiceItem, *, by: User) -> ServiceItem:
    return _fire_item(item, "resume", by, changes={"said": ""})


@transaction.atomic
def retire(item: ServiceItem, *, note: str, by: User) -> ServiceItem:
    """取消事项: it leaves the public pages, its guides are kept; a version in work is dropped with it."""
    item = _fire_item(item, "retire", by, note=note, changes={"said": note.strip()})
    if waiting := queries.in_work(item):
        fire(waiting, "drop", actor=by, why_not=_by_itself)
        _settle(waiting)
    return item


def _require_whole(guide: Guide) -> None:
    if found := queries.issues(guide):
        raise Refused("还不能发布：" + "；".join(found))


def _fire(guide: Guide, verb: str, by: User, *, note: str = "", version: int | None = None) -> Guide:
    decides = verb in ("approve", "return_")
    changes = {"decided_by": by, "decided_at": clock.now(), "note": note.strip()[:300]} if decides else {}
    return fire(
        guide, verb, actor=by, why_not=rules.why_not_guide, acting_for=rules.acting_for_guide, note=note,
        clause=CLAUSE if decides else "", changes=changes, version=version,
    )  # fmt: skip


def _fire_item(
    item: ServiceItem, verb: str, by: User, *, note: str = "", changes: Mapping[str, Any]
) -> ServiceItem:
    return fire(
        item, verb, actor=by, why_not=rules.why_not_item, acting_for=rules.acting_for_item, note=note,
        clause=CLAUSE, changes=changes,
    )  # fmt: skip


def _by_itself(user: User, verb: str, obj: Any) -> str:
    """Part of an act that was asked about already."""
    return ""


def _writers(guide: Guide, by: User) -> list[User]:
    return list(guide.writers.exclude(pk=by.pk).filter(is_active=True))


def _tell(people: Iterable[User], guide: Guide, title: str, kind: NoticeKind, body: str = "") -> None:
    notices.tell(people, f"{title}：{guide.name}", kind=kind, body=body, url=guide.get_absolute_url())


def _settle(guide: Guide) -> None:
    notices.settle(guide.get_absolute_url())

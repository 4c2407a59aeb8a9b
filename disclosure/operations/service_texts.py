"""What a guide says is written here: an item with its first version, a draft saved again, the next version begun."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from disclosure.enums.services import EDITABLE, ItemState
from disclosure.models import Guide, ServiceItem
from disclosure.models.services import HEAD, PARTS
from disclosure.queries import services as queries
from disclosure.rules import services as rules
from portal import audit, clock, uploads
from portal.models import Site, User
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand

CLAUSE = "石家庄第二十二条"
TAKEN = "这个站点已有同名的事项"
SAID = (
    "basis", "conditions", "organ", "result", "delivery", "legal_days", "promised_days", "limit_note", "is_free",
    "consult", "supervision", "online_url", "remarks", "takes_pre_review", "pre_review_days",
)  # fmt: skip
FILES = ("blank_form", "sample")

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Text:
    """What a guide says, cleaned: `said` by field (HEAD and SAID), and its rows by part. Files are stored or uploaded."""

    said: Mapping[str, Any]
    parts: Mapping[str, list[Row]] = field(default_factory=dict)


def create(site: Site, text: Text, *, by: User) -> Guide:
    """建立事项 with the first version of its guide, a draft. Raises Refused at `name` when the site has one so called."""
    with uploads.together():
        by = as_they_stand(by)
        if reason := rules.why_not_write(by, site):
            raise NotAllowed(reason)
        head = {name: text.said[name] for name in HEAD}
        item = ServiceItem(site=site, made_by=by, made_at=clock.now(), **head)
        item.position = 10 * (ServiceItem.objects.filter(site=site).count() + 1)
        _save_item(item)
        guide = Guide(item=item, number=1)
        _write(guide, text, by)
        audit.record("make_service", "建立办事事项", item, actor=by, clause=CLAUSE)
    return guide


def save(guide: Guide, text: Text, *, version: int, by: User) -> Guide:
    """保存 a draft. Raises TooLate when another version of it was saved since."""
    with uploads.together():
        by = as_they_stand(by)
        guide = _locked(guide)
        if reason := rules.why_not_edit(by, guide):
            raise (NotAllowed if guide.state in EDITABLE else TooLate)(reason)
        if guide.version != version:
            raise TooLate(f"{guide.saved_by}在您打开之后又保存过这一版，请刷新后再改；您填写的内容还在页面上")
        guide.version += 1
        _write(guide, text, by)
        if guide.item.state == ItemState.DRAFT:
            carry_head(guide)
        audit.record("save_guide", "保存办事指南", guide, actor=by)
    return guide


@transaction.atomic
def revise(item: ServiceItem, *, by: User) -> Guide:
    """修订: the next version begins as the one in force; that stands until this one is approved."""
    by = as_they_stand(by)
    item = ServiceItem.objects.select_for_update(no_key=True).select_related("site").get(pk=item.pk)
    if reason := rules.why_not_revise(by, item):
        raise NotAllowed(reason)
    if waiting := queries.in_work(item):
        return waiting
    last = item.guides.order_by("-number").first()
    said = {name: getattr(last, name) for name in (*HEAD, *SAID)}
    parts = {part: [_row_of(one) for one in getattr(last, part).all()] for part in PARTS}
    guide = Guide(item=item, number=last.number + 1)
    _write(guide, Text(said=said, parts=parts), by)
    audit.record("revise_guide", "修订办事指南", guide, actor=by, clause=CLAUSE)
    return guide


@transaction.atomic
def import_items(site: Site, texts: Iterable[Text], *, by: User) -> list[Guide]:
    """导入: each a draft of its own. What the site has by that name already is refused before this is called."""
    guides = [create(site, text, by=by) for text in texts]
    return guides


def carry_head(guide: Guide) -> None:
    for name in HEAD:
        setattr(guide.item, name, getattr(guide, name))
    _save_item(guide.item)


def _save_item(item: ServiceItem) -> None:
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        raise Refused(TAKEN, "name") from error


def _write(guide: Guide, text: Text, by: User) -> None:
    """Text, rows and files of a version that is still a draft."""
    for name in (*HEAD, *SAID):
        if name in text.said:
            setattr(guide, name, text.said[name])
    guide.saved_by, guide.saved_at = by, clock.now()
    guide.save()
    guide.writers.add(by)
    for part, model in PARTS.items():
        rows = [_stored(row, by) for row in text.parts.get(part, ())]
        getattr(guide, part).all().delete()
        model.objects.bulk_create(
            [model(guide=guide, position=place, **row) for place, row in enumerate(rows, start=1)]
        )


def _stored(row: Row, by: User) -> dict[str, Any]:
    kept = dict(row)
    for name in FILES:
        if isinstance(kept.get(name), UploadedFile):
            kept[name] = uploads.accept(kept[name], owner=by)
    return kept


def _row_of(one: Any) -> dict[str, Any]:
    left = ("id", "guide", "position")
    return {field.name: getattr(one, field.name) for field in one._meta.fields if field.name not in left}


def _locked(guide: Guide) -> Guide:
    rows = Guide.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("item__site", "saved_by").get(pk=guide.pk)

"""办事事项表: read line by line into texts of guides; what cannot be taken is said with its line and the reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from disclosure.enums.services import ItemState, MaterialForm, ServedKind, ServiceKind
from disclosure.importing.tables import days, lines_of, one_of, short
from disclosure.models import Guide, ServiceItem
from disclosure.models.services import PARTS
from disclosure.operations.service_texts import Text
from disclosure.workbook.services import BAR, FREE, HEADINGS
from portal.models import Department, Site
from portal.spreadsheets import Line, Refusal

LONG = ("basis", "conditions", "remarks")
MOST_LONG, MOST_ROWS = 5000, 40
FIELDS = {
    "materials": ("name", "form", "copies", "needed_when", "note"),
    "steps": ("name", "who", "days", "note"),
    "windows": ("name", "address", "hours", "phone"),
    "charges": ("name", "standard", "basis"),
}
KINDS = {one.label: one for one in ServiceKind}
SERVED = {one.label: one for one in ServedKind}
FORMS = {one.label: one for one in MaterialForm}


@dataclass
class Reading:
    """What a file holds for one site: `texts` to make drafts of, `refused` with the reason."""

    texts: list[Text] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def read(file: UploadedFile, site: Site) -> Reading:
    """Raises FileRefused when the file is no table of items."""
    return judge(lines_of(file, HEADINGS), site)


def judge(lines: Iterable[Line], site: Site) -> Reading:
    """Each line a text, or the first thing that is wrong with it; names that the site has already are refused."""
    reading, first_at = Reading(), {}
    departments = _departments()
    known = set(
        ServiceItem.objects.filter(site=site).exclude(state=ItemState.RETIRED).values_list("name", flat=True)
    )
    for line in lines:
        name = line.fields.get("name", "")
        try:
            if name in known:
                raise ValueError("本站已有这个事项")
            if name in first_at:
                raise ValueError(f"与第 {first_at[name]} 行是同一个事项")
            text = text_of(line.fields, departments)
        except ValueError as wrong:
            reading.refused.append(Refusal(line.place, name[:60], str(wrong)))
        else:
            first_at[name] = line.place.line
            reading.texts.append(text)
    return reading


def text_of(fields: Mapping[str, str], departments: Mapping[str, Department]) -> Text:
    """Raises ValueError with the first fault in words, and the heading it stands under."""
    if not fields.get("name"):
        raise ValueError("没有填写事项名称")
    said: dict[str, Any] = {
        name: _words(name, fields.get(name, "")) for name in HEADINGS.names if name in PLAIN
    }
    charges = fields.get("charges", "")
    said |= {
        "kind": one_of(KINDS, fields.get("kind", ""), "事项类型", ServiceKind.PUBLIC),
        "audience": one_of(SERVED, fields.get("audience", ""), "服务对象", ServedKind.BOTH),
        "department": one_of(departments, fields.get("department", ""), "责任部门"),
        "legal_days": days(fields.get("legal_days", ""), "法定时限"),
        "promised_days": days(fields.get("promised_days", ""), "承诺时限"),
        "pre_review_days": days(fields.get("pre_review_days", ""), "网上预审工作日"),
        "online_url": _url(fields.get("online_url", "")),
        "is_free": charges == FREE,
    }
    said["takes_pre_review"] = bool(said["pre_review_days"])
    cells = {part: fields.get(part, "") for part in FIELDS} | ({"charges": ""} if charges == FREE else {})
    return Text(said=said, parts={part: _rows(part, cell) for part, cell in cells.items()})


PLAIN = (
    "name", "code", "theme", "organ", "basis", "conditions", "limit_note", "result", "delivery", "consult",
    "supervision", "remarks",
)  # fmt: skip


def _rows(part: str, cell: str) -> list[dict[str, Any]]:
    lines = [line for line in cell.splitlines() if line.strip()]
    if len(lines) > MOST_ROWS:
        raise ValueError(f"{HEADINGS.told(part)}超过 {MOST_ROWS} 行")
    return [_row(part, line) for line in lines]


def _row(part: str, line: str) -> dict[str, Any]:
    names, heading = FIELDS[part], HEADINGS.told(part)
    parts = [one.strip() for one in line.replace("|", BAR).split(BAR)]
    if len(parts) > len(names):
        raise ValueError(f"{heading}中“{line[:20]}”的“{BAR}”多了：每行最多 {len(names)} 项")
    row = dict(zip(names, parts + [""] * (len(names) - len(parts)), strict=True))
    found: dict[str, Any] = {name: _cell(part, name, typed) for name, typed in row.items()}
    if not found["name"]:
        raise ValueError(f"{heading}中有一行没有名称")
    if part == "charges" and not found["standard"]:
        raise ValueError(f"收费中“{found['name']}”没有写标准")
    return found


def _cell(part: str, name: str, typed: str) -> Any:
    heading = HEADINGS.told(part)
    if name == "form":
        return one_of(FORMS, typed, "材料形式", MaterialForm.COPY)
    if name == "copies":
        if typed and not (typed.isascii() and typed.isdigit() and 0 < int(typed) < 100):
            raise ValueError(f"材料份数“{typed[:20]}”不对，请填 1—99 的整数")
        return int(typed or 1)
    return short(typed, PARTS[part]._meta.get_field(name).max_length, heading)


def _words(name: str, typed: str) -> str:
    most = MOST_LONG if name in LONG else Guide._meta.get_field(name).max_length
    return short(typed, most, HEADINGS.told(name))


def _url(typed: str) -> str:
    if not typed:
        return ""
    try:
        URLValidator(["http", "https"])(typed)
    except ValidationError:
        raise ValueError("网上办理地址不是 http 或 https 开头的网址") from None
    return short(typed, 200, "网上办理地址")


def _departments() -> dict[str, Department]:
    """By short name and by name; of two with one name the last."""
    rows = list(Department.objects.filter(is_active=True))
    return {one.short_name: one for one in rows if one.short_name} | {one.name: one for one in rows}

"""One cell of a row: what it would write into the register, or why it cannot."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.models import User
from portal.staff.departments import Departments
from portal.staff.reading import FIELDS, HEADINGS, line_of, name_of

LABELS = {name: str(User._meta.get_field(name).verbose_name) for name in ("staff_number", *FIELDS)}
SWITCHES = {"is_active", "is_staff"}
_LONGEST = {one.name: one.max_length for one in User._meta.concrete_fields if one.max_length}
_YES = {"是", "1", "true", "yes", "y", "√", "可", "启用", "在用"}
_NO = {"否", "0", "false", "no", "n", "×", "不可", "停用", "禁用"}
_NOTHING = {"无", "-", "—", "－", "/"}


@dataclass(frozen=True, slots=True)
class Value:
    """What is written (a department's key, a text, yes or no) and how people read it."""

    raw: str | int | bool | None
    told: str
    is_closed: bool = False  # a department that takes nobody any more


def value_of(name: str, typed: str, departments: Departments) -> Value | None:
    """None when nothing was typed: what stands in the register stays. “无” empties the field. Raises ValueError."""
    if not typed:
        return None
    refuse_formula(name, typed)
    if name in SWITCHES:
        return _switch(name, typed)
    if name != "name" and typed in _NOTHING:
        return Value(None if name == "department" else "", "")
    if name == "department":
        found = departments.find(line_of(typed))
        return Value(found.pk, found.name, is_closed=not found.is_active)
    text = _text(name, typed)
    return Value(text, text)


def refuse_formula(name: str, typed: str) -> None:
    if typed.startswith(("=", "＝")):
        raise ValueError(f"“{HEADINGS.told(name)}”一栏是没有算出结果的公式：请改成文字")


def refuse_closed(value: Value) -> None:
    if value.is_closed:
        raise ValueError(f"部门“{value.told}”已停用")


def yes_or_no(value: bool) -> str:
    return "是" if value else "否"


def _switch(name: str, typed: str) -> Value:
    said = line_of(typed).lower()
    if said not in _YES | _NO:
        raise ValueError(f"“{LABELS[name]}”一栏须填是或否，不能是“{typed[:20]}”")
    return Value(said in _YES, yes_or_no(said in _YES))


def _text(name: str, typed: str) -> str:
    text = name_of(typed) if name in {"name", "title"} else line_of(typed)
    if len(text) > _LONGEST[name]:
        raise ValueError(f"{LABELS[name]}有 {len(text)} 字，超过 {_LONGEST[name]} 字")
    if name == "email":
        try:
            validate_email(text)
        except ValidationError as error:
            raise ValueError(f"电子邮箱“{text[:60]}”的写法不对") from error
    return text

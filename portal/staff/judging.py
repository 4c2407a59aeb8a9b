"""What each row would do to the register, or why it is not taken. One person, one number (等保: 身份标识唯一)."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portal.models import User
from portal.spreadsheets import Line, Refusal
from portal.staff.departments import Departments
from portal.staff.plan import Item, Plan, Said, register_state
from portal.staff.reading import FIELDS, name_of, number_of
from portal.staff.values import LABELS, SWITCHES, Value, refuse_closed, refuse_formula, value_of, yes_or_no

MOST_PASSWORDS = 30  # each costs its hashing, a quarter of a second
_NO_RESET = "已在名册的人员，“初始密码”一栏不起作用：重设密码请到该人员的页面。"
_RENAMED = (
    "有 {} 人的姓名与名册不同（{}）：请核对是不是同一个人改了名。工号连着授权和审计记录，不能转给他人。"
)


def plan_for(lines: Iterable[Line], source: str, *, by: User, tells_absent: bool = True) -> Plan:
    """Judge all rows against the register as it is now; a few statements, whatever the number of rows.

    tells_absent: also list who may sign in but is in no row. They are told, never touched.
    """
    plan, register = Plan(source, register_state()), _Register(by)
    numbered = [(number_of(line.fields.get("staff_number", "")), line) for line in lines]
    places = _places(numbered)
    for number, line in numbered:
        try:
            if number and len(same := places[number.casefold()]) > 1:
                raise ValueError(f"工号 {number} 出现了 {len(same)} 次（{_few(same)}）：一个工号只属于一个人")
            _sort_in(plan, register.item(number, line))
        except ValueError as refusal:
            title = f"{number[:40]} {name_of(line.fields.get('name', ''))[:40]}".strip()
            plan.refused.append(Refusal(line.place, title, str(refusal)))
    plan.remarks = [*register.remarks, *_renamed(plan)]
    if tells_absent:
        plan.absent = register.without(places)
    return plan


def _places(numbered: list[tuple[str, Line]]) -> dict[str, list[str]]:
    """Where each number stands; numbers that differ in case alone are the same."""
    found: dict[str, list[str]] = {}
    for number, line in numbered:
        place = line.place
        told = f"第 {place.line} {place.unit}" if place.line else place.sheet
        found.setdefault(number.casefold(), []).append(told)
    return found


def _renamed(plan: Plan) -> list[str]:
    """A number that passes to somebody else would carry the powers and the trail of whoever had it."""
    numbers = [item.staff_number for item in plan.changed if any(said.field == "name" for said in item.said)]
    return [_RENAMED.format(len(numbers), _few(numbers))] if numbers else []


def _few(places: list[str]) -> str:
    return "、".join(places[:4]) + ("……" if len(places) > 4 else "")


def _sort_in(plan: Plan, item: Item) -> None:
    if item.pk is None:
        plan.new.append(item)
    elif item.said:
        plan.changed.append(item)
    else:
        plan.unchanged += 1


class _Register:
    """The people and departments there are, read once; what a row means against them."""

    def __init__(self, by: User) -> None:
        self.by, self.departments, self.remarks = by, Departments(), []
        self.people = {person.staff_number: person for person in User.objects.all()}
        self.alike = {number.casefold(): number for number in self.people}
        self.hashes: dict[str, str] = {}

    def without(self, places: Mapping[str, list[str]]) -> list[tuple[str, str]]:
        return [
            (number, person.name)
            for number, person in self.people.items()
            if person.is_active and number.casefold() not in places
        ]

    def item(self, number: str, line: Line) -> Item:
        """Raises ValueError with the reason why the row is not taken."""
        person = self._person(number)
        values = {name: value_of(name, line.fields.get(name, ""), self.departments) for name in FIELDS}
        given = {name: value for name, value in values.items() if value is not None}
        password = line.fields.get("initial_password", "")
        if person is None:
            return self._new(number, line, given, password)
        if password and _NO_RESET not in self.remarks:
            self.remarks.append(_NO_RESET)
        return self._changed(person, line, given)

    def _person(self, number: str) -> User | None:
        if not number:
            raise ValueError("缺少工号")
        refuse_formula("staff_number", number)
        if number.casefold() == "system":
            raise ValueError("“system”是系统自己的账号，不能导入")
        known = self.alike.get(number.casefold(), number)
        if known != number:
            raise ValueError(f"名册中已有工号“{known}”，只差大小写：请写成一样")
        return self.people.get(number)

    def _new(self, number: str, line: Line, given: dict[str, Value], password: str) -> Item:
        """A new person may sign in unless the row says otherwise, and enters the admin only if it says so."""
        if "name" not in given:
            raise ValueError("缺少姓名")
        _refuse_number(number)
        given = {"is_active": Value(True, "是"), "is_staff": Value(False, "否")} | given
        for value in given.values():
            refuse_closed(value)
        said = [
            Said(name, LABELS[name], given[name].raw, given[name].told)
            for name in FIELDS
            if name in given and given[name].raw not in (None, "")
        ]
        name = given["name"].told
        return Item(line.place, None, number, name, tuple(said), self._hash(password, number, name))

    def _changed(self, person: User, line: Line, given: dict[str, Value]) -> Item:
        said = []
        for name, value in given.items():
            old = person.department_id if name == "department" else getattr(person, name)
            if value.raw == old:
                continue
            refuse_closed(value)
            if person.pk == self.by.pk and name in SWITCHES and not value.raw:
                raise ValueError("不能停用自己" if name == "is_active" else "不能取消自己的后台资格")
            said.append(Said(name, LABELS[name], value.raw, value.told, self._told(name, old)))
        return Item(line.place, person.pk, person.staff_number, person.name, tuple(said))

    def _told(self, name: str, old: str | int | bool | None) -> str:
        if name == "department":
            return self.departments.name(old)
        return yes_or_no(old) if name in SWITCHES else str(old)

    def _hash(self, password: str, number: str, name: str) -> str:
        """Of the initial password, "" for none; made once per password and import: everybody changes theirs."""
        if not password:
            return ""
        try:
            validate_password(password, User(staff_number=number, name=name))
        except ValidationError as error:
            raise ValueError(f"初始密码不合要求：{''.join(error.messages)}") from error
        if password not in self.hashes:
            if len(self.hashes) == MOST_PASSWORDS:
                raise ValueError(f"一次最多设 {MOST_PASSWORDS} 种初始密码：请分批导入，或者用同一个初始密码")
            self.hashes[password] = make_password(password)
        return self.hashes[password]


def _refuse_number(number: str) -> None:
    field = User._meta.get_field("staff_number")
    if len(number) > field.max_length:
        raise ValueError(f"工号有 {len(number)} 个字符，超过 {field.max_length} 个")
    try:
        field.run_validators(number)
    except ValidationError as error:
        raise ValueError(error.messages[0]) from error

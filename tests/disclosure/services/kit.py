"""What tests of 网上办事 make: a text of a guide, an item in force, an application, a table."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from columns import operations as column_operations
from columns.models import Role
from disclosure.enums.prereviews import ApplicantType
from disclosure.enums.services import MaterialForm, ServedKind, ServiceKind
from disclosure.models import PreReview, ServiceItem
from disclosure.operations import applying, service_texts, services
from disclosure.operations.service_texts import Text
from portal import clock
from portal.enums import Power
from portal.forms.visitors import new_stamp
from portal.models import Department, Site, User
from tests.conftest import LONG_AGO, build

PARTS = {
    "materials": [
        {"name": "申请书", "form": MaterialForm.ORIGINAL, "copies": 1, "needed_when": "", "note": "本人签名"},
        {"name": "身份证", "form": MaterialForm.BOTH, "copies": 1, "needed_when": "", "note": ""},
        {
            "name": "委托书",
            "form": MaterialForm.ORIGINAL,
            "copies": 1,
            "needed_when": "委托他人办理的",
            "note": "",
        },
    ],
    "steps": [{"name": "受理", "who": "窗口", "days": "当场", "note": "材料是否齐全"}, {"name": "发照"}],
    "windows": [
        {"name": "1 号窗口", "address": "人民路 1 号", "hours": "工作日 9:00—17:00", "phone": "8005"}
    ],
    "charges": [],
}


def build_hall() -> SimpleNamespace:
    """The small office, with 注册科: its clerk and a second one examine; another section's clerk does not."""
    world = build()
    with clock.at(LONG_AGO):
        role = Role.objects.create(key="ANSWERER", name="答复人员", powers=[str(Power.ANSWER)])
        for key, name in {"registry": "注册科", "law": "法制科"}.items():
            setattr(
                world,
                key,
                Department.objects.create(name=name, code=key, kind="SECTION", parent=world.bureau),
            )
        for number, department in {
            "clerk": world.registry,
            "second": world.registry,
            "stranger": world.law,
        }.items():
            person = User.objects.create_user(number, name=f"{department.name}承办人", department=department)
            column_operations.appoint(person, role, world.main, by=world.system, reason="测试")
            setattr(world, number, person)
    return world


def text(world: SimpleNamespace, **said: Any) -> Text:
    """A whole guide with online pre-review; `said` and the parts named in it take the place of the usual."""
    parts = {part: said.pop(part, rows) for part, rows in PARTS.items()}
    whole = {
        "name": "个体工商户设立登记", "code": "", "kind": ServiceKind.PERMIT, "audience": ServedKind.PERSON,
        "theme": "设立变更", "department": world.registry, "basis": "条例第十一条", "conditions": "有经营能力的公民",
        "organ": "", "result": "营业执照", "delivery": "", "legal_days": 15, "promised_days": 1, "limit_note": "",
        "is_free": True, "consult": "8005", "supervision": "8003", "online_url": "", "remarks": "",
        "takes_pre_review": True, "pre_review_days": 3,
    }  # fmt: skip
    return Text(said=whole | said, parts=parts)


def item(world: SimpleNamespace, site: Site | None = None, **said: Any) -> ServiceItem:
    """In force: written by the collector, approved by the moderator."""
    guide = service_texts.create(site or world.main, text(world, **said), by=world.collector)
    services.submit(guide, by=world.collector)
    services.approve(guide, by=world.moderator)
    return ServiceItem.objects.select_related("site", "department", "guide").get(pk=guide.item_id)


def scan(name: str = "扫描件", words: str = "材料") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.txt", words.encode())


def apply(of: ServiceItem, nonce: str = "0" * 32, **said: Any) -> PreReview:
    """With a file for each material that is always needed."""
    files = {one.pk: [scan(one.name)] for one in of.guide.materials.all() if one.is_required}
    whole = {
        "kind": ApplicantType.PERSON, "name": "赵小满", "phone": "13800000051", "email": "xiaoman@example.cn",
        "files": files,
    }  # fmt: skip
    return applying.apply(applying.Draft(item=of, **whole | said), nonce=nonce).pre_review


def password_of(of: ServiceItem, nonce: str) -> str:
    """The password that belongs to the form with this nonce, as the receipt says it."""
    return applying.apply(applying.Draft(item=of, kind="", name="", phone=""), nonce=nonce).password


def materials(found: PreReview) -> dict[str, Any]:
    """By the name of the material."""
    return {str(one): one for one in found.materials.select_related("material")}


def typed(of: ServiceItem, **said: Any) -> dict[str, Any]:
    """The form of an application, as a browser sends it."""
    files = {f"material_{one.pk}": scan(one.name) for one in of.guide.materials.all() if one.is_required}
    whole = {
        "stamp": new_stamp(60), "homepage": "", "kind": "PERSON", "name": "赵小满", "phone": "13800000051",
        "email": "", "agent": "", "words": "", "agrees": "on",
    }  # fmt: skip
    return whole | files | said


def editor(of: Text, version: int = 0, **said: Any) -> dict[str, Any]:
    """The form of a guide, as a browser sends it."""
    data: dict[str, Any] = {name: value for name, value in of.said.items() if value not in (None, False)}
    data |= {"department": of.said["department"].pk, "version": version}
    for part, rows in of.parts.items():
        data |= {f"{part}-TOTAL_FORMS": len(rows), f"{part}-INITIAL_FORMS": 0}
        for place, row in enumerate(rows):
            data |= {f"{part}-{place}-{name}": value for name, value in row.items()}
    return {name: "on" if value is True else value for name, value in (data | said).items()}


def table(*rows: list, name: str = "事项.xlsx") -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile(name, file.getvalue())

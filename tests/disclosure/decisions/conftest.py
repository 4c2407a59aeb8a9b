"""A disclosure office: 办公室 registers and delivers, 法制科 answers, its head reviews, the director signs."""

from datetime import date, datetime
from io import BytesIO
from itertools import count
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from columns import operations as column_operations
from columns.models import ReviewRoute, Role, RouteStep
from disclosure.enums.requests import ApplicantKind, Channel, Delivery, IdentityKind, RequestState
from disclosure.models import DisclosureRequest, Office
from disclosure.operations import clocks
from portal import clock
from portal.enums import Power
from portal.models import Department, User
from tests.conftest import LONG_AGO, build
from tests.snapshot import Snapshot

CHINA = ZoneInfo("Asia/Shanghai")
_serial = count(1)


def moment(text: str) -> datetime:
    """`2026-09-30 10:00`, in Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def build_house() -> SimpleNamespace:
    world = build()
    with clock.at(LONG_AGO):
        _hire(world)
    world.route = ReviewRoute.objects.create(key="disclosure", name="公开答复审签")
    for place, (label, power) in enumerate([("负责人审核", Power.REVIEW), ("局长签发", Power.SIGN)], start=1):
        RouteStep.objects.create(
            route=world.route,
            position=place,
            label=label,
            power=power,
            working_days=2,
            clause="石家庄第二十一条",
        )
    world.office = office_of(world, world.route)
    return world


def office_of(world: SimpleNamespace, route: ReviewRoute | None) -> Office:
    return Office.objects.create(
        site=world.main, organ="城东分局", code="CD010", department=world.section, address="城东区人民路 1 号",
        phone="8001", hours="工作日", review_organ="城东区人民政府", court="城东区人民法院", route=route,
        publish_days=20, answer_days=20, extension_days=20, correction_notice_days=7, correction_days=15,
        consult_days=15, payment_days=20, answer_mark="城东公开答", review_days=60, suit_months=6, suit_days=15,
        review_first=["PARTLY", "REFUSED", "UNABLE", "NOT_HANDLED"], remedy_clause="条例第五十一条", clause="条例第四条",
    )  # fmt: skip


def _hire(world: SimpleNamespace) -> None:
    answers = Role.objects.create(key="ANSWERER", name="答复人员", powers=[str(Power.ANSWER)])
    world.law = Department.objects.create(name="法制科", code="law", kind="SECTION", parent=world.bureau)
    people = {"clerk": world.section, "lawyer": world.law, "colleague": world.law, "law_head": world.law}
    for number, department in people.items():
        person = User.objects.create_user(number, name=f"{department.name}{number}", department=department)
        role = Role.objects.get(key="HEAD") if number == "law_head" else answers
        column_operations.appoint(person, role, world.main, by=world.system, reason="测试")
        setattr(world, number, person)


HOUSE = Snapshot(build_house)


@pytest.fixture
def house(db) -> SimpleNamespace:
    world, now = HOUSE.restore(), clock.now()
    User.objects.update(password_set_at=now)
    return world


@pytest.fixture
def ask(house):
    """`ask(delivery=…, …)` is a request in the hands of 法制科, received on 2026-10-08, its clock running."""

    def make(**more) -> DisclosureRequest:
        number = next(_serial)
        at = more.pop("at", moment("2026-10-08 10:00"))
        said = {
            "site": house.main, "year": 2026, "serial": number, "code": f"CD2026{number:05}",
            "password_digest": "0" * 64, "nonce": f"{number:032}", "channel": Channel.ONLINE,
            "kind": ApplicantKind.CITIZEN, "name": "张三", "identity_kind": IdentityKind.IDENTITY_CARD,
            "identity_number": "320102199001011234", "applicant_key": "key", "email": "zhang@example.cn",
            "title": "2025 年食品抽检结果", "wanted": "全部不合格名单", "delivery": Delivery.ONLINE,
            "state": RequestState.IN_HAND, "submitted_at": at, "arrived_on": date(2026, 10, 8),
            "received_on": date(2026, 10, 8),
            "department": house.law,
        }  # fmt: skip
        request = DisclosureRequest.objects.create(**said | more)
        with clock.at(at):
            clocks.start_answering(request, request.received_on)
        return request

    return make


def pdf(pages: int = 1, words: str = "SECRET-NAME", name: str = "名单.pdf") -> SimpleUploadedFile:
    """A PDF with real text on every page, a title and an author."""
    content = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n"
    )
    drawn = f"BT /F 24 Tf 100 700 Td ({words}) Tj ET".encode()
    content += b"4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(drawn), drawn)
    content += b"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
    content += b"6 0 obj\n<</Title(HIDDEN-TITLE)/Author(HIDDEN-AUTHOR)>>\nendobj\n"
    content += b"trailer\n<</Size 7/Root 1 0 R/Info 6 0 R>>\n%%EOF\n"
    one = pypdfium2.PdfDocument(content)
    book = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        book.import_pages(one)
    out = BytesIO()
    (book if pages > 1 else one).save(out)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def picture(name: str = "照片.png") -> SimpleUploadedFile:
    image, out = Image.new("RGB", (400, 200), "white"), BytesIO()
    ImageDraw.Draw(image).rectangle((100, 50, 200, 100), fill="red")
    image.save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")

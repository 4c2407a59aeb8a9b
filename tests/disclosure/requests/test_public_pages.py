"""The applicant's pages: the form and its messages, the receipt, following by number and password, acting online."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image

from disclosure.enums.requests import CorrectionKind, FeeMode
from disclosure.models import CatalogueEntry, Category, DisclosureRequest
from disclosure.operations import charging, correcting
from portal import clock
from portal.forms.visitors import new_stamp
from portal.models import Parameter
from tests.disclosure.requests.conftest import CARD, CREDIT, at, state

NEW, TRACK = "/disclosure/requests/new/", "/disclosure/requests/track/"


def typed(**more) -> dict:
    said = {
        "kind": "CITIZEN", "name": "田小禾", "identity_kind": "IDENTITY_CARD", "identity_number": CARD,
        "phone": "13800000032", "title": "行政处罚裁量基准", "wanted": "现行的裁量基准全文", "delivery": "ONLINE",
        "agrees": "on", "stamp": new_stamp(seconds_ago=60), "homepage": "",
    }  # fmt: skip
    return said | more


def picture(name: str = "身份证.png") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (8, 5), "#1c4a84").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue())


def errors(response) -> dict:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def follow(client, receipt):
    return client.post(TRACK, {"code": receipt.request.code, "password": receipt.password}, follow=True)


def test_a_request_is_sent_and_its_receipt_opens_it(client, world):
    response = client.post(NEW, typed(identity_files=[picture()]))

    assert response.status_code == 200
    receipt, request = response.context["receipt"], DisclosureRequest.objects.get()
    assert (request.code, request.identity_number) == ("DR-CD010-" + f"{request.year}-0001", CARD)
    assert [(one.what, one.file.name) for one in request.files.all()] == [("身份证明", "身份证.png")]
    said = response.content.decode()
    assert receipt.password in said
    assert CARD not in said
    page = follow(client, receipt)
    assert page.status_code == 200
    assert "现行的裁量基准全文" in page.content.decode()


def test_sent_twice_it_is_one_request(client, world):
    sent = typed()
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert first.context["receipt"] == second.context["receipt"]
    assert DisclosureRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field", "message"),
    [
        ({"identity_number": CARD[:-1] + "1"}, "identity_number", "身份证号码的校验位不符，请逐位核对"),
        ({"kind": "OTHER", "identity_kind": "OTHER"}, "representative", "法人和其他组织请填写法定代表人或联系人"),
        ({"kind": "BUSINESS", "representative": "方一鸣"}, "identity_kind", "法人和其他组织请填写统一社会信用代码"),
        ({"kind": "ALIEN"}, "kind", "请选择申请人类别"),
        ({"phone": ""}, "phone", "电话、电子邮箱、通信地址至少填一项，以便联系"),
        ({"delivery": "POST"}, "address", "选择邮寄的，请填写通信地址和邮编"),
        ({"delivery": "EMAIL"}, "email", "选择电子邮件的，请填写电子邮箱"),
        ({"title": "\u3000 "}, "title", "请填写所需信息的名称"),
        ({"title": "长" * 101}, "title", "所需信息的名称最多 100 字，现在有 101 字，请精简"),
        ({"wanted": "长" * 2001}, "wanted", "内容描述最多 2000 字，现在有 2001 字，请精简"),
        ({"agrees": ""}, "agrees", "请阅读说明，同意后再提交"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place_and_what_was_typed_stays(client, world, more, field, message):
    response = client.post(NEW, typed(**more))
    assert (response.status_code, errors(response)) == (422, {field: [message]})
    assert "田小禾" in response.content.decode()


@pytest.mark.parametrize(
    "more",
    [
        {"wanted": "a\x00b"}, {"name": "\U00020000" * 61}, {"identity_number": "<script>alert(1)</script>"},
        {"title": "x" * 1_000_000}, {"phone": "９" * 500}, {"identity_kind": "☃"}, {"stamp": "junk"},
        {"delivery": ["ONLINE", "POST"], "address": ""},
    ],
)  # fmt: skip
def test_hostile_input_is_refused_in_order(client, world, more):
    response = client.post(NEW, typed(**more))
    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()
    assert DisclosureRequest.objects.count() == 0


def test_extension_b_and_emoji_are_characters_like_others(client, world):
    assert client.post(NEW, typed(name="\U00020bb7田", wanted="全文 😀")).status_code == 200
    assert DisclosureRequest.objects.get().name == "\U00020bb7田"


def test_organisations_are_checked_by_their_code(client, world):
    said = {"kind": "BUSINESS", "representative": "方一鸣", "identity_kind": "CREDIT_CODE"}
    assert client.post(NEW, typed(**said, identity_number=CREDIT.lower())).status_code == 200
    assert DisclosureRequest.objects.get().identity_number == CREDIT


def test_the_same_again_is_asked_about_first_and_never_refused(client, world):
    client.post(NEW, typed())
    code = DisclosureRequest.objects.get().code
    response = client.post(NEW, typed())
    assert response.status_code == 409
    assert f"编号 {code}" in response.content.decode()
    assert client.post(NEW, typed(again="on")).status_code == 200
    assert DisclosureRequest.objects.count() == 2


def test_a_flood_is_shown_the_other_ways_and_keeps_its_words(client, world):
    Parameter.objects.create(key="requests_an_hour", label="", value=1, unit="", clause="")
    client.post(NEW, typed())
    response = client.post(NEW, typed(title="另一件"))
    said = response.content.decode()
    assert response.status_code == 429
    assert [word in said for word in ("人民路 1 号", "信息处理费", "另一件")] == [True] * 3


def test_whoever_asks_often_reads_what_may_follow(client, world):
    Parameter.objects.create(key="requests_many", label="", value=1, unit="", clause="")
    assert "第三十五条" not in client.post(NEW, typed()).content.decode()
    assert "您本月已提出 2 件" in client.post(NEW, typed(title="另一件")).content.decode()


def test_a_bad_file_loses_nothing(client, world):
    bad = SimpleUploadedFile("身份证.png", b"no picture")
    response = client.post(NEW, typed(identity_files=[bad]))
    assert (response.status_code, list(errors(response))) == (422, ["identity_files"])
    assert DisclosureRequest.objects.count() == 0


def test_nothing_opens_without_number_and_password(client, submit, settings):
    receipt, other = submit(), submit(title="别的")
    assert client.get(f"{TRACK}{receipt.request.code}/").status_code == 404
    for said in (
        {"code": receipt.request.code, "password": "23456789"},
        {"code": "DR-CD010-1900-0001", "password": receipt.password},
        {"code": other.request.code, "password": receipt.password},
        {"code": "\x00", "password": "x"}, {},
    ):  # fmt: skip
        assert client.post(TRACK, said).status_code == 422
    assert follow(client, receipt).status_code == 200
    assert client.get(f"{TRACK}{other.request.code}/").status_code == 404


def test_guessing_is_stopped(client, submit):
    receipt = submit()
    wrong = {"code": receipt.request.code, "password": "23456789"}
    answers = [client.post(TRACK, wrong).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_correction_is_answered_online_with_files(client, world, submit, ask):
    request = ask("2026-09-14")
    session = client.session
    session["requests_shown"] = [request.pk]
    session.save()
    address = f"{TRACK}{request.code}/"
    with at("2026-09-21"):
        correcting.ask(request, CorrectionKind.UNCLEAR, "请写明年份", by=world.registrar)
        assert "请写明年份" in client.get(address).content.decode()
        assert client.post(f"{address}correct/", {"answer": " "}).status_code == 422
        done = client.post(f"{address}correct/", {"answer": "2025 年", "files": [picture("补.png")]})
        again = client.post(f"{address}correct/", {"answer": "2025 年"})
    assert (done.status_code, again.status_code, state(request)) == (302, 409, "IN_HAND")
    assert request.files.get().what == "补正材料"
    assert "答复时限自收到补正之日重新起算" in client.get(address).content.decode()


def test_it_is_withdrawn_once_and_with_a_reason(client, ask):
    request = ask()
    session = client.session
    session["requests_shown"] = [request.pk]
    session.save()
    address = f"{TRACK}{request.code}/withdraw/"
    answers = [client.post(address, {"note": note}).status_code for note in ("", "不需要了", "不需要了")]
    assert (answers, state(request)) == ([422, 302, 409], "CLOSED")


def test_papers_say_what_the_law_asks_them_to(client, world, ask):
    request = ask("2026-09-14")
    session = client.session
    session["requests_shown"] = [request.pk]
    session.save()
    with at("2026-09-21"):
        fee = charging.charge(request, FeeMode.BY_PAGE, 101, reason="数量明显过多", by=world.registrar)
    response = client.get(f"{TRACK}{request.code}/papers/fee-{fee.pk}.docx")
    document = Document(BytesIO(b"".join(response.streaming_content)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (
        "收费通知书",
        "720.00 元",
        "第 101 页每页 20 元",
        "2026年10月26日",
        "视为放弃申请",
        "田小禾：",
    ):
        assert words in said
    for wrong in ("fee-999999", "consulting-1", "nothing-1", "correction-1", "extension-1"):
        assert client.get(f"{TRACK}{request.code}/papers/{wrong}.docx").status_code == 404


def test_a_blank_form_is_there_for_letters_and_visits(client, world):
    document = Document(BytesIO(b"".join(client.get("/disclosure/requests/form.docx").streaming_content)))
    assert "获取信息的方式" in [row.cells[0].text for row in document.tables[0].rows]


def test_without_an_office_there_is_nothing_and_a_closed_one_says_so(client, world):
    world.disclosure.is_open = False
    world.disclosure.save()
    assert "现在不受理网上申请" in client.get(NEW).content.decode()
    assert client.post(NEW, typed()).status_code == 422
    assert client.get(f"/s/beiqiao{NEW}").status_code == 200  # that of the site above
    world.disclosure.channels.all().delete()
    world.disclosure.fee_bands.all().delete()
    world.disclosure.delete()
    assert client.get(NEW).status_code == 404
    assert client.get("/disclosure/requests/form.docx").status_code == 404


def entry(world, **more) -> CatalogueEntry:
    category, _ = Category.objects.get_or_create(
        site=world.main, key="wenjian", defaults={"name": "文件", "clause": "测试"}
    )
    said = {
        "site": world.main, "category": category, "issuer": world.section, "year": 2026, "title": "验收意见",
        "serial": CatalogueEntry.objects.count() + 1, "index_number": f"CD010-{CatalogueEntry.objects.count()}",
        "made_on": "2026-01-05", "publicity": "ON_REQUEST", "registered_by": world.registrar,
        "registered_at": clock.now(),
    }  # fmt: skip
    return CatalogueEntry.objects.create(**said | more)


def test_what_the_catalogue_names_is_filled_in(client, world):
    shown = client.get(NEW, {"entry": entry(world).pk}).context["form"]
    assert (shown["title"].value(), shown["wanted_number"].value()) == ("验收意见", "CD010-0")


@pytest.mark.parametrize("junk", ["x", "-1", "9" * 30, "1'--", "\x00", ""])
def test_what_the_public_may_not_know_of_is_not(client, world, junk):
    hidden = entry(world, publicity="CLOSED", ground="国家秘密", title="机密文件")
    draft = entry(world, publicity="OPEN", title="机密文件")
    for asked in (junk, hidden.pk, draft.pk):
        assert "机密文件" not in client.get(NEW, {"entry": asked}).content.decode()


def test_whoever_was_signed_in_follows_without_a_password(client, world):
    client.force_login(world.staff)
    client.post(NEW, typed(stamp=new_stamp(seconds_ago=60)))
    request = DisclosureRequest.objects.get()
    assert request.code in client.get(TRACK).content.decode()
    assert client.get(f"{TRACK}{request.code}/").status_code == 200
    client.force_login(world.chief)
    assert request.code not in client.get(TRACK).content.decode()
    assert client.get(f"{TRACK}{request.code}/").status_code == 404

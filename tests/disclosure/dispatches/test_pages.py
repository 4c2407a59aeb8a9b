"""The desk sends and urges, units sign with one click; the sheet as a page, in Word, in Excel."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from disclosure.models import Dispatch, Receipt
from disclosure.operations import dispatches as operations
from disclosure.operations import receipts
from portal import todos
from tests.disclosure.dispatches.conftest import words

FORM = {
    "title": "关于报送总结的通知", "document_number": "", "priority": "URGENT", "sign_by": "2026-10-20",
    "text": "请于月底前报送。", "kinds": ["OFFICE"],
}  # fmt: skip


def said(answer) -> str:
    return answer.content.decode()


def test_written_and_sent_by_the_buttons(client, office):
    client.force_login(office.clerk)
    file = SimpleUploadedFile("附件一.txt", "内容".encode())
    answer = client.post(reverse("desk:dispatch_new"), {**FORM, "files": file, "send": "1"}, follow=True)
    found = Dispatch.objects.get()
    assert (found.state, found.receipts.count(), found.files.count()) == ("SENT", 2, 1)
    assert "已发送：关于报送总结的通知" in said(answer)
    assert "应签收 2 个单位，已签收 0 个，未签收 2 个" in said(answer)


def test_a_draft_is_saved_mended_and_sent(client, office):
    client.force_login(office.clerk)
    client.post(reverse("desk:dispatch_new"), {**FORM, "save": "1"})
    found = Dispatch.objects.get()
    where = reverse("desk:dispatch_edit", args=[found.pk])
    page = said(client.get(where))
    assert "关于报送总结的通知" in page
    assert page.count("checked") == 2
    answer = client.post(where, {
        **FORM, "kinds": [], "units": [office.law_section.pk], "version": found.version, "send": "1",
    })  # fmt: skip
    assert answer["Location"] == found.get_absolute_url()
    assert list(found.receipts.values_list("unit_name", flat=True)) == ["法制科"]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"title": ""}, "请填写标题"),
        ({"sign_by": "10月"}, "不是日期"),
        ({"kinds": [], "send": "1"}, "请至少选一个签收单位"),
        ({"sign_by": "2026-10-01", "send": "1"}, "签收期限已经过去"),
        ({"text": "", "send": "1"}, "请写正文，或上传公文附件"),
        ({"units": ["99999"]}, "没有这个单位，或已撤并"),
    ],
)
def test_bad_input_is_told_at_its_place_and_kept(client, office, sent, message):
    client.force_login(office.clerk)
    answer = client.post(reverse("desk:dispatch_new"), {**FORM, **sent})
    assert answer.status_code == 422
    assert message in said(answer)
    assert "URGENT" in said(answer)


def test_a_version_saved_meanwhile_is_told_and_nothing_is_lost(client, office, draft):
    found = draft()
    operations.save(found, words(office), by=office.moderator, version=found.version)
    client.force_login(office.clerk)
    answer = client.post(reverse("desk:dispatch_edit", args=[found.pk]), {**FORM, "version": 1, "save": "1"})
    assert answer.status_code == 409
    assert "请于月底前报送。" in said(answer)


def test_a_unit_reads_signs_with_one_click_and_the_second_is_told(client, office, sent):
    found = sent()
    client.force_login(office.north)
    assert [one.kind.label for one in todos.first_of_all(office.north)] == ["待签收公文"]
    page = said(client.get(found.get_absolute_url()))
    assert "各单位要按时报送。" in page
    assert "南湖工商所" not in page
    assert Receipt.objects.get(unit=office.station).read_by == office.north
    where = reverse("desk:dispatch_sign", args=[found.pk, office.station.pk])
    assert "已代表“北桥工商所”签收" in said(client.post(where, follow=True))
    client.force_login(office.other)
    answer = client.post(where)
    assert answer.status_code == 409
    assert "北桥工商所已由陈晓东于" in said(answer)


def test_nobody_signs_where_they_do_not_belong(client, office, sent):
    found = sent([office.station, office.law_section])
    client.force_login(office.law)
    assert client.post(reverse("desk:dispatch_sign", args=[found.pk, office.station.pk])).status_code == 403
    client.force_login(office.south)
    assert client.get(found.get_absolute_url()).status_code == 404
    assert client.post(reverse("desk:dispatch_sign", args=[found.pk, office.station.pk])).status_code == 404


def test_odd_numbers_in_an_address_are_not_there(client, office, sent):
    found = sent()
    client.force_login(office.clerk)
    for unit in (0, office.section.pk, 10**25):
        where = reverse("desk:dispatch_sign", args=[found.pk, unit])
        assert client.post(where).status_code == 404


def test_urging_and_withdrawing_by_the_buttons(client, office, sent):
    found = sent()
    client.force_login(office.clerk)
    assert "已催签，通知到 4 人" in said(
        client.post(reverse("desk:dispatch_remind", args=[found.pk]), follow=True)
    )
    assert client.post(reverse("desk:dispatch_remind", args=[found.pk])).status_code == 422
    where = reverse("desk:dispatch_withdraw", args=[found.pk])
    answer = client.post(where, {"note": ""})
    assert answer.status_code == 422
    assert "请填写撤回理由" in said(answer)
    assert "公文已撤回" in said(client.post(where, {"note": "文号有误"}, follow=True))
    assert client.post(where, {"note": "文号有误"}).status_code == 409
    client.force_login(office.north)
    page = said(client.get(found.get_absolute_url()))
    assert "撤回理由：文号有误" in page
    assert "签收</button>" not in page


def test_files_are_saved_by_whoever_may_read_it(client, office):
    file = SimpleUploadedFile("附件一.txt", "内容".encode())
    found = operations.draft(office.main, words(office, [office.station]), by=office.clerk, files=[file])
    operations.send(found, by=office.clerk, version=found.version)
    where = reverse("desk:dispatch_file", args=[found.pk, found.files.get().pk])
    for person, status in ((office.north, 200), (office.inspector, 200), (office.law, 404)):
        client.force_login(person)
        assert client.get(where).status_code == status
    client.force_login(office.north)
    assert b"".join(client.get(where).streaming_content) == "内容".encode()


def test_the_sheet_is_printed_and_taken_away(client, office, sent):
    found = sent()
    receipts.sign(found.receipts.get(unit=office.station), by=office.north)
    client.force_login(office.inspector)
    page = said(client.get(reverse("desk:dispatch_sheet", args=[found.pk])))
    assert "已签收 1 个，未签收 2 个" in page
    excel = client.get(reverse("desk:dispatch_export", args=[found.pk, "xlsx"]))
    sheet = load_workbook(BytesIO(excel.content))["签收情况"]
    assert [cell.value for cell in sheet[6]][1:4] == ["北桥工商所", "已签收", "陈晓东"]
    assert client.get(reverse("desk:dispatch_export", args=[found.pk, "docx"])).status_code == 200
    assert client.get(reverse("desk:dispatch_export", args=[found.pk, "pdf"])).status_code == 404
    client.force_login(office.north)
    assert client.get(reverse("desk:dispatch_sheet", args=[found.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_lists_cost_the_same_for_one_and_thirty(client, office, sent, number, django_assert_max_num_queries):
    for _ in range(number):
        sent()
    for person, page in ((office.clerk, "desk:dispatches"), (office.north, "desk:receipts")):
        client.force_login(person)
        client.get(reverse(page))
        with django_assert_max_num_queries(24):
            client.get(reverse(page))


def test_empty_pages_say_what_would_be_there(client, office):
    client.force_login(office.clerk)
    assert "还没有发过公文" in said(client.get(reverse("desk:dispatches")))
    assert "还没有发给本单位的公文" in said(client.get(reverse("desk:receipts")))
    client.force_login(office.north)
    assert client.get(reverse("desk:dispatches")).status_code == 404
    assert client.get(reverse("desk:dispatch_new")).status_code == 404

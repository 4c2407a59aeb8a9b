"""The office writes and enters, a leader issues, readers read; the same report in Word and Excel."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from disclosure.models import AnnualReport, DisclosureRequest
from disclosure.operations import reports as operations
from disclosure.rules.annual_form import FIGURES, PARTS
from portal import todos
from tests.disclosure.reports.conftest import YEAR
from tests.disclosure.reports.test_life import issued, offered

__all__ = ["issued", "offered"]


def said(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def draft(office, year):
    return operations.begin(office.main, YEAR, by=office.clerk)


def test_from_the_first_click_to_the_public_page(client, office, year):
    client.force_login(office.clerk)
    answer = client.post(reverse("desk:annual_reports"), {"year": YEAR})
    report = AnnualReport.objects.get()
    assert answer["Location"] == report.get_absolute_url()
    figures = {one.key: "12.5" if one.is_money else "3" for one in FIGURES}
    client.post(reverse("desk:annual_report_figures", args=[report.pk]), {**figures, "version": 1})
    for version, part in enumerate(PARTS, start=2):
        where = reverse("desk:annual_report_part", args=[report.pk, part])
        client.post(where, {"text": f"这是{PARTS[part]}", "version": version})
    act = reverse("desk:annual_report_act", args=[report.pk, "offer"])
    assert "已提请签发" in said(client.post(act, {"version": 8}, follow=True))
    client.force_login(office.signer)
    assert [one.kind.label for one in todos.first_of_all(office.signer)] == ["年度报告"]
    act = reverse("desk:annual_report_act", args=[report.pk, "issue"])
    assert "已签发，网站上已公布" in said(client.post(act, {"version": 8}, follow=True))
    client.logout()
    page = said(client.get(f"/disclosure/reports/{YEAR}/"))
    assert "城东分局2025年政府信息公开工作年度报告" in page
    assert "这是五、存在的主要问题及改进情况" in page
    assert page.count('scope="col') > 20
    assert "annual-reports" not in page


def test_a_proposal_is_put_into_the_field_and_saved_by_nobody_yet(client, office, draft):
    client.force_login(office.clerk)
    where = reverse("desk:annual_report_part", args=[draft.pk, "requests"])
    form = client.get(f"{where}?adopt=1").context["form"]
    assert form["text"].value().startswith("本年度新收政府信息公开申请7件")
    assert client.get(where).context["form"]["text"].value() == ""


def test_numbers_lead_to_their_cases(client, office, draft):
    client.force_login(office.clerk)
    page = said(client.get(draft.get_absolute_url()))
    where = reverse("desk:annual_report_cases", args=[draft.pk])
    assert f'{where}?cell=3.received.CITIZEN">4</a>' in page
    listing = client.get(f"{where}?cell=3.received.CITIZEN").context["listing"]
    assert listing.paginator.count == 4
    assert client.get(f"{where}?cell=4.REVIEW.CORRECTED").context["listing"].paginator.count == 1
    assert client.get(f"{where}?cell=2.normative.in_force").context["listing"].paginator.count == 3
    for wrong in ("3.results.total", "3.received.NOBODY", "2.rules.issued", "9.x.y", "x"):
        assert client.get(f"{where}?cell={wrong}").status_code == 404


def test_whoever_looks_on_sees_no_titles_of_requests(client, office, draft, year):
    where = reverse("desk:annual_report_cases", args=[draft.pk])
    client.force_login(office.inspector)
    page = said(client.get(where))
    assert year.first.code in page
    assert year.first.title not in page
    client.force_login(office.clerk)
    assert year.first.title in said(client.get(where))


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ({"licences_decided": "三"}, "请填整数，没有的填 0"),
        ({"licences_decided": "-1"}, "不能小于零"),
        ({"charges_charged": "1.23456"}, "最多四位小数"),
        ({"charges_charged": "NaN"}, "请填数字"),
    ],
)
def test_bad_figures_are_told_at_their_place_and_kept(client, office, draft, figures, message):
    client.force_login(office.clerk)
    sent = {"penalties_decided": "77", **figures, "version": 1}
    answer = client.post(reverse("desk:annual_report_figures", args=[draft.pk]), sent)
    assert answer.status_code == 422
    assert message in said(answer)
    assert 'value="77"' in said(answer)


def test_a_part_saved_meanwhile_is_told_and_nothing_typed_is_lost(client, office, draft):
    operations.say(draft, "problems", "别人写的", by=office.clerk, version=1)
    client.force_login(office.clerk)
    answer = client.post(
        reverse("desk:annual_report_part", args=[draft.pk, "overview"]), {"text": "我写的", "version": 1}
    )
    assert answer.status_code == 409
    assert "我写的" in said(answer)


def test_a_failing_check_asks_for_a_reason_at_its_place(client, office, year, offered):
    report = offered()
    DisclosureRequest.objects.filter(pk=year.firm.pk).update(kind="")
    client.force_login(office.signer)
    page = said(client.get(report.get_absolute_url()))
    assert "1 项不符" in page
    assert f"{year.firm.code}" in page
    act = reverse("desk:annual_report_act", args=[report.pk, "issue"])
    answer = client.post(act, {"version": report.version})
    assert answer.status_code == 422
    assert "须先改正，或写明理由后签发" in said(answer)
    client.post(act, {"version": report.version, "reason": "申请人未写明类别"})
    assert "申请人未写明类别" in said(client.get(report.get_absolute_url()))


@pytest.mark.parametrize("version", ["", "x", "９", "9" * 5000])
def test_an_odd_version_is_one_that_nobody_looked_at(client, office, offered, version):
    report = offered()
    client.force_login(office.signer)
    act = reverse("desk:annual_report_act", args=[report.pk, "issue"])
    assert client.post(act, {"version": version}).status_code == 409


def test_drafts_are_nobody_elses(client, office, draft):
    for person, status in ((office.clerk, 200), (office.signer, 200), (office.inspector, 200), (office.auditor, 200),
                           (office.staff, 404), (office.collector, 404), (office.granter, 404)):  # fmt: skip
        client.force_login(person)
        assert client.get(draft.get_absolute_url()).status_code == status
    client.logout()
    assert client.get(f"/disclosure/reports/{YEAR}/").status_code == 404
    assert client.get(f"/disclosure/reports/{YEAR}.docx").status_code == 404


def test_an_issued_report_shows_its_proof_and_what_changed(client, office, year, issued):
    report = issued()
    DisclosureRequest.objects.filter(pk=year.firm.pk).update(kind="RESEARCH")
    client.force_login(office.clerk)
    page = said(client.get(report.get_absolute_url()))
    assert "内容与签发时一致" in page
    assert "签发以后记录的变化" in page
    assert client.get(reverse("desk:annual_report_part", args=[report.pk, "overview"])).status_code == 302
    answer = client.post(reverse("desk:annual_report_part", args=[report.pk, "overview"]), {"text": "改"})
    assert answer.status_code == 409


def test_the_report_is_taken_away_in_word_and_excel(client, office, year, issued):
    issued()
    word = Document(BytesIO(client.get(f"/disclosure/reports/{YEAR}.docx").content))
    lines = [one.text for one in word.paragraphs]
    assert [one for one in lines if one in PARTS.values()] == list(PARTS.values())
    third = next(one for one in word.tables if len(one.columns) == 8)
    assert [cell.text for cell in third.rows[0].cells][1:4] == ["自然人", "法人或其他组织", "法人或其他组织"]
    assert [cell.text for cell in third.rows[1].cells][2:] == [
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
    assert [cell.text for cell in third.rows[2].cells] == [
        "一、本年新收政府信息公开申请数量",
        "4",
        "2",
        "0",
        "0",
        "1",
        "0",
        "7",
    ]
    fourth = next(one for one in word.tables if len(one.columns) == 15)
    assert [cell.text for cell in fourth.rows[2].cells] == [
        "1",
        "1",
        "0",
        "0",
        "2",
        "0",
        "0",
        "1",
        "0",
        "1",
        "0",
        "0",
        "0",
        "1",
        "1",
    ]
    sheet = load_workbook(BytesIO(client.get(f"/disclosure/reports/{YEAR}.xlsx").content))[
        "收到和处理政府信息公开申请情况"
    ]
    assert [cell.value for cell in sheet[5]] == ["一、本年新收政府信息公开申请数量", 4, 2, 0, 0, 1, 0, 7]
    assert client.get(f"/disclosure/reports/{YEAR}.pdf").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_lists_cost_the_same_for_one_and_thirty(
    client, office, issued, number, django_assert_max_num_queries
):
    report = issued()
    for year in range(1, number):
        report.pk, report.year = None, 2024 - year
        report.save()
    client.get("/disclosure/reports/")
    with django_assert_max_num_queries(8):
        client.get("/disclosure/reports/")
    client.force_login(office.clerk)
    client.get(reverse("desk:annual_reports"))
    with django_assert_max_num_queries(26):
        client.get(reverse("desk:annual_reports"))


def test_a_site_without_an_office_leads_to_the_one_above(client, office):
    assert client.get("/s/beiqiao/disclosure/reports/")["Location"] == "/disclosure/reports/"
    assert "还没有公布的年度报告" in said(client.get("/disclosure/reports/"))


def test_a_bad_year_is_told_at_its_place(client, office):
    client.force_login(office.clerk)
    for typed, message in (
        ("", "请填写年度"),
        ("二零二五", "年度是四位数字"),
        ("2031", "年度应在 2008 年至 2026 年之间"),
    ):
        answer = client.post(reverse("desk:annual_reports"), {"year": typed})
        assert answer.status_code == 422
        assert message in said(answer)
    client.force_login(office.inspector)
    assert client.post(reverse("desk:annual_reports"), {"year": YEAR}).status_code == 403

"""A report is put together, offered, issued by somebody else, kept as it was issued, and called for in January."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from disclosure.models import AnnualReport, DisclosureRequest
from disclosure.operations import reports as operations
from disclosure.operations.report_clock import remind
from disclosure.queries import report_views as views
from disclosure.queries import reports as queries
from disclosure.rules import reports as rules
from disclosure.rules.annual_form import FIGURES, PARTS
from portal import clock
from portal.models import AuditEntry, Notice
from portal.operations import seed_years
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.reports.conftest import LAST, NEXT, YEAR
from tests.disclosure.reports.kit import SHANGHAI, request

ZEROS = {one.key: Decimal(0) if one.is_money else 0 for one in FIGURES}


@pytest.fixture
def offered(office):
    """`offered(2025)`: every part written, every figure entered, offered for signature."""

    def make(year: int = YEAR, **figures) -> AnnualReport:
        report = operations.begin(office.main, year, by=office.clerk)
        report = operations.enter(report, ZEROS | figures, by=office.clerk, version=report.version)
        for part in PARTS:
            report = operations.say(report, part, f"{part}的内容", by=office.clerk, version=report.version)
        return operations.offer(report, by=office.clerk, version=report.version)

    return make


@pytest.fixture
def issued(office, offered):
    def make(year: int = YEAR, reason: str = "") -> AnnualReport:
        report = offered(year)
        return operations.issue(report, by=office.signer, version=report.version, reason=reason)

    return make


def told(person) -> list[str]:
    return list(
        Notice.objects.filter(recipient=person, read_at=None).order_by("pk").values_list("title", flat=True)
    )


def test_only_the_disclosure_office_puts_it_together(office):
    for person in (office.signer, office.inspector, office.moderator, office.staff, office.granter):
        with pytest.raises(NotAllowed, match="只有公开工作机构的人员可以保存"):
            operations.begin(office.main, YEAR, by=person)
    report = operations.begin(office.main, YEAR, by=office.clerk)
    assert operations.begin(office.main, YEAR, by=office.clerk) == report
    with pytest.raises(Refused, match="年度应在 2008 年至 2026 年之间"):
        operations.begin(office.main, 2027, by=office.clerk)


def test_parts_are_saved_one_by_one_and_the_later_of_two_is_told(office):
    report = operations.begin(office.main, YEAR, by=office.clerk)
    first = operations.say(report, "overview", "甲", by=office.clerk, version=1)
    with pytest.raises(TooLate, match="又被修改过"):
        operations.say(report, "problems", "乙", by=office.clerk, version=1)
    second = operations.say(first, "problems", "乙", by=office.clerk, version=2)
    assert (second.texts, second.version) == ({"overview": "甲", "problems": "乙"}, 3)
    assert second.history.count() == 3


def test_figures_are_kept_with_who_entered_them_and_when(office):
    report = operations.begin(office.main, YEAR, by=office.clerk)
    report = operations.enter(report, {"licences_decided": 31}, by=office.clerk, version=1)
    with clock.at(datetime(2026, 1, 13, 9, tzinfo=SHANGHAI)):
        figures = {"licences_decided": 31, "charges_charged": Decimal("12.5")}
        report = operations.enter(report, figures, by=office.clerk, version=2)
    assert {key: (one["value"], one["by"], one["at"][:10]) for key, one in report.entered.items()} == {
        "licences_decided": ("31", "郑敏", "2026-01-12"),
        "charges_charged": ("12.5", "郑敏", "2026-01-13"),
    }
    with pytest.raises(Refused, match="数目太大或小于零"):
        operations.enter(report, {"licences_decided": -1}, by=office.clerk, version=3)


def test_a_report_with_an_empty_part_is_not_offered(office):
    report = operations.begin(office.main, YEAR, by=office.clerk)
    with pytest.raises(Refused, match="还没有写：一、总体情况、二、主动公开政府信息情况"):
        operations.offer(report, by=office.clerk, version=1)


def test_whoever_signs_is_called_and_signs_what_others_wrote(office, year, offered):
    report = offered()
    assert told(office.signer) == ["请签发：2025 年政府信息公开工作年度报告"]
    with pytest.raises(NotAllowed, match="须由有全站签发权限的人进行"):
        operations.issue(report, by=office.clerk, version=report.version)
    AnnualReport.objects.filter(pk=report.pk).update(saved_by=office.signer)
    report.refresh_from_db()
    with pytest.raises(NotAllowed, match="不能签发自己编制的报告"):
        operations.issue(report, by=office.signer, version=report.version)


def test_returned_with_a_reason_and_taken_back(office, offered):
    report = offered()
    with pytest.raises(Refused, match="请写明退回的理由"):
        operations.return_(report, by=office.signer, note="")
    report = operations.return_(report, by=office.signer, note="第五部分太空")
    assert report.state == "DRAFT"
    assert told(office.clerk) == ["2025 年政府信息公开工作年度报告已退回"]
    report = operations.offer(report, by=office.clerk, version=report.version)
    assert operations.take_back(report, by=office.clerk).state == "DRAFT"
    with pytest.raises(TooLate, match="不能签发"):
        operations.issue(report, by=office.signer, version=report.version)


def test_a_failing_check_forbids_issuing_without_a_reason(office, year, offered):
    DisclosureRequest.objects.filter(pk=year.firm.pk).update(kind="")
    report = offered()
    with pytest.raises(Refused, match=r"勾稽关系不符.*表三各行：总计＝各类申请人之和") as refusal:
        operations.issue(report, by=office.signer, version=report.version)
    assert refusal.value.field == "reason"
    report = operations.issue(
        report, by=office.signer, version=report.version, reason="申请人未写明类别，无法补记"
    )
    assert report.snapshot["reason"] == "申请人未写明类别，无法补记"
    assert AuditEntry.objects.get(verb="issue").note == "申请人未写明类别，无法补记"


def test_a_year_that_is_not_over_is_not_issued(office, offered):
    report = offered(NEXT)
    with pytest.raises(Refused, match="2026 年还没有结束"):
        operations.issue(report, by=office.signer, version=report.version)


def test_an_issued_report_does_not_move_and_what_changed_stands_beside_it(office, year, issued):
    report = issued()
    before = views.shown(report).tables.requests
    DisclosureRequest.objects.filter(pk=year.firm.pk).update(kind="RESEARCH")
    request(office.main, date(2025, 6, 6), date(2025, 6, 9), "OPEN")
    report = AnnualReport.objects.get(pk=report.pk)
    assert views.shown(report).tables.requests == before
    assert rules.is_sound(report)
    changes = {(one.row, one.column): (one.was, one.now) for one in views.changes_since(report)}
    assert changes["一、本年新收政府信息公开申请数量", "商业企业"] == (2, 1)
    assert changes["一、本年新收政府信息公开申请数量", "科研机构"] == (0, 1)
    assert changes["一、本年新收政府信息公开申请数量", "总计"] == (7, 8)
    business = queries.cases_of(report, 3, "received", "BUSINESS")
    assert set(business) == {year.firm, year.firm_owed}
    assert queries.cases_now(office.main, YEAR, 3, "received", "BUSINESS").count() == 1


def test_every_number_of_an_issued_report_opens_the_cases_it_counted(office, year, issued):
    report = issued()
    DisclosureRequest.objects.filter(pk=year.first.pk).update(kind="LEGAL")
    tables = views.shown(report).tables
    for number, table in ((3, tables.requests), (4, tables.proceedings)):
        for row in table.rows:
            for key, value in zip(table.keys, row.values, strict=not row.is_heading):
                assert queries.cases_of(report, number, row.key, key).count() == value
    assert queries.cases_of(report, 2, "normative", "in_force").count() == 3


def test_a_changed_digest_shows(office, year, issued):
    report = issued()
    assert rules.is_sound(AnnualReport.objects.get(pk=report.pk))
    report.snapshot["tables"]["3"]["rows"][0]["values"][0] = 99
    report.save()
    assert not rules.is_sound(AnnualReport.objects.get(pk=report.pk))


def test_nothing_of_an_issued_report_is_saved_any_more(office, year, issued):
    report = issued()
    with pytest.raises(TooLate, match="不能保存"):
        operations.say(report, "overview", "改", by=office.clerk, version=report.version)
    with pytest.raises(TooLate, match="不能签发"):
        operations.issue(report, by=office.signer, version=report.version)


def test_this_years_carry_over_is_compared_with_last_years_report(office, year, issued, offered):
    issued(LAST)
    DisclosureRequest.objects.filter(pk=year.old.pk).update(kind="BUSINESS")
    DisclosureRequest.objects.filter(pk=year.research.pk).update(received_on=date(2025, 1, 2))
    late = request(office.main, date(2024, 12, 25), date(2025, 1, 9), "OPEN")
    check = next(one for one in queries.computed(office.main, YEAR, {}).checks if one.key == "carried")
    assert (check.holds, check.detail) == (
        False, "商业企业：本年 1，上年 0；科研机构：本年 0，上年 1",
    )  # fmt: skip
    assert {(one.pk, one.why.partition("，")[0].partition("：")[0]) for one in check.odd} == {
        (year.old.pk, "申请人类别与上年报告不同"), (year.research.pk, "上年结转下年度"), (late.pk, "本年列为上年结转"),
    }  # fmt: skip


def test_last_years_documents_and_proceedings_are_taken_up_too(office, year, issued):
    issued(LAST)
    checks = {one.key: one for one in queries.computed(office.main, YEAR, ZEROS_SAID).checks}
    assert checks["documents"].detail == "2＋2－1＝3"
    assert [key for key, one in checks.items() if not one.holds] == []
    assert checks["carried"].detail == "都是 2 件"


ZEROS_SAID = {one.key: {"value": "0"} for one in FIGURES}


def test_proposals_say_the_numbers_in_sentences(office, year):
    report = operations.begin(office.main, YEAR, by=office.clerk)
    said = views.shown(report).proposals
    assert list(said) == ["overview", "proactive", "requests", "proceedings", "others"]
    assert said["proactive"] == "本年制发行政规范性文件2件，废止1件，现行有效3件，均已按规定公开。"
    assert said["requests"] == (
        "本年度新收政府信息公开申请7件，其中自然人4件、商业企业2件、法律服务机构1件；办结6件：予以公开1件，部分公开1件，"
        "属于国家秘密1件，本机关不掌握相关政府信息1件，重复申请1件，其他1件。结转下年度继续办理3件。"
    )
    assert "行政复议2件，其中结果纠正1件、尚未审结0件" in said["proceedings"]
    assert said["others"].endswith("本年度未收取信息处理费。")


def test_in_january_the_office_has_last_years_report_to_make(office):
    seed_years()

    def at(day: int, month: int = 1, hour: int = 9) -> int:
        with clock.at(datetime(2026, month, day, hour, tzinfo=SHANGHAI)):
            return remind()

    # 1 January is a holiday; the fifth a Monday; near from the 21st; 31 January is a Saturday, 2 February a Monday.
    # Two are called for: the report and the website's form.
    assert [at(1), at(5), at(5), at(20), at(21), at(22), at(31), at(2, 2), at(2, 2), at(3, 2)] == [
        0, 2, 0, 0, 2, 0, 0, 2, 0, 2,
    ]  # fmt: skip
    assert set(AnnualReport.objects.values_list("year", "kind", "saved_by")) == {
        (YEAR, "DISCLOSURE", office.system.pk), (YEAR, "WEBSITE", office.system.pk),
    }  # fmt: skip
    assert told(office.clerk)[0] == "请编制2025 年政府信息公开工作年度报告，2026-01-31 前公布"
    assert queries.waiting_for(office.clerk).count() == 2
    assert list(queries.waiting_for(office.staff)) == []


def test_an_issued_report_is_not_called_for(office, year, issued):
    seed_years()
    issued()
    with clock.at(datetime(2026, 1, 13, 9, tzinfo=SHANGHAI)):
        assert remind() == 1  # the website's form, which is not issued
    assert told(office.clerk)[-1].startswith("请编制2025 年政府网站工作年度报表")

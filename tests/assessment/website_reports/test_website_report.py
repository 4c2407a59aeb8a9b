"""政府网站工作年度报表: what is counted is counted, what is not is asked for, and an issued form stays as it was."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from assessment.operations import facts
from assessment.operations import website_reports as operations
from assessment.queries import website_report as queries
from assessment.rules.website_form import ENTERED, LINES, Answer, contradictions
from columns.models import Column
from disclosure.models import AnnualReport
from interaction.enums.activities import ActivityKind
from interaction.enums.letters import LetterKind
from interaction.models import Letter, Letterbox, Matter, PublicLetter
from portal import clock
from portal.workflow import NotAllowed, Refused
from tests.disclosure.reports.conftest import SHANGHAI, YEAR
from tests.disclosure.reports.conftest import office as clerks_office
from tests.interaction.consultations.conftest import make as consultation

__all__ = ["clerks_office"]
JANUARY = datetime(2026, 1, 12, 10, tzinfo=SHANGHAI)
SAID = {line.key: {Answer.NUMBER: 0, Answer.YES_NO: "否", Answer.TEXT: "无"}[line.answer] for line in ENTERED}


@pytest.fixture(autouse=True)
def _in_january():
    with clock.at(JANUARY):
        yield


@pytest.fixture
def office(clerks_office):
    return clerks_office


@pytest.fixture
def year(office, write):
    """Two items of news, one of them on the sub-site, one introduction that was mended; one of the year before."""
    intro = Column.objects.create(site=office.main, name="机构介绍", slug="jieshao", route=office.direct)
    with clock.at(datetime(2024, 12, 31, 9, tzinfo=SHANGHAI)):
        write("旧闻", upto="publish")
    with clock.at(datetime(2025, 3, 3, 9, tzinfo=SHANGHAI)):
        write("新闻一", upto="publish")
        write("介绍", column=intro, body="<p>本局的职责与内设机构，逐项说明。</p>", upto="publish")
        write("新闻二", column=office.sub_news, body="<p>北桥所检查集贸市场计量器具。</p>", upto="publish")
        facts.gather_all()
    return office


def letter(office, written: datetime, answered: datetime | None) -> Letter:
    box, _ = Letterbox.objects.get_or_create(
        site=office.main, key="juzhang",
        defaults={"name": "局长信箱", "receiver": office.section, "office": office.section, "clause": "测试"},
    )  # fmt: skip
    matter, _ = Matter.objects.get_or_create(
        letterbox=box, key="zixun",
        defaults={"name": "咨询", "kind": LetterKind.ENQUIRY, "answer_days": 5, "clause": "测试"},
    )  # fmt: skip
    n = Letter.objects.count()
    return Letter.objects.create(
        site=office.main, letterbox=box, matter=matter, code=f"L{n}", nonce=f"{n:032x}", title="来信", body="内容",
        written_at=written, answered_at=answered, department=office.section,
        state="CLOSED" if answered else "IN_HAND",
    )  # fmt: skip


def test_items_are_counted_by_what_their_columns_are(year):
    found = queries.counted(year.main, YEAR)
    assert (found["published"], found["published_news"], found["published_profile"]) == (3, 2, 1)
    assert (found["published_disclosure"], found["interpretations"]) == (0, 0)
    assert queries.counted(year.main, 2024)["published"] == 1
    assert queries.counted(year.sub, YEAR)["published"] == 1


def test_a_sub_site_with_a_name_of_its_own_is_a_website_of_its_own(year):
    year.sub.host_name = "beiqiao.example"
    year.sub.save()
    assert queries.counted(year.main, YEAR)["published"] == 2


def test_letters_are_counted_by_their_year_and_days(office):
    at = datetime(2025, 6, 2, 9, tzinfo=SHANGHAI)
    first = letter(office, at, at + timedelta(days=2))
    letter(office, at, at + timedelta(days=5))
    letter(office, datetime(2025, 12, 31, 9, tzinfo=SHANGHAI), datetime(2026, 1, 4, 9, tzinfo=SHANGHAI))
    letter(office, datetime(2024, 12, 30, 9, tzinfo=SHANGHAI), None)
    PublicLetter.objects.create(
        letter=first, site=office.main, title="选登", body="来信", answer="答复", is_public=True,
        published_at=at + timedelta(days=3),
    )  # fmt: skip
    found = queries.counted(office.main, YEAR)
    keys = ("letters", "letters_done", "letters_days", "letters_public")
    assert [found[key] for key in keys] == [3, 2, 3.5, 1]


def test_consultations_are_counted_by_when_they_began(office):
    with clock.at(datetime(2025, 9, 1, 9, tzinfo=SHANGHAI)):
        assert consultation(office).kind == ActivityKind.CONSULTATION
    found = queries.counted(office.main, YEAR)
    assert (found["calls"], found["calls_published"], found["interviews"]) == (1, 0, 0)
    assert queries.counted(office.main, 2026)["calls"] == 0


def test_every_row_is_counted_or_asked_for(office):
    counted = queries.counted(office.main, YEAR)
    assert set(counted) == {one.key for one in LINES if one.counted}
    assert len({one.key for one in LINES}) == len(LINES)


def test_a_part_is_not_more_than_its_whole():
    assert contradictions({"services": 5, "services_online": 6}) == [
        "“其中：可全程在线办理政务服务事项数量”（6）多于“政务服务事项数量”（5）"
    ]
    assert contradictions(SAID) == []


def test_what_is_not_filled_in_is_not_offered_and_the_office_alone_fills_it_in(office):
    with pytest.raises(NotAllowed, match="只有公开工作机构的人员可以保存"):
        operations.begin(office.main, YEAR, by=office.inspector)
    report = operations.begin(office.main, YEAR, by=office.clerk)
    with pytest.raises(Refused, match="项没有填，如“独立用户访问总量”"):
        operations.offer(report, by=office.clerk, version=report.version)
    report = operations.enter(report, SAID | {"faults": 1, "faults_mended": 2}, by=office.clerk, version=1)
    with pytest.raises(Refused, match="多于“发现问题数量”"):
        operations.offer(report, by=office.clerk, version=report.version)


def test_an_issued_form_stays_as_it_was(client, year):
    report = operations.begin(year.main, YEAR, by=year.clerk)
    report = operations.enter(report, SAID | {"visits": 1234}, by=year.clerk, version=1)
    report = operations.offer(report, by=year.clerk, version=2)
    with pytest.raises(NotAllowed, match="须由有全站签发权限的人进行"):
        operations.issue(report, by=year.clerk, version=2)
    report = operations.issue(report, by=year.signer, version=2)
    letter(year, datetime(2025, 6, 2, 9, tzinfo=SHANGHAI), None)
    values = {row.line.key: row.value for block in queries.sheet(report).blocks for row in block.rows}
    assert (values["visits"], values["letters"], values["published"]) == (1234, 0, 3)
    page = client.get(f"/website-reports/{YEAR}/").content.decode()
    assert "1234 次" in page
    assert "系统统计" not in page


def test_filled_in_by_the_buttons(client, office):
    client.force_login(office.clerk)
    client.post(reverse("desk:website_reports"), {"year": YEAR})
    report = AnnualReport.objects.get(kind="WEBSITE")
    where = reverse("desk:website_report_fill", args=[report.pk])
    wrong = client.post(where, {"visits": "很多", "users": "12", "version": 1})
    assert wrong.status_code == 422
    assert "请填整数，没有的填 0" in wrong.content.decode()
    assert 'value="12"' in wrong.content.decode()
    answer = client.post(where, {**SAID, "version": 1}, follow=True)
    assert "已保存填报内容" in answer.content.decode()
    assert "郑敏 2026-01-12 填报" in answer.content.decode()
    assert client.post(where, {**SAID, "version": 1}).status_code == 409
    act = reverse("desk:website_report_act", args=[report.pk, "offer"])
    assert "已提请签发" in client.post(act, {"version": 2}, follow=True).content.decode()
    client.force_login(office.signer)
    act = reverse("desk:website_report_act", args=[report.pk, "issue"])
    assert "已签发，网站上已公布" in client.post(act, {"version": 2}, follow=True).content.decode()


def test_a_draft_is_nobody_elses(client, office):
    report = operations.begin(office.main, YEAR, by=office.clerk)
    for person, status in (
        (office.clerk, 200),
        (office.signer, 200),
        (office.inspector, 200),
        (office.staff, 404),
    ):
        client.force_login(person)
        assert client.get(report.get_absolute_url()).status_code == status
    assert client.get(f"/website-reports/{YEAR}/").status_code == 404

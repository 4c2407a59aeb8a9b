"""The pages: what a unit sees, what whoever assesses sees, what comes back when something is wrong."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from assessment.enums.slips import SlipState
from assessment.models import Mention, ReminderSlip
from columns.enums import CadenceRule, CadenceState
from columns.models import Cadence, CadencePause, Column
from portal import clock
from tests.assessment.slips.conftest import MADE_ON, moment


@pytest.fixture
def at(client, slips):
    """`at(person)`: the browser of that person; the day is 9 September 2026."""

    def sit(person):
        client.force_login(person)
        return client

    with clock.at(moment("2026-09-09 10:00")):
        yield sit


@pytest.fixture
def slip(slips, limit, publish, reminded) -> ReminderSlip:
    limit(slips.trends)
    publish("2026-09-01 10:00")
    reminded("2026-09-09")
    return ReminderSlip.objects.get()


def words(response) -> str:
    return response.content.decode()


def cells(response) -> list[tuple]:
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    return [tuple(cell.value for cell in row) for row in book.active.iter_rows()]


def test_a_unit_sees_its_own_limits_and_the_office_all(slips, limit, at):
    limit(slips.trends)
    limit(slips.sub_news)
    assert "已逾期" in words(at(slips.chief_inspector).get("/desk/cadences/?site="))
    assert "北桥工商所" in words(at(slips.chief_inspector).get("/desk/cadences/?site="))
    own = [one.what for one in at(slips.collector).get("/desk/cadences/?site=").context["listing"]]
    assert own == ["工作动态"]
    assert [one.what for one in at(slips.auditor).get("/desk/cadences/?site=beiqiao").context["listing"]] == [
        "要闻报道"
    ]


def test_limits_are_narrowed_and_taken_away(slips, limit, at, publish):
    limit(slips.trends)
    limit(slips.exchange)
    publish("2026-09-08 10:00")
    shown = at(slips.chief_inspector).get("/desk/cadences/?state=red").context["listing"]
    assert [one.what for one in shown] == ["业务交流"]
    table = cells(at(slips.chief_inspector).get("/desk/cadences/?format=xlsx"))
    assert table[0][:4] == ("站点", "栏目", "责任单位", "要求")
    assert [row[1] for row in table[1:]] == ["业务交流", "工作动态"]
    assert (
        at(slips.chief_inspector).get("/desk/cadences/?site=x&unit=abc&state=%00&page=99").status_code == 200
    )


def test_a_filing_keeps_what_was_typed_and_says_what_is_wrong(slips, at):
    typed = {
        "department": slips.section.pk,
        "rule": "AT_LEAST",
        "clause": "细则",
        "count": "2",
        "dates": "13-40",
    }
    response = at(slips.collector).post("/desk/cadences/new/", typed)
    assert response.status_code == 422
    assert "“13-40”不是月-日" in words(response)
    assert 'value="2"' in words(response)
    response = at(slips.collector).post("/desk/cadences/new/", typed | {"dates": ""})
    assert (response.status_code, "请选择每日、每周或每月" in words(response)) == (422, True)
    response = at(slips.collector).post(
        "/desk/cadences/new/", typed | {"dates": "", "period": "WEEK", "place": f"c{slips.trends.pk}"}
    )
    assert response.status_code == 302
    cadence = Cadence.objects.get()
    assert (cadence.column, cadence.count, cadence.state) == (slips.trends, 2, CadenceState.FILED)


def test_fixed_dates_are_read_as_people_write_them(slips, at):
    typed = {"department": slips.section.pk, "rule": "FIXED_DATES", "clause": "细则", "dates": "1-10，07-10"}
    assert at(slips.collector).post("/desk/cadences/new/", typed).status_code == 302
    assert Cadence.objects.get().dates == "01-10,07-10"


def test_the_office_accepts_on_the_page_of_the_filing(slips, at):
    typed = {"department": slips.section.pk, "rule": "ON_CHANGE", "clause": "细则"}
    at(slips.collector).post("/desk/cadences/new/", typed)
    page = Cadence.objects.get().get_absolute_url()
    assert "待备案时限" in words(at(slips.chief_inspector).get("/desk/?kind=cadences_filed"))
    assert at(slips.inspector).post(f"{page}accept/").status_code == 403
    assert at(slips.chief_inspector).post(f"{page}refuse/", {"note": ""}).status_code == 422
    assert at(slips.chief_inspector).post(f"{page}accept/").status_code == 302
    assert at(slips.chief_inspector).post(f"{page}accept/").status_code == 409
    assert at(slips.chief_inspector).post(f"{page}nothing/").status_code == 404


def test_a_pause_begins_and_ends_on_its_page(slips, limit, at):
    limit(slips.trends)
    address = f"/desk/cadences/pauses/new/?column={slips.trends.pk}"
    typed = {"starts_on": "2026-09-09", "ends_on": "2026-09-01", "reason": "改版"}
    response = at(slips.chief_inspector).post(address, typed)
    assert (response.status_code, "不能早于" in words(response)) == (422, True)
    assert at(slips.chief_inspector).post(address, typed | {"ends_on": ""}).status_code == 302
    assert "暂停计算" in words(at(slips.chief_inspector).get("/desk/cadences/"))
    pause = CadencePause.objects.get()
    assert at(slips.collector).post(f"/desk/cadences/pauses/{pause.pk}/lift/").status_code == 403
    assert at(slips.chief_inspector).post(f"/desk/cadences/pauses/{pause.pk}/lift/").status_code == 302
    assert not CadencePause.objects.exists()


def test_a_slip_waits_on_the_desk_until_it_is_signed(slips, at, slip):
    assert "提醒〔2026〕1号" in words(at(slips.collector).get("/desk/?kind=slips_to_sign"))
    page = slip.get_absolute_url()
    response = at(slips.collector).post(f"{page}acknowledge/", {"reply": "长" * 501})
    assert (response.status_code, "不超过 500 字" in words(response)) == (422, True)
    assert at(slips.collector).post(f"{page}acknowledge/", {"reply": "周五前更新"}).status_code == 302
    assert "周五前更新" in words(at(slips.head_person).get(page))
    assert at(slips.head_person).post(f"{page}acknowledge/").status_code == 409
    assert at(slips.collector).get("/desk/?kind=slips_to_sign").context["listing"].object_list == []


def test_a_slip_is_excused_with_a_reason(slips, at, slip):
    page = slip.get_absolute_url()
    assert at(slips.inspector).post(f"{page}excuse/", {"note": "检修"}).status_code == 403
    response = at(slips.chief_inspector).post(f"{page}excuse/", {"note": ""})
    assert response.status_code == 422
    assert "请写明不予追究的理由" in words(response)
    assert at(slips.chief_inspector).post(f"{page}excuse/", {"note": "检修"}).status_code == 302
    slip.refresh_from_db()
    assert slip.state == SlipState.EXCUSED


def test_printing_is_on_record(slips, at, slip):
    page = f"{slip.get_absolute_url()}print/"
    assert at(slips.collector).post(page).url == page
    slip.refresh_from_db()
    assert slip.printed_at == moment("2026-09-09 10:00")
    sheet = words(at(slips.collector).get(page))
    assert "网站内容更新提醒单" in sheet
    assert "根据办法第十五条" in sheet


def test_slips_are_listed_filtered_and_taken_away(slips, at, slip):
    assert "提醒〔2026〕1号" in words(at(slips.chief_inspector).get("/desk/slips/?state=ISSUED&q=1号"))
    assert "没有符合条件" in words(at(slips.chief_inspector).get("/desk/slips/?state=LAPSED"))
    table = cells(at(slips.collector).get("/desk/slips/?format=xlsx"))
    assert [row[0] for row in table] == ["编号", "提醒〔2026〕1号"]
    slips.staff.department = slips.supervision
    slips.staff.save()
    assert "本单位没有提醒单" in words(at(slips.staff).get("/desk/slips/"))
    assert at(slips.staff).get(slip.get_absolute_url()).status_code == 404


def test_a_mention_is_entered_and_decided_on_its_pages(slips, at):
    typed = {"condition": "cs-13-3", "unit": slips.section.pk, "facts": "未经审核发布两篇"}
    response = at(slips.chief_inspector).post("/desk/mentions/new/", typed | {"facts": ""})
    assert (response.status_code, "请写明事实" in words(response)) == (422, True)
    response = at(slips.chief_inspector).post("/desk/mentions/new/", typed | {"person": "查无此人"})
    assert (response.status_code, "没有找到" in words(response)) == (422, True)
    assert at(slips.chief_inspector).post("/desk/mentions/new/", typed).status_code == 302
    page = Mention.objects.get().get_absolute_url()
    waiting = words(at(slips.chief_inspector).get("/desk/?kind=mentions_listed"))
    assert "通报批评：办公室" in waiting
    assert at(slips.chief_inspector).post(f"{page}strike/").status_code == 422
    assert at(slips.chief_inspector).post(f"{page}confirm/").status_code == 302
    assert "未经审核发布两篇" in words(at(slips.collector).get(page))


@pytest.mark.parametrize(
    "page", ["cadences/?site=", "cadences/rules/", "cadences/pauses/", "slips/", "mentions/"]
)
def test_lists_cost_the_same_for_one_and_thirty(
    slips, limit, at, reminded, page, django_assert_max_num_queries
):
    for number in (1, 30):
        for place in range(number):
            column = Column.objects.create(
                site=slips.main,
                name=f"栏目{place}",
                slug=f"l{number}-{place}",
                made_on=MADE_ON,
                position=place,
            )
            limit(column, rule=CadenceRule.MAX_SILENCE, days=3)
            CadencePause.objects.create(
                column=column, starts_on=date(2026, 9, 20), reason="改版", by=slips.inspector, at=clock.now()
            )
            Mention.objects.create(
                key=f"{number}-{place}",
                kind="PRAISE",
                unit=slips.section,
                rule="规定",
                clause="测试",
                on=date(2026, 9, 9),
            )
        if page == "slips/":
            reminded("2026-09-09")
        browser = at(slips.chief_inspector)
        browser.get(f"/desk/{page}")  # the session is on record
        with django_assert_max_num_queries(42):
            assert browser.get(f"/desk/{page}").status_code == 200

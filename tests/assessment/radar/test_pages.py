"""The radar and the reports on the desk: what they say, what they refuse, how little they ask of the database."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from assessment.models import Threshold, Visit
from assessment.operations import visits as visit_operations
from columns import operations as column_operations
from columns.models import Column, Responsibility, Role
from portal import clock, parameters
from portal.models import Department, Parameter, User
from tests.assessment.radar.test_queries import letter

REPORTS = ("updates", "heat", "silence", "build-up", "gaps", "accountability")


@pytest.fixture
def desk(client, office):
    client.force_login(office.chief_inspector)
    client.get("/account/")
    return client


def rows(response) -> list[list]:
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def queries_for(desk, address: str) -> int:
    desk.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert desk.get(address).status_code == 200
    return len(captured)


def test_the_board_shows_the_worst_first_with_days_owner_and_evidence(desk, office, published):
    Responsibility.objects.create(column=office.news, department=office.section, collects=True)
    published(days_ago=12)
    page = desk.get("/desk/self-check/").content.decode()
    assert page.index("首页最近 12 天没有新信息") < page.index("没有等待答复的留言")
    assert "还剩 2 天" in page
    assert "最新的是“要闻报道”" in page
    assert f'href="/c/{office.news.slug}/">看栏目' in page
    assert "自查雷达" in desk.get("/desk/").content.decode()


def test_whoever_may_write_is_led_to_the_text_to_write(client, office, published):
    published(days_ago=12)
    collector = Role.objects.get(key="COLLECTOR")
    column_operations.appoint(office.inspector, collector, office.main, by=office.system, reason="测试")
    client.force_login(office.inspector)
    page = client.get("/desk/self-check/").content.decode()
    assert f'href="/admin/publishing/article/add/?column={office.news.pk}"' in page


def test_letters_are_told_to_whoever_keeps_the_site_and_opened_by_inspection(client, desk, office, published):
    letter(office, 100)
    assert "来信 CODE0" in desk.get("/desk/self-check/").content.decode()
    assert "/desk/letters/" in main_of(desk.get("/desk/self-check/"))
    client.force_login(office.granter)
    client.get("/account/")
    page = main_of(client.get("/desk/self-check/"))
    assert "来信 CODE0" in page
    assert "/desk/letters/" not in page


def main_of(response) -> str:
    return response.content.decode().partition('<ol class="lights">')[2].partition("</ol>")[0]


def test_visits_are_found_by_kind_and_by_what_was_wrong(desk, office):
    fields = {"site": office.main, "at": clock.now(), "status": 200}
    Visit.objects.create(url="/", what="好的首页", kind="PULSE", **fields)
    faulty = [{"key": "mark", "text": "页脚没有“公安备案号”"}]
    seen = Visit.objects.create(
        url="/c/x/", what="有问题的栏目", kind="ROUND", page="COLUMN", faults=faulty, **fields
    )
    page = desk.get("/desk/self-check/visits/?faults=1").content.decode()
    assert ("好的首页" in page, "有问题的栏目" in page) == (False, True)
    page = desk.get("/desk/self-check/visits/?kind=PULSE").content.decode()
    assert ("好的首页" in page, "有问题的栏目</a>" in page) == (True, False)
    assert "没有符合条件的记录" in desk.get("/desk/self-check/visits/?site=beiqiao&faults=1").content.decode()
    assert "页脚没有“公安备案号”" in desk.get(f"/desk/self-check/visits/{seen.pk}/").content.decode()


def test_every_site_has_its_board_and_an_unknown_one_none(desk, office):
    assert desk.get("/desk/self-check/?site=beiqiao").status_code == 200
    assert desk.get("/desk/self-check/?site=nowhere").status_code == 404
    assert desk.get("/desk/reports/gaps/?site=nowhere").status_code == 404


def test_a_stricter_number_is_set_and_ended_on_the_page(desk, office):
    typed = {
        "key": "home_days",
        "value": "7",
        "site": "fenju",
        "since": clock.today().isoformat(),
        "reason": "每周",
    }
    assert desk.post("/desk/self-check/limits/", typed).status_code == 302
    made = Threshold.objects.get()
    assert (made.value, made.site, made.by) == (7, office.main, office.chief_inspector)
    assert desk.post(f"/desk/self-check/limits/{made.pk}/end/").status_code == 302
    made.refresh_from_db()
    assert made.until == clock.today()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": "14"}, "只能比国家指标更严：应小于 14 天"),
        ({"value": ""}, "请填写数值"),
        ({"value": "七"}, "请填写整数"),
        ({"since": "2020-01-01"}, "生效日期不能早于今天"),
        ({"since": "明天"}, "请填写日期"),
        ({"reason": ""}, "请写明收紧的依据或理由"),
        ({"key": "nothing"}, "没有这项指标"),
        ({"column_class": "要闻"}, "这项指标不分栏目类别"),
        ({"site": "nowhere"}, "没有这个站点"),
    ],
)
def test_a_wrong_number_is_told_at_its_field_and_nothing_is_lost(desk, office, change, message):
    typed = {
        "key": "home_days",
        "value": "7",
        "since": clock.today().isoformat(),
        "reason": "每周至少一条",
    } | change
    response = desk.post("/desk/self-check/limits/", typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert message in page
    assert typed["reason"] in page
    assert not Threshold.objects.exists()


def test_a_snapshot_is_a_file_to_save_and_never_a_page(desk, office):
    name = visit_operations._store("d" * 64, b"<script>alert(1)</script>")
    visit = Visit.objects.create(
        site=office.main, url="/", what="首页", at=clock.now(), status=200, sha256="d" * 64, snapshot=name
    )
    response = desk.get(f"/desk/self-check/visits/{visit.pk}/snapshot/")
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_an_empty_state_and_a_workbook(desk, office, name):
    assert desk.get(f"/desk/reports/{name}/").status_code == 200
    export = desk.get(f"/desk/reports/{name}/export/")
    assert export.status_code == 200
    assert export["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("name", ["updates", "accountability"])
@pytest.mark.parametrize(
    ("span", "message"),
    [
        ("first=2026-12-01&last=2026-01-01", "“自”不能晚于“至”"),
        ("first=2015-01-01&last=2026-01-01", "一次最多看 5 年"),
        ("first=2026-13-01&last=2026-01-01", "请填写日期"),
        ("first=&last=2026-01-01", "请填写日期"),
        ("first=9999-12-31&last=9999-12-31", "年份应在 2000 至 2099 之间"),
    ],
)
def test_a_wrong_span_is_told_at_its_field(desk, office, name, span, message):
    for address in (f"/desk/reports/{name}/?{span}", f"/desk/reports/{name}/export/?{span}"):
        response = desk.get(address)
        assert response.status_code == 422
        assert message in response.content.decode()


def test_updates_tell_number_frequency_and_quality_and_who_published_nothing(desk, office, published):
    Responsibility.objects.create(column=office.news, department=office.section, collects=True)
    Responsibility.objects.create(column=office.news, department=office.station, collects=True)
    published("一则")
    published("二则", is_reprint=True, source_name="市局", body="<p>转自市局的另一则消息，内容不同。</p>")
    table = rows(desk.get("/desk/reports/updates/export/"))
    assert table[1][:7] == ["要闻报道", "城东分局基层信息网", 2, 0, 1, 0, 0]
    page = desk.get("/desk/reports/updates/?by=unit").content.decode()
    assert "没有发布信息的单位</b>北桥工商所" in page
    none = desk.get("/desk/reports/updates/?first=2020-01-01&last=2020-01-31&by=unit").content.decode()
    assert "没有发布信息的单位</b>北桥工商所、办公室" in none


def test_updates_of_one_site_count_nothing_of_another(desk, office, published):
    published()
    published("北桥一则", column=office.sub_news, body="<p>北桥所的另一则消息。</p>")
    for by, names in (("column", {"要闻报道"}), ("unit", {"办公室"})):
        table = rows(desk.get(f"/desk/reports/updates/export/?site=beiqiao&by={by}"))[1:]
        assert {row[0]: row[2] for row in table} == dict.fromkeys(names, 1)


def test_accountability_tells_who_did_what_and_in_whose_place(desk, office, write):
    revision = write(upto="publish")
    revision.published_for = office.signer
    revision.save()
    found = {row[2]: row[4:] for row in rows(desk.get("/desk/reports/accountability/export/"))[1:]}
    assert found == {
        "collector": [1, 1, 0, 0, 0, 0, 0],
        "head": [0, 0, 1, 0, 0, 0, 0],
        "moderator": [0, 0, 0, 0, 0, 1, 1],
    }
    (unit,) = rows(desk.get("/desk/reports/accountability/export/?by=unit"))[1:]
    assert unit == ["办公室", None, None, 3, 1, 1, 1, 0, 0, 1, 1]


def test_heat_shows_each_week_of_the_year_in_words_and_numbers(desk, office, published):
    published(days_ago=0)
    published("又一则", days_ago=30, body="<p>完全不同的另外一则消息。</p>")
    page = desk.get("/desk/reports/heat/").content.decode()
    assert page.count('scope="row"') == 2
    assert "起：1 条" in page
    table = rows(desk.get("/desk/reports/heat/export/"))
    assert (len(table[0]), table[1][:3]) == (55, ["工作动态", "要闻报道", 2])


def test_silent_columns_stand_worst_first_by_site_and_by_unit(desk, office, published):
    Responsibility.objects.create(column=office.news, department=office.section, collects=True)
    published(days_ago=9)
    table = rows(desk.get("/desk/reports/silence/export/"))[1:]
    assert [(row[2], row[5]) for row in table if row[0] == office.main.name] == [
        ("业务交流", None),
        ("要闻报道", 9),
    ]
    by_unit = rows(desk.get("/desk/reports/silence/export/?by=unit"))[1:]
    assert [row[3] for row in by_unit] == ["没有责任单位", "没有责任单位", "办公室"]


def test_gaps_name_columns_without_owner_and_duties_without_people(desk, office):
    Responsibility.objects.create(
        column=office.exchange, department=office.station, collects=True, answers=True
    )
    table = rows(desk.get("/desk/reports/gaps/export/"))[1:]
    assert ["工作动态", "要闻报道", None, "没有责任单位"] in [
        [*row[:2], row[2] or None, row[3]] for row in table
    ]
    assert ["业务交流", "业务交流", "北桥工商所", "没有人采集、没有人答复"] in table


def test_pages_ask_as_much_of_thirty_rows_as_of_one(desk, office, published):
    Parameter.objects.create(key="build_up_least", label="最少", value=5, unit="条", clause="测试")
    parameters.changed()
    published()
    visit = {"site": office.main, "url": "/", "what": "首页", "status": 200, "at": clock.now()}
    Visit.objects.create(**visit)
    made = Threshold.objects.create(
        key="home_days", value=7, since=clock.today(), reason="测试", by=office.chief, at=clock.now()
    )
    addresses = ["/desk/self-check/", "/desk/self-check/limits/", "/desk/self-check/visits/"]
    addresses += [f"/desk/reports/{name}/" for name in REPORTS]
    addresses += [f"/desk/reports/{name}/?by=unit" for name in ("updates", "silence", "accountability")]
    one = {address: queries_for(desk, address) for address in addresses}
    for number in range(30):
        unit = Department.objects.create(
            name=f"科{number}", code=f"ke-{number}", kind="SECTION", parent=office.bureau
        )
        person = User.objects.create_user(f"ren-{number}", name=f"人{number}", department=unit)
        column = Column.objects.create(
            site=office.main, name=f"栏目{number}", slug=f"c-{number}", parent=office.trends, position=number
        )
        Responsibility.objects.create(column=column, department=unit, collects=True)
        published(f"{number}号信息", department=unit, body=f"<p>{person}写的第{number}则。</p>")
        Visit.objects.create(**visit)
        made.pk = None
        made.save()
    assert {address: queries_for(desk, address) for address in addresses} == one
    assert max(one.values()) <= 50

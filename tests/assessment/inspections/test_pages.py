"""Pages of inspection: the sheet item by item, lists with bounded queries, what is typed is kept."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from assessment.enums.inspections import CheckResult
from assessment.models import Inspection, Rectification, Violation
from assessment.operations import inspections as operations
from assessment.operations import rectifications, violations
from assessment.operations.violations import Record
from assessment.queries import catalogues
from columns.models import Responsibility
from portal import clock
from portal.models import RegisteredNetwork
from tests.assessment.inspections.conftest import GOOD, fault, picture

ITEM = {"HTTP_X_PART": "item"}


@pytest.fixture
def page(client, office):
    """A browser of 监察室."""
    client.force_login(office.chief_inspector)
    return client


def queries_of(client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(connection) as made:
        assert client.get(where).status_code == 200
    return len(made)


def test_one_button_saves_one_item_and_answers_with_it(page, inspection):
    check = inspection().checks.first()
    answer = page.post(f"/desk/checks/{check.pk}/", {"result": "GOOD", "version": 0}, **ITEM)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-result="GOOD"' in said
    assert "<html" not in said
    check.refresh_from_db()
    assert check.result == CheckResult.GOOD


def test_without_script_the_page_comes_back_at_the_next_item(page, inspection):
    found = inspection()
    first, second = found.checks.filter(column=found.checks.first().column)[:2]
    answer = page.post(f"/desk/checks/{first.pk}/", {"result": "GOOD", "version": 0})
    assert (
        answer.headers["Location"]
        == f"/desk/inspections/{found.pk}/columns/{first.column_id}/#item-{second.pk}"
    )


def test_a_fault_is_sent_with_its_screenshot_and_points(page, inspection):
    check = inspection().checks.first()
    page.post(f"/desk/checks/{check.pk}/", {
        "result": "FAULT", "version": 0, "finding": "旧闻", "points": "1.5", "rectify": "on", "rectify_days": 3,
        "picture": picture(),
    })  # fmt: skip
    check.refresh_from_db()
    assert (check.finding, float(check.points), check.rectify_days) == ("旧闻", 1.5, 3)
    shown = page.get(f"/desk/checks/{check.pk}/picture/")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"result": "FAULT", "finding": ""}, "请写明发现的问题"),
        ({"result": "FAULT", "finding": "旧闻", "points": "-1"}, "应为 0 至 100"),
        ({"result": "FAULT", "finding": "旧闻", "rectify": "on", "rectify_days": ""}, "请填写整改期限"),
        ({"result": "PENDING"}, "请选择结果"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_what_was_typed_is_kept(page, inspection, typed, words):
    check = inspection().checks.first()
    answer = page.post(f"/desk/checks/{check.pk}/", {"version": 0} | typed, **ITEM)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert words in said
    assert typed.get("finding", "") in said
    check.refresh_from_db()
    assert check.version == 0


def test_the_second_sees_what_the_first_wrote_and_keeps_their_own_words(page, office, inspection):
    check = inspection().checks.first()
    operations.answer(check, GOOD, by=office.inspector, version=0)
    typed = {"result": "FAULT", "finding": "我看到的是旧闻", "version": 0}
    answer = page.post(f"/desk/checks/{check.pk}/", typed, **ITEM)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "填写的：合格" in said
    assert "我看到的是旧闻" in said
    assert 'name="version" value="1"' in said
    assert page.post(f"/desk/checks/{check.pk}/", typed | {"version": 1}, **ITEM).status_code == 200


def test_files_come_in_at_import_stations_alone(page, office, inspection):
    RegisteredNetwork.objects.create(
        purpose="IMPORT_STATION", network="10.9.0.0/16", place="信息中心", department=office.section,
        registered_by=office.security, registered_at=clock.now(), reason="测试",
    )  # fmt: skip
    check = inspection().checks.first()
    typed = {"result": "FAULT", "finding": "旧闻", "version": 0, "picture": picture()}
    answer = page.post(f"/desk/checks/{check.pk}/", typed, **ITEM)
    assert answer.status_code == 422
    assert "专机导入站" in answer.content.decode()


def test_a_column_of_ones_own_unit_shows_no_buttons(client, office, inspection):
    Responsibility.objects.create(column=office.news, department=office.section, collects=True)
    found = inspection(sample=9)
    check = found.checks.filter(unit=office.section).first()
    client.force_login(office.inspector)
    said = client.get(f"/desk/inspections/{found.pk}/columns/{check.column_id}/").content.decode()
    assert "须由他人检查" in said
    assert 'value="GOOD"' not in said
    answer = client.post(f"/desk/checks/{check.pk}/", {"result": "GOOD", "version": 0}, **ITEM)
    assert answer.status_code == 403


def test_a_plan_is_made_begun_and_ended_through_the_pages(page, office):
    typed = {
        "title": "节前检查", "checklist": "quality-anquan", "planned_on": clock.today(), "sample": 1,
        "sites": [office.main.pk],
    }  # fmt: skip
    assert page.post("/desk/inspections/new/", typed | {"sites": []}).status_code == 422
    page.post("/desk/inspections/new/", typed)
    found = Inspection.objects.get()
    page.post(f"/desk/inspections/{found.pk}/act/begin/")
    answer = page.post(f"/desk/inspections/{found.pk}/act/end/", {"summary": "总体较好"})
    assert answer.status_code == 422
    assert "还有 6 项没有检查" in answer.content.decode()
    assert "总体较好" in answer.content.decode()
    for check in found.checks.all():
        page.post(f"/desk/checks/{check.pk}/", {"result": "GOOD", "version": 0})
    assert page.post(f"/desk/inspections/{found.pk}/act/end/", {"summary": "总体较好"}).status_code == 302


def test_the_workbook_holds_every_item_and_the_points_of_units(page, office, inspection):
    found = inspection(sample=9)
    check = found.checks.filter(unit=office.station).first()
    operations.answer(check, fault(), by=office.chief_inspector, version=0)
    answer = page.get(f"/desk/inspections/{found.pk}/export/")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert len(list(book["检查情况"].values)) == found.checks.count() + 1
    assert list(book["各单位扣分"].values)[1] == ("北桥工商所", 1, 2)


def test_the_drawing_can_be_looked_up(page, inspection):
    found = inspection(sample=1)
    said = page.get(f"/desk/inspections/{found.pk}/draw/").content.decode()
    assert found.seed in said
    assert "没有抽中的" in said


def test_a_unit_reads_its_own_findings_and_no_others(client, office, officer, inspection):
    found = inspection("end", sample=9)
    client.force_login(officer)
    said = client.get(f"/desk/inspections/{found.pk}/").content.decode()
    assert "涉及本单位的栏目" in said
    assert "业务交流" not in said
    assert client.get(f"/desk/inspections/{inspection().pk}/").status_code == 404


def test_a_rectification_is_reported_returned_and_accepted_through_the_pages(
    client, office, officer, ordered
):
    row = ordered()
    where = f"/desk/rectifications/{row.pk}/"
    client.force_login(officer)
    answer = client.post(f"{where}act/report/", {"note": ""})
    assert answer.status_code == 422
    assert "请写明整改情况" in answer.content.decode()
    client.post(f"{where}act/report/", {"note": "已补发", "files": [picture()]})
    assert client.post(f"{where}act/accept/", {"note": ""}).status_code == 403
    assert client.post(f"{where}act/report/", {"note": "又补发"}).status_code == 409
    client.force_login(office.chief_inspector)
    assert client.post(f"{where}act/return_/", {"note": ""}).status_code == 422
    client.post(f"{where}act/return_/", {"note": "再补两条"})
    assert "再补两条" in client.get(where).content.decode()
    client.force_login(officer)
    client.post(f"{where}act/report/", {"note": "补了"})
    client.force_login(office.chief_inspector)
    client.post(f"{where}act/accept/", {"note": ""})
    row.refresh_from_db()
    assert row.state == "ACCEPTED"


@pytest.mark.parametrize("who", ["chief_inspector", "station_head"])
def test_lists_take_the_same_number_of_queries_for_one_row_and_for_thirty(
    client, office, officer, inspection, who
):
    def more(number: int) -> None:
        for at in range(number):
            key = f"{number}-{at}"
            rectifications.order(
                key=key, unit=office.station, subject=f"整改{key}", demand="补发", clause="办法", url="",
                working_days=5, by=office.chief_inspector,
            )  # fmt: skip
            violations.record(
                Record(
                    unit=office.station, situation=catalogues.situations()["f35-4"], facts="事实", on=clock.today()
                ),
                by=office.chief_inspector,
            )  # fmt: skip

    found = inspection("end", sample=1)
    more(1)
    client.force_login(getattr(office, who))
    places = ("/desk/inspections/", "/desk/rectifications/", "/desk/violations/", "/desk/")
    few = [queries_of(client, where) for where in places]
    more(29)
    for at in range(29):
        copy = Inspection.objects.create(
            title=f"检查{at}",
            planned_on=clock.today(),
            clause="办法",
            state="DONE",
            planned_by=office.chief_inspector,
        )
        copy.sites.set(found.sites.all())
        for check in found.checks.all():
            check.pk, check.inspection = None, copy
            check.save()
    assert (Inspection.objects.count(), Rectification.objects.count(), Violation.objects.count()) == (
        30,
        30,
        30,
    )
    assert [queries_of(client, where) for where in places] == few


def test_one_inspection_takes_the_same_queries_however_many_columns_were_drawn(page, inspection):
    few, many = inspection(sample=1), inspection(sample=9)
    assert queries_of(page, f"/desk/inspections/{few.pk}/") == queries_of(
        page, f"/desk/inspections/{many.pk}/"
    )

"""违规记录: against one item of the list, with evidence, struck out with a reason; never against one's own unit."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from assessment.enums.inspections import ViolationState
from assessment.enums.slips import MentionKind
from assessment.models import Mention, Rectification, Violation
from assessment.operations import violations as operations
from assessment.operations.violations import Record
from assessment.queries import catalogues
from assessment.queries import violations as queries
from portal import clock
from portal.models import Notice
from portal.workflow import NotAllowed, Refused, TooLate
from tests.assessment.inspections.conftest import picture


@pytest.fixture
def record(office):
    def make(by=None, **fields) -> Violation:
        typed = {
            "unit": office.station, "situation": catalogues.situations()["f35-5"], "facts": "咨询超期未答复。",
            "on": clock.today(),
        }  # fmt: skip
        return operations.record(Record(**typed | fields), by=by or office.chief_inspector)

    return make


def test_the_list_is_the_ten_items_of_the_article_whole():
    found = catalogues.situations()
    assert len(found) == 10
    assert found["f35-1"].label == "（一）对网站的建设管理重视不够，消极应付，未达到规范要求的"
    assert found["f35-10"].clause == "福建第三十五条（十）"
    assert max(len(one.label) for one in found.values()) <= 120


def test_a_record_says_item_facts_and_evidence_and_the_unit_is_told(office, officer, record):
    one = record(files=[picture()])
    assert (one.item, one.clause, one.state) == ("f35-5", "福建第三十五条（五）", ViolationState.RECORDED)
    assert [file.name for file in one.files.all()] == ["截图.png"]
    assert Notice.objects.get(recipient=office.station_head).url == one.get_absolute_url()
    assert (Rectification.objects.count(), Mention.objects.count()) == (0, 0)


def test_it_may_order_a_rectification_and_propose_criticism(office, record):
    one = record(rectify_days=3, criticises=True)
    assert (one.rectification.unit, one.rectification.demand) == (office.station, "咨询超期未答复。")
    mention = Mention.objects.get()
    assert (mention.kind, mention.rule) == (MentionKind.CRITICISM, one.label)


def test_only_assessors_record_and_not_against_their_own_unit(office, officer, record):
    for person in (office.collector, office.auditor, officer):
        with pytest.raises(NotAllowed, match="检查权限"):
            record(by=person)
    with pytest.raises(NotAllowed, match="须由他人检查"):
        record(unit=office.section, by=office.inspector)
    with pytest.raises(Refused, match="不能在今天以后"):
        record(on=clock.today() + timedelta(days=1))


def test_striking_out_needs_a_reason_and_keeps_the_record(office, record):
    one = record()
    with pytest.raises(Refused, match="理由"):
        operations.strike(one, by=office.chief_inspector, note=" ")
    one = operations.strike(one, by=office.chief_inspector, note="经核实系统故障所致")
    assert (one.state, one.reason) == (ViolationState.STRUCK, "经核实系统故障所致")
    with pytest.raises(TooLate):
        operations.strike(one, by=office.inspector, note="再来")
    assert queries.by_unit(Violation.objects.all()) == [(office.station, 0, 1)]


def test_a_unit_sees_its_own_and_a_year_is_taken_away_as_a_workbook(office, officer, record, client):
    record()
    record(unit=office.supervision, by=office.inspector)
    record(on=clock.today() - timedelta(days=400))
    assert queries.visible_to(officer).count() == 2
    assert queries.years(Violation.objects.all(), clock.today().year) == [2026, 2025]
    client.force_login(officer)
    response = client.get("/desk/violations/export/?year=2026")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.values)
    assert [row[0] for row in rows[1:]] == ["北桥工商所"]

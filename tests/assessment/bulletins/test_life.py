"""A bulletin reads its figures while it is a draft, and says for ever what it said when it was issued."""

from datetime import date

import pytest

from assessment.enums.bulletins import BulletinKind, BulletinState
from assessment.enums.facts import Verdict
from assessment.models import Publication
from assessment.operations import bulletins as operations
from assessment.queries import bulletins as queries
from portal.documents import Heading, Paragraph, Table
from portal.workflow import NotAllowed, Refused, TooLate


def table(bulletin, caption: str) -> list[list]:
    found = [part for part in queries.parts_of(bulletin) if isinstance(part, Table)]
    return next([list(row) for row in part.rows] for part in found if part.caption == caption)


def test_a_quarter_is_told_section_by_section(draft):
    bulletin = draft()
    headings = [part.text for part in queries.parts_of(bulletin) if isinstance(part, Heading)]
    assert headings == ["一、信息发布情况", "二、来信和提问答复情况", "三、更新维护情况", "四、下一步要求"]
    assert table(bulletin, "各单位信息发布情况") == [["办公室", 2, 2, 0, 0, 1]]
    words = [part.text for part in queries.parts_of(bulletin) if isinstance(part, Paragraph)]
    assert (
        words[1]
        == "各单位共发布并计入信息 2 条，比上期增加 2 条；另有 1 条近似重复、拆分或自行重发，不予计入。"
    )
    assert words[-1] == "请各单位抓紧整改。"


def test_own_opening_stands_for_the_usual_one(draft):
    assert queries.parts_of(draft())[0].text.startswith("现将2026年7月1日至2026年9月30日信息网")
    assert queries.parts_of(draft(opening="按照市局部署，通报如下。"))[0].text == "按照市局部署，通报如下。"


def test_what_was_issued_does_not_change_with_the_figures(issued):
    bulletin = issued()
    before = queries.parts_of(bulletin)
    Publication.objects.update(verdict=Verdict.COUNTED)
    bulletin.refresh_from_db()
    assert queries.parts_of(bulletin) == before
    assert bulletin.state == BulletinState.ISSUED


def test_a_span_that_is_not_over_is_refused(quarter):
    with pytest.raises(Refused, match="2026-12-31 才到期末"):
        operations.draft(BulletinKind.QUARTERLY, None, date(2026, 10, 9), by=quarter.chief_inspector)


def test_it_is_not_issued_without_a_number(draft, quarter):
    bulletin = draft(number="")
    with pytest.raises(Refused, match="文号"):
        operations.issue(bulletin, by=quarter.chief_inspector, version=bulletin.version)


def test_nobody_without_inspection_drafts_saves_or_issues(draft, quarter):
    bulletin = draft()
    with pytest.raises(NotAllowed):
        operations.draft(BulletinKind.RANKING, None, date(2026, 9, 1), by=quarter.moderator)
    with pytest.raises(NotAllowed):
        operations.issue(bulletin, by=quarter.moderator, version=bulletin.version)


def test_of_two_who_save_at_once_one_is_told(draft, quarter):
    bulletin = draft()
    operations.issue(bulletin, by=quarter.chief_inspector, version=bulletin.version)
    with pytest.raises(TooLate):
        operations.issue(bulletin, by=quarter.inspector, version=bulletin.version)


def test_taking_back_needs_a_reason(issued, quarter):
    bulletin = issued()
    with pytest.raises(Refused, match="理由"):
        operations.withdraw(bulletin, by=quarter.chief_inspector, note="")
    taken = operations.withdraw(bulletin, by=quarter.chief_inspector, note="数字有误")
    assert taken.state == BulletinState.WITHDRAWN

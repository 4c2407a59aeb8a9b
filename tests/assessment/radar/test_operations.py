"""The radar read by the clock: one reading a day, one notice a turn; numbers only ever stricter."""

from datetime import timedelta

import pytest

from assessment.enums.radar import Item, Light
from assessment.models import Reading, Threshold
from assessment.operations import radar as operations
from assessment.queries import radar as queries
from portal import clock
from portal.models import AuditEntry, Notice, Site
from portal.workflow import NotAllowed, Refused


def reading(item: Item, day=None, site: str = "fenju") -> Reading:
    return Reading.objects.get(site__key=site, item=item, on=day or clock.today())


def told(person) -> list[str]:
    rows = Notice.objects.filter(recipient=person, key__startswith="radar-").order_by("pk")
    return [one.body for one in rows if one.title.startswith("城东分局")]


def later(days: int):
    return clock.at(clock.now() + timedelta(days=days))


def test_there_is_one_reading_an_item_and_day_however_often_it_is_read(office, published):
    published()
    assert operations.read_all() == 18
    assert operations.read_all() == 0
    assert Reading.objects.count() == 18
    assert reading(Item.V3).light == Light.OK


def test_a_turn_is_told_once_to_whoever_oversees_the_site(office, published):
    published()
    operations.read_all()
    before = len(told(office.chief_inspector))
    with later(11):
        operations.read_all()
        operations.read_all()
        (news,) = told(office.chief_inspector)[before:]
        assert "预警 V3 首页不更新：首页最近 11 天没有新信息" in news
        assert reading(Item.V3).since == clock.today()
    with later(12):
        operations.read_all()
        assert len(told(office.chief_inspector)) == before + 1
        assert reading(Item.V3).since == clock.today() - timedelta(days=1)
    with later(14):
        operations.read_all()
        assert "不合格 V3" in told(office.chief_inspector)[-1]
    assert told(office.chief) == told(office.chief_inspector)
    assert told(office.collector) == []


def test_what_mends_within_the_day_and_breaks_again_is_not_told_twice(office, published):
    published(days_ago=11)
    operations.read_all()
    article = published("例会")
    operations.read_all()
    assert reading(Item.V3).light == Light.OK
    article.state = "WITHDRAWN"
    article.save()
    operations.read_all()
    assert len([one for one in told(office.chief_inspector) if "V3" in one]) == 1


def test_the_radar_of_a_past_day_is_kept_as_it_was(office, published):
    published(days_ago=14)
    with later(-1):
        operations.read_all()
        yesterday = clock.today()
    operations.read_all()
    assert [one.light for one in (reading(Item.V3, yesterday), reading(Item.V3))] == [Light.AMBER, Light.RED]
    kept = {one.item: one.light for one in queries.last_readings(office.main, yesterday)}
    assert kept[Item.V3] == Light.AMBER


def test_an_assessor_sets_a_stricter_number_with_a_reason_on_record(office, published):
    published(days_ago=8)
    made = tighten(office)
    assert next(one for one in queries.findings(office.main) if one.item == Item.V3).light == Light.RED
    assert AuditEntry.objects.latest("pk").note == "首页几天没有新信息即不合格 7 天：办法第十五条"
    operations.loosen(made, by=office.chief_inspector)
    operations.loosen(made, by=office.chief_inspector)
    assert next(one for one in queries.findings(office.main) if one.item == Item.V3).light == Light.OK
    assert AuditEntry.objects.filter(verb="loosen").count() == 1


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"value": 14}, "应小于 14 天"),
        ({"value": 30}, "应小于 14 天"),
        ({"key": "visits_a_day", "value": 10}, "应大于 20 次"),
        ({"key": "unreachable_days", "value": 9}, "不能调整"),
        ({"key": "nothing"}, "不能调整"),
        ({"reason": " "}, "请写明"),
    ],
)
def test_a_number_is_never_loosened(office, fields, refusal):
    with pytest.raises(Refused, match=refusal):
        tighten(office, **fields)
    assert not Threshold.objects.exists()


def test_nobody_else_sets_numbers(office):
    with pytest.raises(NotAllowed):
        tighten(office, by=office.chief)
    with pytest.raises(NotAllowed):
        operations.loosen(tighten(office), by=office.auditor)


def tighten(office, **fields) -> Threshold:
    values = {
        "key": "home_days", "value": 7, "site": Site.objects.get(key="fenju"), "since": clock.today(),
        "reason": "办法第十五条", "by": office.chief_inspector,
    }  # fmt: skip
    return operations.tighten(**values | fields)

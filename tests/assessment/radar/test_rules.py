"""The radar turns amber and red on the right day: pure rules over facts, numbers and a day."""

from datetime import date, timedelta

import pytest

from assessment.enums.radar import Item, Light
from assessment.rules.dates import Quarter, months_after, why_not_span
from assessment.rules.findings import Facts, Guide, Line, Reach, Spot, Waiting
from assessment.rules.radar import radar
from assessment.rules.standard import Limits, numbers

DAY = date(2026, 11, 26)
OK, AMBER, RED = Light.OK, Light.AMBER, Light.RED


def look(item: Item, facts: Facts, day: date = DAY, own=()):
    return next(one for one in radar(facts, Limits(day, own)) if one.item == item)


def spot(pk: int = 1, *, age: int | None = 0, watch: str = "news", **fields) -> Spot:
    newest = None if age is None else DAY - timedelta(days=age)
    return Spot(
        pk,
        f"栏目{pk}",
        f"/c/{pk}/",
        newest=newest,
        updated=newest,
        watch=watch,
        items=age is not None,
        **fields,
    )


def tightened(key: str, value: int, **fields) -> dict:
    return {
        "key": key,
        "value": value,
        "site": None,
        "column_class": "",
        "since": date(2026, 1, 1),
        "until": None,
    } | fields


def test_there_is_one_finding_an_item_in_their_order():
    assert [one.item for one in radar(Facts(), Limits(DAY))] == list(Item)


@pytest.mark.parametrize(
    ("age", "light", "left"),
    [(0, OK, 14), (10, OK, 4), (11, AMBER, 3), (13, AMBER, 1), (14, RED, 0), (20, RED, -6)],
)
def test_home_page_warns_after_ten_days_and_fails_after_fourteen(age, light, left):
    found = look(Item.V3, Facts(spots=[spot(age=age, owner="办公室")]))
    assert (found.light, found.days_left, found.owner) == (light, left, "办公室")


def test_home_page_counts_the_newest_of_all_columns_and_asks_for_the_stalest_of_news():
    found = look(Item.V3, Facts(spots=[spot(1, age=2, watch=""), spot(2, age=12), spot(3, age=30)]))
    assert (found.light, found.days_left) == (OK, 12)
    assert (found.action.label, found.action.column) == ("给“栏目3”写稿", 3)


def test_an_item_without_a_publish_time_counts_as_not_updated():
    found = look(Item.V3, Facts(spots=[spot(age=None)]))
    assert (found.light, found.said) == (RED, "首页还没有信息")
    stale = look(Item.V4A, Facts(spots=[spot(pk, age=None) for pk in range(5)]))
    assert (stale.light, stale.days_left) == (RED, 0)


@pytest.mark.parametrize(
    ("ages", "light", "left"),
    [
        ([14, 14, 14, 14, 0], AMBER, 14),
        ([14, 14, 0, 0, 0], OK, 14),
        ([14, 14, 14, 14, 14], RED, 0),
        ([13, 13, 13, 13, 13], AMBER, 1),
        ([10, 10, 10, 10, 10], AMBER, 4),
        ([9, 9, 9, 9, 9], OK, 5),
        ([14, 14, 14], AMBER, None),
    ],
)
def test_news_columns_fail_when_five_are_silent_for_two_weeks(ages, light, left):
    found = look(Item.V4A, Facts(spots=[spot(pk, age=age) for pk, age in enumerate(ages)]))
    assert (found.light, found.days_left) == (light, left)


def test_notices_and_policies_have_six_months_and_count_together_with_news():
    notice = Spot(9, "公告通知", "/c/9/", newest=date(2026, 5, 26), watch="notice", items=1)
    news = [spot(pk, age=14) for pk in range(4)]
    assert look(Item.V4A, Facts(spots=[*news, notice])).light == RED
    assert look(Item.V4A, Facts(spots=[*news, notice]), DAY - timedelta(days=1)).light != RED
    assert look(Item.V4A, Facts(spots=[spot(1, age=100, watch="")])).said.startswith("本站没有动态")


@pytest.mark.parametrize(("overdue", "light"), [(4, OK), (5, AMBER), (9, AMBER), (10, RED)])
def test_ten_columns_that_owe_an_update_fail(overdue, light):
    owed = [spot(pk, due_on=DAY, rule="每周至少 1 条") for pk in range(overdue)]
    owed += [spot(50 + pk, due_on=DAY + timedelta(days=30)) for pk in range(12)]
    assert look(Item.V4B, Facts(owed=owed)).light == light


@pytest.mark.parametrize(("blank", "light"), [(0, OK), (1, AMBER), (4, AMBER), (5, RED)])
def test_five_blank_columns_fail(blank, light):
    spots = [spot(pk, age=None, watch="", owner="人教科") for pk in range(blank)] + [spot(99)]
    found = look(Item.V4C, Facts(spots=spots))
    assert (found.light, found.owner) == (light, "人教科" if blank else "")
    assert len(found.evidence) == blank


@pytest.mark.parametrize(
    ("visits", "failed", "light"),
    [
        (140, 0, OK),
        (140, 4, OK),
        (140, 5, AMBER),
        (140, 6, AMBER),
        (140, 7, RED),
        (139, 139, AMBER),
        (0, 0, AMBER),
    ],
)
def test_five_in_a_hundred_visits_that_do_not_open_fail_once_there_are_enough(visits, failed, light):
    found = look(Item.V2, Facts(reach=Reach(visits, (), failed)))
    assert found.light == light
    assert found.evidence[0].what.startswith(f"访问 {visits} 次，打不开 {failed} 次")


@pytest.mark.parametrize(
    ("since", "light", "left"),
    [
        (date(2026, 11, 20), OK, 87 + 6),
        (date(2026, 9, 26), AMBER, 30 + 1),
        (date(2026, 8, 26), AMBER, 1),
        (date(2026, 8, 25), RED, 0),
    ],
)
def test_a_message_unanswered_for_more_than_three_months_fails(since, light, left):
    found = look(Item.V5B, Facts(waiting=[Waiting("来信 A", "/desk/letters/1/", "注册科", since)]))
    assert (found.owner, found.evidence[0].url) == ("注册科", "/desk/letters/1/")
    assert found.light == (OK if left > 30 else light)
    assert found.days_left == (months_after(since, 3) - DAY).days + 1


def test_no_open_message_is_fine_and_no_channel_fails():
    assert look(Item.V5B, Facts()).light == OK
    assert look(Item.V5A, Facts()).light == RED
    works, broken = [Line("信箱", "/mailbox/")], [Line("提问栏目", "/c/x/")]
    assert look(Item.V5A, Facts(channels=works)).light == OK
    assert look(Item.V5A, Facts(channels=works, broken_channels=broken)).light == AMBER
    assert look(Item.V5A, Facts(broken_channels=broken)).light == RED


def test_a_site_without_services_fails_by_the_rules_own_words_and_says_so():
    found = look(Item.V6, Facts(guides=None))
    assert (found.light, found.said) == (RED, "尚无办事服务")
    assert "没有办事服务即不合格" in found.evidence[0].what
    guide = Guide("营业执照办理", "/a/1/", "注册科")
    assert look(Item.V6, Facts(guides=[guide])).light == OK
    lacking = Guide("营业执照年检", "/a/2/", "注册科", ("收费", "联系方式"))
    found = look(Item.V6, Facts(guides=[guide, lacking]))
    assert (found.light, found.evidence[0].what) == (RED, "营业执照年检：缺收费、联系方式")


def test_serious_faults_fail_and_what_was_never_looked_at_is_not_fine():
    assert look(Item.V1, Facts()).light == AMBER
    assert look(Item.V1, Facts(pages=30)).light == OK
    assert look(Item.V1, Facts(pages=30, serious=[Line("发布日期不一致")])).light == RED
    error = Waiting("来信 B", "/desk/letters/2/", "办公室", date(2026, 11, 1))
    assert look(Item.V1, Facts(pages=30, errors=[error], errors_late=1)).light == AMBER
    assert look(Item.V1, Facts(pages=30, errors=[error])).light == OK


def test_the_office_may_only_be_stricter_from_its_day_on():
    facts = Facts(spots=[spot(age=8)])
    assert look(Item.V3, facts, own=[tightened("home_days", 7)]).light == RED
    assert look(Item.V3, facts, own=[tightened("home_days", 30)]).light == OK
    assert look(Item.V3, facts, own=[tightened("home_days", 7, since=DAY + timedelta(days=1))]).light == OK
    assert look(Item.V3, facts, own=[tightened("home_days", 7, until=DAY)]).light == OK
    assert Limits(DAY, [tightened("home_days", 7, site=3)], 3)["home_days"] == 7
    assert Limits(DAY, [tightened("home_days", 7, site=3)], 4)["home_days"] == 14


def test_a_stricter_limit_warns_as_long_before_as_the_national_one():
    own = [tightened("home_days", 7)]
    lights = [look(Item.V3, Facts(spots=[spot(age=age)]), own=own).light for age in (3, 4, 6, 7)]
    assert lights == [OK, AMBER, AMBER, RED]


def test_a_stricter_number_may_hold_for_one_class_of_columns():
    own = [tightened("news_days", 1, column_class="要闻")]
    spots = [spot(pk, age=2, classes=("工作动态", "要闻")) for pk in range(5)]
    assert look(Item.V4A, Facts(spots=spots), own=own).light == RED
    assert look(Item.V4A, Facts(spots=[spot(pk, age=2) for pk in range(5)]), own=own).light == OK


def test_evidence_is_bounded_and_says_how_much_more_there_is():
    found = look(Item.V4C, Facts(spots=[spot(pk, age=None) for pk in range(30)]))
    assert (len(found.evidence), found.evidence[-1].what) == (21, "另有 10 条")


def test_every_national_number_has_its_certainty_and_its_day():
    assert {one.certainty for one in numbers().values()} == {"H", "M", "L"}
    assert {one.item for one in numbers().values()} == set(Item.values)


def test_quarters_and_spans():
    assert Quarter.read("2026Q3") == Quarter(2026, 3) == Quarter.of(date(2026, 9, 30))
    assert (Quarter(2026, 3).first, Quarter(2026, 3).last) == (date(2026, 7, 1), date(2026, 9, 30))
    assert (str(Quarter(2026, 1).back(1)), Quarter(2026, 4).label) == ("2025Q4", "2026 年第四季度")
    assert [Quarter.read(text) for text in ("2026Q5", "1999Q1", "", "2026", "２０２６Q1")] == [None] * 5
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert why_not_span(date(2026, 2, 1), date(2026, 1, 1)) == "“自”不能晚于“至”"
    assert why_not_span(date(2020, 1, 1), date(2026, 1, 1)) == "一次最多看 5 年"
    assert why_not_span(date(2026, 1, 1), date(2026, 1, 1)) == ""

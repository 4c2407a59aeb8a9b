"""What the radar is told about a site, from what is in the database; and that it asks little of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment.enums.radar import Item, Light
from assessment.queries import radar as queries
from assessment.queries.spots import Spots
from columns.enums import CadenceRule, ColumnKind, Period, Placement, Readers
from columns.models import Cadence, CadencePause, Column, Responsibility
from disclosure.operations import services
from interaction.models import Letter, Letterbox, Matter
from portal import clock
from portal.models import Site
from publishing import operations
from tests.disclosure.services.kit import item

OK, AMBER, RED = Light.OK, Light.AMBER, Light.RED


def look(site, item: Item, day=None):
    return next(one for one in queries.findings(anew(site), day) if one.item == item)


def anew(site) -> Site:
    """As the next request reads it."""
    return Site.objects.select_related("department").get(pk=site.pk)


def spots(site, day=None) -> Spots:
    return Spots(site, queries.public_columns(site), day or clock.today())


def test_home_page_turns_on_the_days_the_standard_says(office, published):
    published()
    today = clock.today()
    lights = [look(office.main, Item.V3, today + timedelta(days=age)).light for age in (0, 10, 11, 13, 14)]
    assert lights == [OK, OK, AMBER, AMBER, RED]


def test_writing_where_the_radar_says_turns_it_green(office, published):
    published(days_ago=20)
    found = look(office.main, Item.V3)
    assert (found.light, found.action.column) == (RED, office.news.pk)
    published("又一次例会", column=Column.objects.get(pk=found.action.column))
    assert look(office.main, Item.V3).light == OK


def test_what_was_withdrawn_is_not_there(office, published):
    article = published()
    operations.withdraw(article, by=office.moderator, note="有误")
    assert look(office.main, Item.V3).said == "首页还没有信息"


def test_the_day_written_on_a_text_does_not_make_it_newer(office, published):
    published(days_ago=20, written_on=clock.today())
    assert look(office.main, Item.V3).days_left == -6


def test_only_what_an_inspector_reads_is_looked_at(office, published):
    for slug, fields in {
        "staff": {"readers": Readers.STAFF},
        "hidden": {"placement": Placement.UNLISTED},
        "open": {},
    }.items():
        Column.objects.create(site=office.main, name=slug, slug=slug, **fields)
    assert {one.name for one in spots(office.main).leaves()} == {"要闻报道", "业务交流", "open"}
    assert look(office.main, Item.V4C).said == "3 个栏目没有内容"


def test_columns_know_their_owner_their_kind_and_their_newest(office, published):
    Responsibility.objects.create(column=office.trends, department=office.section, collects=True)
    published(days_ago=3)
    found = next(one for one in spots(office.main).leaves() if one.pk == office.news.pk)
    assert (found.owner, found.watch, found.items) == ("办公室", "news", 1)
    assert found.newest == clock.today() - timedelta(days=3)


def test_a_limit_on_a_main_column_binds_all_below_it_as_one(office, published):
    second = Column.objects.create(site=office.main, name="工作简报", slug="jianbao", parent=office.trends)
    Cadence.objects.create(
        column=office.trends, rule=CadenceRule.AT_LEAST, period=Period.WEEK, clause="办法第十五条"
    )
    published(days_ago=5)
    (owed,) = spots(office.main).owed()
    assert (owed.name, owed.pk) == ("工作动态", second.pk)
    monday = clock.today() + timedelta(days=7 - clock.today().weekday())
    assert owed.due_on == monday
    late = look(office.main, Item.V4B, monday + timedelta(days=7))
    assert late.said == "1 个栏目应更新未更新；此类栏目共 1 个"


def test_a_limit_on_a_class_binds_each_column_and_rests_while_it_is_paused(office):
    Column.objects.filter(pk=office.news.pk).update(update_class="news")
    Column.objects.create(
        site=office.main, name="工作简报", slug="jianbao", parent=office.trends, update_class="news"
    )
    Cadence.objects.create(update_class="news", rule=CadenceRule.MAX_SILENCE, days=10, clause="测试")
    assert len(spots(office.main).owed()) == 2
    pause = {"starts_on": clock.today(), "reason": "改版", "by": office.chief, "at": clock.now()}
    CadencePause.objects.create(column=office.news, **pause)
    assert [one.name for one in spots(office.main).owed()] == ["工作简报"]


def test_a_limit_on_the_column_stands_in_for_that_on_its_class(office):
    Column.objects.filter(pk=office.news.pk).update(update_class="news")
    for what in ({"update_class": "news", "days": 10}, {"column": office.news, "days": 30}):
        Cadence.objects.create(rule=CadenceRule.MAX_SILENCE, clause="测试", **what)
    assert [one.rule for one in spots(office.main).owed()] == ["每 30 日内至少更新一次"]


def test_a_channel_is_a_letterbox_of_the_site_or_above_or_a_column_of_questions(office):
    assert look(office.main, Item.V5A).light == RED
    box(office)
    assert look(office.main, Item.V5A).light == look(office.sub, Item.V5A).light == OK
    Letterbox.objects.update(is_open=False)
    assert look(office.sub, Item.V5A).light == RED
    Column.objects.create(site=office.sub, name="法制园地", slug="fazhi", kind=ColumnKind.QUESTIONS)
    assert look(office.sub, Item.V5A).light == OK


@pytest.mark.parametrize(("age", "light"), [(10, OK), (70, AMBER), (95, RED), (400, OK)])
def test_letters_that_wait_too_long_are_told_by_code_and_department(office, age, light):
    letter(office, age)
    found = look(office.main, Item.V5B)
    assert found.light == light
    if light != OK:
        assert (found.owner, found.evidence[0].what.split("，")[0]) == ("办公室", "来信 CODE0")


def test_a_column_of_services_is_read_for_what_its_guides_lack(office, published):
    assert look(office.main, Item.V6).said == "尚无办事服务"
    services = Column.objects.create(site=office.main, name="办事服务", slug="banshi", route=office.direct)
    assert look(office.main, Item.V6).said == "办事服务没有内容"
    body = "<p>设定依据、申请条件、办理材料、办理地点、办理时间、办理流程、收费、联系电话 8000</p>"
    published("营业执照办理", column=services, body=body)
    assert look(office.main, Item.V6).light == OK
    published("营业执照年检", column=services, body="<p>请携带执照来窗口办理。</p>")
    assert look(office.main, Item.V6).evidence[0].what.startswith("营业执照年检：缺设定依据、申请条件")


def test_the_radar_asks_as_much_of_thirty_columns_and_letters_as_of_one(office, published):
    box(office)
    first, *others = [
        Column.objects.create(
            site=office.main, name=f"要闻{place}", slug=f"news-{place}", route=office.direct
        )
        for place in range(31)
    ]
    published(column=first)
    letter(office, 5)
    one = count(office.main)
    for number, column in enumerate(others, start=1):
        published(f"第{number}次例会", column=column)
        letter(office, number, number)
    assert count(office.main) == one <= 31


def count(site) -> int:
    site = anew(site)
    with CaptureQueriesContext(connection) as captured:
        queries.findings(site)
    return len(captured)


def box(office) -> Letterbox:
    found, _ = Letterbox.objects.get_or_create(
        site=office.main, key="juzhang",
        defaults={"name": "局长信箱", "receiver": office.section, "office": office.section, "clause": "测试"},
    )  # fmt: skip
    return found


def letter(office, age: int, number: int = 0) -> Letter:
    matter, _ = Matter.objects.get_or_create(
        letterbox=box(office),
        key="zixun",
        defaults={"name": "咨询", "kind": "ENQUIRY", "answer_days": 5, "clause": "测"},
    )
    return Letter.objects.create(
        site=office.main, letterbox=box(office), matter=matter, code=f"CODE{number}", title="咨询", body="问",
        department=office.section, written_at=clock.now() - timedelta(days=age), nonce=f"n{number}",
    )  # fmt: skip


def test_items_in_force_are_services_and_their_guides_are_read_field_by_field(office):
    office.registry = office.section
    found = item(office, takes_pre_review=False)
    assert (look(office.main, Item.V6).light, look(office.main, Item.V6).said) == (OK, "1 件办事指南要素齐全")
    assert look(office.sub, Item.V6).said == "尚无办事服务"
    found.guide.steps.all().delete()
    found.guide.windows.update(hours="")
    lacking = look(office.main, Item.V6)
    assert (lacking.light, lacking.owner) == (RED, "办公室")
    assert lacking.evidence[0].what == "个体工商户设立登记：缺办理时间、办理流程"
    services.suspend(found, note="搬迁", by=office.moderator)
    assert (
        look(office.main, Item.V6).said == "尚无办事服务"
    )  # what is suspended is no service to an inspector

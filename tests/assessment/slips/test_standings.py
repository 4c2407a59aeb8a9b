"""What binds what, who answers for it, and how it stands: read for all sites at once."""

from datetime import date

import pytest

from assessment.queries.cadences import standings
from columns.enums import CadenceRule, CadenceState, ColumnKind, Placement
from columns.models import CadencePause, Column, Responsibility
from portal import clock
from tests.assessment.slips.conftest import MADE_ON, moment
from tests.assessment.slips.kit import answered

DAY = date(2026, 9, 14)  # a Monday
AT_LEAST = {"rule": CadenceRule.AT_LEAST, "days": None, "period": "WEEK"}


def stands(day: date = DAY, **narrowed) -> list[tuple[str, str, str, str]]:
    """(site, what, unit, light) of everything that is bound."""
    rows = standings(day, **narrowed)
    return sorted((one.site.key, one.what, str(one.unit), str(one.standing.light)) for one in rows)


def test_a_column_is_counted_with_all_below_it(slips, limit, publish):
    limit(slips.trends)
    publish("2026-09-10 10:00", slips.news)
    assert stands() == [("fenju", "工作动态", "办公室", "ok")]
    assert stands(date(2026, 9, 18)) == [("fenju", "工作动态", "办公室", "red")]
    assert stands(date(2026, 9, 9))[0][3] == "red"  # what came later counts for nothing


def test_what_repeats_an_earlier_text_is_no_update(slips, limit, publish):
    limit(slips.trends)
    publish("2026-09-01 10:00")
    again = publish("2026-09-12 10:00")
    again.verdict = "REPOST"
    again.save()
    assert stands()[0][3] == "red"


def test_a_class_binds_the_columns_that_bear_it_by_themselves(slips, limit):
    limit(update_class="新闻动态")
    assert stands() == []
    for column in (slips.trends, slips.sub_news):
        column.update_class = "新闻动态"
        column.save()
    assert stands() == [("beiqiao", "要闻报道", "北桥工商所", "red"), ("fenju", "工作动态", "办公室", "red")]
    assert stands(site=slips.sub) == [("beiqiao", "要闻报道", "北桥工商所", "red")]


def test_two_a_week_and_twenty_a_month_are_checked_together_over_a_site(slips, limit, publish):
    """大庆第七条."""
    slips.trends.update_class = slips.exchange.update_class = "动态"
    slips.trends.save()
    slips.exchange.save()
    for count, period in ((2, "WEEK"), (20, "MONTH")):
        limit(update_class="动态", together=True, **AT_LEAST | {"count": count, "period": period})
    publish("2026-09-07 10:00", slips.news)
    assert [one[1:] for one in stands()] == [("动态（合并计算）", "城东分局", "red")] * 2
    publish("2026-09-09 10:00", slips.exchange)
    rows = list(standings(DAY))
    assert [one.standing.words for one in rows] == ["本周 0 / 2 条", "上月 0 / 20 条，此后补 2 条"]


def test_a_units_own_limit_stands_in_for_that_of_the_class(slips, limit):
    slips.trends.update_class = slips.sub_news.update_class = "新闻动态"
    slips.trends.save()
    slips.sub_news.save()
    limit(update_class="新闻动态")
    own = limit(update_class="新闻动态", department=slips.station, days=90, state=CadenceState.FILED)
    assert [one[3] for one in stands()] == ["red", "red"]
    own.state = CadenceState.IN_FORCE
    own.save()
    assert [one[::3] for one in stands()] == [("beiqiao", "ok"), ("fenju", "red")]
    limit(slips.sub_news, days=5)
    assert [one[::3] for one in stands()] == [("beiqiao", "red"), ("fenju", "red")]


def test_a_site_alone_names_its_lists_of_articles(slips, limit):
    Column.objects.create(site=slips.main, name="单位介绍", slug="jieshao", kind=ColumnKind.PAGE)
    limit(site=slips.main)
    assert [one[1] for one in stands()] == ["业务交流", "要闻报道"]
    limit(site=slips.sub, together=True)
    assert ("beiqiao", "全站（合并计算）", "北桥工商所", "red") in stands()


def test_hidden_columns_owe_nothing(slips, limit):
    limit(slips.news)
    slips.trends.placement = Placement.UNLISTED
    slips.trends.save()
    assert stands() == []


def test_a_closed_unit_owes_nothing_and_who_took_over_does(slips, limit):
    limit(slips.sub_news)
    slips.station.is_active = False
    slips.station.save()
    assert stands() == []
    Responsibility.objects.create(column=slips.sub_news, department=slips.section, collects=True)
    assert stands() == [("beiqiao", "要闻报道", "办公室", "red")]


def test_a_column_given_to_another_unit_is_that_units(slips, limit):
    limit(slips.news)
    assert stands()[0][2] == "办公室"
    Responsibility.objects.create(column=slips.news, department=slips.supervision, collects=True)
    assert stands()[0][2] == "监察室"


def test_pauses_of_a_column_above_and_of_the_unit_hold(slips, limit):
    limit(slips.news)
    by = {"by": slips.chief_inspector, "at": clock.now(), "reason": "改版", "starts_on": DAY}
    pause = CadencePause.objects.create(column=slips.trends, **by)
    assert [one.standing.is_paused for one in standings(DAY)] == [True]
    pause.delete()
    CadencePause.objects.create(department=slips.section, ends_on=DAY, **by)
    assert [one.standing.is_paused for one in standings(DAY)] == [True]
    assert [one.standing.is_paused for one in standings(date(2026, 9, 15))] == [False]


def test_an_issued_document_that_waits_is_late_after_its_days(slips, limit, write):
    limit(slips.trends, rule=CadenceRule.WITHIN_DAYS, days=3)
    with clock.at(moment("2026-09-10")):
        write(written_on=date(2026, 9, 8))
    assert [stands(date(2026, 9, day))[0][3] for day in (8, 11, 12)] == ["ok", "amber", "red"]


def test_answered_questions_keep_their_column_up(slips, limit):
    column = Column.objects.create(
        site=slips.main,
        name="法制园地",
        slug="fazhi",
        kind=ColumnKind.QUESTIONS,
        parent=slips.exchange,
        made_on=MADE_ON,
    )
    limit(slips.exchange)
    assert stands()[0][3] == "red"
    answered(column, slips.section, slips.staff, moment("2026-09-10 10:00"))
    assert stands()[0][3] == "ok"


@pytest.mark.parametrize("number", [1, 30])
def test_reading_costs_the_same_for_one_and_thirty_columns(slips, limit, number, django_assert_num_queries):
    for place in range(number):
        limit(Column.objects.create(site=slips.main, name=f"栏目{place}", slug=f"l{place}", made_on=MADE_ON))
    limit(slips.exchange, **AT_LEAST)
    with django_assert_num_queries(14):
        rows = list(standings(DAY))
    assert len(rows) == number + 1

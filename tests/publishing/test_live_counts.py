"""How many there are is known without counting; deep pages begin where they must."""

from datetime import timedelta

import pytest
from django.apps import apps

from columns.queries import tree
from portal import clock
from publishing import counting, operations
from publishing.enums import ArticleState
from publishing.models import Article, LiveCount
from publishing.operations import counts
from publishing.queries import lines


@pytest.fixture
def long_list(office):
    """A hundred articles in two columns, four a month, some at the same moment."""
    start = clock.now() - timedelta(days=900)
    for number in range(100):
        Article.objects.create(
            site=office.main, column=(office.news, office.exchange)[number % 2], title=f"第 {number} 篇",
            state=ArticleState.LIVE, published_at=start + timedelta(days=8 * (number // 2 * 2)),
            created_by=office.collector, created_at=start,
        )  # fmt: skip
    return [office.news, office.exchange]


def _counted(column) -> int:
    return lines.counts([column.pk]).get(column.pk, 0)


def test_counts_follow_publishing_moving_and_withdrawing(write, office):
    first, second = write("甲", upto="publish").article, write("乙", upto="publish").article
    write("丙")
    assert _counted(office.news) == 2
    operations.withdraw(first, by=office.moderator, note="撤稿")
    assert _counted(office.news) == 1
    Article.objects.filter(pk=second.pk).update(column=office.exchange)
    assert (_counted(office.news), _counted(office.exchange)) == (0, 1)


def test_adding_up_changes_no_number_and_leaves_one_row_a_month(long_list, office):
    before = [_counted(column) for column in long_list]
    assert counts.add_up_counts() > 0
    assert [_counted(column) for column in long_list] == before == [50, 50]
    months = list(LiveCount.objects.values_list("column", "month"))
    assert len(months) == len(set(months))
    assert counts.add_up_counts() == 0


def test_counting_anew_mends_wrong_counts(long_list, office):
    LiveCount.objects.filter(column=office.news).delete()
    counting.count_anew()
    assert [_counted(column) for column in long_list] == [50, 50]


def test_what_migrations_changed_is_counted_after_them(long_list, office):
    LiveCount.objects.filter(column=office.news).delete()
    publishing = apps.get_app_config("publishing")
    counting.after_migrations(publishing, "default", plan=[])
    assert _counted(office.news) == 0
    counting.after_migrations(publishing, "default", plan=[("publishing", "0004_live_counts")])
    assert [_counted(column) for column in long_list] == [50, 50]


@pytest.mark.parametrize("add_up", [False, True])
def test_every_page_of_a_list_is_the_slice_of_the_whole(long_list, office, add_up):
    if add_up:
        counts.add_up_counts()
    for shown in ([office.news], long_list):
        rows = Article.objects.live().filter(column__in=shown).newest_first().values_list("pk", flat=True)
        whole = list(rows)
        page = lines.listing(tree(office.main), shown, 1)
        assert page.paginator.count == len(whole)
        found = [
            [one.pk for one in lines.listing(tree(office.main), shown, number).object_list]
            for number in page.paginator.page_range
        ]
        assert [pk for numbers in found for pk in numbers] == whole


def test_neighbours_are_those_of_the_list(long_list, office):
    for column in long_list:
        whole = list(Article.objects.live().filter(column=column).newest_first())
        for place in (0, 1, 25, len(whole) - 1):
            whole[place].site = office.main
            newer, older = lines.beside(whole[place])
            assert (newer and newer.pk) == (whole[place - 1].pk if place else None)
            assert (older and older.pk) == (whole[place + 1].pk if place + 1 < len(whole) else None)

"""Two people at one moment: no number twice or left out, one article once, no ring of successors, one public time."""

import pytest

from disclosure.models import CatalogueEntry, IndexYear
from disclosure.operations import entries, reach, validity
from portal import clock
from portal.workflow import Refused, TooLate
from publishing import operations as publishing
from publishing.models import Article
from tests.disclosure.catalogue import kit
from tests.races import RACING, at_once, fresh, one_won

pytestmark = RACING
ROUNDS = range(3)


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_many_at_once_none_has_the_others_number(turn, house):
    def register(title: str):
        return lambda: entries.register(
            house.organ, kit.facts(house, title=title), by=fresh(house.world.collector)
        )

    at_once(*(register(title) for title in "甲乙丙丁"))
    assert sorted(CatalogueEntry.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]
    assert IndexYear.objects.get().last == 4


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_document_number_is_taken_by_one_and_leaves_no_gap(turn, house):
    def register(by):
        said = kit.facts(house, document_number="城分发〔2026〕1号")
        return lambda: entries.register(house.organ, said, by=fresh(by))

    one_won(at_once(register(house.world.collector), register(house.world.moderator)), Refused)
    assert (CatalogueEntry.objects.get().serial, IndexYear.objects.get().last) == (1, 1)


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_article_is_catalogued_by_one(turn, house, write):
    article = write("许可规定", upto="publish").article

    def register(by):
        return lambda: entries.register(house.organ, kit.facts(house), by=fresh(by), article=fresh(article))

    one_won(at_once(register(house.world.collector), register(house.world.moderator)), Refused)
    assert CatalogueEntry.objects.get().article == article


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_who_name_each_other_make_no_ring(turn, house):
    first, second = (kit.catalogued(house, title=title) for title in ("甲", "乙"))

    def repeal(entry, successor):
        return lambda: validity.change(
            fresh(entry), "repeal", on=clock.today(), note="替代", successor=fresh(successor),
            by=fresh(house.world.collector),
        )  # fmt: skip

    one_won(at_once(repeal(first, second), repeal(second, first)), Refused)
    assert CatalogueEntry.objects.exclude(successor=None).count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_who_change_validity_one_is_told(turn, house):
    entry = kit.catalogued(house)

    def change(verb, by):
        return lambda: validity.change(fresh(entry), verb, on=clock.today(), note="理由", by=fresh(by))

    one_won(at_once(change("repeal", house.world.collector), change("lapse", house.world.moderator)), TooLate)
    assert entry.changes.count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_sweeps_follow_once(turn, house, write):
    revision = write("还没发布", upto="approve")
    entry = kit.catalogued(house, Article.objects.get(pk=revision.article_id))
    publishing.publish(revision, by=house.world.moderator)
    assert sum(at_once(reach.follow, reach.follow)) == 1
    assert fresh(entry).limits.get().met_at

"""Every published revision becomes one fact, once, as it was on its day."""

from datetime import UTC, datetime, timedelta

import pytest

from assessment.enums.facts import EventKind, Verdict
from assessment.models import Publication
from assessment.operations import facts
from assessment.queries import publications as queries
from portal import clock
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused
from publishing import operations
from publishing.models import Article
from publishing.operations import Draft
from publishing.operations.drafts import version_token

DAY = datetime(2026, 9, 15, 2, tzinfo=UTC)
OTHER = "<p>北桥所在辖区集贸市场开展计量器具专项检查，抽查电子秤三十余台，当场责令改正两户。</p>" * 3


@pytest.fixture
def published(write):
    """`published("标题", body=…)` on the given day: the article."""

    def make(title: str = "信息工作例会召开", *, at: datetime = DAY, **fields) -> Article:
        with clock.at(at):
            return Article.objects.get(pk=write(title, upto="publish", **fields).article_id)

    return make


def one(article: Article) -> Publication:
    return Publication.objects.get(article=article, kind=EventKind.FIRST)


def test_a_published_text_is_a_fact_of_its_unit_once(office, published):
    article = published()
    with clock.at(DAY):
        assert facts.gather() == 1
        assert facts.gather() == facts.gather_all() == 0
    fact = one(article)
    assert (fact.unit, fact.column, fact.site) == (office.section, office.news, office.main)
    assert (fact.on.isoformat(), fact.verdict, fact.like) == ("2026-09-15", Verdict.COUNTED, None)


def test_drafts_and_what_waits_are_no_facts(office, write):
    write()
    write(upto="approve")
    assert facts.gather() == 0


def test_without_a_department_it_is_the_sites(office, published):
    article = published()
    article.published_revision.department = None
    article.published_revision.save()
    facts.gather_all()
    assert one(article).unit == office.bureau


def test_a_later_version_is_an_update_and_no_item(office, published):
    article = published()
    facts.gather_all()
    with clock.at(DAY + timedelta(days=1)):
        draft = Draft(column=office.news, title="信息工作例会召开", body=OTHER, author_name="李岚")
        revision = operations.save(article, draft, by=office.collector, token=version_token(article))
        revision = operations.report(revision, by=office.collector)
        operations.approve(revision.steps.first(), by=office.head_person)
        revision.refresh_from_db()
        operations.publish(revision, by=office.moderator)
    assert facts.gather_all() == 1
    assert [fact.kind for fact in Publication.objects.order_by("pk")] == [EventKind.FIRST, EventKind.UPDATE]
    assert queries.counted(DAY.date(), DAY.date() + timedelta(days=3)).count() == 1


def test_the_date_written_on_the_text_counts_for_nothing(office, published):
    article = published(written_on=(DAY - timedelta(days=40)).date())
    facts.gather_all()
    assert one(article).on == DAY.date()


def test_an_article_moved_later_moves_no_fact(office, published):
    article = published()
    facts.gather_all()
    Article.objects.filter(pk=article.pk).update(column=office.exchange, department=office.station)
    assert facts.gather_all() == 0
    assert (one(article).column, one(article).unit) == (office.news, office.section)


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ({}, Verdict.REPOST),
        ({"title": "例会又开了"}, Verdict.REPOST),
        ({"body": OTHER}, Verdict.COUNTED),
    ],
)
def test_what_says_the_same_again_is_marked_with_the_first(office, published, second, found):
    first = published(body="<p>分局召开第四季度信息工作例会，部署年底前的重点工作。</p>" * 4)
    again = {"body": "<p>分局召开第四季度信息工作例会，部署年底前的重点工作。</p>" * 4} | second
    article = published(at=DAY + timedelta(days=2), **again)
    facts.gather_all()
    assert one(article).verdict == found
    assert one(article).like == (None if found == Verdict.COUNTED else one(first))


def test_a_text_cut_in_pieces_counts_once(office, published):
    first, second = published("工作简报（一）"), published("工作简报（二）", body=OTHER)
    facts.gather_all()
    assert [one(first).verdict, one(second).verdict] == [Verdict.COUNTED, Verdict.SPLIT]


def test_what_the_main_site_takes_over_counts_where_it_first_stood(office, published):
    first = published(column=office.sub_news, body=OTHER)
    taken = published(at=DAY + timedelta(days=1), body=OTHER)
    facts.gather_all()
    assert (one(taken).verdict, one(taken).like) == (Verdict.ADOPTED, one(first))


def test_the_office_overrules_with_a_reason_on_record(office, published):
    published("工作简报（一）")
    second = one_after_gathering(published("工作简报（二）", body=OTHER))
    with pytest.raises(Refused, match="理由"):
        facts.overrule(second, Verdict.COUNTED, by=office.chief_inspector, note=" ")
    with pytest.raises(NotAllowed, match="检查权限"):
        facts.overrule(second, Verdict.COUNTED, by=office.collector, note="两次会议")
    facts.overrule(second, Verdict.COUNTED, by=office.chief_inspector, note="两次会议，内容不同")
    second.refresh_from_db()
    assert (second.verdict, second.overruled_note) == (Verdict.COUNTED, "两次会议，内容不同")
    assert AuditEntry.objects.latest("pk").note == "拆分发布改为计入：两次会议，内容不同"


def test_nobody_overrules_for_their_own_unit(office, published):
    fact = one_after_gathering(published())
    with pytest.raises(NotAllowed, match="本单位"):
        facts.overrule(fact, Verdict.DUPLICATE, by=office.inspector, note="重复")


def one_after_gathering(article: Article) -> Publication:
    facts.gather_all()
    return one(article)

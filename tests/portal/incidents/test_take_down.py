"""一键撤下: the page concerned, by publishing's own operation; for 系统管理员 only while an incident is about it."""

import pytest

from portal import incidents
from portal.enums import IncidentKind
from portal.incidents import handling, pages
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused, TooLate
from publishing import operations
from publishing.models import Article


@pytest.fixture
def article(write) -> Article:
    return write(upto="publish").article


def report(article: Article, **more):
    return incidents.report(
        IncidentKind.ILLEGAL, "正文被插入不法链接", page=article.get_absolute_url(), **more
    )


def test_the_page_is_recognised_by_its_address(article, office):
    found = report(article)
    assert (found.page_kind, found.page_id, found.site) == ("article", article.pk, office.main)


@pytest.mark.parametrize("address", ["https://portal.example.cn/s/fenju/a/{}/?x=1", "/a/{}", "/a/{}/"])
def test_addresses_are_read_as_people_copy_them(address, article):
    assert pages.find(address.format(article.pk)).pk == article.pk


@pytest.mark.parametrize("address", ["", "/", "/a/", "/a/999999999/", "javascript:alert(1)", "/c/xinwen/"])
def test_what_is_no_page_is_kept_as_words(address, office):
    assert pages.find(address) is None


def test_a_draft_is_not_told_of(write):
    assert pages.find(write().article.get_absolute_url()) is None


def test_take_down_makes_readers_lose_it_at_once(client, article, office):
    url = article.get_absolute_url()
    assert client.get(url).status_code == 200
    handling.take_down(report(article), by=office.granter, note="不法链接")
    assert client.get(url).status_code == 410
    entries = AuditEntry.objects.filter(verb="take_down").order_by("id")
    assert [(one.object_type, one.actor) for one in entries] == [
        ("publishing.revision", office.granter), ("portal.incident", office.granter),
    ]  # fmt: skip


def test_without_an_incident_the_administrator_takes_nothing_down(article, office):
    with pytest.raises(NotAllowed, match="须先登记涉及这一页的安全事件"):
        operations.take_down(article, by=office.granter, note="不喜欢")
    with pytest.raises(NotAllowed, match="发布权限"):
        operations.take_down(article, by=office.inspector, note="不喜欢")


def test_an_incident_that_is_over_lends_no_right(article, office):
    handling.dismiss(report(article), by=office.granter, note="误报")
    with pytest.raises(NotAllowed):
        operations.take_down(article, by=office.granter, note="不喜欢")


def test_whoever_publishes_withdraws_as_usual(article, office):
    operations.take_down(article, by=office.moderator, note="有误")
    assert AuditEntry.objects.filter(verb="withdraw").count() == 1


def test_twice_is_too_late(article, office):
    found = report(article)
    handling.take_down(found, by=office.granter, note="不法链接")
    with pytest.raises(TooLate, match="已经不对外显示"):
        handling.take_down(found, by=office.granter, note="不法链接")


def test_an_incident_without_a_page_takes_nothing_down(office):
    found = incidents.report(IncidentKind.ATTACK, "大量异常登录")
    with pytest.raises(Refused, match="没有登记可以撤下的页面"):
        handling.take_down(found, by=office.granter, note="理由")

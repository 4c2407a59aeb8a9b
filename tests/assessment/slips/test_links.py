"""大庆第八条: three months without maintenance, and the link goes; the next publication brings it back."""

import pytest

from assessment.models import LinkRemoval
from assessment.operations.links import tend_links
from portal import clock, parameters
from portal.models import AuditEntry, Notice, Parameter, Site
from tests.assessment.slips.conftest import moment


@pytest.fixture(autouse=True)
def months(slips):
    rows = (("link_removal_months", 3), ("link_warning_days", 15))
    for key, value in rows:
        Parameter.objects.create(key=key, label=key, value=value, unit="", clause="大庆第八条")
    parameters.changed()


def tended(at: str) -> int:
    with clock.at(moment(at)):
        done = tend_links()
        assert tend_links() == 0
    return done


def is_linked(client) -> bool:
    page = client.get("/").content.decode()
    assert page.count('href="/s/beiqiao/"') in (0, 2)  # among the neighbours and in the footer, or nowhere
    return 'href="/s/beiqiao/"' in page


def test_warned_taken_away_and_given_back(slips, publish, client):
    publish("2026-06-01 10:00", slips.sub_news)
    assert tended("2026-08-17") == 0
    assert tended("2026-08-18") == 1  # fifteen days before 1 September
    assert is_linked(client)
    warned = Notice.objects.latest("pk")
    assert "2026-09-01 后仍未更新的，将撤消其在主站首页的链接" in warned.title
    assert tended("2026-09-01") == 0
    assert tended("2026-09-02") == 1
    assert not is_linked(client)
    assert client.get("/s/beiqiao/").status_code == 200
    row = LinkRemoval.objects.get()
    assert (row.removed_at, row.clause) == (moment("2026-09-02"), "大庆第八条")

    publish("2026-09-05 10:00", slips.sub_news)
    assert tended("2026-09-05 11:00") == 1  # a Saturday
    assert is_linked(client)
    told = {one.recipient.staff_number for one in Notice.objects.filter(key=f"link-{row.pk}-restore")}
    assert told >= {"inspector", "jiancha", "collector"}
    verbs = AuditEntry.objects.filter(object_type="portal.site").order_by("pk")
    assert [one.verb for one in verbs] == ["hide_link", "show_link"]


def test_an_update_after_the_warning_keeps_the_link(slips, publish, client):
    publish("2026-06-01 10:00", slips.sub_news)
    tended("2026-08-18")
    publish("2026-08-20 10:00", slips.sub_news)
    assert tended("2026-08-20 11:00") == 1
    assert tended("2026-09-02") == 0
    assert is_linked(client)
    assert "不再撤消首页链接" in Notice.objects.latest("pk").title


def test_nobody_loses_the_link_unwarned(slips, publish):
    publish("2026-03-02 10:00", slips.sub_news)
    assert tended("2026-09-07") == 1
    assert Site.objects.get(key="beiqiao").link_hidden_at is None
    assert tended("2026-09-21") == 0
    assert tended("2026-09-22") == 1


def test_on_days_off_nothing_is_taken_away(slips, publish):
    publish("2026-06-01 10:00", slips.sub_news)
    assert tended("2026-08-22") == 0  # a Saturday


def test_without_the_rule_nothing_is_taken_and_all_is_given_back(slips, publish):
    publish("2026-06-01 10:00", slips.sub_news)
    tended("2026-08-18")
    tended("2026-09-02")
    Parameter.objects.filter(key="link_removal_months").update(value=None)
    parameters.changed()
    assert tended("2026-09-03") == 1
    assert Site.objects.get(key="beiqiao").link_hidden_at is None

"""Pages of the other apps follow what the audit trail is told, without anybody saying so."""

from columns.models import Column
from interaction.models import Comment, Question
from portal import audit
from portal.models import StalePage
from portal.operations import hide_link


def waiting(site: str = "fenju") -> set[str]:
    return set(StalePage.objects.filter(site=site).values_list("path", flat=True))


def test_whatever_is_recorded_of_a_question_renews_its_lists(office, press):
    press.publish_all()
    list_page = press.file("questions/")
    assert list_page.exists()
    question = Question(pk=1, site=office.main, column=office.news, title="怎样年检")
    audit.record("refer", "转交", question, actor=office.moderator)
    assert waiting() == {"questions/", "c/yaowenbaodao/"}
    assert not list_page.exists()


def test_a_comment_renews_the_page_of_its_article(office, write, press):
    article = write(upto="publish").article
    press.drain()
    Column.objects.filter(pk=office.news.pk).update(takes_comments=True)
    audit.record("approve", "通过", Comment(pk=1, article=article), actor=office.moderator)
    assert waiting() == {f"a/{article.pk}/"}


def test_what_no_page_shows_concerns_none(office, press):
    audit.record("read", "查阅", office.staff, actor=office.moderator)
    assert not StalePage.objects.exists()


def test_a_hidden_site_leaves_the_home_page_of_the_main_one(office, press):
    press.publish_all()
    assert "/s/beiqiao/" in press.text("")
    hide_link(office.sub, by=office.system, note="逾期未更新", clause="大庆第八条")
    press.publish_all()
    assert "/s/beiqiao/" not in press.text("")

"""Synthetic volume: as much as asked for, whole by every check, and never beside real data."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessment.models import Publication
from assessment.operations import facts
from columns.models import Column
from interaction.models import Letter
from portal import audit
from portal.models import AuditEntry, Department, Limit, Site, User
from portal.presets import volume
from publishing.models import Article, Revision

pytestmark = pytest.mark.django_db


def generate(**asked) -> str:
    said = StringIO()
    call_command("generate_load", stdout=said, **asked)
    return said.getvalue()


@pytest.fixture
def made(db, monkeypatch):
    """In several batches."""
    for module in (volume.articles, volume.letters):
        monkeypatch.setattr(module, "BATCH", 100)
    return json.loads(generate(articles=230, departments=30, letters=120, format="json"))


def test_an_empty_house_gets_what_was_asked_for(made, client):
    assert {name: made[name] for name in ("articles", "departments", "letters")} == {
        "articles": 230, "departments": 30, "letters": 120,
    }  # fmt: skip
    assert (Article.objects.live().count(), Letter.objects.count()) == (230, 120)
    assert (Site.objects.count(), Column.objects.count(), Department.objects.count()) == (1, 42, 31)
    assert client.get("/").status_code == 200


def test_every_article_has_all_that_operations_leave_behind(made, client):
    article = Article.objects.select_related("published_revision").latest("published_at")
    revision = article.published_revision
    assert (revision.article, revision.state, revision.title) == (article, "PUBLISHED", article.title)
    assert Article.objects.filter(published_revision=None).count() == 0
    assert [Revision.objects.count(), Revision.history.count(), Publication.objects.count()] == [230] * 3
    assert facts.gather_all() == 0
    assert client.get(article.get_absolute_url()).status_code == 200
    assert client.get(article.column.get_absolute_url()).status_code == 200
    assert article.title in client.get("/search/", {"q": article.title}).content.decode()


def test_the_trail_holds_and_tells_of_everything(made):
    assert audit.verify() == audit.Verdict(2 * 230 + 120)
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"create", "publish", "write"}


def test_every_letter_has_its_clock_and_its_way(made):
    letter = Letter.objects.filter(state="IN_HAND").first()
    assert Limit.objects.count() == 120
    assert (letter.limits.get().met_at, letter.path.get().to_department) == (None, letter.department)
    assert Letter.objects.filter(state="IN_HAND").count() == 2


def test_texts_differ(made):
    titles = set(Article.objects.values_list("title", flat=True))
    bodies = set(Revision.objects.values_list("body", flat=True))
    assert (len(titles), len(bodies)) == (230, 230)
    assert 400 < sum(map(len, bodies)) / len(bodies) < 3000


def test_more_may_be_added(made):
    generate(articles=10, letters=10)
    assert (Article.objects.count(), Letter.objects.count()) == (240, 130)
    assert audit.verify().bad_id is None


def test_nothing_is_generated_beside_real_people(office):
    User.objects.create_user("zhangsan", name="真实人员")
    with pytest.raises(CommandError, match="库中有真实人员"):
        generate(articles=10)
    assert not Article.objects.exists()


def test_nothing_is_generated_with_production_settings(db, settings):
    settings.SESSION_COOKIE_SECURE = True
    with pytest.raises(CommandError, match="正式运行的设置"):
        generate(articles=10)


@pytest.mark.parametrize("asked", [{}, {"articles": -1}, {"letters": 10_000_001}])
def test_a_wrong_number_is_refused(db, asked):
    with pytest.raises(CommandError, match="请写明生成多少"):
        generate(**asked)

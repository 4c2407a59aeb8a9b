"""Kinds of columns and blocks below articles: registered by whoever knows them, asked by the pages."""

import pytest

from columns.enums import ColumnKind
from interaction.views.questions import public as questions
from publishing import below, kinds
from publishing.views import public

pytestmark = pytest.mark.django_db


def test_every_kind_of_column_has_its_page():
    assert {kind: kinds.page_of(kind) for kind in ColumnKind.values} == {
        "ARTICLES": public.column_of_articles, "PAGE": public.column_of_one_page,
        "QUESTIONS": questions.column_of_questions,
    }  # fmt: skip
    assert kinds.page_of("UNKNOWN") is public.column_of_articles


def test_blocks_below_an_article_come_in_their_order(monkeypatch):
    monkeypatch.setattr(below, "_blocks", {})
    for key, place in (("later", 20), ("first", 10)):
        below.register(below.Block(key, place, "", lambda *_: None))
    assert [one.key for one in below.blocks()] == ["first", "later"]


def test_a_block_with_nothing_to_show_leaves_no_trace(client, article, forum):
    forum.exchange.takes_comments = False
    forum.exchange.save()
    found = client.get(article.get_absolute_url()).content.decode()
    assert "comments.css" not in found

"""Texts published on given days, each registered as a fact."""

from datetime import timedelta

import pytest

from assessment.operations import facts
from columns.models import Column
from portal import clock
from publishing.models import Article


@pytest.fixture
def published(write):
    """`published("标题", days_ago=3, column=…)`: the article, its fact registered."""

    def make(
        title: str = "信息工作例会召开", *, days_ago: int = 0, column: Column | None = None, **fields
    ) -> Article:
        then = clock.now() - timedelta(days=days_ago)
        with clock.at(then):
            article = Article.objects.get(pk=write(title, column=column, upto="publish", **fields).article_id)
        facts.gather_all()
        return article

    return make

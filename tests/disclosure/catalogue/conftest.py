from types import SimpleNamespace

import pytest
from django.test import Client

from disclosure.models import CatalogueEntry
from publishing.models import Article
from tests.disclosure.catalogue import kit


@pytest.fixture
def house(office) -> SimpleNamespace:
    return kit.furnish(office)


@pytest.fixture
def catalogued(house):
    """`catalogued(title=…)` registers an entry by the keeper; `text=True` with an article that is online."""

    def make(article: Article | None = None, **said) -> CatalogueEntry:
        return kit.catalogued(house, article, **said)

    return make


@pytest.fixture
def online(write):
    """An article that went its route and is online."""
    return lambda title="行政许可办理规定", **more: Article.objects.get(
        pk=write(title, upto="publish", **more).article_id
    )


@pytest.fixture
def signed_in(house):
    """`signed_in("collector")`: somebody signed in."""

    def sign_in(name: str) -> Client:
        found = Client()
        found.force_login(getattr(house.world, name, None) or getattr(house, name))
        return found

    return sign_in

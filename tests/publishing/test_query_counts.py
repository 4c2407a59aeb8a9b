"""How often the public pages ask the database, cold and anonymous: the same with one row and with thirty."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from columns.enums import Readers
from columns.models import Column


@pytest.fixture
def count(client):
    def ask(address: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return ask


@pytest.fixture
def restricted(office):
    """A column for named departments: it must not cost the others' pages anything."""
    column = Column.objects.create(
        site=office.main, name="内部管理", slug="neibuguanli", position=30, readers=Readers.DEPARTMENTS
    )
    column.reader_departments.add(office.section)


@pytest.mark.usefixtures("restricted")
@pytest.mark.parametrize(("page", "limit"), [("home", 12), ("column", 7), ("article", 7)])
def test_page_asks_as_often_for_thirty_rows_as_for_one(write, office, count, page, limit):
    first = write("第一篇", upto="publish").article
    addresses = {"home": "/", "column": office.trends.get_absolute_url(), "article": first.get_absolute_url()}
    with_one = count(addresses[page])
    for number in range(29):
        write(f"第 {number} 篇", upto="publish", column=(office.news, office.exchange)[number % 2])
    assert count(addresses[page]) == with_one
    assert with_one <= limit


def test_search_asks_as_often_for_thirty_rows_as_for_one(write, count):
    write("例会 0", upto="publish")
    with_one = count("/search/?q=例会")
    for number in range(1, 30):
        write(f"例会 {number}", upto="publish")
    assert count("/search/?q=例会") == with_one

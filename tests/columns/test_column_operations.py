"""Adding, renaming, moving and hiding columns."""

import pytest

from columns import operations
from columns.enums import Placement
from columns.models import Column
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused


def test_new_main_column_stands_last(office):
    column = Column(site=office.main, name="专题", slug="zhuanti")
    operations.save_column(column, by=office.moderator)
    names = (
        Column.objects.filter(site=office.main, parent=None)
        .order_by("position")
        .values_list("name", flat=True)
    )
    assert list(names) == ["工作动态", "业务交流", "专题"]


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"name": "要闻"}, "栏目更名"),
        ({"placement": Placement.UNLISTED}, "隐藏栏目"),
        ({"content_note": "说明"}, "修改栏目"),
        ({"parent": None}, "移动栏目"),
    ],
)
def test_change_is_recorded_by_its_kind_and_keeps_the_address(office, change, label):
    column = Column.objects.get(pk=office.news.pk)
    address = column.get_absolute_url()
    for name, value in change.items():
        setattr(column, name, value)
    operations.save_column(column, by=office.moderator)
    assert AuditEntry.objects.latest("id").label == label
    assert Column.objects.get(pk=column.pk).get_absolute_url() == address


def test_moving_below_itself_is_refused(office):
    office.trends.parent = office.news
    with pytest.raises(Refused, match="自己的下级") as refusal:
        operations.save_column(office.trends, by=office.moderator)
    assert refusal.value.field == "parent"


def test_moving_to_another_site_is_refused(office):
    office.news.parent = office.sub_news
    with pytest.raises(Refused, match="同一站点"):
        operations.save_column(office.news, by=office.moderator)


def test_without_the_power_nothing_changes(office):
    office.news.name = "改名"
    with pytest.raises(NotAllowed):
        operations.save_column(office.news, by=office.collector)
    assert Column.objects.get(pk=office.news.pk).name == "要闻报道"


def test_move_swaps_neighbours_and_stops_at_the_end(office):
    operations.move(office.exchange, by=office.moderator, up=True)
    operations.move(office.exchange, by=office.moderator, up=True)
    row = Column.objects.filter(site=office.main, parent=None).order_by("position")
    assert [column.name for column in row] == ["业务交流", "工作动态"]

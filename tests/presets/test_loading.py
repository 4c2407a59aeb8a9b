"""Loading the default preset: complete, twice harmless, never over the office's edits."""

import json

import pytest
from django.core.management import CommandError, call_command

from columns.models import Cadence, Column, Responsibility, ReviewRoute, Role
from columns.queries import division
from portal import presets
from portal.models import AuditEntry, Department, PresetRecord, Site


def counts() -> dict[str, int]:
    nouns = (Department, Site, Role, ReviewRoute, Column, Cadence, Responsibility, PresetRecord, AuditEntry)
    return {noun.__name__: noun.objects.count() for noun in nouns}


def test_every_site_gets_its_own_instance_of_the_template(jiangsu):
    names = {
        site.key: list(
            Column.objects.filter(site=site, parent=None).order_by("position").values_list("name", flat=True)
        )
        for site in Site.objects.all()
    }
    expected = ["单位概况", "工作动态", "业务交流", "队伍建设", "内部管理", "局务公开", "公告通知"]
    assert names == dict.fromkeys(("fenju", "beiqiao", "nanhu", "xiyuan"), expected)


def test_loading_twice_changes_nothing(jiangsu):
    before = counts()
    again = presets.load("jiangsu")
    assert (again.created, again.updated, again.kept) == (0, 0, [])
    assert counts() == before


def test_edits_of_the_office_are_kept_and_reported(jiangsu):
    column = Column.objects.get(site__key="beiqiao", slug="yaowenbaodao")
    column.name = "北桥要闻"
    column.save()
    again = presets.load("jiangsu")
    column.refresh_from_db()
    assert (column.name, again.updated) == ("北桥要闻", 0)
    assert [(one.key, one.preset, one.current) for one in again.kept] == [
        ("beiqiao/yaowenbaodao", "要闻报道", "北桥要闻")
    ]


def test_what_nobody_edited_follows_a_new_version_of_the_preset(jiangsu):
    column = Column.objects.get(site__key="fenju", slug="yaowenbaodao")
    record = PresetRecord.objects.get(kind="栏目", key="fenju/yaowenbaodao")
    record.values["content_note"] = column.content_note = "旧版说明"
    record.save()
    column.save()
    again = presets.load("jiangsu")
    column.refresh_from_db()
    assert (again.updated, again.kept, column.content_note) == (
        1, [], "系统内的重大活动、重要会议、重点工作的部署、进程和成果等",
    )  # fmt: skip


def test_duties_that_the_office_took_away_stay_away_and_are_reported(jiangsu):
    taken = Responsibility.objects.filter(column__site__key="fenju", column__slug="lianzhengzhisheng")
    taken.delete()
    again = presets.load("jiangsu")
    assert not taken.exists()
    assert [(one.key, one.current) for one in again.kept] == [
        ("fenju/lianzhengzhisheng/jianchashi", "已取消")
    ]


def test_duties_that_an_earlier_version_did_not_know_are_added(jiangsu):
    row = Responsibility.objects.get(column__site__key="fenju", column__slug="lianzhengzhisheng")
    record = PresetRecord.objects.get(kind="分工", key="fenju/lianzhengzhisheng/jianchashi")
    del record.values["reviews"], record.values["publishes"]
    record.save()
    row.reviews = False
    row.save()
    again = presets.load("jiangsu")
    row.refresh_from_db()
    assert (again.updated, again.kept, row.reviews) == (1, [], True)


def test_no_column_of_the_preset_is_without_an_owner(jiangsu):
    """JS-6; 业务交流 is shared out among its sub-columns (实施意见三（二）)."""
    found = {site.key: division(site).without_owner() for site in Site.objects.all()}
    assert found == {key: [] for key in ("fenju", "beiqiao", "nanhu", "xiyuan")}


def test_command_tells_what_happened(db, capsys):
    call_command("load_preset", "jiangsu")
    assert "新增" in capsys.readouterr().out
    with pytest.raises(CommandError, match="没有这个制度预设"):
        call_command("load_preset", "atlantis")


def test_presets_command_prints_one_json_document(db, capsys):
    call_command("presets", "--format", "json")
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    row = next(row for row in json.loads(out) if row["name"] == "jiangsu")
    assert sorted(row) == ["articles", "enforced", "human", "name", "source", "title"]
    assert row["articles"] == row["enforced"] + row["human"] == 29

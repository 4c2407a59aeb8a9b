"""The national thresholds and the column types are data that the schema knows, and that jiangsu's columns fit."""

import yaml
from django.conf import settings

from assessment.rules.standard import numbers, standard
from columns.models import Column
from columns.queries import tree
from columns.rules import type_of
from portal import parameters
from portal.models import Site
from portal.presets import load
from portal.presets.source import read_file

TYPES = {"概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "信息公开目录", "咨询投诉"}


def test_the_national_files_are_as_the_schema_says():
    for name in ("self_check.yaml", "column_types.yaml"):
        assert read_file(settings.PRESETS_DIR / name, name)
    assert {one["key"] for one in standard()["thresholds"]} == set(numbers())


def test_every_number_the_visitor_needs_is_a_parameter():
    wanted = {"minutes", "hour", "pages", "articles", "links", "kilobytes", "full_days", "keep_days"}
    assert {f"visit_{name}" for name in wanted} < set(parameters.standard())


def test_jiangsus_columns_have_types_and_the_right_ones_are_watched(db):
    load("jiangsu")
    columns = tree(Site.objects.get(key="fenju"))
    assert {type_of(one, columns).name for one in columns} == TYPES
    watched = {type_of(one, columns).watch: one.slug for one in columns}
    by_kind = {
        watch: {
            one.slug for one in columns if type_of(one, columns).watch == watch and not columns.children(one)
        }
        for watch in ("news", "notice")
    }
    assert by_kind == {
        "news": {"yaowenbaodao", "gongzuojianbao"},
        "notice": {"guizhangzhidu", "gonggaotongzhi"},
    }
    assert set(watched) == {"", "news", "notice"}
    assert parameters.value("build_up_least") == 5


def test_a_type_is_told_by_class_too_and_by_what_stands_above(db, office, settings, tmp_path):
    text = {"otherwise": "工作动态", "types": [{"type": "数据发布", "watch": "notice", "classes": ["统计"]}]}
    (tmp_path / "column_types.yaml").write_text(yaml.safe_dump(text, allow_unicode=True))
    settings.PRESETS_DIR = tmp_path
    Column.objects.filter(pk=office.trends.pk).update(update_class="统计")
    columns = tree(Site.objects.get(key="fenju"))
    assert type_of(columns.get(office.news.pk), columns).name == "数据发布"
    assert type_of(columns.get(office.exchange.pk), columns).watch == ""

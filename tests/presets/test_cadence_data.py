"""The regulations' update limits and lists as data: of the form of the schema, with the numbers of their clauses."""

import pytest
import yaml
from django.conf import settings

from assessment.queries.conditions import condition
from columns import preset
from columns.enums import CadenceRule, CadenceState
from columns.models import Cadence, Column, Role
from columns.operations import cadences as operations
from columns.rules.cadences import Filing
from portal.models import User
from portal.preset_merge import Merge
from portal.presets import source

FOLDERS = ("jiangsu", "shijiazhuang", "daqing", "quality", "cixi")


def rows(name: str) -> list[dict]:
    return source.read_file(settings.PRESETS_DIR / name / "cadences.yaml", "cadences.yaml")["cadences"]


@pytest.mark.parametrize("name", FOLDERS)
def test_every_file_is_as_the_schema_says_and_names_its_clause(name):
    assert all("条" in row["clause"] for row in rows(name))


def test_the_numbers_are_those_of_the_regulations():
    said = {
        name: [(row["rule"], row.get("count") or row.get("days"), row.get("period")) for row in rows(name)]
        for name in FOLDERS[1:]
    }
    assert said == {
        "shijiazhuang": [("MAX_SILENCE", 7, None)] * 2 + [("ON_CHANGE", None, None)] * 2,
        "daqing": [("ON_CHANGE", None, None), ("AT_LEAST", 2, "WEEK"), ("AT_LEAST", 20, "MONTH")],
        "quality": [("AT_LEAST", 1, "DAY"), ("AT_LEAST", 1, "WEEK"), ("FIXED_DATES", 9, None)],
        "cixi": [("MAX_SILENCE", 5, None)],
    }
    assert rows("quality")[2]["dates"] == ["01-10", "07-10"]
    assert rows("cixi")[0] | {"clause": ""} == {
        "sites": "SUBSITES", "together": True, "rule": "MAX_SILENCE", "days": 5, "working": True, "clause": "",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["shijiazhuang", "changshan"])
def test_conditions_of_praise_and_criticism_are_as_the_schema_says(name):
    assert source.read_file(settings.PRESETS_DIR / name / "mentions.yaml", "mentions.yaml")["conditions"]


def test_the_story_of_slips_names_people_units_and_conditions_that_are_there():
    demo = settings.PRESETS_DIR / "jiangsu" / "demo"
    story = source.read_file(demo / "slips.yaml", "slips.yaml")["story"]
    people = {one["staff_number"] for one in source.read_file(demo / "people.yaml", "people.yaml")["people"]}
    departments = source.read_file(demo.parent / "departments.yaml", "departments.yaml")["departments"]
    assert {one["by"] for one in story} <= people
    assert {one["department"] for one in story if "department" in one} <= {one["key"] for one in departments}
    assert all(condition(one["condition"]) for one in story if "condition" in one)


def test_keys_of_conditions_are_given_once():
    files = settings.PRESETS_DIR.glob("*/mentions.yaml")
    keys = [row["key"] for file in files for row in yaml.safe_load(file.read_text())["conditions"]]
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{rule: ON_CHANGE, clause: 测试}", "须写明其一：column、update_class、site、sites、department"),
        ("{column: a, rule: AT_LEAST, count: 1, clause: 测试}", "缺少“period”"),
        ("{column: a, rule: MAX_SILENCE, clause: 测试}", "缺少“days”"),
        ("{column: a, rule: FIXED_DATES, dates: ['13-01'], clause: 测试}", "应为月-日"),
    ],
)
def test_a_wrong_row_is_said_with_its_line(tmp_path, row, said):
    file = tmp_path / "cadences.yaml"
    file.write_text(f"cadences:\n  - {row}\n")
    with pytest.raises(source.PresetError, match=said) as error:
        source.read_file(file, "cadences.yaml")
    assert error.value.line == 2


def loaded(data: list[dict], office) -> Merge:
    merge = Merge("test")
    columns = {(one.site.key, one.slug): one for one in Column.objects.select_related("site")}
    preset.load_cadences({"cadences": data}, columns, merge)
    return merge


def test_every_form_is_loaded_once_however_often(office):
    data = [row for name in ("shijiazhuang", "daqing", "quality", "cixi") for row in rows(name)]
    data += [
        {"column": "yaowenbaodao", "sites": "MAIN", "rule": "WITHIN_DAYS", "days": 3, "clause": "测试第一条"},
        {
            "department": "bangongshi",
            "rule": "AT_LEAST",
            "count": 1,
            "period": "WEEK",
            "clause": "测试第二条",
        },
        {"column": "yewujiaoliu", "rule": "AT_LEAST", "count": 2, "period": "WEEK", "clause": "测试第三条"},
        {"column": "yewujiaoliu", "rule": "AT_LEAST", "count": 20, "period": "MONTH", "clause": "测试第三条"},
    ]
    first = loaded(data, office)
    assert (first.created, Cadence.objects.count()) == (len(data), len(data))
    assert Cadence.objects.get(site=office.sub).working
    assert Cadence.objects.get(rule=CadenceRule.FIXED_DATES).dates == "01-10,07-10"
    again = loaded(data, office)
    assert (again.created, again.updated, again.kept) == (0, 0, [])


def test_what_a_unit_filed_or_the_office_ended_stays(office):
    data = [{"column": "yewujiaoliu", "rule": "MAX_SILENCE", "days": 7, "clause": "测试第一条"}]
    Role.objects.get(key="COLLECTOR")
    filing = Filing(
        department=office.bureau, column=office.exchange, rule=CadenceRule.MAX_SILENCE, days=30, clause="细则"
    )
    office.bureau.head = office.signer
    office.bureau.save()
    own = operations.file(filing, by=User.objects.get(pk=office.signer.pk))
    loaded(data, office)
    Cadence.objects.filter(filed_by=None).update(state=CadenceState.ENDED)
    loaded(data, office)
    own.refresh_from_db()
    assert (own.days, Cadence.objects.count(), Cadence.objects.get(filed_by=None).state) == (30, 2, "ENDED")

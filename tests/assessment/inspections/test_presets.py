"""What the regulations list is data of the right shape, with clauses; keys are never used twice."""

import pytest
from django.conf import settings

from assessment.models import Inspection, InspectionCheck
from assessment.queries import catalogues
from portal.presets import source

FILES = [
    path
    for name in ("checklists", "violations", "contests")
    for path in settings.PRESETS_DIR.glob(f"*/{name}.yaml")
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_has_the_shape_of_the_schema(path):
    assert source.read_file(path, path.name)


def test_the_sample_story_has_the_shape_of_the_schema():
    path = settings.PRESETS_DIR / "jiangsu" / "demo" / "inspections.yaml"
    assert source.read_file(path, path.name)["inspections"]


def test_checklists_name_each_item_once_and_fit_their_fields():
    label, look = (InspectionCheck._meta.get_field(name).max_length for name in ("label", "look"))
    for one in catalogues.checklists().values():
        keys = [item["key"] for item in one["items"]]
        assert len(keys) == len(set(keys))
        assert all(len(item["label"]) <= label and len(item["look"]) <= look for item in one["items"])
        assert len(one["name"]) <= Inspection._meta.get_field("checklist_name").max_length


def test_the_article_looks_at_updating_security_and_maintenance():
    groups = {item["group"] for item in catalogues.checklists()["jiangsu-lanmu"]["items"]}
    assert groups == {"信息更新维护", "安全管理", "运行维护"}


def test_kinds_of_violation_have_keys_of_their_own():
    lists = [
        row
        for path in FILES
        if path.stem == "violations"
        for row in source.read_file(path, path.name)["violations"]
    ]
    assert len(catalogues.situations()) == sum(len(one["items"]) for one in lists)


def test_what_the_sample_story_names_is_there():
    told = source.read_file(
        settings.PRESETS_DIR / "jiangsu" / "demo" / "inspections.yaml", "inspections.yaml"
    )
    assert {row["checklist"] for row in told["inspections"]} <= set(catalogues.checklists())
    assert {row["item"] for row in told["violations"]} <= set(catalogues.situations())
    assert {row["kind"] for row in told["contests"]} <= set(catalogues.formulas())
    for row in told["inspections"]:
        keys = {item["key"] for item in catalogues.checklists()[row["checklist"]]["items"]}
        assert {fault["key"] for fault in row.get("faults", [])} | set(row.get("not_applicable", [])) <= keys

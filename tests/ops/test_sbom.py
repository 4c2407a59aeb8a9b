"""The list of what the product is made of is whole, and what is installed is what is pinned."""

import json

from scripts import sbom


def test_what_is_installed_is_what_is_pinned():
    assert sbom.faults() == []


def test_the_list_names_every_required_package_with_version_licence_and_what_it_needs(tmp_path):
    assert sbom.main([str(tmp_path / "sbom.json")]) == 0
    made = json.loads((tmp_path / "sbom.json").read_text())
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.5")
    versions = {one["name"].lower(): one["version"] for one in made["components"]}
    assert {one.name.lower() for one in sbom.wanted("requirements.txt")} <= versions.keys()
    refs = {one["bom-ref"] for one in made["components"]}
    assert {ref for one in made["dependencies"] for ref in (one["ref"], *one["dependsOn"])} <= refs
    assert "未知" not in versions.values()
    assert all(one["licenses"][0]["license"]["name"] != "未注明" for one in made["components"])
    assert (tmp_path / "licences.md").read_text().count("\n") == len(made["components"]) + 2


def test_a_package_of_another_version_is_told(monkeypatch):
    monkeypatch.setattr(sbom, "pins", lambda: {"django": "1.0"})
    told = sbom.faults()
    assert next(one for one in told if one.startswith("django ")).endswith("constraints.txt 写的是 1.0")

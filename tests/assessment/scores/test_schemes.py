"""The schemes of all presets: what they say, how they are checked, kept and made anew."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from assessment import preset
from assessment.models import Scheme
from assessment.operations import schemes as operations
from assessment.operations.schemes import Change, IndicatorChange
from assessment.queries.facts.base import FACTS
from assessment.queries.schemes import readable
from portal.preset_merge import Merge
from portal.presets import PresetError, source
from portal.workflow import NotAllowed, Refused, TooLate

KEYS = {
    "benxi", "changshan", "cixi", "daqing", "education", "fujian", "hotline12365", "jiangsu", "mashan", "meteorology",
    "quality", "shijiazhuang",
}  # fmt: skip


def files() -> list:
    return source.read_schemes()


def test_every_regulation_has_its_scheme_and_none_contradicts_itself():
    assert {row["key"] for _, data in files() for row in data["schemes"]} == KEYS
    assert list(preset.faults(files())) == []


def test_every_indicator_cites_its_clause_and_reads_in_words(office):
    for scheme in office.schemes.values():
        for row in readable(scheme):
            assert row["rules"].clause
            assert row["how"]
            assert row["fact"] is None or row["fact"].explains


def test_every_source_of_facts_names_kinds_and_explains_itself():
    assert all(fact.kinds and fact.explains.endswith("。") for fact in FACTS.values())


def test_mashan_is_as_the_regulation_says(office):
    scheme = office.schemes["mashan"]
    assert (scheme.self_score_day, scheme.fix_day, scheme.sums_up_by, scheme.pass_mark) == (
        10,
        15,
        "01-31",
        60,
    )
    assert [(one["name"], one["places"]) for one in scheme.awards] == [
        ("一等奖", 1),
        ("二等奖", 2),
        ("三等奖", 3),
    ]
    found = {one.key: one.settings for one in scheme.indicators.all()}
    assert [item["points"] for item in found["leadership"]["items"]] == [10, 5, 5, 10]
    assert found["frequency"] == {"weekly": 30, "half_monthly": 20, "monthly": 10}
    assert found["volume"] == {"per_item": 6}


def test_ten_violations_of_fujian_and_two_points_of_benxi(office):
    fujian = office.schemes["fujian"].indicators.all()
    assert [(one.settings["item"], one.most) for one in fujian] == [(f"f35-{n}", 10) for n in range(1, 11)]
    assert [one.most for one in office.schemes["benxi"].indicators.all()] == [
        1,
        Decimal("0.5"),
        Decimal("0.5"),
    ]
    assert office.schemes["benxi"].joint_offices == 3


def test_loading_again_changes_nothing_and_keeps_what_the_office_edited(office):
    load = lambda: preset.load([data for _, data in files()], (), merge)  # noqa: E731
    merge = Merge("test")
    load()
    assert (merge.created, merge.updated, merge.kept) == (0, 0, [])
    Scheme.objects.filter(key="mashan").update(pass_mark=70)
    merge = Merge("test")
    load()
    assert [(one.key, one.field, one.current) for one in merge.kept] == [("mashan/1", "及格分", "70.00")]
    assert Scheme.objects.get(key="mashan").pass_mark == 70


@pytest.fixture
def written(tmp_path, settings):
    """`written(change)`: presets of one scheme, 大庆 with `change` applied; raises what loading would."""

    def check(change) -> None:
        data = yaml.safe_load((settings.PRESETS_DIR / "daqing" / "schemes.yaml").read_text())
        change(data["schemes"])
        (tmp_path / "daqing").mkdir()
        (tmp_path / "schema.yaml").write_text((settings.PRESETS_DIR / "schema.yaml").read_text())
        path = tmp_path / "daqing" / "schemes.yaml"
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
        settings.PRESETS_DIR = Path(tmp_path)
        for file, steps, message in preset.faults(source.read_schemes()):
            raise source.complaint(file, steps, message)

    return check


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows[0].update(full_marks=90), "“full_marks”：各指标最高分合计 100，与满分 90 不符"),
        (lambda rows: rows[0]["indicators"][0].update(fact="guessed"), "“fact”：没有“guessed”这个事实来源"),
        (
            lambda rows: rows[0]["indicators"][1].update(fact="violations"),
            "“fact”：“violations”不能用于“分档计分”",
        ),
        (lambda rows: rows[0]["indicators"][0].update(kind="GUESSED"), "“GUESSED”应为其中之一"),
        (lambda rows: rows[0]["indicators"][1].update(settings={}), "“settings”：“分档计分”须有“bands”"),
        (lambda rows: rows[0].update(starts_on="去年"), "“starts_on”：应为日期"),
        (lambda rows: rows.append(rows[0] | {"version": 2}), "“daqing”两个版本的施行期重叠"),
    ],
    ids=["marks", "unknown fact", "fact of another kind", "unknown kind", "no bands", "no date", "overlap"],
)
def test_what_is_wrong_is_said_with_file_line_and_key(written, change, words):
    with pytest.raises(PresetError) as error:
        written(change)
    assert "schemes.yaml 第" in str(error.value)
    assert words in str(error.value)


def change(**fields) -> Change:
    fields = {
        "starts_on": date(2027, 1, 1), "full_marks": None, "pass_mark": Decimal(70), "objection_days": 3,
        "rectify_days": 15, **fields,
    }  # fmt: skip
    return Change(**fields)


def test_a_new_version_holds_from_its_day_and_the_old_one_stays(office):
    old = office.schemes["mashan"]
    numbers = {"volume": IndicatorChange(None, {"per_item": 5})}
    new = operations.new_version(old, change(indicators=numbers), by=office.chief_inspector)
    old.refresh_from_db()
    assert (old.ends_on, old.pass_mark, old.indicators.get(key="volume").settings) == (
        date(2026, 12, 31), 60, {"per_item": 6},
    )  # fmt: skip
    assert (new.version, new.starts_on, new.pass_mark, new.indicators.get(key="volume").settings) == (
        2, date(2027, 1, 1), 70, {"per_item": 5},
    )  # fmt: skip
    assert Scheme.objects.on(date(2026, 12, 31)).get(key="mashan") == old
    assert Scheme.objects.on(date(2027, 1, 1)).get(key="mashan") == new
    with pytest.raises(TooLate, match="已有第 2 版"):
        operations.new_version(old, change(), by=office.chief_inspector)
    with pytest.raises(Refused, match="新版须在现行版施行"):
        operations.new_version(new, change(), by=office.chief_inspector)


def test_a_new_version_whose_marks_do_not_add_up_is_refused(office):
    with pytest.raises(Refused) as refusal:
        operations.new_version(
            office.schemes["daqing"], change(full_marks=Decimal(90)), by=office.chief_inspector
        )
    assert (refusal.value.field, Scheme.objects.filter(key="daqing").count()) == ("full_marks", 1)


def test_only_who_assesses_takes_a_scheme_into_use(office):
    with pytest.raises(NotAllowed):
        operations.use(office.schemes["daqing"], by=office.moderator)
    assert operations.use(office.schemes["daqing"], by=office.chief_inspector).is_used
    with pytest.raises(TooLate):
        operations.use(office.schemes["daqing"], by=office.chief_inspector)
    assert not operations.stop(office.schemes["daqing"], by=office.chief_inspector).is_used

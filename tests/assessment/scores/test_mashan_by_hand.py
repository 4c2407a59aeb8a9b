"""麻山第三条 on a crafted month: every figure as counted by hand, every figure opens what it was counted from."""

import json
from decimal import Decimal
from io import StringIO

from django.core.management import call_command

from assessment.enums.facts import Verdict
from assessment.models import Publication
from assessment.operations import facts, scoring
from assessment.queries import evidence
from tests.assessment.scores.conftest import FIRST, of_unit, point, points, put_online


def test_a_crafted_month_equals_the_hand_calculation(office):
    section, station, supervision = (
        of_unit(office.round, unit) for unit in (office.section, office.station, office.supervision)
    )
    assert points(section) == {"leadership": None, "frequency": 30, "volume": 30, "documents": 0}
    assert points(station) == {"leadership": None, "frequency": 20, "volume": 12, "documents": 0}
    assert points(supervision) == {"leadership": None, "frequency": 0, "volume": 0, "documents": 0}
    assert [one.total for one in (section, station, supervision)] == [60, 32, 0]


def test_every_figure_opens_its_evidence(office):
    for key in ("frequency", "volume"):
        listing = evidence.page(point(office.round, office.section, key), 1)
        assert {line.title for line in listing} == {one.title for one in office.texts}
        assert [line.counted for line in listing] == [True] * 5
    assert evidence.page(point(office.round, office.section, "leadership"), 1) is None


def test_what_repeats_another_text_does_not_count_and_shows_which(october):
    put_online(october, 25, october.station, title="换个题目再发", seed=520)
    facts.gather_all()
    scoring.recompute(october.round)
    assert points(of_unit(october.round, october.station))["volume"] == 12
    line = next(
        one for one in evidence.page(point(october.round, october.station, "volume"), 1) if not one.counted
    )
    assert (line.why, line.like) == ("自行重发", october.others[1].title)


def test_an_overruled_text_counts_at_once_while_the_round_is_open(october):
    article = put_online(october, 25, october.station, title="换个题目再发", seed=520)
    facts.gather_all()
    fact = Publication.objects.get(article=article)
    facts.overrule(fact, Verdict.COUNTED, by=october.chief_inspector, note="确系另一件事")
    scoring.recompute_about(fact)
    assert points(of_unit(october.round, october.station))["volume"] == 18
    line = next(
        one for one in evidence.page(point(october.round, october.station, "volume"), 1) if one.overruled
    )
    assert line.overruled == "纪正改判：确系另一件事"


def test_reprints_count_unless_the_indicator_says_otherwise(october):
    put_online(october, 26, october.station, is_reprint=True, source_name="市局网站")
    facts.gather_all()
    assert points(of_unit(scoring.recompute(october.round), october.station))["volume"] == 18
    indicator = october.schemes["mashan"].indicators.get(key="volume")
    indicator.settings["reprints"] = False
    indicator.save()
    october.round.delete()
    fresh, _ = scoring.open_round(october.schemes["mashan"], "MONTH", FIRST)
    assert points(of_unit(fresh, october.station))["volume"] == 12
    found = evidence.page(point(fresh, october.station, "volume"), 1)
    assert [line.why for line in found if not line.counted] == ["转载不计"]


def test_a_department_below_a_unit_works_for_its_account(october):
    """分局 scored as a whole: everything of its sections and offices is its."""
    scheme = october.schemes["daqing"]
    scheme.unit_kinds = ["SUB_BUREAU"]
    scheme.save()
    round_, _ = scoring.open_round(scheme, "MONTH", FIRST)
    assert [(one.unit, one.published) for one in round_.units.all()] == [(october.bureau, 7)]


def test_a_unit_closed_in_the_month_counts_up_to_that_day_or_not_at_all(october):
    october.station.is_active, october.station.closed_on = False, FIRST.replace(day=10)
    october.station.save()
    scoring.recompute(october.round)
    assert points(of_unit(october.round, october.station))["volume"] == 6
    october.round.rules["counts_closed_units"] = False
    october.round.save()
    scoring.recompute(october.round)
    assert not october.round.units.filter(unit=october.station).exists()


def test_thresholds_of_another_regulation_on_the_same_facts(october):
    """大庆第七条: two days a week and twenty items; neither is met."""
    round_, _ = scoring.open_round(october.schemes["daqing"], "MONTH", FIRST)
    assert points(of_unit(round_, october.section)) == {"weekly": 0, "monthly": 0}
    assert of_unit(round_, october.section).total == Decimal(0)


def score_as_json(**options) -> dict:
    out = StringIO()
    call_command("score", month="2026-09", scheme="mashan", format="json", stdout=out, **options)
    return json.loads(out.getvalue())


def test_the_command_prints_places_figures_and_facts(office):
    found = score_as_json()
    assert {key: found[key] for key in ("month", "scheme", "version", "frozen")} == {
        "month": "2026-09", "scheme": "mashan", "version": 1, "frozen": False,
    }  # fmt: skip
    assert [(one["unit"], one["rank"], one["total"]) for one in found["units"]] == [
        ("办公室", 1, 60.0), ("北桥工商所", 2, 32.0), ("监察室", 3, 0.0),
    ]  # fmt: skip
    volume = next(one for one in found["units"][1]["indicators"] if one["key"] == "volume")
    assert (volume["label"], volume["clause"], volume["points"]) == (
        "信息发布量",
        "考核办法第三条第 3 项",
        12.0,
    )
    assert {fact["title"] for fact in volume["facts"]} == {one.title for one in office.others}

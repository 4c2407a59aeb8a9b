"""Pages of scores as people use them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.enums.scores import RoundState
from assessment.models import IndicatorScore, Objection, Publication, Scheme, UnitScore
from assessment.operations import facts, objections, sealing
from columns.enums import Readers
from portal import clock, todos
from portal.enums import DepartmentKind
from portal.models import Department
from tests.assessment.scores.conftest import fix_all, make_public, of_unit, point, put_online


@pytest.fixture
def browse(client):
    def as_(person):
        client.force_login(person, backend="columns.backends.PowerBackend")
        return client

    return as_


def claims(**changes) -> dict:
    found = {
        "items-leadership": ["leader", "person"], "note-leadership": "见分工文件", "points-frequency": "30",
        "note-frequency": "", "points-volume": "30", "note-volume": "",
    }  # fmt: skip
    return found | changes


def test_a_unit_scores_itself_and_the_office_sees_it_beside_the_systems_figure(october, browse):
    score = of_unit(october.round, october.section)
    page = browse(october.collector).post(reverse("desk:self_score", args=[score.pk]), claims())
    assert page.status_code == 302
    shown = browse(october.chief_inspector).get(score.get_absolute_url()).content.decode()
    assert "合计 80 分" in shown
    assert "见分工文件" in shown
    assert 'name="points-volume" value="30.00"' in shown


def test_a_bad_claim_comes_back_at_its_field_with_what_was_typed(october, browse):
    score = of_unit(october.round, october.section)
    said = claims(**{"points-volume": "三十", "points-frequency": "99", "note-leadership": "打了很久的说明"})
    page = browse(october.collector).post(reverse("desk:self_score", args=[score.pk]), said)
    shown = page.content.decode()
    assert page.status_code == 422
    assert "请填写数字，最多两位小数" in shown
    assert "打了很久的说明" in shown
    said["points-volume"] = "30"
    page = browse(october.collector).post(reverse("desk:self_score", args=[score.pk]), said)
    assert (page.status_code, "最高 30 分" in page.content.decode()) == (422, True)


@pytest.mark.parametrize("junk", ["NaN", "1e9999", "-1", "\x00", "𠀀" * 50, "9" * 40])
def test_junk_figures_are_refused_not_broken(october, browse, junk):
    score = of_unit(october.round, october.section)
    page = browse(october.collector).post(
        reverse("desk:self_score", args=[score.pk]), claims(**{"points-volume": junk})
    )
    assert page.status_code == 422
    assert of_unit(october.round, october.section).self_scored_at is None


def fixing(score, **changes) -> dict:
    found = {f"version-{one.key}": one.version for one in score.points.all()}
    return found | {"points-frequency": "20", "points-volume": "12", "items-leadership": ["leader"]} | changes


def test_the_office_fixes_a_unit_in_one_form(october, browse):
    score = of_unit(october.round, october.station)
    page = browse(october.chief_inspector).post(score.get_absolute_url(), fixing(score))
    assert page.status_code == 302
    assert of_unit(october.round, october.station).total == 42
    assert not score.points.filter(fixed=None).exists()


def test_two_people_at_one_form_the_second_loses_nothing(october, browse):
    score = of_unit(october.round, october.section)
    said = fixing(score, **{"points-frequency": "30", "points-volume": "24", "reason-volume": "第一人的理由"})
    assert browse(october.chief_inspector).post(score.get_absolute_url(), said).status_code == 302
    said |= {"points-volume": "18", "reason-volume": "第二人的理由"}
    page = browse(october.second_assessor).post(score.get_absolute_url(), said)
    shown = page.content.decode()
    assert page.status_code == 409
    assert "已由纪正核定为 24.00 分" in shown
    assert "第二人的理由" in shown
    assert point(october.round, october.section, "volume").fixed == 24


def test_a_round_is_published_from_its_page_and_readers_see_it(october, browse, client):
    assert "还没有公布过考核结果" in client.get("/scoreboard/").content.decode()
    page = browse(october.chief_inspector).post(reverse("desk:round_act", args=[october.round.pk, "publish"]))
    assert (page.status_code, "还有 12 项没有核定" in page.content.decode()) == (422, True)
    fix_all(october)
    page = browse(october.chief_inspector).post(reverse("desk:round_act", args=[october.round.pk, "publish"]))
    assert page.status_code == 302
    client.logout()
    shown = client.get("/scoreboard/").content.decode()
    assert "麻山区月度考核计分办法" in shown
    assert "办公室" in shown
    unit = client.get(f"/scoreboard/{october.round.pk}/units/{october.section.pk}/").content.decode()
    assert "5 条 × 6 分 = 30 分" in unit
    assert october.texts[0].title in unit


def test_readers_are_not_told_titles_they_may_not_read(october, client):
    october.news.readers = Readers.STAFF
    october.news.save()
    make_public(october)
    shown = client.get(f"/scoreboard/{october.round.pk}/units/{october.section.pk}/").content.decode()
    assert october.texts[0].title not in shown
    assert "另有 5 件不对公众开放" in shown


def test_open_rounds_and_units_of_no_round_are_not_public(october, client):
    assert client.get(f"/scoreboard/{october.round.pk}/").status_code == 404
    assert client.get("/scoreboard/?scheme=none").status_code == 404
    make_public(october)
    assert client.get(f"/scoreboard/{october.round.pk}/units/{october.bureau.pk}/").status_code == 404
    assert (
        client.get(f"/scoreboard/{october.round.pk}/units/{october.section.pk}/?of=none").status_code == 404
    )


def test_the_round_page_shows_what_changed_after_the_seal_and_the_proof(october, browse):
    round_ = make_public(october)
    facts.overrule(
        Publication.objects.get(article=october.others[0]),
        "DUPLICATE",
        by=october.chief_inspector,
        note="与通稿相同",
    )
    sealing.freeze(round_)
    shown = browse(october.chief_inspector).get(round_.get_absolute_url()).content.decode()
    assert "封存后的变化" in shown
    assert "不再计入" in shown
    proof = (
        browse(october.chief_inspector).get(reverse("desk:round_proof", args=[round_.pk])).content.decode()
    )
    assert "都与封存时相同" in proof


def test_an_objection_travels_from_the_point_to_its_answer(october, browse):
    make_public(october)
    one = point(october.round, october.section, "volume")
    address = reverse("desk:point", args=[one.pk])
    assert browse(october.collector).post(address, {"text": " "}).status_code == 422
    assert browse(october.collector).post(address, {"text": "少算一条"}).status_code == 302
    objection = Objection.objects.get()
    assert todos.counts(october.chief_inspector)["objections"] == 1
    assert todos.counts(october.inspector)["objections"] == 0  # of the unit itself
    said = {"act": "uphold", "points": "36", "note": "确有一条漏计"}
    assert browse(october.inspector).post(objection.get_absolute_url(), said).status_code == 403
    assert (
        browse(october.chief_inspector).post(objection.get_absolute_url(), {"act": "reject"}).status_code
        == 422
    )
    assert browse(october.chief_inspector).post(objection.get_absolute_url(), said).status_code == 302
    assert of_unit(october.round, october.section).total == 66


def test_heaps_hold_what_waits_for_whom(october):
    assert todos.counts(october.collector)["self_scores"] == 1
    assert todos.counts(october.outsider)["self_scores"] == 0
    assert todos.counts(october.chief_inspector)["fixing"] == 2
    assert todos.counts(october.second_assessor)["fixing"] == 2
    waiting = todos.page_of(october.collector, todos.heap("self_scores"), 1).object_list[0].todo
    assert (waiting.title, waiting.time_left) == ("办公室", "还有 2 天")
    fix_all(october)
    assert (
        todos.counts(type(october.chief_inspector).objects.get(pk=october.chief_inspector.pk))["fixing"] == 0
    )


def test_a_publication_is_overruled_with_a_reason_and_counted_at_once(october, browse):
    put_online(october, 25, october.station, title="换个题目再发", seed=520)
    facts.gather_all()
    found = Publication.objects.latest("pk")
    address = reverse("desk:publication", args=[found.pk])
    assert browse(october.chief_inspector).post(address, {"verdict": "COUNTED"}).status_code == 422
    said = {"verdict": "COUNTED", "note": "确系另一件事"}
    assert browse(october.chief_inspector).post(address, said).status_code == 302
    assert point(october.round, october.station, "volume").computed == 18


def test_a_new_version_is_made_on_its_page(office, browse):
    scheme = office.schemes["mashan"]
    address = reverse("desk:scheme_version", args=[scheme.pk])
    page = browse(office.chief_inspector).get(address)
    form = page.context["form"]
    said = {name: field.initial if field.initial is not None else "" for name, field in form.fields.items()}
    said |= {name: value for name, value in form.initial.items() if value is not None}
    assert browse(office.chief_inspector).post(address, said).status_code == 422  # from when?
    page = browse(office.chief_inspector).post(
        address, said | {"starts_on": "2027-01-01", "per_item-volume": "5"}
    )
    assert page.status_code == 302
    new = Scheme.objects.get(key="mashan", version=2)
    assert (new.indicators.get(key="volume").settings, new.pass_mark) == ({"per_item": 5}, 60)


def many_units(office, number: int) -> None:
    units = [
        Department.objects.create(
            name=f"科室{n}", code=f"k{n}", kind=DepartmentKind.SECTION, parent=office.bureau
        )
        for n in range(number)
    ]
    scores = UnitScore.objects.bulk_create(
        UnitScore(round=office.round, unit=unit, unit_name=unit.name, total=1, place=4) for unit in units
    )
    IndicatorScore.objects.bulk_create(
        IndicatorScore(unit_score=score, key=key, computed=1)
        for score in scores
        for key in ("leadership", "frequency", "volume", "documents")
    )


@pytest.mark.parametrize("name", ["board", "desk round", "desk rounds", "schemes", "objections"])
def test_lists_ask_as_much_for_thirty_as_for_one(october, browse, name):
    make_public(october)
    address = {
        "board": "/scoreboard/", "desk round": october.round.get_absolute_url(), "desk rounds": reverse("desk:rounds"),
        "schemes": reverse("desk:schemes"), "objections": reverse("desk:objections"),
    }[name]  # fmt: skip
    browser = browse(october.chief_inspector)
    browser.get(address)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get(address).status_code == 200
        return len(found)

    objections.raise_(point(october.round, october.section, "volume"), "少算一条", by=october.collector)
    few = asked()
    many_units(october, 30)
    for one in IndicatorScore.objects.filter(key="volume", unit_score__unit__name__startswith="科室"):
        Objection.objects.create(point=one, text="异议", raised_by=october.collector, raised_at=clock.now())
    assert asked() <= few + 1  # a second page is counted
    assert october.round.state == RoundState.OPEN  # the instance of the fixture; the row is public

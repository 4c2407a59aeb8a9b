"""评比: scores and sealed votes by their weights, ties said, published as praise."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessment.enums.inspections import ContestKind, ContestState
from assessment.enums.scores import RoundState
from assessment.enums.slips import MentionKind
from assessment.models import Contest, Mention, Round, Scheme, UnitScore
from assessment.operations import contests as operations
from assessment.operations import facts
from assessment.operations.contests import Call
from assessment.queries import catalogues
from assessment.queries import contests as queries
from assessment.rules import contests as rules
from assessment.rules.contests import Entry
from columns import operations as column_operations
from columns.models import Role
from interaction.models import Activity
from interaction.operations import activity_moves as moves
from interaction.operations import ballots, polls
from interaction.operations.polls import Asked, Choosable
from portal import clock
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate
from tests.assessment.inspections.conftest import DAY

FORMULA = [
    {"fact": "published", "label": "条数", "weight": 60, "scale": "BEST"},
    {"fact": "on_time", "label": "按时", "weight": 40, "scale": "SHARE"},
]


@pytest.fixture
def assessor(office) -> User:
    """检查 on the whole, and the power that makes polls."""
    column_operations.appoint(
        office.chief_inspector,
        Role.objects.get(key="COLLECTOR"),
        office.main,
        by=office.system,
        reason="测试",
    )
    return office.chief_inspector


@pytest.fixture
def contest(office, assessor):
    def make(kind: ContestKind = ContestKind.SITE, **fields) -> Contest:
        today = clock.today()
        typed = {
            "kind": kind, "title": "年度评比", "starts_on": today - timedelta(days=60), "ends_on": today,
            "score_weight": 60, "vote_weight": 40, "winners": 1,
        }  # fmt: skip
        return operations.create(Call(**typed | fields), by=assessor)

    return make


def polled(contest: Contest, office, by: User) -> Contest:
    """Its poll made, reported and approved, open for two days."""
    now = clock.now()
    contest = operations.make_poll(contest, opens_at=now, closes_at=now + timedelta(days=2), by=by)
    moves.report(contest.poll, by=by)
    moves.approve(contest.poll, by=office.head_person)
    return fresh(contest)


def vote(contest: Contest, person: User, *names: str) -> None:
    activity = Activity.objects.get(pk=contest.poll_id)
    question = activity.poll.asked()[0]
    ballots.cast(activity, {question: [one for one in question.choosable if one.text in names]}, by=person)


def fresh(contest: Contest) -> Contest:
    return Contest.objects.select_related("poll__site").get(pk=contest.pk)


def scored(office, totals: dict, state: str = RoundState.PUBLISHED, month: int = 8) -> None:
    told = {"name": "测试", "source": "测试", "clause": "测试", "cycle": "MONTH", "starts_on": "2020-01-01"}
    scheme, _ = Scheme.objects.get_or_create(key="test", defaults=told)
    row = Round.objects.create(
        scheme=scheme,
        starts_on=f"2026-0{month}-01",
        ends_on=f"2026-0{month}-28",
        state=state,
        computed_at=DAY,
    )
    for unit, total in totals.items():
        UnitScore.objects.create(round=row, unit=unit, unit_name=str(unit), total=total)


def test_the_formula_is_data_whose_weights_add_up():
    for kind in ContestKind:
        known = catalogues.formulas()[kind]
        assert sum(part["weight"] for part in known["parts"]) == 100
        assert known["score_weight"] + known["vote_weight"] == 100


def test_standings_weigh_the_best_as_a_hundred_and_keep_shares_as_they_are():
    entries = [
        Entry(1, "甲", "一科", {"published": Decimal(10), "on_time": Decimal(50)}, 3),
        Entry(2, "乙", "二科", {"published": Decimal(5), "on_time": Decimal(100)}, 6),
    ]
    rows = rules.standings(entries, FORMULA, score_weight=60, vote_weight=40, winners=1)
    assert [(row["name"], row["score"], row["vote"], row["total"], row["place"], row["won"]) for row in rows] == [
        ("乙", "70.00", "100.00", "82.00", 1, True), ("甲", "80.00", "50.00", "68.00", 2, False),
    ]  # fmt: skip
    assert rows[1]["parts"] == [
        {"label": "条数", "fact": "10.00", "share": "100.00"}, {"label": "按时", "fact": "50.00", "share": "50.00"},
    ]  # fmt: skip


def test_equal_totals_share_a_place_say_so_and_win_together():
    nothing = {"published": Decimal(0), "on_time": Decimal(0)}
    entries = [Entry(at, str(at), "", nothing, votes) for at, votes in ((1, 2), (2, 4), (3, 2), (4, 0))]
    rows = rules.standings(entries, FORMULA, score_weight=0, vote_weight=100, winners=2)
    assert [(row["name"], row["place"], row["tied"], row["won"]) for row in rows] == [
        ("2", 1, False, True), ("1", 2, True, True), ("3", 2, True, True), ("4", 4, False, False),
    ]  # fmt: skip


def test_without_votes_and_facts_nothing_is_divided_by_nothing():
    entries = [Entry(1, "甲", "", {"published": Decimal(0), "on_time": Decimal(0)}, 0)]
    assert rules.standings(entries, FORMULA, score_weight=50, vote_weight=50, winners=1)[0]["total"] == "0.00"


def test_a_site_is_measured_by_the_mean_of_its_units_published_rounds_in_the_span(office, contest):
    scored(office, {office.bureau: 80, office.station: 90})
    scored(office, {office.bureau: 100, office.station: 20}, state=RoundState.OPEN, month=9)
    scored(office, {office.bureau: 1}, month=1)
    made = contest(score_weight=100, vote_weight=0)
    facts_of = queries.facts(made)["round_mean"]
    assert {one.unit: facts_of[one.pk] for one in made.candidates.all()} == {
        office.bureau: 80,
        office.station: 90,
    }


def test_columns_and_moderators_are_put_up_by_what_they_published(office, contest, write):
    for number in range(2):
        write(f"信息{number}", upto="publish", body=f"<p>{chr(0x4E00 + number * 999) * 60}</p>")
    facts.gather_all()
    made = contest(ContestKind.COLUMN)
    assert [one.column for one in made.candidates.all()] == [office.news]
    assert queries.facts(made)["published"][made.candidates.get().pk] == 2
    assert queries.facts(made)["on_time"][made.candidates.get().pk] == 100
    people = contest(ContestKind.MODERATOR)
    assert [one.person for one in people.candidates.all()] == [office.moderator]
    found = {name: rows[people.candidates.get().pk] for name, rows in queries.facts(people).items()}
    assert found == {"issued": 2, "handled": 100}


def test_candidates_are_added_and_taken_off_with_a_reason_until_there_is_a_poll(office, assessor, contest):
    made = contest(ContestKind.COLUMN)
    first = operations.put_up(made, office.news, by=assessor)
    operations.put_up(made, office.exchange, by=assessor)
    with pytest.raises(TooLate, match="已经在候选之中"):
        operations.put_up(made, office.news, by=assessor)
    with pytest.raises(Refused, match="不能作为"):
        operations.put_up(made, office.trends, by=assessor)
    with pytest.raises(Refused, match="理由"):
        operations.take_off(made, first, by=assessor, note=" ")
    operations.take_off(made, first, by=assessor, note="栏目已合并")
    operations.put_up(made, office.news, by=assessor)
    made = polled(made, office, assessor)
    with pytest.raises(TooLate, match="已经建立投票"):
        operations.take_off(made, made.candidates.first(), by=assessor, note="不要了")


def test_a_poll_is_made_only_by_whoever_makes_polls_and_others_are_told_who(office, contest):
    made = contest()
    now = clock.now()
    with pytest.raises(NotAllowed, match=r"请由.*信息员.*来建立"):
        operations.make_poll(made, opens_at=now, closes_at=now + timedelta(days=1), by=office.inspector)


def test_the_poll_has_the_candidates_as_options_and_each_is_linked(office, assessor, contest):
    made = polled(contest(), office, assessor)
    question = made.poll.poll.asked()[0]
    assert [one.text for one in question.choosable] == ["城东分局基层信息网", "北桥工商所"]
    assert [one.option for one in made.candidates.all()] == question.choosable
    assert (question.least, question.most, made.poll.poll.is_anonymous) == (1, 1, True)


def test_nothing_is_decided_before_the_votes_are_unsealed(office, assessor, contest):
    made = contest()
    with pytest.raises(Refused, match="请先从候选建立投票"):
        operations.decide(made, by=assessor)
    made = polled(made, office, assessor)
    vote(made, office.staff, "北桥工商所")
    with pytest.raises(Refused, match="结果到结束才启封"):
        operations.decide(made, by=assessor)
    with clock.at(DAY + timedelta(days=3)):
        assert operations.decide(made, by=assessor).state == ContestState.DECIDED


def test_scores_and_votes_make_the_standings_and_the_winner_is_praised(office, assessor, contest, client):
    scored(office, {office.bureau: 80, office.station: 60})
    made = polled(contest(), office, assessor)
    for person in (office.staff, office.collector, office.moderator):
        vote(made, person, "北桥工商所")
    vote(made, office.head_person, "城东分局基层信息网")
    with clock.at(DAY + timedelta(days=3)):
        made = operations.decide(made, by=assessor)
        assert [(row["name"], row["total"], row["votes"]) for row in made.standings] == [
            ("北桥工商所", "85.00", 3), ("城东分局基层信息网", "73.33", 1),
        ]  # fmt: skip
        assert client.get(f"/scoreboard/contests/{made.pk}/").status_code == 404
        operations.publish(made, by=assessor)
    mention = Mention.objects.get()
    assert (mention.kind, mention.unit) == (MentionKind.PRAISE, office.station)
    assert mention.rule == "年度评比：最佳网站第 1 名"
    page = client.get(f"/scoreboard/contests/{made.pk}/").content.decode()
    assert all(words in page for words in ("85.00", "73.33", "怎么算", "第 1 名"))
    with pytest.raises(TooLate):
        operations.decide(made, by=assessor)


def test_a_poll_that_was_edited_has_to_be_linked_again(office, assessor, contest):
    now = clock.now()
    made = operations.make_poll(contest(), opens_at=now, closes_at=now + timedelta(days=2), by=assessor)
    question = made.poll.poll.asked()[0]
    options = [Choosable("北桥工商所"), Choosable("城东分局")]
    polls.put_question(made.poll, Asked(text="推荐哪个？", options=options), by=assessor, question=question)
    moves.report(made.poll, by=assessor)
    moves.approve(made.poll, by=office.head_person)
    with clock.at(DAY + timedelta(days=3)):
        with pytest.raises(Refused, match=r"没有对应的选项.*城东分局基层信息网、北桥工商所"):
            operations.decide(fresh(made), by=assessor)
        station, bureau = Activity.objects.get(pk=made.poll_id).poll.asked()[0].choosable
        by_site = {one.site: one for one in made.candidates.all()}
        pairs = {by_site[office.sub]: station, by_site[office.main]: bureau}
        with pytest.raises(Refused, match="一个选项只能对应"):
            operations.link(made, dict.fromkeys(pairs, station), by=assessor)
        operations.link(made, pairs, by=assessor)
        assert operations.decide(fresh(made), by=assessor).state == ContestState.DECIDED


def test_a_withdrawn_poll_counts_for_nothing_and_another_may_be_made(office, assessor, contest):
    made = polled(contest(), office, assessor)
    moves.withdraw(made.poll, by=office.moderator, note="重新组织")
    with pytest.raises(Refused, match="请重新建立投票"):
        operations.decide(fresh(made), by=assessor)
    polled(fresh(made), office, assessor)
    assert Activity.objects.count() == 2


def test_a_candidate_decides_nothing_about_themselves(office, assessor, contest):
    column_operations.appoint(
        assessor, Role.objects.get(key="MODERATOR"), office.main, by=office.system, reason="测试"
    )
    made = contest(ContestKind.MODERATOR, score_weight=100, vote_weight=0)
    assert {one.person for one in made.candidates.all()} == {office.moderator, assessor}
    with pytest.raises(NotAllowed, match="您是候选人"):
        operations.decide(made, by=assessor)
    operations.decide(made, by=office.inspector)


def test_a_candidate_may_make_the_poll_for_nothing_is_chosen_in_it(office, assessor, contest):
    column_operations.appoint(
        assessor, Role.objects.get(key="MODERATOR"), office.main, by=office.system, reason="测试"
    )
    made = contest(ContestKind.MODERATOR)
    with pytest.raises(NotAllowed, match="您是候选人"):
        operations.take_off(made, made.candidates.last(), by=assessor, note="不评")
    assert polled(made, office, assessor).poll.poll.asked()[0].most == 1


def test_weights_add_up_and_only_assessors_hold_contests(office, contest):
    with pytest.raises(Refused, match="合计须为 100"):
        contest(score_weight=50, vote_weight=40)
    made = contest(score_weight=100, vote_weight=0)
    for person in (office.collector, office.auditor):
        with pytest.raises(NotAllowed, match="检查权限"):
            operations.decide(made, by=person)

"""评比 (办法第二十三条): put up, voted on by a real poll, decided once the poll is over, published as praise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from assessment.enums.inspections import ContestKind, ContestState
from assessment.enums.slips import MentionKind
from assessment.models import Contest, ContestCandidate, Scheme
from assessment.operations import mentions
from assessment.queries import catalogues
from assessment.queries import contests as queries
from assessment.rules import contests as rules
from assessment.rules import oversight
from interaction.enums.activities import ActivityKind, Participants
from interaction.models import PollOption
from interaction.operations import activities, polls
from interaction.operations.activities import Frame
from interaction.operations.polls import Asked, Choosable
from interaction.rules import activities as activity_rules
from portal import audit, clock
from portal.enums import Power
from portal.models import Site, User
from portal.richtext import one_line
from portal.workflow import NotAllowed, Refused, TooLate, fire

MOST_CANDIDATES = polls.MOST_OPTIONS


@dataclass(frozen=True, kw_only=True)
class Call:
    """What is typed when a contest is made."""

    kind: ContestKind
    title: str
    starts_on: date
    ends_on: date
    score_weight: int
    vote_weight: int
    winners: int
    scheme: Scheme | None = None
    candidates: int = 10


@transaction.atomic
def create(typed: Call, *, by: User) -> Contest:
    """A draft with the preset's formula and the candidates that the system puts up."""
    _require_assessor(by)
    if typed.score_weight + typed.vote_weight != 100:
        raise Refused("计分权重与投票权重合计须为 100", "vote_weight")
    if typed.ends_on < typed.starts_on:
        raise Refused("评比期的止日不能早于起日", "ends_on")
    known = catalogues.formulas()[typed.kind]
    contest = Contest.objects.create(
        kind=typed.kind, title=one_line(typed.title), starts_on=typed.starts_on, ends_on=typed.ends_on,
        scheme=typed.scheme, score_weight=typed.score_weight, vote_weight=typed.vote_weight,
        winners=typed.winners, formula=known["parts"], clause=known["clause"], created_by=by,
        created_at=clock.now(),
    )  # fmt: skip
    found = queries.offered(typed.kind, typed.starts_on, typed.ends_on, typed.candidates)
    for one in found:
        one.contest = contest
        one.save()
    audit.record(
        "create", "建立评比", contest, actor=by, clause=contest.clause, note=f"列出 {len(found)} 个候选"
    )
    return contest


@transaction.atomic
def put_up(contest: Contest, thing: Any, *, by: User) -> ContestCandidate:
    """Add a candidate: a site, a column or a person, as the contest is about. Not once there is a poll."""
    contest = _open(contest, by)
    if not queries.may_be(contest.kind).filter(pk=thing.pk).exists():
        raise Refused("不能作为这项评比的候选", "thing")
    makers = {ContestKind.SITE: queries.of_site, ContestKind.COLUMN: queries.of_column}
    candidate = makers.get(ContestKind(contest.kind), queries.of_person)(thing)
    field = {ContestKind.SITE: "site", ContestKind.COLUMN: "column"}.get(ContestKind(contest.kind), "person")
    if contest.candidates.filter(**{field: thing.pk}).exists():
        raise TooLate(f"“{candidate}”已经在候选之中")
    number = contest.candidates.count()
    if number >= MOST_CANDIDATES:
        raise Refused(f"候选最多 {MOST_CANDIDATES} 个", "thing")
    last = contest.candidates.order_by("-position").first()
    candidate.contest, candidate.position = contest, (last.position if last else 0) + 1
    candidate.save()
    audit.record("put_up", "增加候选", contest, actor=by, note=candidate.name)
    return candidate


@transaction.atomic
def take_off(contest: Contest, candidate: ContestCandidate, *, by: User, note: str) -> None:
    """去掉候选, with a reason. Not once there is a poll."""
    contest = _open(contest, by)
    if not note.strip():
        raise Refused("请写明去掉候选的理由", "note")
    audit.record("take_off", "去掉候选", contest, actor=by, note=f"{candidate.name}：{note.strip()}")
    contest.candidates.filter(pk=candidate.pk).delete()


@transaction.atomic
def make_poll(contest: Contest, *, opens_at: datetime, closes_at: datetime, by: User) -> Contest:
    """建立投票: a draft from the candidates, which goes the way of every poll; `by` needs the power that makes polls.

    Nothing is chosen in it, so that a candidate may do it too.
    """
    contest = _locked(contest)
    _require_assessor(by)
    _require_open(contest)
    if not contest.vote_weight:
        raise Refused("这项评比不计投票")
    site = main_site()
    if not activity_rules.may_make(by, site.pk):
        names = "、".join(str(one) for one in queries.poll_makers(site)) or "（目前没有人）"
        raise NotAllowed(f"建立投票需要“{site}”全站的{Power.COLLECT.label}权限，请由{names}来建立")
    candidates = list(contest.candidates.all())
    if len(candidates) < 2:
        raise Refused("至少两个候选才能投票")
    if by.department is None:
        raise Refused("您不属于任何部门，不能作为投票的主办单位")
    frame = Frame(
        title=contest.title, department=by.department, participants=Participants.STAFF, opens_at=opens_at,
        closes_at=closes_at, clause=contest.clause, intro=_intro(contest),
    )  # fmt: skip
    activity = activities.create(ActivityKind.POLL, site, frame, by=by)
    polls.promise(activity, is_anonymous=True, counts_units=False, by=by)
    most = min(contest.winners, len(candidates))
    options = [Choosable(one.name) for one in candidates]
    asked = Asked(text=f"您推荐哪些作为{contest.get_kind_display()}？", most=most, options=options)
    question = polls.put_question(activity, asked, by=by)
    contest.poll = activity
    contest.save(update_fields=["poll"])
    for candidate, option in zip(candidates, question.own_options.order_by("position"), strict=True):
        candidate.option = option
        candidate.save(update_fields=["option"])
    audit.record("make_poll", "从候选建立投票", contest, actor=by, note=f"{len(candidates)} 个选项")
    return contest


@transaction.atomic
def link(contest: Contest, chosen: Mapping[ContestCandidate, PollOption], *, by: User) -> Contest:
    """对应选项: which option of the poll stands for which candidate, where the poll was edited since."""
    contest = _locked(contest)
    _require(by, contest)
    if contest.state == ContestState.PUBLISHED or contest.poll is None:
        raise TooLate("现在不能再对应选项")
    if len({one.pk for one in chosen.values()}) < len(chosen):
        raise Refused("一个选项只能对应一个候选")
    contest.candidates.update(option=None)
    for candidate, option in chosen.items():
        if option.poll_id != contest.poll_id:
            raise Refused("选项不属于这项投票")
        contest.candidates.filter(pk=candidate.pk).update(option=option)
    audit.record("link", "对应投票选项", contest, actor=by, note=f"{len(chosen)} 个")
    return contest


@transaction.atomic
def decide(contest: Contest, *, by: User) -> Contest:
    """评定: from the facts as they are now and the sealed votes; refused before the poll is over. May be done again
    until it is published; each time is on record."""
    contest = _move(contest, "decide", by, decided_by=by, decided_at=clock.now())
    if against := rules.not_now(contest):
        raise Refused(against)
    if contest.poll and not activity_rules.may_see_results(by, contest.poll):
        raise NotAllowed("您不能查看这项投票的结果")
    contest.standings = _standings(contest)
    contest.save(update_fields=["standings"])
    return contest


@transaction.atomic
def publish(contest: Contest, *, by: User) -> Contest:
    """公布: on the public page for good, and the winners on the list of praise."""
    contest = _move(contest, "publish", by, published_at=clock.now())
    candidates = {one.pk: one for one in contest.candidates.select_related("unit", "column", "person")}
    for row in contest.standings:
        if row["won"]:
            _praise(contest, candidates[row["candidate"]], row)
    return contest


def main_site() -> Site:
    return Site.objects.filter(parent=None).order_by("pk").first()


def _standings(contest: Contest) -> list[dict[str, Any]]:
    facts, votes = queries.facts(contest), queries.votes(contest)
    entries = [
        rules.Entry(
            one.pk, one.name, str(one.unit), {name: found[one.pk] for name, found in facts.items()},
            votes.get(one.pk, 0),
        )
        for one in contest.candidates.select_related("unit")
    ]  # fmt: skip
    return rules.standings(
        entries, contest.formula, score_weight=contest.score_weight, vote_weight=contest.vote_weight,
        winners=contest.winners,
    )  # fmt: skip


def _praise(contest: Contest, candidate: ContestCandidate, row: dict[str, Any]) -> None:
    mentions.list_(
        key=f"contest-{contest.pk}-{candidate.pk}", kind=MentionKind.PRAISE, unit=candidate.unit,
        rule=f"{contest.title}：{contest.get_kind_display()}第 {row['place']} 名", clause=contest.clause,
        facts=f"{candidate.name}，总分 {row['total']}（考核分 {row['score']}，得票分 {row['vote']}）",
        url=reverse("contest", args=[contest.pk]), on=clock.today(), column=candidate.column,
        person=candidate.person,
    )  # fmt: skip


def _intro(contest: Contest) -> str:
    span = f"{contest.starts_on:%Y年%-m月%-d日}至{contest.ends_on:%Y年%-m月%-d日}"
    return (
        f"根据{contest.clause}，评选{span}的{contest.get_kind_display()}。评定时考核得分占 {contest.score_weight}%，"
        f"投票占 {contest.vote_weight}%。"
    )


def _open(contest: Contest, by: User) -> Contest:
    """The locked contest, whose candidates may still be changed."""
    contest = _locked(contest)
    _require(by, contest)
    _require_open(contest)
    return contest


def _require_open(contest: Contest) -> None:
    if contest.state != ContestState.DRAFT:
        raise TooLate(f"“{contest}”{contest.get_state_display()}，不能再改候选")
    if contest.poll and contest.poll.state not in rules.GONE:
        raise TooLate("已经建立投票，候选不能再变动")


def _locked(contest: Contest) -> Contest:
    return Contest.objects.select_for_update(of=["self"], no_key=True).get(pk=contest.pk)


def _move(contest: Contest, verb: str, by: User, **changes: Any) -> Contest:
    return fire(
        contest, verb, actor=by, why_not=rules.why_not, acting_for=oversight.acting_for, clause=contest.clause,
        changes=changes,
    )  # fmt: skip


def _require_assessor(by: User) -> None:
    if reason := oversight.why_not_assess(by):
        raise NotAllowed(reason)


def _require(by: User, contest: Contest) -> None:
    if reason := rules.why_not(by, "decide", contest):
        raise NotAllowed(reason)

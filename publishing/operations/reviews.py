"""The way through review: report, approve, return, recall (办法第十六条)."""

from django.db import transaction
from django.urls import reverse

from columns import queries as column_queries
from columns.enums import StepState
from columns.models import ReviewRoute, RouteStep
from portal import clock, limits, notices
from portal.enums import NoticeKind, Power
from portal.models import User
from portal.workflow import Refused, TooLate
from publishing import rules
from publishing.models import ReviewStep, Revision
from publishing.operations.moves import by_person, by_system, named


@transaction.atomic
def report(revision: Revision, *, by: User) -> Revision:
    """提交审核: copy the route's steps onto the revision and start its first clock; a direct route clears at once.

    Raises Refused with every blocking issue, or when a step has nobody who may take it.
    """
    principal = rules.acting_for(by, "report", revision)
    changes = {"reported_by": by, "reported_for": principal, "reported_at": clock.now()}
    revision = by_person(revision, "report", actor=by, changes=changes)
    if issues := rules.blocking_issues(revision):
        raise Refused("；".join(issue.message for issue in issues), issues[0].place)
    steps = list(_route(revision).steps.all())
    _check_somebody_may_decide(revision, steps)
    settle(revision)
    if not steps:
        return _clear(revision, by)
    number = (revision.steps.order_by("-round").values_list("round", flat=True).first() or 0) + 1
    ReviewStep.objects.bulk_create(_copy(step, revision, number) for step in steps)
    _begin(revision.steps.get(round=number, position=steps[0].position))
    return revision


@transaction.atomic
def approve(step: ReviewStep, *, by: User, note: str = "") -> Revision:
    """同意: close the step; the next one begins, or the text is cleared for publishing.

    The step, not the revision, is what was looked at: if the text went back and came again meanwhile, TooLate.
    """
    revision = _decide(step, "approve", StepState.APPROVED, by, note)
    following = revision.steps.filter(round=step.round, state=StepState.WAITING).first()
    if following is None:
        return _clear(revision, by)
    _begin(following)
    return revision


@transaction.atomic
def return_(step: ReviewStep, *, by: User, note: str) -> Revision:
    """退回: the reason goes to the writer, the remaining steps do not take place."""
    who = named(by, "return_", step.revision)
    revision = _decide(step, "return_", StepState.RETURNED, by, note)
    _cancel_waiting(revision)
    notices.tell(
        writers(revision), f"退回：{revision.title}", kind=NoticeKind.TODO,
        body=f"{who}（{step.label}）：{note}", url=editor_address(revision),
    )  # fmt: skip
    return revision


@transaction.atomic
def recall(revision: Revision, *, by: User) -> Revision:
    """收回修改: the reporter takes the text back before it is published."""
    revision = by_person(revision, "recall", actor=by)
    settle(revision)
    for step in revision.steps.filter(state=StepState.CURRENT):
        _stop_clock(step)
    _cancel_waiting(revision)
    return revision


def writers(revision: Revision) -> list[User]:
    """Whoever should hear about the text: its last writer and who reported it."""
    people = {revision.saved_by_id, revision.reported_by_id} - {None}
    return list(User.objects.filter(pk__in=people, is_active=True))


def editor_address(revision: Revision) -> str:
    return reverse("admin:publishing_article_change", args=[revision.article_id])


def review_address(revision: Revision) -> str:
    return reverse("desk:review", args=[revision.pk])


def settle(revision: Revision) -> None:
    """The text has moved on: what called people to it is done."""
    notices.settle(review_address(revision), editor_address(revision))


def _route(revision: Revision) -> ReviewRoute:
    column = revision.column
    route = column_queries.route_of(column, column_queries.tree(column.site))
    route = route or ReviewRoute.objects.filter(is_default=True).first()
    if route is None:
        raise Refused(f"“{column}”栏目还没有审核路线，请联系总版主设置", "column")
    return route


def _check_somebody_may_decide(revision: Revision, steps: list[RouteStep]) -> None:
    for step in steps:
        if not _deciders(revision, Power(step.power)):
            raise Refused(
                f"“{step.label}”目前没有可审核的人（采集人不能审核自己的稿件），请联系网管授权后再提交",
                "column",
            )


def _deciders(revision: Revision, power: Power) -> list[User]:
    barred = revision.authors | column_queries.stand_ins(revision.authors)
    return [person for person in column_queries.holders(revision.column, power) if person.pk not in barred]


def _copy(step: RouteStep, revision: Revision, number: int) -> ReviewStep:
    return ReviewStep(
        revision=revision, round=number, position=step.position, label=step.label, power=step.power,
        asks=step.asks, working_days=step.working_days, clause=step.clause,
    )  # fmt: skip


def _begin(step: ReviewStep) -> None:
    step.state = StepState.CURRENT
    step.save()
    limits.start(step, label=step.label, clause=step.clause, working_days=step.working_days)
    notices.tell(
        _deciders(step.revision, Power(step.power)), f"待审核：{step.revision.title}", kind=NoticeKind.TODO,
        url=review_address(step.revision), key=f"review-step-{step.pk}",
    )  # fmt: skip


def _decide(step: ReviewStep, verb: str, outcome: StepState, by: User, note: str) -> Revision:
    principal = rules.acting_for(by, verb, step.revision)
    revision = by_person(step.revision, verb, actor=by, note=note)
    current = ReviewStep.objects.select_for_update(no_key=True).get(pk=step.pk)
    if current.state != StepState.CURRENT:
        raise TooLate("这件稿件在您打开之后又被改动或处理过，请刷新后再看")
    current.state, current.note = outcome, note
    current.decided_by, current.decided_for, current.decided_at = by, principal, clock.now()
    current.save()
    _stop_clock(current)
    settle(revision)
    return revision


def _stop_clock(step: ReviewStep) -> None:
    for limit in limits.open_limits_for(step):
        limits.meet(limit)


def _clear(revision: Revision, by: User) -> Revision:
    revision = by_system(revision, "clear", actor=by)
    notices.tell(
        column_queries.holders(revision.column, Power.PUBLISH), f"待发布：{revision.title}", kind=NoticeKind.TODO,
        url=review_address(revision),
    )  # fmt: skip
    return revision


def _cancel_waiting(revision: Revision) -> None:
    revision.steps.filter(state__in=(StepState.WAITING, StepState.CURRENT)).update(state=StepState.CANCELLED)

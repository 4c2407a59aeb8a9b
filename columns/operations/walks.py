"""A draft's walk along a route: its steps are copied onto it, begun one after another, each decided once (办法第十六条).

What is walked, whom a step calls and what follows the last approval, an app says in its `Walk`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from columns.enums import StepState
from columns.models import RouteStep, StepCopy
from portal import clock, limits, notices
from portal.enums import NoticeKind, Power
from portal.models import User
from portal.workflow import Refused, TooLate, fire

OUTCOMES = {"approve": StepState.APPROVED, "return_": StepState.RETURNED}


@dataclass(frozen=True)
class Walk:
    """One kind of draft on its way: `step` is the model of its steps, `field` their link to the draft, whose
    `workflow` knows approve and return_. `subject(draft)` is what it answers: locked first by whoever moves either, so
    that of an approval and a recall one waits for the other.
    """

    step: type[StepCopy]
    field: str
    called: str
    heading: str
    deciders: Callable[[Any, Power], list[User]]
    why_not: Callable[[User, Any], str]
    acting_for: Callable[[User, Any], User | None]
    address: Callable[[Any], str]
    subject: Callable[[Any], Any]

    def start(self, draft: Any, steps: Sequence[RouteStep]) -> None:
        """A new round, the first step begun. Refused beforehand by `check`, where a step has nobody to take it."""
        number = (draft.steps.aggregate(last=Max("round"))["last"] or 0) + 1
        self.step._default_manager.bulk_create(self._copy(step, draft, number) for step in steps)
        self._begin(draft.steps.filter(round=number).order_by("position").first())

    def check(self, draft: Any, steps: Sequence[RouteStep]) -> None:
        """Raises Refused when a step has nobody who may take it."""
        for step in steps:
            if not self.deciders(draft, Power(step.power)):
                raise Refused(
                    f"“{step.label}”目前没有可审核的人（拟稿人不能审核自己的{self.called}），请联系网管授权后再提交"
                )

    def decide(self, step: Any, verb: str, *, by: User, note: str = "") -> Any:
        """approve or return_: the step, not the draft, is what was looked at; TooLate if it came back meanwhile."""
        subject = self.subject(getattr(step, self.field))
        type(subject)._default_manager.select_for_update(no_key=True).get(pk=subject.pk)
        current = self.step._default_manager.select_for_update(no_key=True).get(pk=step.pk)
        if current.state != StepState.CURRENT:
            raise TooLate(f"这件{self.called}在您打开之后又被改动或处理过，请刷新后再看")
        principal = self.acting_for(by, current)
        draft = fire(
            getattr(current, self.field), verb, actor=by, note=note,
            why_not=lambda user, _verb, _draft: self.why_not(user, current),
            acting_for=lambda user, _verb, _draft: principal,
        )  # fmt: skip
        current.state, current.note = OUTCOMES[verb], note
        current.decided_by, current.decided_for, current.decided_at = by, principal, clock.now()
        current.save()
        _stop_clock(current)
        notices.settle(self.address(draft))
        return draft

    def go_on(self, step: Any) -> bool:
        """Begin what follows `step`; False when it was the last."""
        rows = getattr(step, self.field).steps.filter(round=step.round, state=StepState.WAITING)
        following = rows.order_by("position").first()
        if following:
            self._begin(following)
        return following is not None

    def cancel(self, draft: Any) -> None:
        """The steps that remain do not take place."""
        for step in draft.steps.filter(state=StepState.CURRENT):
            _stop_clock(step)
        open_steps = draft.steps.filter(state__in=(StepState.WAITING, StepState.CURRENT))
        open_steps.update(state=StepState.CANCELLED)
        notices.settle(self.address(draft))

    def _copy(self, step: RouteStep, draft: Any, number: int) -> StepCopy:
        return self.step(
            **{self.field: draft}, round=number, position=step.position, label=step.label, power=step.power,
            asks=step.asks, working_days=step.working_days, clause=step.clause,
        )  # fmt: skip

    def _begin(self, step: Any) -> None:
        draft = getattr(step, self.field)
        step.state = StepState.CURRENT
        step.save()
        limits.start(step, label=step.label, clause=step.clause, working_days=step.working_days)
        notices.tell(
            self.deciders(draft, Power(step.power)), f"{self.heading}：{self.subject(draft).title}", kind=NoticeKind.TODO,
            url=self.address(draft), key=f"{self.field}-step-{step.pk}",
        )  # fmt: skip


def _stop_clock(step: StepCopy) -> None:
    for limit in limits.open_limits_for(step):
        limits.meet(limit)

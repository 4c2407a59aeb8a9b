"""The only writers of review routes (办法第十六条)."""

from collections.abc import Iterable

from django.db import models, transaction

from columns.models import ReviewRoute, RouteStep
from portal import audit
from portal.models import User
from portal.workflow import Refused


@transaction.atomic
def save_route(route: ReviewRoute, *, by: User) -> ReviewRoute:
    """Add a review route or change it; a new default takes the place of the one before."""
    verb, label = ("change", "修改审核路线") if route.pk else ("add", "新增审核路线")
    if route.is_default:
        ReviewRoute.objects.filter(is_default=True).exclude(pk=route.pk).update(is_default=False)
    elif route.pk and ReviewRoute.objects.filter(pk=route.pk, is_default=True).exists():
        raise Refused("须有一条默认路线；请先把另一条设为默认", "is_default")
    route.save()
    audit.record(verb, label, route, actor=by)
    return route


@transaction.atomic
def save_steps(
    route: ReviewRoute, changed: Iterable[RouteStep], gone: Iterable[RouteStep], *, by: User
) -> None:
    """Change a route's steps; texts already reported keep the steps they were reported with."""
    changed, gone = list(changed), list(gone)
    RouteStep.objects.filter(pk__in=[step.pk for step in gone]).delete()
    route.steps.update(position=models.F("position") + 1000)  # out of the way of the new numbers
    kept = {step.pk for step in changed}
    order = [*changed, *route.steps.exclude(pk__in=kept)]
    order.sort(key=lambda step: step.position if step.pk in kept or step.pk is None else step.position - 1000)
    for position, step in enumerate(order, start=1):
        step.route, step.position = route, position
        step.save()
    if changed or gone:
        audit.record("steps", "修改审核步骤", route, actor=by, note=" → ".join(step.label for step in order))

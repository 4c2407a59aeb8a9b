"""`--demo`: how a sample activity of any kind is made, reported, approved and closed by the real operations."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.utils import timezone

from columns import queries as column_queries
from interaction.enums.activities import ActivityKind, Participants
from interaction.models import Activity
from interaction.operations import activities as operations
from interaction.operations import activity_moves as moves
from interaction.operations.activities import Frame
from portal import clock
from portal.enums import Power
from portal.models import Department, Site, User

MADE_BEFORE, APPROVED_BEFORE = timedelta(days=3), timedelta(days=2)
OPENS, CLOSES = time(9), time(17, 30)


def stage(row: dict, fill: Callable[[Activity, User], None]) -> Activity:
    """One activity as `row` says, filled with its content by `fill(activity, maker)`, taken as far as `upto`.

    Everything happens on its day: made three days before it opens, approved two days before; never in the future.
    """
    maker, site = User.objects.get(staff_number=row["maker"]), Site.objects.get(key=row["site"])
    opens_at = _moment(-row["opens"], OPENS)
    made_at = min(opens_at - MADE_BEFORE, clock.now() - timedelta(hours=5))
    frame = Frame(
        title=row["title"], intro="\n\n".join(row["intro"]), participants=Participants(row["participants"]),
        department=Department.objects.get(code=row["department"]), opens_at=opens_at,
        closes_at=_moment(row["lasts"] - row["opens"], CLOSES), clause=row.get("clause", ""),
    )  # fmt: skip
    with clock.at(made_at):
        activity = operations.create(ActivityKind(row["kind"]), site, frame, by=maker)
        fill(activity, maker)
        if row["upto"] == "draft":
            return activity
    with clock.at(made_at + timedelta(minutes=40)):
        activity = moves.report(activity, by=maker)
    if row["upto"] == "report":
        return activity
    with clock.at(min(opens_at - APPROVED_BEFORE, clock.now() - timedelta(hours=3))):
        reviewers = column_queries.site_holders(site, Power.REVIEW).exclude(pk__in=activity.writer_ids)
        return moves.approve(activity, by=reviewers.order_by("pk").first(), note="同意。")


def publish(activity: Activity) -> None:
    """公布结果 in the morning after it was over."""
    person = column_queries.site_holders(activity.site, Power.PUBLISH).order_by("pk").first()
    with clock.at(activity.closes_at + timedelta(hours=16)):
        moves.publish_results(activity, by=person)


def _moment(days: int, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(clock.today() + timedelta(days=days), at))

"""What tests about polls share: makers of polls and appraisals, open from an hour ago, and a crowd that votes."""

from datetime import timedelta

from interaction.enums.activities import ActivityKind
from interaction.models import Activity, PollQuestion
from interaction.operations import ballots
from interaction.operations import polls as operations
from interaction.operations.polls import Asked, Choosable
from portal import clock
from portal.models import Department, User
from tests.interaction.activity_kit import make, take

OPTIONS = ("北桥工商所", "南湖工商所", "西园工商所")


def poll(
    office,
    *,
    upto: str = "approve",
    most: int = 1,
    is_anonymous: bool = True,
    counts_units: bool = False,
    **fields,
) -> Activity:
    """One question with three options."""
    fields = {"title": "年度文明窗口评选", **fields}
    activity = make(office, ActivityKind.POLL, **fields)
    asked = Asked(text="您推荐哪个窗口？", most=most, options=[Choosable(name) for name in OPTIONS])
    operations.put_question(activity, asked, by=office.collector)
    operations.promise(activity, is_anonymous=is_anonymous, counts_units=counts_units, by=office.collector)
    return take(Activity.objects.get(pk=activity.pk), office, upto)


def appraisal(office, *, upto: str = "approve", counts_units: bool = False, **fields) -> Activity:
    """Three offices rated 满意 100, 基本满意 60, 不满意 0, 不了解 without points."""
    activity = make(office, ActivityKind.APPRAISAL, title="工商所服务评议", **fields)
    levels = [Choosable("满意", points=100), Choosable("基本满意", points=60), Choosable("不满意", points=0)]
    operations.put_appraisal(
        activity, [Asked(text=name) for name in OPTIONS], [*levels, Choosable("不了解")],
        is_anonymous=True, counts_units=counts_units, by=office.collector,
    )  # fmt: skip
    return take(Activity.objects.get(pk=activity.pk), office, upto)


def questions(activity: Activity) -> list[PollQuestion]:
    return Activity.objects.get(pk=activity.pk).poll.asked()


def typed(activity: Activity, *places: int) -> dict:
    """What a browser sends: of every question the options at these places."""
    return {f"q{one.pk}": [one.choosable[place].pk for place in places] for one in questions(activity)}


def vote(activity: Activity, person: User, *places: int) -> None:
    activity = Activity.objects.get(pk=activity.pk)
    choices = {one: [one.choosable[place] for place in places] for one in activity.poll.asked()}
    ballots.cast(activity, choices, by=person)


def crowd(department: Department, number: int, name: str = "p") -> list[User]:
    """Colleagues without a password."""
    return User.objects.bulk_create(
        User(staff_number=f"{name}{turn}", name=f"{name}{turn}", department=department, password="!")
        for turn in range(number)
    )


def after(activity: Activity):
    """As at a moment after it is over."""
    return clock.at(activity.closes_at + timedelta(minutes=1))

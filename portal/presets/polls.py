"""`--demo`: sample polls and appraisals, voted on by the sample people through the real operations."""

from datetime import timedelta

from interaction.enums.activities import ActivityKind
from interaction.models import Activity
from interaction.operations import ballots
from interaction.operations import polls as operations
from interaction.operations.polls import Asked, Choosable
from portal import clock
from portal.models import User
from portal.presets.activities import publish, stage
from portal.presets.scenes import rows

KINDS = (ActivityKind.POLL, ActivityKind.APPRAISAL)


def play(preset: str) -> None:
    """Once, in an office that has no polls yet."""
    if Activity.objects.filter(kind__in=KINDS).exists():
        return
    for row in rows(preset, "polls.yaml", "polls"):
        activity = stage(row, lambda activity, maker, row=row: _fill(activity, maker, row))
        _vote(activity, row["votes"])
        if row["upto"] == "publish_results":
            with clock.at(activity.closes_at + timedelta(minutes=10)):
                ballots.close_polls()
            publish(activity)


def _fill(activity: Activity, maker: User, row: dict) -> None:
    promise = {"is_anonymous": row["anonymous"], "counts_units": row.get("units", False)}
    if activity.kind == ActivityKind.APPRAISAL:
        items = [Asked(text=text, description=words) for text, words in row["items"]]
        levels = [Choosable(text, points=points) for text, points in row["levels"]]
        operations.put_appraisal(activity, items, levels, **promise, by=maker)
        return
    operations.promise(activity, **promise, by=maker)
    for one in row["questions"]:
        options = [Choosable(text, words) for text, words in one["options"]]
        asked = Asked(text=one["text"], least=one["least"], most=one["most"], options=options)
        operations.put_question(activity, asked, by=maker)


def _vote(activity: Activity, votes: dict[str, list[list[int]]]) -> None:
    """One after another while it is open, an hour apart."""
    activity = Activity.objects.select_related("site", "poll").get(pk=activity.pk)
    questions = activity.poll.asked()
    for turn, (staff_number, chosen) in enumerate(votes.items(), start=1):
        choices = {
            question: [question.choosable[place] for place in places]
            for question, places in zip(questions, chosen, strict=True)
        }
        with clock.at(activity.opens_at + timedelta(hours=turn)):
            ballots.cast(activity, choices, by=User.objects.get(staff_number=staff_number))

"""Casting a vote, once and for all; and putting the ballots in no order when it is over.

Nothing here writes to the audit trail and nothing tells anybody: who voted what is nobody's to know.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from random import SystemRandom
from uuid import uuid4

from django.db import IntegrityError, transaction

from interaction.models import Activity, Ballot, BallotChoice, Poll, PollOption, PollQuestion, VoterMark
from interaction.queries import polls as queries
from interaction.rules import activities as activity_rules
from interaction.rules import polls as rules
from portal import clock
from portal.models import User
from portal.sweeps import sweep
from portal.workflow import Refused, TooLate

Choices = Mapping[PollQuestion, Iterable[PollOption]]
AT_A_TIME = 500


class AlreadyVoted(TooLate):
    """One person one vote (办法第十四条第4项)."""


def cast(activity: Activity, choices: Choices, *, by: User) -> None:
    """投票: the mark that `by` has voted and the ballot, both or neither. Few statements, and no lock is waited for.

    choices: for every question of the poll (as `Poll.asked` gives them) what was chosen. Raises Refused outside its
    time or for those not invited, AlreadyVoted the second time, however quickly it comes: the mark is unique.
    """
    if against := activity_rules.why_not_take_part(by, activity):
        raise Refused(against)
    for question, chosen in choices.items():
        if issue := rules.choice_issue(question, set(chosen) & set(question.choosable)):
            raise Refused(f"“{question}”：{issue}")
    try:
        with transaction.atomic():
            VoterMark.objects.create(activity=activity, voter=by)
            _put(activity, choices, by)
    except IntegrityError as error:
        if not queries.has_voted(activity, by):
            raise
        raise AlreadyVoted("您已投票，一人一票，本次不再计入") from error


@sweep("close_polls", every=timedelta(minutes=10), label="投票结束后整理选票")
def close_polls() -> int:
    """Of every poll that is over: keep how many were invited, and mix the anonymous ballots."""
    done = 0
    for pk in list(queries.to_close().values_list("pk", flat=True)):
        with transaction.atomic():
            poll = Poll.objects.select_for_update(no_key=True).get(pk=pk)
            if poll.closed_at is None:
                _close(poll)
                done += 1
    return done


def _put(activity: Activity, choices: Choices, by: User) -> None:
    poll = activity.poll
    ballot = Ballot.objects.create(
        activity=activity, voter=None if poll.is_anonymous else by,
        department_id=by.department_id if poll.has_units else None,
    )  # fmt: skip
    BallotChoice.objects.bulk_create(
        BallotChoice(ballot=ballot, question=question, option=option)
        for question, chosen in choices.items()
        for option in chosen
    )


def _close(poll: Poll) -> None:
    poll.invited, poll.closed_at = queries.invited(poll.activity), clock.now()
    poll.save()
    if poll.is_anonymous:
        _mix(poll.activity)


def _mix(activity: Activity) -> None:
    """Write marks and ballots anew in no order and under new keys: not even how the database lays down its rows says
    any more who came when. Of a unit with few voters the ballots forget their unit.
    """
    shuffle = SystemRandom().shuffle
    marks = list(VoterMark.objects.filter(activity=activity))
    ballots = list(Ballot.objects.filter(activity=activity).prefetch_related("choices"))
    choices = [choice for ballot in ballots for choice in ballot.choices.all()]
    voters = Counter(ballot.department_id for ballot in ballots)
    few = {unit for unit, number in voters.items() if number < rules.least_voters()}
    VoterMark.objects.filter(activity=activity).delete()
    Ballot.objects.filter(activity=activity).delete()
    keys = {ballot.pk: uuid4() for ballot in ballots}
    for ballot in ballots:
        ballot.pk = keys[ballot.pk]
        ballot.department_id = None if ballot.department_id in few else ballot.department_id
    for choice in choices:
        choice.pk, choice.ballot_id = uuid4(), keys[choice.ballot_id]
    for mark in marks:
        mark.pk = uuid4()
    for rows in (marks, ballots, choices):
        shuffle(rows)
    VoterMark.objects.bulk_create(marks, batch_size=AT_A_TIME)
    Ballot.objects.bulk_create(ballots, batch_size=AT_A_TIME)
    BallotChoice.objects.bulk_create(choices, batch_size=AT_A_TIME)

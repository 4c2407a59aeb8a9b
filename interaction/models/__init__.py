"""Nouns of interaction."""

from interaction.models.activities import Activity
from interaction.models.polls import Ballot, BallotChoice, Poll, PollOption, PollQuestion, VoterMark

__all__ = ["Activity", "Ballot", "BallotChoice", "Poll", "PollOption", "PollQuestion", "VoterMark"]

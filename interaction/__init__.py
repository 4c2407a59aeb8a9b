"""Interaction: letters, questions, votes and exams. Its room on the staircase; the capability arrives with its own step."""

"""Interaction: letters, questions, votes and exams. Its room; the capability arrives with its own step."""

"""Interaction: letters, questions, votes and exams. One file a noun on every floor."""

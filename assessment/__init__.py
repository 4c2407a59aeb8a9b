"""Assessment: cadence, reminders, scores. Its room on the staircase; the capability arrives with its own step."""

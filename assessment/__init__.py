"""Assessment: cadence, reminders, scores. Its room; the capability arrives with its own step."""

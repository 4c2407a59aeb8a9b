"""Disclosure and online services. Its room on the staircase; the capability arrives with its own step."""

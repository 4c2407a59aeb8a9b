"""Disclosure and online services. Its room; the capability arrives with its own step."""

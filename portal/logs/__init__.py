"""Logs: which request a line belongs to, how a line is written, into which day's file. No personal data, no secrets."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")

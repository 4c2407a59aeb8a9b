"""Waiting for something another process does."""

import time


def eventually(holds, seconds: float = 120) -> bool:
    """Whether it holds within so many seconds, asked five times a second."""
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.2)
    return holds()

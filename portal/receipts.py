"""What a visitor keeps: a code and a password, spelt in signs that people do not mistake; the database holds a digest."""

import hashlib
from typing import Any

from django.utils.crypto import constant_time_compare

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 1 I L O, which people mistake for one another."""


def spelt(data: bytes, length: int) -> str:
    return "".join(SIGNS[byte % len(SIGNS)] for byte in data[:length])


def digest(code: str, password: str) -> str:
    said = password.strip().upper().encode()
    return hashlib.scrypt(said, salt=code.encode(), n=2**12, r=8, p=1, dklen=32).hex()


def is_password(thing: Any | None, code: str, password: str) -> bool:
    """Whether it opens `thing`, which has `password_digest`. Takes as long for what is not there as for a wrong one."""
    known = thing.password_digest if thing else ""
    return constant_time_compare(digest(code, password), known)

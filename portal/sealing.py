"""封存: personal data is encrypted at rest. The first of DATA_KEYS encrypts, every one of them still reads.

网络安全法、个人信息保护法第五十一条: encryption of personal information, held apart from the database's own backups.
"""

from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealBroken(Exception):
    """None of the keys reads this: a key was lost, or the text was tampered with."""


def seal(text: str) -> str:
    """Encrypted and signed, another token each time; nothing stays nothing, so that it can be asked for."""
    return _box(tuple(settings.DATA_KEYS)).encrypt(text.encode()).decode() if text else ""


def unseal(token: str) -> str:
    """What was sealed. Raises SealBroken."""
    try:
        return _box(tuple(settings.DATA_KEYS)).decrypt(token.encode()).decode() if token else ""
    except InvalidToken:
        raise SealBroken("已加密的个人信息无法读出：DATA_KEYS 中没有当时所用的密钥") from None


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(key.encode()).digest())) for key in keys])

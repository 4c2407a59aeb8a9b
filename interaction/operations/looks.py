"""查看: that a letterbox is looked at each working day, and that everybody who reads a letter is on record."""

from django.db import transaction

from interaction.models import Letter, Letterbox, LetterboxLook
from interaction.rules import letters as rules
from portal import audit, clock
from portal.models import User


def look_into(letterbox: Letterbox, *, by: User) -> bool:
    """Somebody of the receiving department opened the letterbox: the first of the day is put down. True if it was."""
    if rules.receives(by, letterbox) is None:
        return False
    seen = {"by": by, "at": clock.now()}
    _, is_first = LetterboxLook.objects.get_or_create(letterbox=letterbox, day=clock.today(), defaults=seen)
    return is_first


@transaction.atomic
def read(letter: Letter, *, by: User) -> None:
    """Each reading of what is personal is on record (个人信息保护法第五十四条、第五十五条)."""
    audit.record("look", "查看来信内容", letter, actor=by)

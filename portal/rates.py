"""How often: limits against floods and guessing. Counted in the database, so that every process counts together."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from portal import addresses, clock
from portal.models import Tally
from portal.sweeps import sweep


def allow(key: str, *, most: int, seconds: int) -> bool:
    """Count one more of `key` in the running stretch of `seconds`; False when there were `most` already.

    `key` says what and who; it is kept as a hash. Refused attempts are counted too. A stretch begins at a full
    multiple of `seconds`, so that across a border up to twice `most` may pass.
    """
    hashed = salted_hmac("portal.rates", key, algorithm="sha256").hexdigest()
    stretch = int(clock.now().timestamp()) // seconds
    return _count(hashed, stretch, seconds) <= most


def by_address(what: str, request: HttpRequest) -> str:
    """A key for what comes from one address."""
    return f"{what}|{addresses.client_address(request)}"


def _count(key: str, stretch: int, seconds: int) -> int:
    rows = Tally.objects.filter(key=key, stretch=stretch)
    if not rows.update(count=F("count") + 1):
        until = clock.now() + timedelta(seconds=seconds)
        try:
            with transaction.atomic():
                Tally.objects.create(key=key, stretch=stretch, until=until)
        except IntegrityError:
            rows.update(count=F("count") + 1)
    return rows.values_list("count", flat=True).first() or 1


@sweep("forget_tallies", every=timedelta(hours=1), label="清理计次")
def forget_tallies() -> int:
    return Tally.objects.filter(until__lt=clock.now()).delete()[0]

"""Red rows call people: an incident where the check names one, else a notice to the 网管, once a day."""

from datetime import timedelta

from django.urls import reverse

from portal import clock, incidents, notices, watch
from portal.enums import Health, NoticeKind, Power
from portal.sweeps import sweep
from portal.watch import Check, Reading


@sweep("watch_house", every=timedelta(minutes=5), label="运行监控")
def watch_house() -> int:
    """Returns how many rows are red."""
    red = [(check, reading) for check, reading in watch.readings() if reading.state == Health.RED]
    for check, reading in red:
        _call(check, reading)
    return len(red)


def _call(check: Check, reading: Reading) -> None:
    words = f"{check.label}：{reading.words}"
    if check.incident:
        incidents.report(check.incident, words, key=f"watch-{check.key}")
        return
    notices.tell(
        notices.holders(Power.SYSTEM), f"运行监控：{words}", kind=NoticeKind.SYSTEM, body=reading.action,
        url=reverse("desk:operations"), key=f"watch-{check.key}-{clock.today()}",
    )  # fmt: skip

"""What waits: tasks at the broker, mail to be sent."""

import json
import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Min

from portal import clock, watch
from portal.celery import app
from portal.enums import Health
from portal.house.sweeps import span
from portal.models import Notice
from portal.notices import MAX_EMAIL_ATTEMPTS
from portal.sweeps import registry
from portal.watch import Reading

QUEUE = "celery"


def tasks() -> tuple[int, timedelta]:
    """How many tasks wait at the broker, and how long the oldest has."""
    with app.connection_for_read() as broker:
        channel = broker.default_channel
        return channel._size(QUEUE), timedelta(seconds=max(0.0, _oldest(channel)))


def read_tasks() -> Reading:
    length, age = tasks()
    state = watch.worse_when_higher(age.total_seconds() / 60, "queue_minutes")
    words = f"{length} 项在排队，最早的等了 {span(age)}" if length else "没有任务在排队"
    action = "" if state == Health.OK else "重新启动 worker；仍不见减少时再增加一个 worker"
    return Reading(state, words, action, value=age.total_seconds())


def mail() -> tuple[int, timedelta]:
    """Notices that are to go out by e-mail and have not."""
    rows = Notice.objects.filter(emailed_at=None, email_attempts__lt=MAX_EMAIL_ATTEMPTS)
    found = rows.exclude(recipient__email="").aggregate(n=Count("pk"), since=Min("at"))
    return found["n"], clock.now() - found["since"] if found["since"] else timedelta(0)


def read_mail() -> Reading:
    waiting, age = mail()
    state = watch.worse_when_higher(age.total_seconds() / 60, "mail_minutes") if waiting else Health.OK
    words = f"{waiting} 封消息邮件没有发出，最早的等了 {span(age)}" if waiting else "消息邮件都已发出"
    action = "" if state == Health.OK else "核对发信服务器（EMAIL_URL）和运行日志"
    return Reading(state, words, action, value=age.total_seconds())


def _oldest(channel: Any) -> float:
    """Seconds. A message of Redis tells when it expires; a file of the spool when it was written."""
    if hasattr(channel, "_create_client"):
        with channel.conn_or_acquire() as client:
            message = client.lindex(QUEUE, -1)
        return _age(json.loads(message)["headers"]) if message else 0.0
    folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("data_folder_in")
    written = [file.stat().st_mtime for file in _files(folder)] if folder else []
    return time.time() - min(written) if written else 0.0


def _files(folder: str | os.PathLike) -> list[Path]:
    """What another process takes away meanwhile is not waiting."""
    return [one for one in Path(folder).glob(f"*{QUEUE}.msg") if one.exists()]


def _age(headers: dict[str, Any]) -> float:
    one = registry.get(str(headers.get("task", "")).removeprefix("sweep."))
    if not headers.get("expires") or one is None:
        return 0.0
    sent = datetime.fromisoformat(headers["expires"]) - one.every
    return (clock.now() - sent).total_seconds()

"""Celery is a clock first: it only ever runs the idempotent sweeps of `portal.sweeps`."""

import os

from celery import Celery

from portal.sweeps import beat_schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_finalize.connect
def plan_sweeps(sender: Celery, **kwargs) -> None:
    sender.loader.import_default_modules()
    sender.conf.beat_schedule = beat_schedule()

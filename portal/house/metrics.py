"""What /metrics tells: how the house is, as numbers; what the processes counted. No label holds anything of a person."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from prometheus_client import (
    CollectorRegistry,
    generate_latest,
    multiprocess,
    platform_collector,
    process_collector,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import REGISTRY, Collector

from portal import meters, watch
from portal.enums import Health, IncidentKind
from portal.house import machine, queues, sweeps
from portal.models import Incident

STATES = list(Health)


class House(Collector):
    """Asked anew at every scrape, by whichever process answers it."""

    def collect(self) -> Iterator[Any]:
        yield from _checks()
        yield from _sweeps()
        yield _plain("portal_queue_length", "Tasks waiting at the broker", lambda: queues.tasks()[0])
        yield _plain(
            "portal_queue_oldest_seconds", "Age of the oldest", lambda: queues.tasks()[1].total_seconds()
        )
        yield _plain("portal_mail_waiting", "Notices to be mailed", lambda: queues.mail()[0])
        yield _plain("portal_database_bytes", "Size of the database", machine.database_bytes)
        yield _incidents()
        version = GaugeMetricFamily("portal_version", "The version that runs", labels=["version"])
        version.add_metric([machine.version()], 1)
        yield version


def page() -> bytes:
    """The text for Prometheus. Without slots (one process) what this process counted is all there is."""
    registry = CollectorRegistry()
    if meters.FOLDER:
        multiprocess.MultiProcessCollector(registry, path=meters.FOLDER)
        process_collector.ProcessCollector(registry=registry)
        platform_collector.PlatformCollector(registry=registry)
    registry.register(House())
    return generate_latest(registry) + (b"" if meters.FOLDER else generate_latest(REGISTRY))


def _checks() -> Iterator[GaugeMetricFamily]:
    state = GaugeMetricFamily("portal_check_state", "0 ok, 1 amber, 2 red", labels=["check"])
    value = GaugeMetricFamily(
        "portal_check_value", "What was measured (seconds, bytes, number)", labels=["check"]
    )
    for check, reading in watch.readings():
        state.add_metric([check.key], STATES.index(reading.state))
        if reading.value is not None:
            value.add_metric([check.key], reading.value)
    yield state
    yield value


def _sweeps() -> Iterator[GaugeMetricFamily]:
    late = GaugeMetricFamily("portal_sweep_late_seconds", "Since its next success was due", labels=["sweep"])
    last = GaugeMetricFamily("portal_sweep_last_success", "Unix time of the last success", labels=["sweep"])
    took = GaugeMetricFamily("portal_sweep_took_seconds", "Time of the last run", labels=["sweep"])
    failed = GaugeMetricFamily("portal_sweep_failures", "Failures in a row", labels=["sweep"])
    for one in sweeps.lines():
        late.add_metric([one.sweep.name], one.late.total_seconds())
        if one.run:
            took.add_metric([one.sweep.name], one.run.took_ms / 1000)
            failed.add_metric([one.sweep.name], one.run.failures)
        if one.run and one.run.succeeded_at:
            last.add_metric([one.sweep.name], one.run.succeeded_at.timestamp())
    yield from (late, last, took, failed)


def _incidents() -> GaugeMetricFamily:
    found = GaugeMetricFamily("portal_incidents_open", "Open incidents", labels=["kind"])
    rows = Incident.objects.open().order_by().values_list("kind").annotate(n=Count("pk"))
    numbers = dict(rows)
    for kind in IncidentKind:
        found.add_metric([kind.lower()], numbers.get(kind, 0))
    return found


def _plain(name: str, words: str, read: Any) -> GaugeMetricFamily:
    """One number; absent where it cannot be read, which is what Prometheus can alarm about."""
    found = GaugeMetricFamily(name, words)
    try:
        found.add_metric([], read())
    except Exception:  # broker away: the other numbers must still be told
        return found
    return found

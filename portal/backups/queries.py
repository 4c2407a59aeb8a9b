"""What is to be known of backups: those that count, how old they are, the drills. For the desk, probes and registers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from portal import clock, parameters
from portal.enums import WHOLE_BACKUPS, BackupState, Urgency
from portal.models import BackupDrill, BackupRun

PAGE_SIZE = 20


@dataclass(frozen=True)
class Standing:
    """How the house stands; `*_urgency` is red where the limit of the parameters is passed or there is nothing yet."""

    run: BackupRun | None
    drill: BackupDrill | None
    last_drill: BackupDrill | None
    backup_urgency: Urgency
    drill_urgency: Urgency

    @property
    def is_late(self) -> bool:
        return Urgency.RED in (self.backup_urgency, self.drill_urgency)


def good_runs() -> QuerySet[BackupRun]:
    """Those that were finished, verified and are still there, newest first."""
    return BackupRun.objects.filter(state=BackupState.DONE).order_by("-started_at", "-pk")


def current() -> BackupRun | None:
    """The one that runs or waits now."""
    return (
        BackupRun.objects.filter(state__in=(BackupState.RUNNING, BackupState.ASKED))
        .order_by("-state")
        .first()
    )


def standing() -> Standing:
    """The newest backup that a portal can be set up from, the newest drill passed, and whether both are recent."""
    run = good_runs().filter(kind__in=WHOLE_BACKUPS).first()
    passed, last = drills().filter(is_passed=True).first(), drills().first()
    hours, days = parameters.value("backup_warning_hours"), parameters.value("backup_drill_days")
    return Standing(
        run, passed, last,
        _urgency(run and run.started_at, hours and timedelta(hours=hours)),
        _urgency(passed and passed.finished_at, days and timedelta(days=days)),
    )  # fmt: skip


def drills(since: date | None = None, until: date | None = None) -> QuerySet[BackupDrill]:
    """恢复演练 for the register of drills, newest first; both days included."""
    found = BackupDrill.objects.select_related("run")
    if since:
        found = found.filter(finished_at__date__gte=since)
    return found.filter(finished_at__date__lte=until) if until else found


def runs_page(number: int | str | None) -> Page:
    return Paginator(BackupRun.objects.select_related("asked_by"), PAGE_SIZE).get_page(number)


def _urgency(at: datetime | None, limit: timedelta | None) -> Urgency:
    if limit is None:
        return Urgency.OK
    return Urgency.OK if at and clock.now() - at <= limit else Urgency.RED

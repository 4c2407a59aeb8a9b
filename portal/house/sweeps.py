"""How the sweeps run: when each ran last, how late it is, what failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from celery import current_app

from portal import clock, watch
from portal.enums import Health
from portal.models import SweepFailure, SweepRun
from portal.sweeps import Sweep, registry
from portal.watch import Reading

GRACE = timedelta(minutes=2)
FAILURES_SHOWN = 20


@dataclass(frozen=True)
class Line:
    """A sweep with its last run (None: never yet). `late` counts from when its next success was due."""

    sweep: Sweep
    run: SweepRun | None
    late: timedelta
    state: Health

    @property
    def every(self) -> str:
        return span(self.sweep.every)

    @property
    def behind(self) -> str:
        return span(self.late) if self.late > GRACE else ""


def lines() -> list[Line]:
    """Every sweep there is, the worst first."""
    current_app.loader.import_default_modules()
    runs = {one.name: one for one in SweepRun.objects.all()}
    began = min((one.started_at for one in runs.values()), default=None)
    found = [_line(one, runs.get(one.name), began) for one in registry.values()]
    return sorted(found, key=lambda one: (-list(Health).index(one.state), one.sweep.label))


def failures() -> list[SweepFailure]:
    return list(SweepFailure.objects.all()[:FAILURES_SHOWN])


def read() -> Reading:
    found = lines()
    bad = [one for one in found if one.state != Health.OK]
    if not any(one.run for one in found):
        return Reading(
            Health.RED, "后台任务从未运行", "启动 worker 与 beat（docker compose up -d worker beat）"
        )
    worst = max((one.late.total_seconds() for one in found), default=0)
    if not bad:
        return Reading(Health.OK, f"{len(found)} 项定时任务都按时完成", value=worst)
    names = "、".join(one.sweep.label for one in bad[:3]) + ("等" if len(bad) > 3 else "")
    action = "重新启动 worker 与 beat" if all(one.late for one in bad) else "查看下面的失败记录和运行日志"
    return Reading(bad[0].state, f"{len(bad)} 项没有按时完成：{names}", action, value=worst)


def span(length: timedelta) -> str:
    """A stretch of time as people say it."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 1:
        return f"{max(1, round(length.total_seconds()))} 秒"
    if minutes < 120:
        return f"{minutes} 分钟"
    return f"{minutes // 60} 小时" if minutes < 48 * 60 else f"{minutes // 1440} 天"


def _line(sweep: Sweep, run: SweepRun | None, began: datetime | None) -> Line:
    """A sweep that never ran is counted from when the first of all did: a new one is not late at once."""
    since = (run.succeeded_at or run.started_at) if run else began
    waited = clock.now() - since if since else timedelta(0)
    late = max(timedelta(0), waited - sweep.every)
    if waited <= sweep.every + GRACE:
        return Line(sweep, run, late, Health.AMBER if run and run.failures else Health.OK)
    return Line(sweep, run, late, watch.worse_when_higher(waited / sweep.every, "sweep_late"))

"""催办: at half of the days, one before, on the day and after; once a day to every department that has letters open.

Stages, days off and what was told already are the engine's (`portal.limits.reminding`).
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from interaction.enums.letters import LetterState
from interaction.models import Letter, Letterbox
from interaction.operations import clocks, moves
from interaction.operations.news import tell_writer
from interaction.queries import letters as queries
from interaction.queries.handlers import handlers
from portal import clock, limits
from portal.enums import Stage
from portal.models import Department, Limit, Site, User
from portal.sweeps import sweep
from portal.workflow import TooLate

AFTERNOON = 15


@sweep("remind_of_letters", every=timedelta(minutes=30), label="来信催办")
def remind_of_letters() -> int:
    """Whoever owes the next step, at each stage of its clock once; overdue ones each working day. Returns how many."""
    return limits.remind(list(queries.running_clocks()), _call)


@sweep("remind_departments", every=timedelta(minutes=30), label="各部门来信日报")
def remind_departments() -> int:
    """福建第二十二条: 每个工作日登录提醒相关处室处理诉求件. Once a working day, to whoever has letters open."""
    if not limits.is_time(limits.MORNING):
        return 0
    told = 0
    for row in queries.owed_by_department():
        site, department = Site.objects.get(pk=row["site"]), Department.objects.get(pk=row["department"])
        title = f"{department}有 {row['number']} 封来信待办"
        title += f"，其中 {row['late']} 封已逾期" if row["late"] else ""
        key = f"letters-today-{site.pk}-{department.pk}-{clock.today():%Y%m%d}"
        told += limits.tell_once(
            handlers(site, department), title, f"{reverse('desk:home')}?kind=letters", key
        )
    return told


@sweep("remind_to_look", every=timedelta(minutes=30), label="信箱每日查看")
def remind_to_look() -> int:
    """In the afternoon, those who should have looked into a letterbox and have not (常山(十))."""
    if not limits.is_time(AFTERNOON):
        return 0
    told, today = 0, clock.today()
    boxes = Letterbox.objects.filter(is_looked_at_daily=True, is_open=True).exclude(looks__day=today)
    for box in boxes.select_related("site", "receiver"):
        key = f"look-{box.pk}-{today:%Y%m%d}"
        url = reverse("desk:letterbox", args=[box.pk])
        told += limits.tell_once(handlers(box.site, box.receiver), f"今天还没有查看“{box}”", url, key)
    return told


@sweep("close_answered", every=timedelta(hours=1), label="来信到期办结")
def close_answered() -> int:
    """An answered letter that nobody asked to handle again is closed when it can no longer be asked."""
    closed = 0
    for letter in queries.quietly_answered():
        closed += _close(letter)
    return closed


@transaction.atomic
def _close(letter: Letter) -> bool:
    days = letter.letterbox.reopen_days or 0
    if clock.now() <= letter.answered_at + timedelta(days=days):
        return False
    system = User.objects.system()
    try:
        moves.by_itself(
            letter, "close", actor=system, note="逾期未要求再次办理", changes={"closed_at": clock.now()}
        )
    except TooLate:
        return False
    tell_writer(letter, f"您的来信已办结：{letter.get_outcome_display()}。")
    return True


def _call(limit: Limit, stage: Stage) -> limits.Call:
    letter: Letter = limit.subject
    receives = limit.label == clocks.RECEIVE
    if receives or letter.state == LetterState.SUBMITTED:
        whose = letter.letterbox.receiver
    else:
        whose = letter.letterbox.office if letter.state == LetterState.DISPUTED else letter.department
    people = set(handlers(letter.site, whose))
    if stage == Stage.OVERDUE and letter.department and letter.department.head:
        people.add(letter.department.head)  # it is no longer the handler's matter alone
    title = f"{limit.label}{stage.label}：{letter.title}"
    return limits.Call(people, title, reverse("desk:letter", args=[letter.pk]))

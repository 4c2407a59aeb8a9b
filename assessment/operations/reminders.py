"""提醒单 issued and ended by the system (石家庄第十五条、第二十八条第2项): what is red is told with a deadline, what was
improved in time is found, what was not is told again and at last listed.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from assessment.enums.slips import MentionKind, SlipState
from assessment.models import ReminderSlip, SlipYear
from assessment.operations import facts, mentions
from assessment.queries import slips as queries
from assessment.queries.binding import Bound
from assessment.queries.cadences import Book, Row, updates
from assessment.rules import slips as rules
from columns.models import Column
from portal import audit, clock, notices, parameters
from portal.enums import NoticeKind
from portal.models import User
from portal.sweeps import sweep
from portal.workdays import Calendar
from portal.workflow import TooLate, fire

LISTED_RULE = "栏目内容长期不更新或应公开信息未公开，经2次以上提醒仍不及时改进的"
LISTED_CLAUSE = "石家庄市商务系统政府网站建设与管理办法第二十八条第2项"


@sweep("remind", every=timedelta(hours=6), label="签发更新提醒单")
def remind() -> int:
    """End the open slips, then issue new ones; quiet on days off. Twice a day changes nothing more."""
    today, calendar = clock.today(), Calendar.load()
    if not calendar.is_workday(today):
        return 0
    facts.gather()
    book = Book(today)
    rows = list(book.rows())
    return _end_all(book, rows, today) + _issue_all([one for one in rows if one.standing.is_red], calendar)


def _end_all(book: Book, rows: list[Row], today: date) -> int:
    """A slip is judged as at its last day, however late that is done."""
    done = 0
    by_day: dict[date, list[ReminderSlip]] = {}
    for slip in queries.open_slips():
        by_day.setdefault(min(today, slip.due_on), []).append(slip)
    for day, slips in sorted(by_day.items()):
        targets = {one.target for one in slips}
        seen = book if day == today else Book(day, targets=targets)
        found = {one.bound.target: one for one in (rows if day == today else seen.rows())}
        done += sum(_end(slip, found.get(slip.target), seen, day, today) for slip in slips)
    return done


def _end(slip: ReminderSlip, row: Row | None, book: Book, day: date, today: date) -> bool:
    updated_on = row.bound.record.last if row else None
    found = rules.outcome(slip, row.standing if row else None, updated_on, today)
    if found is None:
        return False
    changes = {"ended_at": clock.now()}
    if found.verb == "improve" and row:
        columns = book.covered(row.bound)
        changes["improved_by"] = updates(columns, slip.since, day).filter(at__gt=slip.issued_at).first()
    if found.verb == "drop":
        changes["excuse"] = found.note
    try:
        with transaction.atomic():
            slip = _fire(slip, found.verb, found.note, changes)
            _list(slip)
    except TooLate:
        return False
    return True


def _fire(slip: ReminderSlip, verb: str, note: str, changes: dict) -> ReminderSlip:
    system = User.objects.system()
    slip = fire(
        slip, verb, actor=system, why_not=rules.why_not, note=note, clause=slip.clause, changes=changes
    )
    notices.settle(slip.get_absolute_url())
    told = slip.recipients.filter(is_active=True)
    word = {"improve": "已改进", "lapse": "逾期未改进", "drop": f"不再适用（{note}）"}[verb]
    notices.tell(
        told, f"{slip}{word}：{slip.what}", kind=NoticeKind.RESULT, url=slip.get_absolute_url(),
        key=f"slip-{slip.pk}-{verb}",
    )  # fmt: skip
    return slip


def _list(slip: ReminderSlip) -> None:
    """通报批评: after so many slips without improvement the unit is listed once, and its head and 总版主 are told."""
    most = parameters.value("reminders_before_criticism")
    if slip.state != SlipState.LAPSED or most is None or slip.level < most:
        return
    chain = [slip]
    while chain[0].earlier:
        chain.insert(0, chain[0].earlier)
    numbers = "、".join(str(one) for one in chain)
    mention = mentions.list_(
        key=f"slips:{chain[0].pk}", kind=MentionKind.CRITICISM, unit=slip.unit, column=slip.column,
        rule=LISTED_RULE, clause=LISTED_CLAUSE, on=clock.today(), url=slip.get_absolute_url(),
        facts=f"{slip.what}自 {chain[0].since:%Y-%m-%d} 起未按要求更新（{slip.rule}），"
        f"经{numbers}共 {len(chain)} 次提醒，至 {slip.due_on:%Y-%m-%d} 仍未改进。",
    )  # fmt: skip
    if mention is None:
        return
    told = {one.pk: one for one in (queries.head_of(slip.unit), *queries.superiors(slip.site)) if one}
    notices.tell(
        told.values(), f"{slip.unit}经 {len(chain)} 次提醒仍未更新{slip.what}，已列入通报批评待确认",
        body=mention.facts, url=slip.get_absolute_url(), key=f"mention-{mention.pk}",
    )  # fmt: skip


def _issue_all(rows: list[Row], calendar: Calendar) -> int:
    latest = queries.latest_of(one.bound.target for one in rows)
    due_on = calendar.add(clock.today(), parameters.value("reminder_days") or 0).due
    done = 0
    for row in rows:
        earlier = latest.get(row.bound.target)
        if earlier is None or earlier.state != SlipState.ISSUED:
            done += _issue(row, earlier, due_on)
    return done


@transaction.atomic
def _issue(row: Row, earlier: ReminderSlip | None, due_on: date) -> bool:
    """Numbered under the lock of its year; whoever comes second finds the slip there and issues none."""
    year = _lock_year(clock.today().year)
    one, since = row.bound, row.standing.since or clock.today()
    if ReminderSlip.objects.filter(target=one.target, state=SlipState.ISSUED).exists():
        return False
    issued_on = clock.local(earlier.issued_at).date() if earlier else since
    goes_on = rules.follows(earlier, one.unit, since, issued_on)
    if goes_on and ReminderSlip.objects.filter(earlier=earlier).exists():
        return False
    year.last += 1
    year.save()
    slip = ReminderSlip.objects.create(
        number=rules.number_of(year.year, year.last), site=row.site, column_id=one.column, target=one.target,
        unit=row.unit, cadence=one.cadence, rule=_rule(one), clause=one.cadence.clause,
        level=earlier.level + 1 if goes_on and earlier else 1, earlier=earlier if goes_on else None,
        since=since, issued_at=clock.now(), due_on=due_on,
    )  # fmt: skip
    _send(slip, Column.objects.select_related("site").get(pk=one.column) if one.column else None, row)
    return True


def _rule(one: Bound) -> str:
    """What the rule said, with what it counts together."""
    together = f"{one.cadence.update_class or '全站'}合并计算，" if one.column is None else ""
    return f"{together}{one.cadence}"[:120]


def _send(slip: ReminderSlip, column: Column | None, row: Row) -> None:
    """To those who collect for it and the unit's head; from the second on to 总版主 and the 分管领导 too."""
    people: Iterable[User | None] = [
        *queries.collectors(slip.site, column, slip.unit),
        queries.head_of(slip.unit),
    ]
    if slip.level > 1:
        people = [*people, *queries.superiors(slip.site)]
    told = {one.pk: one for one in people if one and one.is_active}
    slip.recipients.set(told.values())
    audit.record(
        "issue", "签发提醒单", slip, actor=User.objects.system(), note=row.standing.words, clause=slip.clause
    )
    again = f"（第 {slip.level} 次）" if slip.level > 1 else ""
    notices.tell(
        told.values(), f"{slip}{again}：{slip.what}须在 {slip.due_on:%Y-%m-%d} 前更新", kind=NoticeKind.TODO,
        body=f"自 {slip.since:%Y-%m-%d} 起未更新；要求：{slip.rule}（{slip.clause}）。", url=slip.get_absolute_url(),
        key=f"slip-{slip.pk}",
    )  # fmt: skip


def _lock_year(year: int) -> SlipYear:
    SlipYear.objects.get_or_create(year=year)
    return SlipYear.objects.select_for_update(no_key=True).get(year=year)

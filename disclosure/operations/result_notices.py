"""The only writers of 办理公示: entered one by one, from a pre-review that passed, or by table; published by another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse

from columns.queries import site_holders
from disclosure.enums.prereviews import ApplicantType, PreReviewState
from disclosure.enums.result_notices import Handled, NoticeState
from disclosure.models import PreReview, ResultNotice, ServiceItem
from disclosure.rules import result_notices as rules
from portal import audit, clock, notices
from portal.enums import NoticeKind, Power
from portal.models import Site, User
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand, fire

CLAUSE = "石家庄第二十三条"
TAKEN = "这个办件编号已经录入过"
SECRET = "办件编号会原样公开，不能写证件号码、手机号码、邮箱或银行账号"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A result as the clerk knows it; of `name` and `remark` only what is masked is kept."""

    item: ServiceItem
    number: str
    name: str
    is_person: bool
    result: Handled
    decided_on: date
    remark: str = ""


@transaction.atomic
def enter(entry: Entry, *, by: User, pre_review: PreReview | None = None) -> ResultNotice:
    """录入: a draft, masked before it is stored. Raises Refused at its field."""
    by = as_they_stand(by)
    notice = _enter(entry, by, pre_review)
    _tell_publishers([notice.site], by)
    return notice


@transaction.atomic
def enter_from(found: PreReview, entry: Entry, *, by: User) -> ResultNotice:
    """From a pre-review that passed, once: its applicant stands there masked."""
    found = PreReview.objects.select_for_update(no_key=True).get(pk=found.pk)
    if found.state != PreReviewState.PASSED:
        raise TooLate("只有预审通过的，才能由预审录入办理结果")
    if ResultNotice.objects.filter(pre_review=found).exists():
        raise TooLate("这件预审的办理结果已经录入过")
    return enter(entry, by=by, pre_review=found)


@transaction.atomic
def import_entries(entries: Iterable[Entry], *, by: User) -> int:
    """导入: drafts to be published by another; returns how many."""
    by = as_they_stand(by)
    made = [_enter(one, by, None) for one in entries]
    _tell_publishers({one.site for one in made}, by)
    return len(made)


@transaction.atomic
def amend(notice: ResultNotice, entry: Entry, *, by: User) -> ResultNotice:
    """改录入 of a draft; an empty name keeps the masked one."""
    by = as_they_stand(by)
    notice = ResultNotice.objects.select_for_update(no_key=True).get(pk=notice.pk)
    _check(entry, by)
    if notice.department_id not in rules.enters_for(by, notice.site_id):
        raise NotAllowed(f"只有{notice.department}的答复人员可以修改")
    if notice.state != NoticeState.DRAFT:
        raise TooLate(f"办理结果{notice.get_state_display()}，不能修改")
    _fill(notice, entry, by)
    _save(notice)
    audit.record("amend_result", "修改办理结果", notice, actor=by)
    return notice


def publish(notice: ResultNotice, *, by: User) -> ResultNotice:
    """发布, by somebody else than who entered it."""
    changes = {"published_by": by, "published_at": clock.now()}
    return _fire(notice, "publish", by, changes=changes)


@transaction.atomic
def publish_all(site: Site, *, by: User) -> int:
    """发布 all drafts of the site that others entered; returns how many."""
    rows = (
        ResultNotice.objects.filter(site=site, state=NoticeState.DRAFT).select_related("site").order_by("pk")
    )
    mine = [one for one in rows if not rules.why_not(by, "publish", one)]
    for one in mine:
        publish(one, by=by)
    return len(mine)


def discard(notice: ResultNotice, *, note: str, by: User) -> ResultNotice:
    return _fire(notice, "discard", by, note=note)


def withdraw(notice: ResultNotice, *, note: str, by: User) -> ResultNotice:
    """撤下 with the reason; it is kept, and its number may be entered anew."""
    return _fire(notice, "withdraw", by, note=note)


def entry_of(found: PreReview, *, number: str, result: Handled, decided_on: date, remark: str = "") -> Entry:
    """What a pre-review that passed says of its result; only in memory is the name whole."""
    return Entry(
        item=found.item, number=number, name=found.name, is_person=found.kind == ApplicantType.PERSON,
        result=result, decided_on=decided_on, remark=remark,
    )  # fmt: skip


def _enter(entry: Entry, by: User, pre_review: PreReview | None) -> ResultNotice:
    _check(entry, by)
    notice = ResultNotice(site=entry.item.site, pre_review=pre_review)
    _fill(notice, entry, by)
    _save(notice)
    audit.record("enter_result", "录入办理结果", notice, actor=by, clause=CLAUSE)
    return notice


def _check(entry: Entry, by: User) -> None:
    item = entry.item
    if item.department_id not in rules.enters_for(by, item.site_id):
        raise NotAllowed(f"“{item}”的办理结果由{item.department}的答复人员录入")
    if rules.tells_a_secret(entry.number):
        raise Refused(SECRET, "number")
    if entry.decided_on > clock.today():
        raise Refused("办结日期不能晚于今天", "decided_on")


def _fill(notice: ResultNotice, entry: Entry, by: User) -> None:
    notice.item, notice.department = entry.item, entry.item.department
    notice.number, notice.result, notice.decided_on = entry.number, entry.result, entry.decided_on
    if entry.name:
        notice.applicant = rules.masked_name(entry.name, is_person=entry.is_person)
    notice.remark = rules.masked_remark(entry.remark, entry.name, is_person=entry.is_person)
    notice.entered_by, notice.entered_at = by, clock.now()


def _save(notice: ResultNotice) -> None:
    try:
        with transaction.atomic():
            notice.save()
    except IntegrityError as error:
        raise Refused(TAKEN, "number") from error


def _fire(
    notice: ResultNotice, verb: str, by: User, *, note: str = "", changes: dict | None = None
) -> ResultNotice:
    return fire(
        notice, verb, actor=by, why_not=rules.why_not, acting_for=rules.acting_for, note=note, clause=CLAUSE,
        changes=changes,
    )  # fmt: skip


def _tell_publishers(sites: Iterable[Site], by: User) -> None:
    """Once a day and site: results wait to be published."""
    for site in sites:
        people = site_holders(site, Power.PUBLISH).exclude(pk=by.pk)
        url = f"{reverse('desk:result_notices')}?state={NoticeState.DRAFT}"
        key = f"results-{site.pk}-{clock.today():%Y%m%d}"
        notices.tell(people, f"{site}有办理结果待发布", kind=NoticeKind.TODO, url=url, key=key)

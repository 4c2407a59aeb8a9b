"""处置: every step a line of the record with its time and its hand; the page taken down, the police told, closed."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal import audit, clock, notices, uploads
from portal.enums import NoticeKind
from portal.incidents import pages, reporting, rules
from portal.models import Incident, User
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand, fire


@transaction.atomic
def handle(incident: Incident, *, by: User) -> Incident:
    """开始处置: the others see that somebody does."""
    incident = _move(incident, "handle", by)
    notices.settle(incident.get_absolute_url())
    return incident


@transaction.atomic
def close(incident: Incident, *, by: User, note: str) -> Incident:
    """结案 with its result, the leaders told. Raises Refused while the regulation's report to the police is open."""
    if incident.wants_police:
        raise Refused(f"{rules.CLAUSE}要求向公安机关报案：请先记录报案情况，或写明不报案的理由")
    incident = _move(incident, "close", by, note, result=note, closed_at=clock.now())
    _tell_end(incident, f"安全事件已结案：{incident}", note)
    return incident


@transaction.atomic
def dismiss(incident: Incident, *, by: User, note: str) -> Incident:
    """确认误报: those who were alarmed are told why they need not have been."""
    incident = _move(incident, "dismiss", by, note, result=note, closed_at=clock.now())
    _tell_end(incident, f"安全事件为误报：{incident}", note)
    return incident


@transaction.atomic
def reopen(incident: Incident, *, by: User, note: str) -> Incident:
    """重新处置. Raises TooLate when the same source has an open incident by now."""
    if incident.key and Incident.objects.open().filter(key=incident.key).exists():
        raise TooLate("同一来源已有新的事件，请在新的事件上处置")
    return _move(incident, "reopen", by, note, closed_at=None)


def write(incident: Incident, *, by: User, text: str, files: Iterable[UploadedFile] = ()) -> Incident:
    """One line of the handling record, with what was photographed or saved; also after the end."""
    with uploads.together():
        incident = _locked(incident, by, is_open=False)
        stored = reporting.accept_files(files, by=by)
        incident.files.add(*stored)
        named = f"（附：{'、'.join(one.name for one in stored)}）" if stored else ""
        audit.record("note", "处置记录", incident, actor=by, note=text + named)
    return incident


@transaction.atomic
def tell_police(incident: Incident, *, by: User, text: str) -> Incident:
    """向公安机关报案 (办法第二十一条): when, to whom, under which number; or why it was not called for."""
    incident = _locked(incident, by, is_open=False)
    incident.police_at = clock.now()
    incident.save(update_fields=["police_at"])
    audit.record("police", "公安机关报案", incident, actor=by, note=text, clause=rules.CLAUSE)
    return incident


@transaction.atomic
def take_down(incident: Incident, *, by: User, note: str) -> Incident:
    """一键撤下: readers lose the page at once, by the app's own operation, which has the last word about rights."""
    incident = _locked(incident, by)
    page = pages.get(incident.page_kind, incident.page_id)
    if page is None:
        raise Refused("这个事件没有登记可以撤下的页面")
    if not page.is_public:
        raise TooLate(f"“{page.title}”已经不对外显示")
    pages.take_down(page, by=by, note=note)
    audit.record(
        "take_down", "撤下页面", incident, actor=by, note=f"《{page.title}》：{note}", clause=rules.CLAUSE
    )
    return incident


def _locked(incident: Incident, by: User, *, is_open: bool = True) -> Incident:
    incident = Incident.objects.select_for_update(of=["self"], no_key=True).get(pk=incident.pk)
    if reason := rules.why_not_handle(as_they_stand(by)):
        raise NotAllowed(reason)
    if is_open and not incident.is_open:
        raise TooLate(f"“{incident}”{incident.get_state_display()}，不能再处置；需要时请先“重新处置”")
    return incident


def _move(incident: Incident, verb: str, by: User, note: str = "", **changes: Any) -> Incident:
    return fire(
        incident, verb, actor=by, why_not=rules.why_not, note=note, clause=rules.CLAUSE, changes=changes
    )


def _tell_end(incident: Incident, title: str, note: str) -> None:
    url = incident.get_absolute_url()
    notices.settle(url)
    told = {*notices.told(reporting.told_key(incident)), incident.found_by_id} - {User.objects.system().pk}
    people = User.objects.filter(pk__in=told, is_active=True)
    notices.tell(people, title, kind=NoticeKind.RESULT, body=note, url=url)

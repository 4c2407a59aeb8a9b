"""复议诉讼 about an answer, or about none having come: recorded by the disclosure office for the fourth table."""

from dataclasses import asdict

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from disclosure.enums.requests import Party
from disclosure.models import DisclosureRequest, Proceeding
from disclosure.rules import requests as request_rules
from disclosure.rules.proceedings import Facts, contradictions
from portal import audit, uploads
from portal.models import StoredFile, User
from portal.uploads import UploadRefused
from portal.workflow import NotAllowed, Refused, TooLate


@uploads.together()
def record(
    request: DisclosureRequest, facts: Facts, *, by: User, file: UploadedFile | None = None
) -> Proceeding:
    request = DisclosureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    _check(request, facts, by)
    found = Proceeding(request=request, recorded_by=by, **asdict(facts), file=_accepted(file, by))
    found.save()
    audit.record("record", "登记复议诉讼", found, actor=by, note=f"{found}，{facts.filed_on:%Y-%m-%d}受理")
    return found


@uploads.together()
def change(
    proceeding: Proceeding, facts: Facts, *, version: int, by: User, file: UploadedFile | None = None
) -> Proceeding:
    """更正 or enter the result. TooLate if somebody saved it since `version`."""
    found = Proceeding.objects.select_for_update(no_key=True, of=("self",)).get(pk=proceeding.pk)
    _check(found.request, facts, by)
    if found.version != version:
        raise TooLate("这条登记在您打开之后又被别人改过，请看过现在的内容再改")
    for name, value in asdict(facts).items():
        setattr(found, name, value)
    found.version, found.recorded_by = found.version + 1, by
    found.file = _accepted(file, by) or found.file
    found.save()
    audit.record("change", "更正复议诉讼", found, actor=by, note=str(found))
    return found


@transaction.atomic
def remove(proceeding: Proceeding, *, note: str, by: User) -> None:
    """Recorded by mistake: it no longer counts; the audit trail keeps what it said."""
    found = Proceeding.objects.select_for_update(no_key=True, of=("self",)).filter(pk=proceeding.pk).first()
    if found is None:
        raise TooLate("这条登记已被删除")
    _check_seat(found.request, by)
    if not note.strip():
        raise Refused("请写明删除的理由", "note")
    audit.record("remove", "删除复议诉讼", found, actor=by, note=f"{found}：{note}")
    found.delete()


def _check(request: DisclosureRequest, facts: Facts, by: User) -> None:
    _check_seat(request, by)
    for field, message in contradictions(request, facts):
        raise Refused(message, field)


def _check_seat(request: DisclosureRequest, by: User) -> None:
    if request_rules.seat(by, Party.OFFICE, request) is None:
        department = request_rules.office_of(request).department
        raise NotAllowed(f"只有公开工作机构“{department}”的答复人员可以登记复议诉讼")


def _accepted(file: UploadedFile | None, by: User) -> StoredFile | None:
    try:
        return uploads.accept(file, owner=by) if file else None
    except UploadRefused as refusal:
        raise Refused(refusal.message, "file") from refusal

"""提出申请: a request arrives, gets its number, and its applicant a receipt (条例第二十九条).

The number has no gap: it is taken under the lock of the year's row, in the transaction that writes the request. The same
form sent twice is one request with one receipt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils.crypto import salted_hmac

from disclosure.enums.requests import ApplicantKind, Channel, Delivery, IdentityKind, Party
from disclosure.models import DisclosureRequest, Office, RequestYear
from disclosure.operations import clocks
from disclosure.operations.news import tell_applicant
from disclosure.operations.request_moves import tell_party
from disclosure.operations.requests import register
from disclosure.queries.requests import same_words
from disclosure.rules import requests as rules
from disclosure.rules.identity import applicant_key
from disclosure.rules.receipt import Dates, contradictions, day_of_receipt
from portal import audit, clock, uploads
from portal.models import User
from portal.receipts import digest, spelt
from portal.workflow import NotAllowed, Refused

PASSWORD_SIGNS, TRIES = 8, 5
IDENTITY, SCAN = "身份证明", "申请书"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody asks for, cleaned. Files are as uploaded, judged when the request is made."""

    kind: ApplicantKind
    name: str
    identity_kind: IdentityKind
    identity_number: str
    title: str
    wanted: str
    delivery: Delivery
    representative: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    wanted_number: str = ""
    purpose: str = ""
    identity_files: Sequence[UploadedFile] = field(default_factory=list)
    scans: Sequence[UploadedFile] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Came:
    """How and when it came, and, where the channel asks for it, when and how that was confirmed with the applicant."""

    channel: Channel
    dates: Dates
    confirmed_how: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the applicant keeps: the password is in no database."""

    request: DisclosureRequest
    password: str


class SaidBefore(Refused):
    """The same applicant asked the same already; `earlier` is that request."""

    def __init__(self, earlier: DisclosureRequest):
        super().__init__(f"您已经提交过内容相同的申请，编号 {earlier.code}", "again")
        self.earlier = earlier


def submit(
    office: Office, draft: Draft, *, nonce: str, again: bool = False, by: User | None = None
) -> Receipt:
    """网上提交. `again`: the applicant knows that they asked the same before.

    Raises Refused where the office takes none online, SaidBefore, UploadRefused.
    """
    if not office.is_open:
        raise Refused("现在不受理网上申请，请邮寄或当面提交")
    came = Came(channel=Channel.ONLINE, dates=Dates(clock.today()))
    return _take_in(office, draft, came, nonce, again, by, typed=False)


def type_in(office: Office, draft: Draft, came: Came, *, nonce: str, by: User) -> Receipt:
    """登记 what came by letter, visit or fax: registered at once where the day of receipt is known already.

    Raises NotAllowed for whoever does not sit in the disclosure office, Refused for dates that contradict one another.
    """
    if rules.works_for(by, office) is None:
        raise NotAllowed(f"只有公开工作机构“{office.department}”的答复人员可以登记申请")
    if came.channel == Channel.ONLINE:
        raise Refused("网上申请由申请人自己提交", "channel")
    for name, wrong in contradictions(came.dates, clock.today()):
        raise Refused(wrong, name)
    return _take_in(office, draft, came, nonce, True, by, typed=True)


def _take_in(
    office: Office, draft: Draft, came: Came, nonce: str, again: bool, by: User | None, *, typed: bool
) -> Receipt:
    signs = salted_hmac("disclosure.requests", nonce, algorithm="sha256").digest()
    password = spelt(signs, PASSWORD_SIGNS)
    for _ in range(TRIES):
        if known := DisclosureRequest.objects.filter(nonce=nonce, site=office.site).first():
            return Receipt(known, password)
        _require_new(office, draft, again)
        try:
            with uploads.together():
                return Receipt(_write(office, draft, came, nonce, password, by, typed), password)
        except IntegrityError:
            continue  # the same form at the same moment
    raise Refused("系统繁忙，请稍后再按一次“提交”")


def _require_new(office: Office, draft: Draft, again: bool) -> None:
    key = applicant_key(draft.identity_kind, draft.identity_number)
    if not again and (earlier := same_words(office.site_id, key, draft.title, draft.wanted)):
        raise SaidBefore(earlier)


def _write(
    office: Office, draft: Draft, came: Came, nonce: str, password: str, by: User | None, typed: bool
) -> DisclosureRequest:
    now, dates = clock.now(), came.dates
    year, serial = _next_number(office, now)
    code = f"DR-{office.code}-{year}-{serial:04d}"
    request = DisclosureRequest.objects.create(
        site=office.site, year=year, serial=serial, code=code, nonce=nonce, channel=came.channel,
        password_digest=digest(code, password), submitted_at=now, arrived_on=dates.arrived_on,
        written_on=dates.written_on, applicant=None if typed else by,
        applicant_key=applicant_key(draft.identity_kind, draft.identity_number), **_said(draft),
    )  # fmt: skip
    for what, files in ((IDENTITY, draft.identity_files), (SCAN, draft.scans)):
        for upload in files:
            request.files.create(file=uploads.accept(upload, owner=by), what=what)
    audit.record(
        "file", "提出申请", request, actor=by or User.objects.system(), note=request.get_channel_display(),
        clause="政府信息公开条例第二十九条",
    )  # fmt: skip
    return _begin(office, request, came, by if typed else None)


def _begin(office: Office, request: DisclosureRequest, came: Came, clerk: User | None) -> DisclosureRequest:
    """To be registered; or, where a clerk types it in and the day of receipt is known, registered by them at once."""
    day = request.arrived_on
    tell_applicant(
        request, f"{office.organ}已于{day.year}年{day.month}月{day.day}日收到您的来件，编号 {request.code}。"
    )
    clocks.start_registering(request)
    rule = office.channels.get(channel=came.channel)
    received = day_of_receipt(rule.receipt, came.dates)
    if clerk and received:
        return register(request, received, how=came.confirmed_how, by=clerk)
    tell_party(Party.OFFICE, request, "新的公开申请待登记")
    return request


def _next_number(office: Office, now) -> tuple[int, int]:
    """The row of the year is locked until the request is written: numbers have no gap and none is taken twice."""
    year = clock.local(now).year
    RequestYear.objects.get_or_create(site=office.site, year=year)
    row = RequestYear.objects.select_for_update().get(site=office.site, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return year, row.last


def _said(draft: Draft) -> dict[str, str]:
    names = (
        "kind", "name", "representative", "identity_kind", "identity_number", "phone", "email", "address", "title",
        "wanted", "wanted_number", "purpose", "delivery",
    )  # fmt: skip
    return {name: getattr(draft, name) for name in names}

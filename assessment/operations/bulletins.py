"""通报: drafted from the figures, issued with what it said, taken back with a reason."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from assessment.enums.bulletins import BulletinKind
from assessment.models import Bulletin, Scheme
from assessment.queries import bulletins as queries
from assessment.rules import bulletins as rules
from portal import audit, clock
from portal.documents import as_json
from portal.models import Site, User
from portal.workflow import NotAllowed, Refused, fire


@dataclass(frozen=True)
class Words:
    """What a person writes of a bulletin; the figures come by themselves."""

    title: str
    number: str
    masthead: str
    addressed: str
    opening: str
    closing: str
    signed: str
    is_public: bool


@transaction.atomic
def draft(kind: BulletinKind, scheme: Scheme | None, day: date, *, by: User) -> Bulletin:
    """拟稿 of the month, quarter or year of `day`, with the usual words; refused while that span is not over."""
    if reason := rules.why_not(by, "save", Bulletin()):
        raise NotAllowed(reason)
    starts_on, ends_on = rules.span(kind, day)
    if ends_on >= clock.today():
        raise Refused(f"{ends_on:%Y-%m-%d} 才到期末，还不能拟写这一期", "day")
    site = Site.objects.filter(parent=None).select_related("department").first()
    bulletin = Bulletin.objects.create(
        kind=kind, scheme=scheme, starts_on=starts_on, ends_on=ends_on,
        title=rules.title_of(kind, starts_on), masthead=f"{site.department.name}信息网工作通报",
        addressed="各科室、工商所", signed=site.department.name, drafted_by=by, drafted_at=clock.now(),
    )  # fmt: skip
    audit.record("draft", "拟写通报", bulletin, actor=by)
    return bulletin


def save(bulletin: Bulletin, words: Words, *, by: User, version: int) -> Bulletin:
    """保存; raises TooLate when somebody saved since `version`."""
    changes = {**vars(words), "version": version + 1}
    return fire(bulletin, "save", actor=by, why_not=rules.why_not, changes=changes, version=version)


@transaction.atomic
def issue(bulletin: Bulletin, *, by: User, version: int) -> Bulletin:
    """印发: what it says now is kept; a number is needed."""
    if not bulletin.number.strip():
        raise Refused("印发前请填写文号", "number")
    changes = {"issued_by": by, "issued_at": clock.now(), "content": as_json(queries.parts_of(bulletin))}
    return fire(bulletin, "issue", actor=by, why_not=rules.why_not, changes=changes, version=version)


def withdraw(bulletin: Bulletin, *, by: User, note: str) -> Bulletin:
    """撤回: readers do not see it any more; it stays on record with the reason."""
    return fire(bulletin, "withdraw", actor=by, why_not=rules.why_not, note=note)

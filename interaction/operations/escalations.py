"""重大问题报告 (办法第十七条: 版主应及时报告部门负责人和人教科总版主). Both see it until it is closed."""

from django.db import IntegrityError, models, transaction

from columns import queries as column_queries
from interaction.models import Escalation
from interaction.rules import escalations as rules
from portal import audit, clock, notices
from portal.enums import NoticeKind
from portal.models import Department, Site, User
from portal.workflow import NotAllowed, Refused, TooLate

CLAUSE = "办法第十七条"


@transaction.atomic
def escalate(
    subject: models.Model, site: Site, department: Department | None, *, reason: str, by: User
) -> Escalation:
    """Put `subject` before the head of `department` and the chief moderators of `site`. Whether `by` may is for the
    caller to have asked. Raises Refused without a reason, with nobody to tell, or when it has been put already.
    """
    if not reason.strip():
        raise Refused("请写明重大之处", "reason")
    made = Escalation(
        site=site,
        subject=subject,
        department=department,
        reason=reason,
        reported_by=by,
        reported_at=clock.now(),
    )
    told = superiors(made)
    if not told:
        raise Refused("还没有部门负责人和总版主可以报告，请联系网管")
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise TooLate("这件事已经报告过，正在等待处理") from None
    audit.record("escalate", "报告重大问题", subject, actor=by, note=reason, clause=CLAUSE)
    notices.tell(
        told, f"重大问题：{_title(subject)}", kind=NoticeKind.TODO, body=reason, url=made.get_absolute_url()
    )
    return made


@transaction.atomic
def close(escalation: Escalation, *, conclusion: str, by: User) -> Escalation:
    """了结 by one of those before whom it was put."""
    escalation = Escalation.objects.select_for_update(no_key=True).get(pk=escalation.pk)
    if not rules.may_close(by, escalation):
        raise NotAllowed("只有部门负责人和总版主可以了结重大问题")
    if escalation.closed_at:
        raise TooLate("这件重大问题已经了结")
    if not conclusion.strip():
        raise Refused("请写处理结论", "conclusion")
    escalation.conclusion, escalation.closed_by, escalation.closed_at = conclusion, by, clock.now()
    escalation.save()
    notices.settle(escalation.get_absolute_url())
    audit.record(
        "close_escalation", "了结重大问题", escalation.subject, actor=by, note=conclusion, clause=CLAUSE
    )
    notices.tell(
        [escalation.reported_by], f"重大问题已了结：{_title(escalation.subject)}", kind=NoticeKind.RESULT,
        body=conclusion, url=escalation.get_absolute_url(),
    )  # fmt: skip
    return escalation


def open_escalation(subject: models.Model) -> Escalation | None:
    rows = Escalation.objects.filter(closed_at=None, subject_id=subject.pk)
    return rows.filter(subject_type__model=subject._meta.model_name).first()


def superiors(escalation: Escalation) -> list[User]:
    """部门负责人 and 总版主, each once, without whoever reports."""
    chiefs = column_queries.consenters(escalation.site).filter(is_active=True)
    head = escalation.department.head if escalation.department else None
    found = {person.pk: person for person in [head, *chiefs] if person and person.is_active}
    found.pop(escalation.reported_by_id, None)
    return list(found.values())


def _title(subject: models.Model) -> str:
    return getattr(subject, "title", str(subject))

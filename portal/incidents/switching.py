"""关闭、恢复一个站点的网上互动 (办法第二十一条、JS-19): one switch, each turn with its reason on record."""

from django.db import transaction

from portal import audit, clock, notices
from portal.enums import Power
from portal.incidents import rules
from portal.models import Incident, Site, User
from portal.workflow import NotAllowed, TooLate, as_they_stand


@transaction.atomic
def close_posting(site: Site, *, by: User, reason: str, incident: Incident | None = None) -> Site:
    """From this moment the site takes nothing from anybody: no letter, comment, question, vote or application."""
    site = _locked(site, by)
    if site.posting_closed_at:
        raise TooLate(f"“{site}”的网上互动已经暂停")
    _turn(site, clock.now(), "close_posting", "暂停网上互动", by, reason, incident)
    return site


@transaction.atomic
def reopen_posting(site: Site, *, by: User, reason: str, incident: Incident | None = None) -> Site:
    """恢复."""
    site = _locked(site, by)
    if not site.posting_closed_at:
        raise TooLate(f"“{site}”的网上互动没有暂停")
    _turn(site, None, "reopen_posting", "恢复网上互动", by, reason, incident)
    return site


def _locked(site: Site, by: User) -> Site:
    site = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    if reason := rules.why_not_switch(as_they_stand(by), site):
        raise NotAllowed(reason)
    return site


def _turn(
    site: Site, closed_at, verb: str, label: str, by: User, reason: str, incident: Incident | None
) -> None:
    site.posting_closed_at = closed_at
    site.save(update_fields=["posting_closed_at"])
    audit.record(verb, label, site, actor=by, note=reason, clause=rules.CLAUSE)
    if incident:
        audit.record(verb, label, incident, actor=by, note=f"{site}：{reason}", clause=rules.CLAUSE)
    concerned = notices.holders(Power.CONSENT, Power.ANSWER, Power.MANAGE, Power.SYSTEM)
    notices.tell([one for one in concerned if one != by], f"{label}：{site}", body=f"{by}：{reason}")

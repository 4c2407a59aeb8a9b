"""What the desk shows of incidents."""

from django.db.models import Count, QuerySet

from portal.enums import INCIDENT_OPEN, IncidentState
from portal.incidents import reporting, rules
from portal.models import AuditEntry, Incident, Notice, Site, User

SHOWN_WITH = ("site", "found_by__department")
SWITCHED = ("close_posting", "reopen_posting")


def visible_to(user: User) -> QuerySet[Incident]:
    """All of them for who handles, leads or looks on; for others what they reported themselves."""
    rows = Incident.objects.select_related(*SHOWN_WITH)
    return rows if rules.sees_all(user) else rows.filter(found_by=user)


def in_state(rows: QuerySet[Incident], wanted: str) -> QuerySet[Incident]:
    """`open`, one state, or all for whatever else."""
    if wanted == "open":
        return rows.filter(state__in=INCIDENT_OPEN)
    return rows.filter(state=wanted) if wanted in IncidentState.values else rows


def to_handle(user: User) -> QuerySet[Incident]:
    return Incident.objects.open() if rules.keeps(user) else Incident.objects.none()


def trail(incident: Incident) -> QuerySet[AuditEntry]:
    """The handling record, line by line."""
    rows = AuditEntry.objects.filter(object_type=incident._meta.label_lower, object_id=str(incident.pk))
    return rows.exclude(verb="refused").select_related("actor__department", "acting_for").order_by("id")


def leaders_told(incident: Incident) -> QuerySet[Notice]:
    """To whom it was reported and when each opened it."""
    rows = Notice.objects.filter(key=reporting.told_key(incident))
    return rows.select_related("recipient").order_by("recipient")


def has_open_about(page_kind: str, page_id: int) -> bool:
    return Incident.objects.open().filter(page_kind=page_kind, page_id=page_id).exists()


def switches() -> list[Site]:
    """Every site, each with the last turn of its switch (`turned`)."""
    sites = list(Site.objects.select_related("department"))
    entries = AuditEntry.objects.filter(object_type="portal.site", verb__in=SWITCHED).select_related("actor")
    last = {entry.object_id: entry for entry in entries.order_by("id")}
    for site in sites:
        site.turned = last.get(str(site.pk))
    return sites


def numbers(rows: QuerySet[Incident]) -> dict[str, int]:
    """How many there are in each state."""
    return dict(rows.order_by().values_list("state").annotate(n=Count("pk")))

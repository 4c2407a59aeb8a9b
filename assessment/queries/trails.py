"""办理经过 of one thing, from the audit trail, oldest first."""

from django.db import models
from django.db.models import QuerySet

from portal.models import AuditEntry


def of(thing: models.Model) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk))
    return rows.select_related("actor__department", "acting_for").order_by("id")

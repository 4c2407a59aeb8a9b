"""What the pages of the desk share: who did what to a thing."""

from django.db import models

from portal.models import AuditEntry


def entries(thing: models.Model) -> list[AuditEntry]:
    """Who did what; who only looked is for the audit."""
    rows = AuditEntry.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk))
    return list(rows.exclude(verb="look").select_related("actor__department", "acting_for").order_by("id"))

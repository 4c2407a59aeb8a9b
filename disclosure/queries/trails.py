"""办理经过 of one thing and of what belongs to it, from the audit trail, oldest first."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q, QuerySet

from portal.models import AuditEntry


def trail(*things: models.Model) -> QuerySet[AuditEntry]:
    about = (Q(object_type=one._meta.label_lower, object_id=str(one.pk)) for one in things)
    rows = AuditEntry.objects.filter(reduce(or_, about))
    return rows.select_related("actor__department", "acting_for").order_by("id")

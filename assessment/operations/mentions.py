"""通报名单: the only writer of entries of praise and criticism."""

from datetime import date

from django.db import transaction

from assessment.enums.slips import MentionKind
from assessment.models import Mention
from columns.models import Column
from portal.models import Department, User


@transaction.atomic
def list_(
    *,
    key: str,
    kind: MentionKind,
    unit: Department,
    rule: str,
    clause: str,
    facts: str,
    url: str,
    on: date,
    column: Column | None = None,
    person: User | None = None,
) -> Mention:
    """Listed once by `key`; the office confirms it or strikes it out."""
    told = {"kind": kind, "unit": unit, "rule": rule, "clause": clause, "facts": facts, "url": url, "on": on}
    mention, _ = Mention.objects.get_or_create(key=key, defaults=told | {"column": column, "person": person})
    return mention

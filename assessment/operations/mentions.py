"""通报名单: whoever met a rule is listed, once."""

from datetime import date

from assessment.enums.slips import MentionKind
from assessment.models import Mention
from portal.models import Department


def list_(
    *, key: str, kind: MentionKind, unit: Department, rule: str, clause: str, facts: str, url: str, on: date
) -> Mention:
    """Propose an entry; what is listed under the key already stays as it is."""
    values = {
        "kind": kind, "unit": unit, "rule": rule[:200], "clause": clause, "facts": facts, "url": url, "on": on,
    }  # fmt: skip
    return Mention.objects.get_or_create(key=key, defaults=values)[0]

"""Named reads of the lists of praise and criticism."""

from django.db.models import Exists, Q, QuerySet

from assessment.enums.slips import MentionState
from assessment.models import Mention
from assessment.rules import slips as rules
from assessment.rules.facts import own_units
from columns import rules as column_rules
from portal.enums import Power
from portal.models import Site, User


def public() -> QuerySet[Mention]:
    """What everybody reads: confirmed entries, the newest first."""
    rows = Mention.objects.filter(state=MentionState.CONFIRMED).select_related("unit", "column", "person")
    return rows.order_by("-decided_at", "-pk")


def visible_to(user: User) -> QuerySet[Mention]:
    """One's unit's own entries; all of them for whoever assesses or audits."""
    rows = Mention.objects.all()
    if rules.may_see_all(user):
        return rows
    return rows.filter(Q(unit__in=own_units(user)) | Q(unit__head=user) | Q(person=user))


def to_confirm(user: User) -> QuerySet[Mention]:
    """待确认通报: proposed, of another unit, for whoever inspects a main site."""
    rows = Mention.objects.filter(state=MentionState.LISTED).exclude(unit=user.department_id)
    return rows.filter(inspects_main(user)).order_by("on", "pk")


def inspects_main(user: User) -> Exists:
    """Within the query of a heap: whether the person assesses, without asking for the main sites first."""
    sites = column_rules.powers_of(user).sites_with(Power.INSPECT)
    return Exists(Site.objects.filter(parent=None, pk__in=sites))

"""公开工作机构 keeps what belongs to the catalogue beside its entries (条例第四条)."""

from disclosure.models import Office
from disclosure.rules import cataloguing
from portal.models import User
from portal.workflow import NotAllowed, as_they_stand


def require_keeper(office: Office, by: User) -> User:
    """`by` as they stand now; NotAllowed for whoever does not keep the office's catalogue."""
    by = as_they_stand(by)
    if reason := cataloguing.why_not_keep(by, office):
        raise NotAllowed(reason)
    return by

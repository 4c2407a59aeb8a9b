"""What must hold of powers: guardian's copy says what the ledger says."""

from collections.abc import Iterator

from columns.queries import drift
from portal.integrity import Finding, invariant


@invariant("grants", "权限行与权限档案一致")
def grants() -> Iterator[Finding]:
    for one in drift():
        yield Finding("columns.appointment", str(one))

"""The staff register's intake: one judgement for every source (a workbook, the office's directory, a provider).

`reading` gives rows, `judging` says what each would change or why not, `plan` holds what was judged so that it
can be shown, signed and applied as shown. Nothing here writes: `operations.admit` does.
"""

from portal.staff.judging import plan_for
from portal.staff.plan import Item, Plan, Said, register_state
from portal.staff.reading import FIELDS, HEADINGS, number_of, read

__all__ = [
    "FIELDS",
    "HEADINGS",
    "Item",
    "Plan",
    "Said",
    "number_of",
    "plan_for",
    "read",
    "register_state",
]

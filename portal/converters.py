"""What stands in addresses beside numbers and slugs."""

from django.urls.converters import StringConverter

STAFF_NUMBER = r"[\w.-]+"
"""工号: letters, digits, dots, hyphens and underscores."""


class StaffNumber(StringConverter):
    """`<staff:staff_number>`, known to every address book: what cannot be a 工号 has no address."""

    regex = STAFF_NUMBER

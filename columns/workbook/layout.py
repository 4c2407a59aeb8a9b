"""Where things stand on the sheet; writing and reading agree here.

Row 1 and column A are hidden: A1 says which site's table this is and how it stood, the rest of row 1 holds the
departments' codes and the rest of column A the columns' addresses. People read from B2 on.
"""

SHEET, PEOPLE_SHEET = "信息维护分工表", "责任明细"
CODES, TITLE, LEGEND, HEADINGS = 1, 2, 3, 4
FIRST_ROW, FIRST_COLUMN = 5, 3
_WORD = "govportal-responsibilities"


def seal(site_key: str, fingerprint: str) -> str:
    return f"{_WORD}:{site_key}:{fingerprint}"


def broken_seal(value: object) -> tuple[str, str] | None:
    """(site key, fingerprint) from A1; None when the sheet is no such table."""
    parts = str(value or "").split(":")
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == _WORD else None

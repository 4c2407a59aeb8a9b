"""How a line of the tables is written: the status that most roles are answered, and who is answered otherwise."""

ROLES = (
    "collector", "head_person", "moderator", "signer", "inspector", "granter", "security", "auditor", "chief",
    "staff", "anonymous",
)  # fmt: skip
HANDLERS = ROLES[:5]
"""Who handles texts: they collect, review, publish, sign or inspect."""

GROUPS = {"handlers": HANDLERS, "nobody_in": ("staff", "anonymous")}

Row = dict[str, int]


def row(most: int, **others: int) -> Row:
    """Status by role; `handlers` stands for all of them, a role named beside it comes after it."""
    found = dict.fromkeys(ROLES, most)
    for group, members in GROUPS.items():
        if group in others:
            found.update(dict.fromkeys(members, others.pop(group)))
    assert others.keys() <= found.keys(), others
    return found | others


def signed_in(most: int = 200, **others: int) -> Row:
    """A page behind the sign-in."""
    return row(most, **{"anonymous": 302, **others})


def admin(most: int = 403, **others: int) -> Row:
    """A page of the admin, which leads whoever is not admitted there to the sign-in."""
    return row(most, **{"nobody_in": 302, **others})

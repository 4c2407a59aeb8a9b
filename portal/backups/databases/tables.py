"""How many rows every table has: what a restored database is compared with."""

from collections.abc import Mapping
from typing import Any

ALL = {
    "sqlite": """SELECT name FROM sqlite_master
        WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE '%VIRTUAL%'""",
    "postgresql": """SELECT table_name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE'""",
}

Counts = dict[str, int]


def counts(cursor: Any, vendor: str = "sqlite") -> Counts:
    """By table; full-text tables and their shadows are counted as they are stored."""
    cursor.execute(ALL[vendor])
    names = sorted(row[0] for row in cursor.fetchall())
    found = {}
    for name in names:
        cursor.execute(f'SELECT COUNT(*) FROM "{name}"')
        found[name] = cursor.fetchone()[0]
    return found


def between(before: Counts, after: Counts) -> dict[str, list[int]]:
    """From how many to how many rows a copy may have that was made between the two counts."""
    names = before.keys() | after.keys()
    pairs = {name: sorted((before.get(name, 0), after.get(name, 0))) for name in names}
    return dict(sorted(pairs.items()))


def faults(wanted: Mapping[str, list[int]], found: Counts) -> list[str]:
    """Tables that are missing or whose rows are more or fewer, in words."""
    said = [f"缺少数据表 {name}" for name in wanted if name not in found]
    for name, (least, most) in wanted.items():
        if name in found and not least <= found[name] <= most:
            meant = f"{least}" if least == most else f"{least}–{most}"
            said.append(f"数据表 {name} 应有 {meant} 行，实有 {found[name]} 行")
    return said

"""办事指南: which of the elements a guide must have its text lacks (国办秘函〔2019〕19号)."""

from assessment.rules.standard import standard


def lacks(text: str) -> tuple[str, ...]:
    """Names of the missing elements; 事项名称 is its title."""
    return tuple(
        one["name"] for one in standard()["elements"] if not any(word in text for word in one["words"])
    )

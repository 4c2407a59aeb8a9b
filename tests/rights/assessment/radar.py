"""Self-check, the built-in visitor and reports: who is answered what about one thing of every kind."""

from types import SimpleNamespace

from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row

GET: dict[str, Row] = {}
POST: dict[str, Row] = {}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """One thing of every kind; its id in `dialogue.numbers`, by how the address begins."""

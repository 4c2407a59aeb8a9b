"""States as tables: which verb leads from where to where, and what it takes. `portal.workflow` obeys them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Transition:
    """A verb that leads from any of `sources` to `target`; `power` is what it takes, None for the system alone."""

    verb: str
    label: str
    sources: frozenset[str]
    target: str
    power: str | None
    needs_note: bool = False


@dataclass(frozen=True)
class Workflow:
    """A table of transitions by verb."""

    transitions: Mapping[str, Transition] = field(default_factory=dict)

    @classmethod
    def of(cls, *transitions: Transition) -> "Workflow":
        return cls({transition.verb: transition for transition in transitions})

    def __getitem__(self, verb: str) -> Transition:
        return self.transitions[verb]

    def from_state(self, state: str) -> list[Transition]:
        return [transition for transition in self.transitions.values() if state in transition.sources]


def states(*names: str) -> frozenset[str]:
    return frozenset(str(name) for name in names)

"""One place where a state changes; the same table (`portal.transitions`) draws buttons, tests and diagrams."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import transaction

from portal import audit
from portal.models import User
from portal.transitions import Transition, Workflow, states

__all__ = [
    "NotAllowed",
    "Refused",
    "TooLate",
    "Transition",
    "WhyNot",
    "Workflow",
    "fire",
    "open_moves",
    "states",
]


class Refused(Exception):
    """An operation says no. `message` is for people; `field` names the form field it belongs to, if any."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refused):
    """The person may not do this."""


class TooLate(Refused):
    """Somebody else acted first: the thing has moved on."""


WhyNot = Callable[[User, str, Any], str]
ActingFor = Callable[[User, str, Any], User | None]


@transaction.atomic
def fire(
    obj: Any,
    verb: str,
    *,
    actor: User,
    why_not: WhyNot,
    acting_for: ActingFor | None = None,
    note: str = "",
    clause: str = "",
    changes: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> Any:
    """Lock the row, check the source state, ask `why_not`, set state and `changes` in one save, write the audit.

    Returns the locked, changed instance. `why_not(user, verb, obj)` gives a reason in Chinese or "";
    `acting_for(user, verb, obj)` the person whose power is used under a delegation, for the audit. Both are asked
    about the actor as they stand now: a power revoked since the request began no longer counts.
    `version`, where given, is the saved version the person looked at.
    Raises TooLate when the state does not allow the verb (any more) or another version was saved since,
    NotAllowed when the person may not, Refused when a required note is missing.
    """
    move: Transition = obj.workflow[verb]
    model = type(obj)
    current = model._default_manager.select_for_update(no_key=True).get(pk=obj.pk)
    if current.state not in move.sources:
        raise TooLate(
            f"“{current}”现在是“{current.get_state_display()}”，不能{move.label}。可能别人刚刚处理过，请刷新后再看。"
        )
    if version is not None and version != current.version:
        raise TooLate(f"“{current}”在您打开之后又被修改过，请刷新后再看")
    actor = as_they_stand(actor)
    if reason := why_not(actor, verb, current):
        raise NotAllowed(reason)
    if move.needs_note and not note.strip():
        raise Refused(f"请写明{move.label}的理由", "note")
    current.state = move.target
    for name, value in (changes or {}).items():
        setattr(current, name, value)
    current.skip_history_when_saving = True  # states live in the audit trail, texts in the history
    current.save()
    principal = acting_for(actor, verb, current) if acting_for else None
    audit.record(verb, move.label, current, actor=actor, note=note, clause=clause, acting_for=principal)
    return current


def as_they_stand(person: User) -> User:
    """The person read anew and locked until the transaction ends: of a revocation and an act one comes first."""
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def open_moves(
    obj: Any, user: User, why_not: WhyNot, verbs: Collection[str] | None = None
) -> list[Transition]:
    """The transitions `user` may fire on `obj` now, in the table's order; draws the buttons."""
    return [
        move
        for move in obj.workflow.from_state(obj.state)
        if move.power is not None
        and (verbs is None or move.verb in verbs)
        and not why_not(user, move.verb, obj)
    ]

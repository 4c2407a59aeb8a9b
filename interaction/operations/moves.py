"""How a letter moves: by somebody from their seat, or by the portal or the writer as part of an act."""

from collections.abc import Iterable
from functools import partial

from django.urls import reverse

from interaction.models import Letter
from interaction.queries.handlers import handlers
from interaction.rules import letters as rules
from portal import notices
from portal.enums import NoticeKind
from portal.models import Department, User
from portal.workflow import fire


def _allowed(user: User, verb: str, letter: Letter) -> str:
    return ""


by_person = partial(fire, why_not=rules.why_not, acting_for=rules.acting_for)
by_itself = partial(fire, why_not=_allowed)
"""By the portal, or by the writer, who has shown the query code and the password."""


def desk_address(letter: Letter) -> str:
    return reverse("desk:letter", args=[letter.pk])


def tell_department(letter: Letter, department: Department, title: str, body: str = "") -> None:
    """Everybody who answers for the department."""
    tell_people(letter, handlers(letter.site, department), title, body)


def tell_people(letter: Letter, people: Iterable[User], title: str, body: str = "") -> None:
    notices.tell(
        people, f"{title}：{letter.title}", kind=NoticeKind.TODO, body=body, url=desk_address(letter)
    )


def settle(letter: Letter) -> None:
    """The letter has moved on: what called people to it is done."""
    notices.settle(desk_address(letter))

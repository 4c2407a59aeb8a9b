"""What the desk shows: every app's heaps in one list, and the person's notices."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.paginator import Page, Paginator

from columns import rules as column_rules
from portal.enums import Power
from portal.models import Notice, User
from portal.todos import Todo, TodoKind
from publishing import todos as texts

PAGE_SIZE = 20
NEWEST = 5
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """A todo with the kind it is of."""

    kind: TodoKind
    todo: Todo


def entries(user: User) -> list[Entry]:
    """The first of every kind, nearest due first, those without a clock last."""
    found = [Entry(kind, todo) for kind in texts.kinds(user) for todo in kind.items]
    return sorted(found, key=lambda entry: entry.todo.due_at or NEVER)


def one_kind(user: User, key: str, number: int | str | None) -> Page | None:
    """One page of one kind, as entries; None for an unknown kind."""
    return texts.page(user, [key], number) if key in texts.HEAPS else None


def newest_notices(user: User) -> list[Notice]:
    return list(Notice.objects.filter(recipient=user)[:NEWEST])


def notices_page(user: User, number: int | str | None) -> Page:
    """One page of the person's notices, newest first; read at once, before they are marked as read."""
    page = Paginator(Notice.objects.filter(recipient=user), PAGE_SIZE).get_page(number)
    page.object_list = list(page.object_list)
    return page


def may_write(user: User) -> bool:
    """Whether the person collects texts for any column: only they are offered 写稿."""
    return user.is_staff and column_rules.powers_of(user).anywhere(Power.COLLECT)

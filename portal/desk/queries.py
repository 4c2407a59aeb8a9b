"""What the desk shows: every app's heaps in one list, and the person's notices."""

from datetime import UTC, datetime

from django.core.paginator import Page, Paginator

from columns import rules as column_rules
from portal import todos
from portal.enums import Power
from portal.models import Notice, User

PAGE_SIZE = 20
NEWEST = 5
NEVER = datetime.max.replace(tzinfo=UTC)


def entries(user: User) -> list[todos.Waiting]:
    """The first of every kind, nearest due first, those without a clock last."""
    return sorted(todos.first_of_all(user), key=lambda entry: entry.todo.due_at or NEVER)


def one_kind(user: User, key: str, number: int | str | None) -> Page | None:
    """One page of one kind; None for an unknown kind."""
    heap = todos.heap(key)
    return todos.page_of(user, heap, number) if heap else None


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

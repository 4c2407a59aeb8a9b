"""What waits for 系统管理员: requests about official mailboxes, on the desk."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from portal.mailboxes import rules, work
from portal.models import OfficialMailbox, User
from portal.todos import Heap, Place, Todo, register, register_places


def _requests(user: User) -> QuerySet[OfficialMailbox]:
    return work.rows("mailboxes") if rules.keeps(user) else OfficialMailbox.objects.none()


def _todos(rows: Iterable[OfficialMailbox]) -> list[Todo]:
    return [
        Todo(
            title=str(one),
            url=reverse("desk:mailbox", args=[one.pk]),
            detail=f"{one.get_state_display()} · {one.asked_by.department or ''} {one.asked_by}",
            since=one.asked_at,
        )
        for one in rows
    ]


register(Heap("mailboxes", "公务邮箱", 40, _requests, _todos, rules.keeps, "desk:mailbox_requests"))
register_places(Place("my_mailboxes", "我的公务邮箱", 50, "desk:mailboxes"))

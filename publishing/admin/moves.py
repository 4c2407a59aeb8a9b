"""The steps with a button on the editor's page: the operation, and what is said when it is done."""

from collections.abc import Callable
from typing import Any

from portal.models import User
from portal.workflow import TooLate
from publishing import operations
from publishing.models import Article, Revision

Act = Callable[[Revision, User, dict[str, Any]], Any]
ACTS: dict[str, Act] = {
    "recall": lambda text, by, typed: operations.recall(text, by=by),
    "publish": lambda text, by, typed: operations.publish(text, by=by, version=typed["version"]),
    "schedule": lambda text, by, typed: operations.schedule(text, by=by, at=typed["scheduled_at"]),
    "unschedule": lambda text, by, typed: operations.unschedule(text, by=by),
    "send_back": lambda text, by, typed: operations.send_back(text, by=by, note=typed["note"]),
    "withdraw": lambda text, by, typed: _withdraw(text, by, typed["note"]),
    "discard": lambda text, by, typed: operations.discard(text, by=by),
}
DONE = {
    "recall": "已收回，可以修改了",
    "publish": "已发布",
    "schedule": "已定时，到时自动发布",
    "unschedule": "已取消定时",
    "send_back": "已退回",
    "withdraw": "已撤稿，读者不再能看到",
    "discard": "已作废",
}


def _withdraw(text: Revision, by: User, note: str) -> Article:
    if text.article.published_revision_id != text.pk:
        raise TooLate("这件稿件已有新的修订发布，请刷新后再看")
    return operations.withdraw(text.article, by=by, note=note)

"""Which operation a button calls, on the desk and in the editor alike, and what is said when it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.models import User
from portal.workflow import TooLate
from publishing import operations
from publishing.models import ReviewStep, Revision

Typed = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """`run(revision, user, typed)` calls the operation with what a form of the verb cleaned.

    `done` is said afterwards, with the title; `goes_on` leads from the desk to the next text of the queue.
    """

    run: Callable[[Revision, User, Typed], Any]
    done: str
    goes_on: bool = False


def _approve(revision: Revision, user: User, typed: Typed) -> None:
    operations.approve(_shown_step(revision, typed), by=user, note=typed["note"])


def _return(revision: Revision, user: User, typed: Typed) -> None:
    operations.return_(_shown_step(revision, typed), by=user, note=typed["note"])


def _shown_step(revision: Revision, typed: Typed) -> ReviewStep:
    step = revision.steps.filter(pk=typed["step"]).first()
    if step is None:
        raise TooLate("这件稿件在您打开之后又被改动或处理过，请看过现在的内容再决定")
    return step


def _report(revision: Revision, user: User, typed: Typed) -> None:
    operations.report(revision, by=user)


def _recall(revision: Revision, user: User, typed: Typed) -> None:
    operations.recall(revision, by=user)


def _discard(revision: Revision, user: User, typed: Typed) -> None:
    operations.discard(revision, by=user)


def _publish(revision: Revision, user: User, typed: Typed) -> None:
    operations.publish(revision, by=user, version=typed["version"])


def _schedule(revision: Revision, user: User, typed: Typed) -> None:
    operations.schedule(revision, by=user, at=typed["scheduled_at"], version=typed["version"])


def _unschedule(revision: Revision, user: User, typed: Typed) -> None:
    operations.unschedule(revision, by=user)


def _send_back(revision: Revision, user: User, typed: Typed) -> None:
    operations.send_back(revision, by=user, note=typed["note"], version=typed["version"])


def _withdraw(revision: Revision, user: User, typed: Typed) -> None:
    if revision.article.published_revision_id != revision.pk:
        raise TooLate("这件稿件已有新的修订发布，请在新的修订上撤稿")
    operations.withdraw(revision.article, by=user, note=typed["note"])


ACTS: dict[str, Act] = {
    "report": Act(_report, "已提交审核：《{}》"),
    "recall": Act(_recall, "已收回：《{}》，可以修改了"),
    "discard": Act(_discard, "已作废：《{}》"),
    "approve": Act(_approve, "已同意：《{}》", goes_on=True),
    "return_": Act(_return, "已退回：《{}》", goes_on=True),
    "publish": Act(_publish, "已发布：《{}》", goes_on=True),
    "schedule": Act(_schedule, "已定时：《{}》到时自动发布", goes_on=True),
    "unschedule": Act(_unschedule, "已取消定时：《{}》"),
    "send_back": Act(_send_back, "已退回：《{}》", goes_on=True),
    "withdraw": Act(_withdraw, "已撤稿：《{}》"),
}
"""Every verb of the workflow that a person fires."""

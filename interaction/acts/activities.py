"""The buttons of an activity's page: which operation each presses, and what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from interaction.models import Activity
from interaction.operations import activity_moves as operations
from portal.models import User

Typed = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """`run(activity, user, typed)`; `done` is said with the title; `asks` before a step that cannot be undone."""

    run: Callable[[Activity, User, Typed], Activity]
    done: str
    asks: str = ""


def _seen(operation: Callable[..., Activity]) -> Callable[[Activity, User, Typed], Activity]:
    """What is decided about the version that was looked at."""
    return lambda activity, user, typed: operation(activity, by=user, version=typed["version"])


def _decided(operation: Callable[..., Activity]) -> Callable[[Activity, User, Typed], Activity]:
    return lambda activity, user, typed: operation(
        activity, by=user, note=typed["note"], version=typed["version"]
    )


def _plain(operation: Callable[..., Activity]) -> Callable[[Activity, User, Typed], Activity]:
    return lambda activity, user, typed: operation(activity, by=user)


def _reasoned(operation: Callable[..., Activity]) -> Callable[[Activity, User, Typed], Activity]:
    return lambda activity, user, typed: operation(activity, by=user, note=typed["note"])


ACTS: dict[str, Act] = {
    "report": Act(_seen(operations.report), "已提交审核：“{}”"),
    "recall": Act(_plain(operations.recall), "已收回：“{}”，可以修改了"),
    "approve": Act(_decided(operations.approve), "已同意：“{}”，到开始时间自动开放"),
    "return_": Act(_decided(operations.return_), "已退回：“{}”"),
    "discard": Act(_plain(operations.discard), "已作废：“{}”", "作废后不能再改，确定吗？"),
    "publish_results": Act(_plain(operations.publish_results), "已公布结果：“{}”"),
    "keep_results": Act(_plain(operations.keep_results), "已决定不公布结果：“{}”"),
    "take_back_results": Act(_reasoned(operations.take_back_results), "已收回结果：“{}”"),
    "end": Act(_reasoned(operations.end), "已提前结束：“{}”", "提前结束后不能再开放，确定吗？"),
    "withdraw": Act(
        _reasoned(operations.withdraw), "已撤下：“{}”", "撤下后读者立即看不到，也不能再开放，确定吗？"
    ),
}
"""Every verb of the workflow."""

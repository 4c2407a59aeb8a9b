"""The buttons of a request's page: which operation each presses, what is said afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from disclosure.enums.requests import ExtensionState
from disclosure.models import Consulting, DisclosureRequest, Extension
from disclosure.operations import charging, consulting, correcting, deferring, extensions
from disclosure.operations import requests as operations
from portal.models import User
from portal.workflow import TooLate


@dataclass(frozen=True)
class Act:
    """`operation(request, by=…, **typed)`; `done` is said afterwards; `is_grave`: it cannot be taken back."""

    label: str
    operation: Callable[..., Any]
    done: str
    is_grave: bool = False

    def run(self, request: DisclosureRequest, user: User, typed: Mapping[str, Any]) -> None:
        self.operation(request, by=user, **typed)


def _pending(request: DisclosureRequest) -> Extension:
    found = request.extensions.filter(state=ExtensionState.PENDING).select_related("request").first()
    if found is None:
        raise TooLate("没有待批准的延期，可能别人刚刚处理过")
    return found


def _of(operation: Callable[..., Any]) -> Callable[..., Any]:
    """An operation on one of those who are asked."""

    def act(request: DisclosureRequest, *, consulting: Consulting, by: User, **typed: Any) -> None:
        operation(consulting, by=by, **typed)

    return act


def _approve(request: DisclosureRequest, *, note: str, by: User) -> None:
    extensions.approve(_pending(request), note=note, by=by)


def _refuse(request: DisclosureRequest, *, note: str, by: User) -> None:
    extensions.refuse(_pending(request), note=note, by=by)


ACTS: dict[str, Act] = {
    "register": Act("登记", operations.register, "已登记，答复时限开始计算，并告知申请人"),
    "approve_extension": Act("批准延期", _approve, "已批准延期，并告知申请人"),
    "refuse_extension": Act("不批准延期", _refuse, "没有批准延期"),
    "correct": Act("登记补正", correcting.record_correction, "已登记补正，答复时限重新起算"),
    "pay": Act("登记缴费", charging.pay, "已登记缴费，答复时限重新起算"),
    "refer": Act("转办", operations.refer, "已转办，并告知申请人"),
    "ask_correction": Act("补正", correcting.ask, "已告知申请人"),
    "consult": Act("征求意见", consulting.ask, "已登记征求意见，答复时限暂停计算"),
    "extend": Act("延期", extensions.ask, "已报公开工作机构负责人批准"),
    "defer": Act("延迟答复", deferring.defer, "已确定延迟答复的期限，并告知申请人"),
    "charge": Act("收费通知", charging.charge, "已发出收费通知"),
    "uncharge": Act("撤销收费", charging.uncharge, "已撤销收费，答复时限重新起算"),
    "link": Act("关联重复", operations.link, "已关联"),
    "withdraw": Act("登记撤回", operations.record_withdrawal, "已按申请人撤回办结", is_grave=True),
    "deliver": Act("登记送达", _of(consulting.deliver), "已登记送达，对方的期限开始计算"),
    "hear": Act("登记意见", _of(consulting.answer), "已登记意见"),
    "call_off": Act("不再征求", _of(consulting.call_off), "已不再征求"),
}
"""In the order of the page; the last three belong to one of those who are asked."""

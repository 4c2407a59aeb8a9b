"""The buttons of a letter's page: which operation each presses, what is said afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from interaction.models import Letter
from interaction.operations import answers, clocks, escalations, instructions
from interaction.operations import letters as operations
from interaction.rules import letters as rules
from portal.models import User
from portal.workflow import NotAllowed


@dataclass(frozen=True)
class Act:
    """`operation(letter, by=…, **typed)`; `done` is said afterwards; `is_grave`: it cannot be taken back."""

    label: str
    operation: Callable[..., Any]
    done: str
    is_grave: bool = False

    def run(self, letter: Letter, user: User, typed: Mapping[str, Any]) -> None:
        self.operation(letter, by=user, **typed)


def _escalate(letter: Letter, *, by: User, reason: str) -> None:
    if not rules.handles(by, letter):
        raise NotAllowed("只有办理这封来信的人可以报告")
    escalations.escalate(letter, letter.site, letter.department or by.department, reason=reason, by=by)


ACTS: dict[str, Act] = {
    "receive": Act("受理", operations.receive, "已受理，并转给承办部门"),
    "refer": Act("转办", operations.refer, "已转办，并告知来信人"),
    "dispute": Act("提请协调", operations.dispute, "已提请协调"),
    "adjudicate": Act("协调确定", operations.adjudicate, "已确定承办部门，并告知来信人"),
    "take_back": Act("收回修改", answers.take_back, "已收回，可以修改答复"),
    "close": Act("办结", operations.close, "已办结"),
    "reclassify": Act("改类别", operations.reclassify, "已改类别，时限重新核定"),
    "instruct": Act("请示", instructions.ask, "已请示"),
    "escalate": Act("报告重大问题", _escalate, "已报告部门负责人和总版主"),
    "relate": Act("关联", operations.relate, "已关联"),
    "merge": Act("并案", operations.merge, "已并案，答复会同时告知两位来信人"),
    "extend": Act("延期", clocks.extend, "已延期，并告知来信人"),
    "pause": Act("暂停计时", clocks.pause, "已暂停计时，并告知来信人"),
    "resume": Act("恢复计时", clocks.resume, "已恢复计时"),
    "decline": Act("不予受理", operations.decline, "已按不予受理办结，理由已告知来信人", is_grave=True),
    "save": Act("保存", answers.save, "答复已保存，尚未提交"),
    "finish": Act("提交审核", answers.finish, "答复已提交"),
}
"""In the order of the page."""

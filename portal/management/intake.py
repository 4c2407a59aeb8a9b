"""What `import_staff` and `sync_staff` share: judge, apply unless it is a rehearsal, tell."""

import json

from django.core.management.base import BaseCommand, CommandParser

from portal import operations
from portal.models import User
from portal.staff import Plan
from portal.staff.report import as_json
from portal.workflow import Refused

MOST_TOLD = 50


class IntakeCommand(BaseCommand):
    """A command that brings people into the register from some source."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只看会改什么，不写入")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")

    def take_in(self, plan: Plan, *, by: User, dry_run: bool, format: str) -> None:
        """Exit code 1 when rows were refused and nothing else came of it."""
        is_done = plan.has_work and not dry_run
        if is_done:
            try:
                operations.apply_plan(plan, by=by)
            except Refused as refusal:
                self.stderr.write(refusal.message)
                raise SystemExit(1) from refusal
        if format == "json":
            self.stdout.write(
                json.dumps(as_json(plan, by=by.staff_number, is_done=is_done), ensure_ascii=False)
            )
        else:
            self._tell(plan, dry_run)
        if plan.refused and not plan.has_work and not plan.unchanged:
            raise SystemExit(1)

    def _tell(self, plan: Plan, dry_run: bool) -> None:
        will = "将" if dry_run else ""
        self.stdout.write(
            f"{plan.source}：{will}新增 {len(plan.new)} 人，{will}修改 {len(plan.changed)} 人，"
            f"未变 {plan.unchanged} 人，不予导入 {len(plan.refused)} 行"
        )
        for item in plan.changed[:MOST_TOLD]:
            changes = "；".join(f"{one.label} {one.old or '空'} → {one.new or '空'}" for one in item.said)
            self.stdout.write(f"  修改 {item.staff_number} {item.name}：{changes}")
        for item in plan.new[:MOST_TOLD]:
            self.stdout.write(f"  新增 {item.staff_number} {item.name}")
        if max(len(plan.changed), len(plan.new)) > MOST_TOLD:
            self.stdout.write(f"  ……每类只列前 {MOST_TOLD} 人，全部见 --format json")
        for one in plan.refused:
            self.stdout.write(f"  {one.place}{f' {one.title}' if one.title else ''}：{one.reason}")
        if plan.absent:
            self.stdout.write(f"名册中另有 {len(plan.absent)} 人不在其中，没有改动")
        for remark in plan.remarks:
            self.stdout.write(remark)

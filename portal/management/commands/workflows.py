"""`workflows`: the diagrams of docs/workflows.md, drawn from the tables that the operations obey."""

from django.apps import apps
from django.core.management.base import BaseCommand

from portal.workflow import Workflow


class Command(BaseCommand):
    help = "打印状态流转图"

    def handle(self, **options):
        self.stdout.write("# 状态流转\n\n由 `manage.py workflows` 按状态表打印，勿手工修改。")
        for model in apps.get_models():
            if isinstance(workflow := getattr(model, "workflow", None), Workflow):
                self.stdout.write(f"\n## {model._meta.verbose_name}\n\n{self._diagram(model, workflow)}")

    def _diagram(self, model, workflow: Workflow) -> str:
        field = model._meta.get_field(getattr(model, "state_field", "state"))
        states = dict(field.choices)
        lines = ["```mermaid", "stateDiagram-v2"]
        lines += [f'    state "{label}" as {state}' for state, label in states.items()]
        lines.append(f"    [*] --> {field.default}")
        for move in workflow.transitions.values():
            who = move.power.label if move.power else "系统"
            lines += [
                f"    {source} --> {move.target}: {move.label}（{who}）" for source in sorted(move.sources)
            ]
        return "\n".join([*lines, "```"])

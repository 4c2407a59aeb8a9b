"""`presets`: lists the regulations that can be loaded, with how their articles are carried out."""

import json

from django.core.management.base import BaseCommand, CommandError

from portal import presets


class Command(BaseCommand):
    help = "列出制度预设"

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, format: str, **options):
        try:
            rows = [self._row(name) for name in presets.names()]
        except presets.PresetError as error:
            raise CommandError(str(error)) from None
        if format == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            counted = f"{row['articles']} 条：软件执行 {row['enforced']}，由人执行 {row['human']}"
            self.stdout.write(f"{row['name']:<14}{row['title']}（{counted}）")

    def _row(self, name: str) -> dict:
        about = presets.read(name)["preset.yaml"]
        enforced = sum(clause["by"] == "software" for clause in about["clauses"])
        return {
            "name": about["name"],
            "title": about["title"],
            "source": about["source"],
            "articles": len(about["clauses"]),
            "enforced": enforced,
            "human": len(about["clauses"]) - enforced,
        }

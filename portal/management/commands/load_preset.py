"""`load_preset NAME [--demo]`: makes the system of that regulation live. Twice is harmless."""

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal import presets


class Command(BaseCommand):
    help = "载入制度预设"

    def add_arguments(self, parser):
        parser.add_argument("name", help="预设名，如 jiangsu")
        parser.add_argument("--demo", action="store_true", help="同时建立样例人员和样例信息")

    def handle(self, name: str, demo: bool, **options):
        try:
            merge = presets.load(name)
            told = presets.tell_story(name, self._progress) if demo else 0
        except presets.PresetError as error:
            raise CommandError(f"预设 {name} 有误：{error}") from None
        self.stdout.write(f"预设 {name}：新增 {merge.created}，更新 {merge.updated}，未变 {merge.unchanged}")
        for difference in merge.kept:
            self.stdout.write(f"  保留修改：{difference}")
        if demo:
            self.stdout.write(f"样例信息：{told} 篇经审核发布路线载入")

    def _progress(self, rows: list):
        return tqdm(rows, desc="样例信息", unit="篇", file=self.stderr, disable=None, leave=False)

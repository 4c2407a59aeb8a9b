"""10,000 articles of about 1 KB from a CSV file through `import_articles`; then the same file once more."""

import csv
import io
import json
import resource
import tempfile
import time
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench import Row, at_least, at_most
from columns import operations as column_operations
from columns.models import Column, Role
from portal.enums import DepartmentKind, Power
from portal.models import Department, Site, User

ROWS = 10_000
ROWS_PER_SECOND = 300  # asked for of an import
MOST_MEGABYTES = 160  # as a web worker's
_SENTENCE = "分局召开信息工作例会，通报本月各科室、各工商所的信息报送和采用情况，部署下一阶段的重点工作。"


def run() -> list[Row]:
    _office()
    with tempfile.TemporaryDirectory() as folder:
        path = _file(Path(folder))
        first, cpu = _seconds(path, imported=ROWS)
        again, _ = _seconds(path, skipped=ROWS)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    return [
        at_least(f"导入 {ROWS:,} 条稿件（{database}）", ROWS / first, "条/秒", ROWS_PER_SECOND),
        at_least(f"导入 {ROWS:,} 条稿件，只计处理器时间（{database}）", ROWS / cpu, "条/秒", ROWS_PER_SECOND),
        at_least(f"重复导入 {ROWS:,} 条，全部识别（{database}）", ROWS / again, "条/秒", ROWS_PER_SECOND),
        at_most(f"导入时的内存（{database}）", memory, "MB", MOST_MEGABYTES),
    ]


def _seconds(path: Path, **expected: int) -> tuple[float, float]:
    """Wall-clock and processor seconds of one import that must end as expected."""
    out = io.StringIO()
    wall, cpu = time.perf_counter(), time.process_time()
    call_command("import_articles", path, site="fenju", column="yaowenbaodao", format="json", stdout=out)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    report = json.loads(out.getvalue())
    assert {key: report[key] for key in expected} == expected, report
    return wall, cpu


def _office() -> None:
    department = Department.objects.create(name="城东分局", code="fenju", kind=DepartmentKind.SUB_BUREAU)
    site = Site.objects.create(key="fenju", name="城东分局基层信息网", department=department)
    Column.objects.create(site=site, name="要闻报道", slug="yaowenbaodao")
    role = Role.objects.create(key="MODERATOR", name="版主", powers=[Power.COLLECT, Power.PUBLISH])
    person = User.objects.create(staff_number="banzhu", name="周明", department=department)
    column_operations.appoint(person, role, site, by=User.objects.system(), reason="性能测量")


def _file(folder: Path) -> Path:
    path = folder / "稿件.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["编号", "标题", "正文", "作者", "来源", "成文日期"])
        for number in range(ROWS):
            body = "\n".join(f"{place}、{_SENTENCE}" for place in "一二三四五六七"[: 6 + number % 2])
            writer.writerow([number, f"第 {number} 次信息工作例会召开", body, "李岚", "办公室", "2026-09-30"])
    return path

"""`python -m bench [MODULE …]`: each module in a process of its own, then one table, ratios first."""

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict

import django
from django.core.management import call_command

import bench
from bench import Row
from scripts import services

ON_ITS_OWN = "--one"
WITH_POSTGRES = (sys.executable, "scripts/services.py", "run", "postgres", "--")


def main(arguments: list[str]) -> int:
    if arguments[:1] == [ON_ITS_OWN]:
        measure(arguments[1])
        return 0
    rows = [row for name in arguments or modules() for row in measured(name)]
    print(table(rows))
    return 0


def modules() -> list[str]:
    """Those that take part without being named."""
    found = [one.name for one in pkgutil.iter_modules(bench.__path__) if not one.name.startswith("_")]
    return [name for name in found if name not in bench.ON_POSTGRES_WHEN_NAMED]


def databases(name: str) -> tuple[str, ...]:
    if name in bench.ON_POSTGRES_WHEN_NAMED:
        return ("postgres",)
    return ("sqlite", "postgres") if name in bench.ON_BOTH_DATABASES else ("sqlite",)


def measured(name: str) -> Iterator[Row]:
    """Run one module, on each database it names and this machine has."""
    for database in databases(name):
        if database == "postgres" and not services.program("initdb"):
            print(f"{name}：没有安装 PostgreSQL，略过", file=sys.stderr)
            continue
        print(f"{name}（{database}）……", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            yield from _in_a_process(name, folder, WITH_POSTGRES if database == "postgres" else ())


def _in_a_process(name: str, folder: str, around: tuple[str, ...]) -> list[Row]:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")
    }
    environment |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings.base"}
    command = [*around, sys.executable, "-m", "bench", ON_ITS_OWN, name]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def measure(name: str) -> None:
    """In the process of one module: an empty database, the module's rows as the last line of output."""
    django.setup()
    call_command("migrate", verbosity=0)
    rows = importlib.import_module(f"bench.{name}").run()
    print(json.dumps([asdict(row) for row in rows], ensure_ascii=False))


def table(rows: list[Row]) -> str:
    """The least comfortable ratio first."""
    lines = [f"{'余量':>6}  {'实测':>8}  {'限值':>7}  {'单位':<6}  项目"]
    for row in sorted(rows, key=lambda one: one.ratio):
        mark = " " if row.ratio >= 1 else "✗"
        lines.append(
            f"{mark}{row.ratio:7.2f}  {row.value:10,.1f}  {row.limit:9,g}  {row.unit:<8}  {row.name}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`make load`: two hundred people vote within ten seconds, three hundred sit one exam and save every fifteen.

python scripts/services.py run postgres redis -- python -m bench._load

Real PostgreSQL, Redis, web server; everybody signed in beforehand. Prints how long answers took and whether every vote
counted once and every answer was kept; exit code 1 if not, or if the 95th percentile is over its limit.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import django

ROOT = Path(__file__).resolve().parent.parent
VOTERS, VOTE_SECONDS, SITTERS, COME_SECONDS, QUESTIONS = 200, 10, 300, 60, 20
P95_MILLISECONDS, WAIT_SECONDS = 500, 40


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings.base"}
        django.setup()
        stage = import_module("bench._load_stage")  # its models need Django set up
        plan = stage.prepare(max(VOTERS, SITTERS), QUESTIONS)
        path = Path(folder) / "plan.json"
        path.write_text(json.dumps(plan))
        with web_server() as address:
            votes = play(address, path, "Voter", VOTERS, VOTERS / VOTE_SECONDS, "60s")
            sittings = play(address, path, "Sitter", SITTERS, SITTERS / COME_SECONDS, "300s")
        said = [json.loads(line) for line in said_file(path).read_text().splitlines()]
        faults = [*stage.check_votes(VOTERS), *stage.check_answers(said, SITTERS)]
    faults += told([*votes, *sittings], P95_MILLISECONDS)
    print("\n".join(faults) or f"{VOTERS} 人投票各计一次，{SITTERS} 人的答案一个不少。")
    return int(bool(faults))


def told(rows: list[dict], most: int) -> list[str]:
    """Prints every row; what failed, or took longer than `most` milliseconds in the 95th percentile."""
    faults = []
    for row in rows:
        took = f"失败 {row['failures']:>3}  p50 {row['p50']:>5} ms  p95 {row['p95']:>5} ms"
        print(f"{row['name']:<8} {row['requests']:>6} 次  {took}")
        if row["failures"] or row["p95"] > most:
            faults.append(f"{row['name']}：{took}，上限 {most} ms")
    return faults


def said_file(plan: Path) -> Path:
    return plan.with_name("said.jsonl")


@contextmanager
def web_server():
    """As the Procfile starts it, on a port of its own."""
    port = str(import_module("scripts.services").free_port())
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "portal.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PORT": port}, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("门户没有启动")


def play(
    address: str,
    plan: Path,
    who: str,
    people: int,
    a_second: float,
    longest: str,
    story: str = "_locustfile",
    *,
    settled: bool = False,
) -> list[dict]:
    """One crowd; figures by name of what they did, if `settled` from the moment on when all have come."""
    said_file(plan).touch()
    environment = {**os.environ, "LOAD_PLAN": str(plan), "LOAD_SAID": str(said_file(plan))}
    command = [
        sys.executable, "-m", "locust", "-f", f"bench/{story}.py", *who.split(), "--headless", "--host", address,
        "-u", str(people), "-r", str(a_second), "-t", longest, "--stop-timeout", "20", "--json", "-L", "ERROR",
        *(["--reset-stats"] if settled else []),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    return [figures(row) for row in json.loads(done.stdout)]


def figures(row: dict) -> dict:
    """From locust's histogram: milliseconds to how many answers took that long."""
    times = sorted((float(ms), count) for ms, count in row["response_times"].items())
    return {
        "name": row["name"], "requests": row["num_requests"], "failures": row["num_failures"],
        "p50": percentile(times, 0.5), "p95": percentile(times, 0.95),
    }  # fmt: skip


def percentile(times: list[tuple[float, int]], share: float) -> int:
    left = share * sum(count for _, count in times)
    for milliseconds, count in times:
        left -= count
        if left <= 0:
            return round(milliseconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())

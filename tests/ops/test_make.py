"""The commands of the Makefile and what stands before them."""

import re
import subprocess
from pathlib import Path

import pytest

from scripts.check_python import missing

ROOT = Path(__file__).resolve().parents[2]
BOTH = {"venv", "ensurepip"}


@pytest.mark.parametrize(
    ("version", "modules", "said"),
    [
        ((3, 11), BOTH, ""),
        ((3, 14), BOTH, ""),
        ((3, 10), BOTH, "需要 Python 3.11 或更新版本，当前是 3.10"),
        ((2, 7), BOTH, "需要 Python 3.11 或更新版本，当前是 2.7"),
        ((3, 11), {"venv"}, "apt-get install python3.11-venv"),
        ((3, 12), set(), "apt-get install python3.12-venv"),
    ],
)
def test_python_too_old_or_incomplete_is_named(version, modules, said):
    problem = missing(version, modules)
    assert said in problem
    assert bool(problem) is bool(said)


def test_make_without_a_target_lists_every_command():
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^  make (\S+) +\S", listed, re.MULTILINE)
    promised = [
        "help",
        "setup",
        "setup-sso",
        "run",
        "dev",
        "test",
        "test-all",
        "check",
        "bench",
        "bench-peers",
        "setup-load",
        "load",
        "load-day",
        "screenshots",
        "fuzz",
        "scan",
        "sbom",
        "audit",
        "clean",
    ]
    assert commands == promised


def test_make_run_prepares_then_starts_web_and_worker_on_its_own_port():
    told = subprocess.run(
        ["make", "-n", "run", "PORT=8123", "VAR_DIR=/srv/data"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    steps = [line for line in told.splitlines() if "prepare" in line or "honcho" in line]
    assert [re.search(r"prepare --demo|honcho.* -p 8123", line)[0] for line in steps] == [
        "prepare --demo",
        "honcho -e /dev/null start -p 8123",
    ]


@pytest.mark.parametrize("procfile", ["Procfile", "Procfile.dev"])
def test_procfile_starts_web_and_worker(procfile):
    lines = (ROOT / procfile).read_text().splitlines()
    assert [line.split(":")[0] for line in lines] == ["web", "worker"]


def test_every_requirement_is_pinned_as_in_the_constraints():
    pinned = set((ROOT / "constraints.txt").read_text().splitlines()[1:])
    wanted = [
        line
        for name in ("requirements.txt", "requirements-dev.txt", "requirements-sso.txt")
        for line in lines_of(name)
    ]
    assert [line for line in wanted if line not in pinned] == []
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*", line) for line in pinned)


def lines_of(name):
    """The requirements of a file without comments, inclusions and extras."""
    lines = (ROOT / name).read_text().splitlines()
    return [re.sub(r"\[.*?\]", "", line) for line in lines if line and line[0] not in "#-"]

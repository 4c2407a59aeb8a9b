"""All tests: the suite on the embedded default, again on real servers, then the browser's journeys.

Without `--all` a service that is absent is named in the closing lines; with it, it fails the run.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from scripts import services

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]
BY_TWO = ["-n", "2", "--dist", "worksteal"]  # a few long tests stand at the end
SIGN_ON = {"django_auth_ldap", "mozilla_django_oidc"}
SERVICES = ("DATABASE_URL", "REDIS_URL", "LDAP_", "OIDC_")
SERVER_OF = {"PostgreSQL": "postgres", "Redis": "redis"}
OWN_HOUSES = (
    "backups/test_cut_off", "scale/test_one_beat", "scale/test_replicas", "scale/test_sentinels",
    "scale/test_two_machines", "test_door", "test_exam_survives", "test_nginx", "test_published_pages", "test_restart",
    "test_traversal",
)  # fmt: skip
"""Of tests/ops: they start a portal of their own on servers of their own, so once is enough."""


@dataclass
class Part:
    title: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    exit_code: int = 0
    seconds: float = 0


def parts(present: set[str]) -> list[Part]:
    """What can be run with the services that are present."""
    found = [Part("SQLite（内嵌默认）", [*PYTEST, *BY_TWO])]
    servers = [name for name in SERVER_OF if name in present]
    if servers:
        beside = [sys.executable, "scripts/services.py", "run", *(SERVER_OF[name] for name in servers), "--"]
        others = [f"--ignore=tests/ops/{name}.py" for name in OWN_HOUSES]
        found.append(Part(" + ".join(servers), [*beside, *PYTEST, *BY_TWO, *others]))
    if "Chromium" in present:
        found.append(Part("Chromium 浏览器", [*PYTEST, *BY_TWO, "tests/browser"]))
    return found


def play(part: Part) -> None:
    print(f"\n=== {part.title} ===", flush=True)
    began = time.monotonic()
    embedded = {name: text for name, text in os.environ.items() if not name.startswith(SERVICES)}
    part.exit_code = subprocess.run(
        part.command, cwd=ROOT, env=embedded | part.environment, check=False
    ).returncode
    part.seconds = time.monotonic() - began


def main(needs_all: bool) -> int:
    found = services.present()
    absent = [service for service, program in found.items() if not program]
    if not all(map(find_spec, SIGN_ON)):
        absent.insert(0, "单点登录的软件包（make setup-sso）")
    played = parts(found.keys() - set(absent))
    if needs_all:
        played.append(Part("表单模糊测试", [*PYTEST, *BY_TWO, "tests/security/fuzz"], {"FUZZ": "5"}))
        played.append(Part("故障（进程被杀、磁盘写满）", [*PYTEST, "tests/faults"], {"FAULTS": "1"}))
    for part in played:
        play(part)
    print("\n=== 小结 ===")
    for part in played:
        verdict = f"失败（退出码 {part.exit_code}）" if part.exit_code else "通过"
        print(f"{verdict}  {part.title}  {part.seconds:.0f} 秒")
    for service in absent:
        print(f"{'失败' if needs_all else '未测'}  本机没有 {service}")
    failed = [part.exit_code for part in played if part.exit_code]
    return failed[0] if failed else int(needs_all and bool(absent))


if __name__ == "__main__":
    sys.exit(main("--all" in sys.argv[1:]))

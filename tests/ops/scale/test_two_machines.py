"""Two machines over shared PostgreSQL, Redis and S3: one web server and one worker are killed under load.

No reader sees an error, nothing the clock does is done twice, and a change is seen on both at once.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import Random
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from scripts import clusters, front, services
from tests.ops.scale.machines import ROOT, Machine, wait_for
from tests.ops.scale.stage import WAITING

pytest.importorskip("moto.server", reason="moto is not installed")
pytestmark = pytest.mark.skipif(
    not all(map(services.program, ("initdb", "redis-server", "nginx"))),
    reason="PostgreSQL, Redis or nginx is absent",
)
READERS, SECONDS, CHANCE = 6, 8, Random(7)
SIGNED_IN = {"Cookie": "sessionid=nobody"}  # asks the portal itself, never a file that nginx has


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Two machines that run, and the address of the nginx before them."""
    folder = tmp_path_factory.mktemp("machines")
    with ExitStack() as stack:
        shared = {**stack.enter_context(services.postgres()), **stack.enter_context(services.redis())}
        shared |= {
            "MEDIA_URL_BACKEND": stack.enter_context(clusters.bucket()),
            "DJANGO_SETTINGS_MODULE": "tests.ops.scale.quick_settings", "SECRET_KEY": "k" * 50, "DATA_KEYS": "d" * 50,
            "SHARED_PAGES": str(folder / "pages"),
        }  # fmt: skip
        machines = [Machine(folder / name, shared) for name in ("one", "two")]
        for machine in machines:
            stack.callback(machine.stop)
        plan = staged(machines[0], "prepare")
        for machine in machines:
            for name in ("web", "worker", "beat"):
                machine.start(name)
        for machine in machines:
            wait_for(f"{machine.address}/healthz")
        door = stack.enter_context(front.nginx(folder, [one.port for one in machines]))
        yield machines, door, plan


def staged(machine: Machine, step: str) -> dict:
    command = [sys.executable, "-m", "tests.ops.scale.stage", step]
    done = subprocess.run(
        command, cwd=ROOT, env=machine.environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def read(door: str, pages: list[str], until: float) -> Counter:
    """What one reader was answered until then."""
    seen, chance = Counter(), Random(id(pages))
    while time.monotonic() < until:
        try:
            with urlopen(Request(door + chance.choice(pages), headers=SIGNED_IN), timeout=20) as answer:
                answer.read()
                seen[answer.status] += 1
        except HTTPError as error:
            seen[error.code] += 1
        except OSError as error:
            seen[type(error).__name__] += 1
    return seen


def call(machine: Machine, times: int) -> None:
    """The sweep called several times at once, as by clocks that disagree: whichever worker is free takes it."""
    text = f"from portal.celery import app\nfor _ in range({times}): app.send_task('sweep.publish_scheduled')"
    subprocess.run([sys.executable, "-c", text], cwd=ROOT, env=machine.environment, check=True)


def published(machine: Machine) -> int:
    return staged(machine, "after")["published"]


def test_a_change_is_seen_on_both_machines_at_once(house):
    machines, _, plan = house
    address = plan["pages"][1]
    for machine in machines:
        assert "业务交流" in page(machine, address)
    staged(machines[0], "rename")
    for machine in machines:
        assert "换了名称的栏目" in page(machine, address)


def page(machine: Machine, address: str) -> str:
    with urlopen(Request(machine.address + address, headers=SIGNED_IN)) as answer:
        return answer.read().decode()


def test_a_file_that_one_machine_took_is_given_out_by_the_other(house):
    machines, _, plan = house
    assert [page(machine, plan["file"]) for machine in machines] == ["周一 办公室\n"] * 2
    assert not list(Path(machines[0].folder).rglob("*.txt"))


def test_readers_see_no_error_and_no_sweep_works_twice_while_processes_are_killed(house):
    machines, door, plan = house
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(READERS) as readers:
        reading = [readers.submit(read, door, plan["pages"], until) for _ in range(READERS)]
        call(machines[0], 6)
        struck = CHANCE.choice(machines)
        time.sleep(1)
        for name in ("web", "worker", "beat"):
            struck.kill(name)
        call(machines[1], 6)
        time.sleep(2)
        for name in ("web", "worker", "beat"):
            struck.start(name)
        call(machines[0], 6)
        seen = sum((one.result() for one in reading), Counter())
    assert set(seen) == {200}
    assert seen[200] > 50
    end = time.monotonic() + 60
    while published(machines[1]) < WAITING and time.monotonic() < end:
        call(machines[1], 2)
    said = staged(machines[0], "after")
    assert said == {"published": WAITING, "acts": WAITING, "notices": WAITING, "trail": ""}


def test_one_clock_is_at_its_post(house):
    machines, _, _ = house
    text = "from portal import beat; from django.conf import settings; print(beat.post(settings.BEAT_LOCK).hold())"
    environment = {**os.environ, **machines[0].environment}
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", text]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout == "False\n"

"""/metrics: numbers for Prometheus, there for registered addresses alone, with nothing of a person in them."""

import os
import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from portal import incidents, meters
from portal.enums import IncidentKind

OFFICE = {"REMOTE_ADDR": "10.8.0.9"}


def families(client, **where) -> dict:
    answer = client.get("/metrics", **where)
    assert answer.status_code == 200
    return {one.name: one for one in text_string_to_metric_families(answer.content.decode())}


def value(family, **labels) -> float:
    return next(one.value for one in family.samples if labels.items() <= one.labels.items())


def test_numbers_of_the_house_are_told(client, office):
    incidents.report(IncidentKind.ATTACK, "大量异常登录")
    found = families(client)
    assert value(found["portal_incidents_open"], kind="attack") == 1
    assert value(found["portal_check_state"], check="incidents") == 2
    assert value(found["portal_mail_waiting"]) == 0
    assert {one.labels["sweep"] for one in found["portal_sweep_late_seconds"].samples} >= {
        "watch_house",
        "email_notices",
    }


def test_requests_are_counted_by_a_few_words(client, office):
    client.get("/a/123456/")
    client.generic("BREW", "/search/?q=张三")
    found = families(client)
    areas = {one.labels["area"] for one in found["portal_requests"].samples if "area" in one.labels}
    methods = {one.labels["method"] for one in found["portal_requests"].samples if "method" in one.labels}
    assert (areas <= {*meters.AREAS, "other"}, methods <= {*meters.METHODS, "other"}) == (True, True)


def test_nothing_of_a_person_is_in_it(client, office):
    client.force_login(office.staff)
    client.get("/search/?q=张三")
    text = client.get("/metrics").content.decode()
    assert [word for word in ("张三", '"staff"', office.staff.name, "127.0.0.1") if word in text] == []


def test_to_other_addresses_it_never_was(client, office):
    assert client.get("/metrics", **OFFICE).status_code == 404
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="127.0.0.1", **OFFICE).status_code == 404


def test_named_networks_are_let_in_and_the_admins_are_not(client, office, settings):
    settings.ADMIN_NETWORKS = (ip_network("10.9.0.0/16"),)
    settings.METRICS_NETWORKS = (ip_network("10.8.0.0/16"),)
    assert client.get("/metrics", **OFFICE).status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.9.0.1").status_code == 404


def test_it_is_only_asked(client, office):
    assert client.post("/metrics").status_code == 405


COUNT = """
import os
from portal import meters
for _ in range(3):
    if os.fork() == 0:
        for _ in range(5):
            meters.count("desk", "GET", 200, 0.01)
        os._exit(0)
    os.wait()
from prometheus_client import CollectorRegistry, multiprocess
registry = CollectorRegistry()
multiprocess.MultiProcessCollector(registry)
print(registry.get_sample_value("portal_requests_total", {"area": "desk", "method": "GET", "status": "2xx"}))
"""


@pytest.mark.parametrize("runs", [1, 2])
def test_processes_count_together_in_as_many_files_as_there_are_at_once(tmp_path, runs):
    """Three workers one after the other take the same slot over, also after a restart."""
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(runs):
        said = subprocess.run(
            [sys.executable, "-c", COUNT], env=environment, cwd=Path(__file__).parents[3], check=True,
            capture_output=True, text=True,
        )  # fmt: skip
    assert float(said.stdout) == 15 * runs
    assert sorted(path.name for path in tmp_path.glob("counter_*.db")) == ["counter_1.db"]

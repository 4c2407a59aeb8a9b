"""deploy/kubernetes: valid by Kubernetes' own schemas, and as safe as docker-compose.yml."""

from pathlib import Path

import kubernetes_validate
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ITEMS = yaml.safe_load((ROOT / "deploy/kubernetes/portal.yaml").read_text(encoding="utf-8"))["items"]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
DEPLOYMENTS = {one["metadata"]["name"]: one["spec"] for one in ITEMS if one["kind"] == "Deployment"}
PODS = {name: spec["template"]["spec"] for name, spec in DEPLOYMENTS.items()}
CONTAINERS = [
    pytest.param(one, id=f"{name}-{one['name']}")
    for name, pod in PODS.items()
    for one in [*pod.get("initContainers", []), *pod["containers"]]
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}")
def test_item_is_valid(item):
    kubernetes_validate.validate(item, "1.33", strict=True)


def test_schema_refuses_a_misspelt_key():
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({**ITEMS[0], "spce": {}}, "1.33", strict=True)


@pytest.mark.parametrize("container", CONTAINERS)
def test_container_runs_closed_and_within_limits(container):
    context = container["securityContext"]
    assert context["readOnlyRootFilesystem"]
    assert (context["allowPrivilegeEscalation"], context["capabilities"]) == (False, {"drop": ["ALL"]})
    assert container["resources"]["limits"]["memory"]
    assert container["resources"]["requests"].keys() == {"cpu", "memory"}


@pytest.mark.parametrize("name", PODS)
def test_pod_runs_without_root_and_without_a_token_of_the_cluster(name):
    assert PODS[name]["securityContext"]["runAsNonRoot"]
    assert PODS[name]["automountServiceAccountToken"] is False
    mounted = {mount["name"] for one in PODS[name]["containers"] for mount in one["volumeMounts"]}
    assert mounted <= {volume["name"] for volume in PODS[name]["volumes"]}


def test_nothing_secret_stands_in_the_example():
    text = (ROOT / "deploy/kubernetes/portal.yaml").read_text(encoding="utf-8")
    assert not [
        word
        for word in ("SECRET_KEY:", "DATA_KEYS:", "postgres://", "stringData", "password:")
        if word in text
    ]


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_a_process_is_started_and_watched_as_compose_starts_it(name):
    container, service = PODS[name]["containers"][0], COMPOSE[name]
    own = [word for word in service["command"] if word not in ("--schedule", "/var/lib/portal/beat")]
    assert container["command"] == own
    assert container["livenessProbe"]["exec"]["command"] == service["healthcheck"]["test"][1:]


def test_there_are_several_of_everything():
    assert {name: spec["replicas"] >= 2 for name, spec in DEPLOYMENTS.items()} == dict.fromkeys(
        ("web", "worker", "beat"), True
    )

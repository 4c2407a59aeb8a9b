"""docker-compose.yml: valid by the Compose Specification, and safe by our own promises."""

import json
import re
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SCHEMA = json.loads((ROOT / "tests/ops/compose-spec/compose-spec.json").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
SECRET_NAMES = re.compile("KEY|PASSWORD|SECRET|TOKEN")
FROM_ENVIRONMENT = re.compile(r"\$\{\w+:\?[^}]+\}")

each_service = pytest.mark.parametrize("name", SERVICES)


def schema_errors(document: dict) -> list[str]:
    return [error.json_path for error in Draft7Validator(SCHEMA).iter_errors(document)]


def test_compose_file_is_valid():
    assert schema_errors(COMPOSE) == []


def test_schema_refuses_a_misspelt_key():
    assert schema_errors({"services": {"web": {"image": "x", "helthcheck": {}}}}) == ["$.services.web"]


def test_compose_has_exactly_the_promised_services():
    assert sorted(SERVICES) == [
        "beat", "nginx", "postgres", "postgres-replica", "redis", "web", "worker",
    ]  # fmt: skip


@each_service
def test_service_is_watched_and_comes_back(name):
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES[name]["restart"] == "unless-stopped"


@each_service
def test_service_waits_for_healthy_ones(name):
    waited_for = SERVICES[name].get("depends_on", {})
    assert {wait["condition"] for wait in waited_for.values()} <= {"service_healthy"}
    assert waited_for.keys() <= SERVICES.keys()


@each_service
def test_service_runs_without_root_or_privileges(name):
    service = SERVICES[name]
    assert str(service["user"]).split(":")[0] not in {"", "0", "root"}
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.keys().isdisjoint({"privileged", "cap_add", "network_mode", "pid", "devices"})


@each_service
def test_service_takes_secrets_only_from_the_environment(name):
    environment = SERVICES[name].get("environment", {})
    literal = [
        key
        for key, text in environment.items()
        if SECRET_NAMES.search(key) and not FROM_ENVIRONMENT.search(text)
    ]
    assert literal == []
    assert all("@" not in text or FROM_ENVIRONMENT.search(text) for text in environment.values())


@each_service
def test_service_image_names_its_version(name):
    image = SERVICES[name]["image"]
    assert "build" in SERVICES[name] or re.fullmatch(r"\w+:\d+(\.\d+)*-\w+", image)


@each_service
def test_service_mounts_only_named_volumes_or_files_read_only(name):
    for mount in SERVICES[name].get("volumes", []):
        source = mount.split(":")[0]
        assert source in COMPOSE["volumes"] or (source.startswith("./deploy/") and mount.endswith(":ro"))


def test_only_nginx_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]


def test_stores_are_on_the_inner_network_only():
    assert COMPOSE["networks"]["data"] == {"internal": True}
    assert [SERVICES[name]["networks"] for name in ("postgres", "postgres-replica", "redis")] == [
        ["data"]
    ] * 3


def test_the_replica_is_started_only_by_its_profile():
    assert [name for name, service in SERVICES.items() if service.get("profiles")] == ["postgres-replica"]


def test_no_service_of_the_portal_names_its_container_so_that_there_may_be_many():
    assert not [
        name for name in ("web", "worker", "beat") if {"container_name", "ports"} & SERVICES[name].keys()
    ]


def test_only_nginx_at_its_fixed_address_speaks_for_others():
    """An address outside the range from which the other containers are given theirs."""
    own = SERVICES["nginx"]["networks"]["front"]["ipv4_address"]
    front = COMPOSE["networks"]["front"]["ipam"]["config"][0]
    assert SERVICES["web"]["environment"]["TRUSTED_PROXIES"] == own
    assert ip_address(own) in ip_network(front["subnet"])
    assert ip_address(own) not in ip_network(front["ip_range"])


def test_portal_environment_uses_only_names_of_the_contract():
    contract = """DJANGO_SETTINGS_MODULE DATABASE_URL DATABASE_REPLICA_URLS MEDIA_URL_BACKEND REDIS_URL
        SECRET_KEY DATA_KEYS ALLOWED_HOSTS EMAIL_URL ADMIN_PATH ADMIN_NETWORKS METRICS_NETWORKS LOG_FORMAT
        TRUSTED_PROXIES OUTGOING_NETWORKS CLAMD_ADDRESS OA_FEED_URL SELF_CHECK_URL REMINDER_WEBHOOK_URL
        BACKUP_DIR BACKUP_KEY BACKUP_OFFSITE"""
    assert SERVICES["web"]["environment"].keys() == set(contract.split())
    assert (
        SERVICES["worker"]["environment"] == SERVICES["beat"]["environment"] == SERVICES["web"]["environment"]
    )


def test_image_is_built_in_stages_and_runs_without_root():
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("FROM python:3.11-slim") for line in lines) == 2
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001:10001"]


def test_image_takes_every_folder_the_portal_needs():
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps | {"deploy", "manage.py", "presets", "static", "templates", "locale"} <= allowed
    assert allowed.isdisjoint({"var", "tests", ".git", ".env"})

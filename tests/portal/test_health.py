"""Probes: alive asks nothing, ready names what is missing and nothing more."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.utils import OperationalError

from portal.house import probes

READY = dict.fromkeys(("database", "cache", "broker", "migrations", "disk"), "ok")


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch):
    """What another test found migrated says nothing here."""
    monkeypatch.setattr(probes, "_migrated", {"default"})


def test_alive_asks_no_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_names_every_part(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, READY)


@pytest.mark.django_db
def test_a_failing_database_is_named_without_details(client, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("password authentication failed for user portal")

    monkeypatch.setattr(connection, "cursor", fail)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, READY | {"database": "failed"})


@pytest.mark.django_db
def test_a_cache_that_forgets_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda *args, **kwargs: None)
    assert client.get("/readyz").json()["cache"] == "failed"


@pytest.mark.django_db
def test_a_spool_that_cannot_be_written_to_is_not_ready(client, settings, tmp_path):
    missing = str(tmp_path / "gone")
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": missing, "data_folder_out": missing}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["broker"]) == (503, "failed")


@pytest.mark.django_db
def test_a_database_of_another_version_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(probes, "_migrated", set())
    monkeypatch.setattr(probes, "pending_migrations", lambda: ["portal.0099_more"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "failed")


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_to_is_not_ready(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "gone"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["disk"]) == (503, "failed")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_only_ask(client, address):
    assert client.post(address).status_code == 405

"""Read replicas with a real streaming standby: who reads from it, and what happens when it lags or dies."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import clusters, services

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(not services.program("pg_basebackup"), reason="PostgreSQL is not installed")


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    with services.postgres() as primary, clusters.standby(primary["DATABASE_URL"]) as (copy, number):
        environment = {
            **os.environ, **primary, "DATABASE_REPLICA_URLS": copy, "REDIS_URL": "", "STANDBY_PID": str(number),
            "VAR_DIR": str(tmp_path_factory.mktemp("var")), "DJANGO_SETTINGS_MODULE": "tests.ops.scale.quick_settings",
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.ops.scale.replica_story"]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    return json.loads(done.stdout.splitlines()[-1])


def test_nobody_reads_from_a_copy_that_was_not_looked_at(story):
    assert (story["before_a_look"]["status"], story["before_a_look"]["replica1"]) == (200, 0)


def test_an_anonymous_page_is_read_from_the_copy_alone(story):
    assert story["is_fit"]
    assert (story["anonymous"]["status"], story["anonymous"]["default"]) == (200, 0)
    assert story["anonymous"]["replica1"] > 0


def test_a_browser_that_has_just_written_reads_from_the_primary(story):
    assert story["cookie"] == 5
    assert (story["just_signed_in"]["status"], story["just_signed_in"]["replica1"]) == (200, 0)


def test_a_signed_in_browser_reads_from_the_copy_but_who_it_is_from_the_primary(story):
    assert story["signed_in"]["status"] == 200
    assert min(story["signed_in"]["replica1"], story["signed_in"]["default"]) > 0


def test_a_transaction_and_what_follows_a_write_stay_with_the_primary(story):
    said = [story[name] for name in ("in_transaction", "outside", "after_a_write")]
    assert said == ["default", "replica1", "default"]


def test_a_copy_that_lags_is_left_out_until_it_has_caught_up(story):
    assert story["behind_is_left_out"]
    assert (story["while_behind"]["status"], story["while_behind"]["replica1"]) == (200, 0)
    assert story["is_fit_again"]


def test_a_reader_under_whom_the_copy_dies_is_answered_from_the_primary(story):
    assert story["gone_under_a_request"]["status"] == 200
    assert story["gone_under_a_request"]["default"] > 0
    assert story["fit_afterwards"] is None

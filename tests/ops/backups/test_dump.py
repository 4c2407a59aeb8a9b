"""PostgreSQL by pg_dump: dump and counts are of one moment, and a fresh cluster takes it."""

from contextlib import closing

import psycopg2
import pytest
from django.db import connection

from portal.backups import clusters
from portal.backups.databases import pgdump, tables
from portal.backups.programs import Failed, nothing_told
from portal.models import User

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL names no PostgreSQL"),
]


def test_dump_is_loaded_into_a_fresh_cluster_as_it_was(tmp_path):
    User.objects.create_user("zhouming", name="周明")
    said = pgdump.take(tmp_path, nothing_told)
    User.objects.create_user("later", name="后来的人")
    with clusters.loaded(tmp_path / said["file"]) as url, closing(psycopg2.connect(url)) as other:
        found = tables.counts(other.cursor(), "postgresql")
        assert tables.faults(said["tables"], found) == []
        assert found["portal_user"] == User.objects.count() - 1


def test_dump_is_never_loaded_over_what_exists(tmp_path):
    said = pgdump.take(tmp_path, nothing_told)
    with pytest.raises(Failed, match="不是空的"):
        pgdump.load(tmp_path / said["file"], pgdump.whereabouts(connection.settings_dict), nothing_told)

"""Wagtail with the same content, in its own environment and its own database on the same server."""

import os
import subprocess
from contextlib import ExitStack
from pathlib import Path

import psycopg2
from django.db import connection

from bench.peers import environment, office, servers
from scripts import services

HERE = Path(__file__).with_name("wagtail_site")


def serve(stack: ExitStack, size: int, folder: Path) -> dict[str, str]:
    """Fills its database up to `size` articles and starts it; its pages."""
    settings, python = _environment(), str(environment.made() / "bin/python")
    fill = [python, "-m", "django", "fill", str(size)]
    done = subprocess.run(
        fill, cwd=HERE, env=settings, input=office.BODY, text=True, check=True, stdout=subprocess.PIPE
    )
    column, article = done.stdout.split()
    port = services.free_port()
    command = [python, *servers.GUNICORN, "-b", f"127.0.0.1:{port}", "--chdir", str(HERE), "wsgi"]
    base = servers.serve(stack, command, port, settings)
    return {
        "Wagtail 首页": f"{base}/", "Wagtail 栏目页": f"{base}/{column}",
        "Wagtail 深页": f"{base}/{column}?page={office.deep(size)}", "Wagtail 文章页": f"{base}/{article}",
    }  # fmt: skip


def _environment() -> dict[str, str]:
    """With a database of its own beside ours."""
    where = connection.get_connection_params()
    outside = psycopg2.connect(
        host=where["host"], port=where["port"], user=where["user"], dbname=where["dbname"]
    )
    outside.autocommit = True
    with outside.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'wagtail'")
        if not cursor.fetchone():
            cursor.execute("CREATE DATABASE wagtail")
    outside.close()
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "PYTHON"))}
    database = f"postgres://{where['user']}@{where['host']}:{where['port']}/wagtail"
    return kept | {
        "DJANGO_SETTINGS_MODULE": "settings",
        "PYTHONPATH": str(HERE),
        "PEER_DATABASE_URL": database,
    }

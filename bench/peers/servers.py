"""The servers that are looked at, all with two processes of four threads; gone when the measurement is over."""

import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command

from bench.peers import environment as peers_environment
from scripts import services

GUNICORN = [
    "-m",
    "gunicorn",
    "-k",
    "gthread",
    "-w",
    "2",
    "--threads",
    "4",
    "--keep-alive",
    "5",
    "--preload",
    "--log-level",
    "warning",
]
NGINX = """
{user}
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 512; }}
http {{
    default_type text/html;
    charset utf-8;
    access_log off;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ root {root}; try_files $uri =404; }}
    }}
}}
"""
Targets = dict[str, str]


def ours(stack: ExitStack, pages: dict[str, str]) -> Targets:
    """The portal without its published files, by gunicorn as it is shipped; by granian for the home page."""
    base = gunicorn(stack, "portal.wsgi", settings_module="bench._uncached")
    other = granian(stack)
    found = {f"门户 {name}（未缓存）": base + path for name, path in pages.items()}
    return found | {f"门户 {name}（未缓存，granian）": other + pages[name] for name in ("首页", "文章页")}


def plain(stack: ExitStack, folder: Path, targets: Targets) -> Targets:
    """Files of the same size through nginx, the same string through a bare view."""
    names = {"首页": "home.html", "文章页": "article.html"}
    for name, file in names.items():
        (folder / file).write_bytes(urlopen(targets[f"门户 {name}（未缓存）"]).read())
    static = nginx(stack, folder)
    bare = gunicorn(stack, "bench._bare", extra={"BARE_FOLDER": str(folder)})
    found = {f"nginx 静态文件 {name}": f"{static}/{file}" for name, file in names.items()}
    return found | {f"Django 空视图 {name}": f"{bare}/{file}" for name, file in names.items()}


def published(stack: ExitStack, folder: Path, pages: dict[str, str]) -> Targets:
    """The portal's published pages, through nginx and through the application itself."""
    call_command("publish_pages", stdout=sys.stderr)
    base, root = gunicorn(stack, "portal.wsgi"), Path(settings.PAGES_ROOT)
    found: Targets = {}
    for name in ("首页", "文章页"):
        found[f"门户 {name}（应用发布）"] = base + pages[name]
    static = nginx(stack, folder, root=root / "by/http/host/default")
    files = {"首页": "index.html", "文章页": pages["文章页"].strip("/") + ".html"}
    return found | {f"门户 {name}（nginx）": f"{static}/{file}" for name, file in files.items()}


def gunicorn(
    stack: ExitStack, application: str, *, settings_module: str = "", extra: dict[str, str] | None = None
) -> str:
    port = services.free_port()
    environment = _environment(settings_module) | (extra or {})
    command = [
        sys.executable,
        *GUNICORN,
        "-b",
        f"127.0.0.1:{port}",
        "--chdir",
        str(settings.BASE_DIR),
        application,
    ]
    return serve(stack, command, port, environment)


def granian(stack: ExitStack) -> str:
    """From the peers' own environment, with the packages of ours."""
    port = services.free_port()
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    environment = _environment("bench._uncached") | {"PYTHONPATH": f"{packages}:{settings.BASE_DIR}"}
    command = [
        str(peers_environment.made() / "bin/granian"), "--interface", "wsgi", "--workers", "2",
        "--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning",
        "--working-dir", str(settings.BASE_DIR), "portal.wsgi:application",
    ]  # fmt: skip
    return serve(stack, command, port, environment)


def nginx(stack: ExitStack, folder: Path, *, root: Path | None = None) -> str:
    port = services.free_port()
    own = folder / f"nginx-{port}"
    own.mkdir()
    conf = own / "nginx.conf"
    user = (
        "user root;" if os.geteuid() == 0 else ""
    )  # its workers would be nobody, and read no folder of ours
    conf.write_text(NGINX.format(folder=own, port=port, root=root or folder, user=user), encoding="utf-8")
    command = [services.program("nginx") or "nginx", "-c", str(conf)]
    return serve(stack, command, port, dict(os.environ), signal.SIGQUIT)


def _environment(settings_module: str = "") -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": settings_module or "portal.settings.base", "ALLOWED_HOSTS": "127.0.0.1",
    }  # fmt: skip


def serve(
    stack: ExitStack, command: list[str], port: int, environment: dict[str, str], stop: int = signal.SIGTERM
) -> str:
    """Its address, once it answers."""
    own = stack.enter_context(tempfile.TemporaryDirectory(prefix="peer-", ignore_cleanup_errors=True))
    alive = stack.enter_context(services.running(command, own, stop, env=environment))
    services.wait_until(lambda: services.answers(port), alive)
    return f"http://127.0.0.1:{port}"

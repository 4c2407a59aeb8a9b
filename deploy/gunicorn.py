"""The web server: two processes of four threads, loaded once and shared by fork.

Preloading keeps a process small and lets a wrong setting end the start instead of a loop of dying workers.
"""

import os
import socket
import sys

from portal.settings import env

known = env.read(os.environ)
# Where the processes of this machine count together for /metrics (portal.meters).
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(known.var_dir / "metrics" / socket.gethostname()))

bind = f"127.0.0.1:{known.port}"
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
keepalive = 5
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
control_socket_disable = True
# Whom to believe is decided in one place, portal.addresses by TRUSTED_PROXIES: no header changes anything here.
secure_scheme_headers = {}
forwarder_headers = ""


def when_ready(server):
    """Tells the person at the console where to look."""
    where = "、".join(f"http://{host}:{port}/" for host, port in server.cfg.address)
    print(f"门户已就绪：{where}", flush=True)


def pre_exec(server):
    """A new master (USR2) begins as the first one did: as a module, which a script's name would not find."""
    server.START_CTX["args"] = [sys.executable, "-m", "gunicorn", *sys.argv[1:]]

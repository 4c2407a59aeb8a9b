"""The web server: two processes of four threads, loaded once and shared by fork.

Preloading keeps a process small and lets a wrong setting end the start instead of a loop of dying workers.
"""

import os
import socket
import sys

from gunicorn.http import wsgi
from gunicorn.util import to_bytestring

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


class WholeResponse(wsgi.Response):
    """Sends the head together with the first piece of the body.

    A process that dies has then sent nothing, and nginx asks the next one; between two pieces its reader would be left
    with half an answer. It also spares a system call.
    """

    held = b""

    def send_headers(self):
        if not self.headers_sent:
            lines = [
                *self.default_headers(),
                *(f"{name}: {value}\r\n" for name, value in self.headers),
                "\r\n",
            ]
            self.held = to_bytestring("".join(lines), "latin-1")
            self.headers_sent = True

    def _emit_body(self, data):
        if self.held and not self.chunked:
            data, self.held = self.held + data, b""
        self._let_go()
        super()._emit_body(data)

    def sendfile(self, respiter):
        self.send_headers()
        self._let_go()
        return super().sendfile(respiter)

    def close(self):
        self.send_headers()
        self._let_go()
        super().close()

    def _let_go(self):
        if self.held:
            self.sock.sendall(self.held)
            self.held = b""


wsgi.Response = WholeResponse  # what gunicorn.http.wsgi.create makes for each request


def when_ready(server):
    """Tells the person at the console where to look."""
    where = "、".join(f"http://{host}:{port}/" for host, port in server.cfg.address)
    print(f"门户已就绪：{where}", flush=True)


def pre_exec(server):
    """A new master (USR2) begins as the first one did: as a module, which a script's name would not find."""
    server.START_CTX["args"] = [sys.executable, "-m", "gunicorn", *sys.argv[1:]]

"""The delivered nginx, deploy/nginx.conf, before web servers of this machine: private, gone afterwards."""

import re
import signal
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from scripts.services import free_port, program, running, wait_until

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
HAS_BROTLI = any(Path("/etc/nginx/modules-enabled").glob("*brotli-static*"))
AS_ROOT = "user root;\n"  # its workers would be nobody, and read no folder of ours


@contextmanager
def nginx(folder: Path, ports: list[int]) -> Iterator[str]:
    """Its address. `folder` stands where /var/lib/portal stands: pages/ and static/ are served from it."""
    own, port = folder / "nginx", free_port()
    own.mkdir(parents=True)
    conf = own / "nginx.conf"
    conf.write_text(AS_ROOT + moved(folder, port, ports))
    command = [program("nginx") or "nginx", "-c", str(conf), "-e", "stderr", "-g", "daemon off;"]
    address = f"http://127.0.0.1:{port}"
    with running(command, str(own), signal.SIGTERM) as alive:
        wait_until(lambda: _answers(f"{address}/nginx-health"), alive)
        yield address


def moved(folder: Path, port: int, upstreams: list[int]) -> str:
    """The delivered configuration with its paths and ports replaced, each of which must be there."""
    here = {
        r"/tmp/": f"{folder}/nginx/",  # first: what is put in may lie below it
        r"server web:8000[^;]*;": " ".join(f"server 127.0.0.1:{one};" for one in upstreams),
        r"/etc/nginx/brotli\*\.conf": str(DEPLOY / "brotli.conf" if HAS_BROTLI else folder / "none*.conf"),
        r"/etc/nginx/gateway\.conf": str(DEPLOY / "gateway.conf"),
        r"/var/lib/portal": str(folder),
        r"listen 8080": f"listen 127.0.0.1:{port}",
    }
    text = (DEPLOY / "nginx.conf").read_text()
    for delivered, own in here.items():
        text, found = re.subn(delivered, own.replace("\\", r"\\"), text)
        if not found:
            raise LookupError(delivered)
    return text


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):
            return True
    except URLError:
        return False

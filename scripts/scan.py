"""Black box: wapiti against a demo portal of its own on loopback, signed out and then signed in as an editor.

    python -m scripts.scan            both, a table, and exit 1 when anything above informational is found
    python -m scripts.scan --minutes 2

The scanner lives in a virtual environment of its own (`var/scanner`): its pins are not the product's.
"""

import argparse
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from scripts import services

ROOT = Path(__file__).resolve().parent.parent
SCANNER = "wapiti3==3.2.3"
WHO, PASSWORD = "banzhu", "demo-Portal-2026"  # of the demo
LEVELS = ("提示", "低", "中", "高", "严重")
EXPECTED = {
    "Secure Flag cookie": "扫描走本机 http；正式设置的 Cookie 带 Secure，见 tests/security/test_headers.py"
}
LEFT_ALONE = ("logout/", "account/sessions/", "account/second-factor/", "password/")


def scanner() -> Path:
    """The program, installed on first use."""
    home = ROOT / "var/scanner"
    program = home / "bin/wapiti"
    if not program.exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([home / "bin/python", "-m", "pip", "install", "-qq", SCANNER], check=True)
    return program


@contextmanager
def portal(folder: str) -> Iterator[int]:
    """The port of a demo portal; its log stands in `folder`."""
    port = services.free_port()
    environment = os.environ | {
        "VAR_DIR": folder,
        "PORT": str(port),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
    }
    subprocess.run([sys.executable, "manage.py", "prepare", "--demo"], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "portal.wsgi"]
    with Path(folder, "log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            services.wait_until(lambda: services.answers(port), lambda: server.poll() is None)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def sign_in(port: int) -> str:
    """The cookies of an editor's browser, as a header."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", "/login/")
    page = line.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
    cookies = {name: one.value for name, one in SimpleCookie(page.headers["Set-Cookie"]).items()}
    form = urlencode({"username": WHO, "password": PASSWORD, "csrfmiddlewaretoken": token})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": _header(cookies)}
    line.request("POST", "/login/", form, headers)
    answer = line.getresponse()
    if answer.status != 302:
        raise SystemExit(f"登录没有成功：HTTP {answer.status}")
    for one in answer.headers.get_all("Set-Cookie", []):
        cookies |= {name: morsel.value for name, morsel in SimpleCookie(one).items()}
    return _header(cookies)


def _header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={text}" for name, text in cookies.items())


def scan(base: str, start: str, cookies: str, folder: Path, minutes: float) -> dict:
    """What wapiti reports, bounded in time."""
    folder.mkdir(parents=True)
    seconds = int(minutes * 60)
    command = [
        scanner(), "-u", f"{base}/", "-d", "4", "--max-links-per-page", "40", "--max-files-per-dir", "12", "-t", "4",
        "--max-scan-time", str(seconds // 2), "--max-attack-time", str(max(10, seconds // 16)), "--flush-session",
        "--no-bugreport", "--store-session", folder / "session", "--store-config", folder / "config", "-f", "json",
        "-o", folder / "report.json", "-s", f"{base}{start}",
    ]  # fmt: skip
    for path in LEFT_ALONE:
        command += ["-x", f"{base}/{path}*"]
    if cookies:
        command += ["-H", f"Cookie: {cookies}"]
    with (folder / "log").open("w") as log:
        subprocess.run(command, stdout=log, stderr=log, timeout=seconds * 3 + 120, check=False)
    return json.loads((folder / "report.json").read_text())


def told(report: dict) -> list[tuple[int, str, str]]:
    """Level, kind, where: each kind at each place once."""
    found = {
        (
            one["level"],
            kind,
            f"{one['method']} {one['path'].partition('?')[0]} {one['parameter'] or ''}".strip(),
        )
        for part in ("vulnerabilities", "anomalies")
        for kind, ones in report[part].items()
        for one in ones
    }
    return sorted(found, reverse=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=5, help="每一遍大约几分钟")
    minutes = parser.parse_args().minutes
    bad = 0
    with tempfile.TemporaryDirectory(prefix="portal-scan-", ignore_cleanup_errors=True) as folder:
        with portal(folder) as port:
            base, began = f"http://127.0.0.1:{port}", time.monotonic()
            cookies = sign_in(port)  # first: the scanner's guesses get its address locked
            for title, start, header in (("登录后", "/desk/", cookies), ("未登录", "/", "")):
                report = scan(base, start, header, Path(folder, "scan", start.strip("/") or "home"), minutes)
                print(f"\n{title}：打开 {report['infos']['crawled_pages_nbr']} 页")
                for level, kind, where in told(report):
                    is_known = kind in EXPECTED or level == 0
                    bad += not is_known
                    print(
                        f"  {LEVELS[level]} {kind}：{where}{'（' + EXPECTED[kind] + '）' if kind in EXPECTED else ''}"
                    )
        errors = len(re.findall("Internal Server Error", Path(folder, "log").read_text(errors="replace")))
    print(f"\n高于提示的发现 {bad} 项，服务器出错 {errors} 次，用时 {time.monotonic() - began:.0f} 秒")
    return int(bad or errors)


if __name__ == "__main__":
    sys.exit(main())

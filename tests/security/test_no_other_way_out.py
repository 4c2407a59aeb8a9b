"""Nobody but `portal.outgoing` opens a connection to the web."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("portal", "columns", "publishing", "interaction", "disclosure", "assessment")
DOORS = re.compile(
    r"^\s*(?:import|from)\s+(requests|urllib\.request|urllib3|httpx|aiohttp|socket|ftplib|telnetlib|http\.client)\b", re.M
)  # fmt: skip
NAMES = re.compile(r"HTTPS?Connection\(|urlopen\(|create_connection\(|build_opener\(")
EXCEPTIONS_ONLY = re.compile(r"^from http\.client import HTTPException$|^import http\.client$", re.M)
KNOWN = {
    "portal/outgoing.py": "the one door",
    "portal/backups/clusters.py": "a free port of this machine",
    "portal/backups/drills.py": "the portal that was restored on this machine",
    "portal/backups/running.py": "the name of this machine",
    "portal/house/machine.py": "the certificate of the address that the operator named",
    "portal/logs/files.py": "the name of this machine",
}


def test_only_one_module_speaks_to_the_web():
    found = []
    for path in sorted(one for app in APPS for one in (ROOT / app).rglob("*.py")):
        text = EXCEPTIONS_ONLY.sub("", path.read_text(encoding="utf-8"))
        if DOORS.search(text) or NAMES.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert found == sorted(KNOWN)

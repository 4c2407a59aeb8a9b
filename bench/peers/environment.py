"""The peers' own virtual environment, kept in var/ from one measurement to the next."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings

REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def made() -> Path:
    place = settings.BASE_DIR / "var/bench-peers"
    stamp = place / "installed"
    if not stamp.exists() or stamp.read_text() != REQUIREMENTS.read_text():
        print("安装 Wagtail（独立的虚拟环境）……", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=True)
        install = [
            str(place / "bin/pip"),
            "install",
            "-q",
            "--disable-pip-version-check",
            "-r",
            str(REQUIREMENTS),
        ]
        subprocess.run(install, check=True, stdout=sys.stderr)
        stamp.write_text(REQUIREMENTS.read_text())
    return place

"""wrk, asked for one number."""

import os
import re
import subprocess

SECONDS = int(os.environ.get("PEERS_SECONDS", "4"))
CONNECTIONS = 8


def requests_a_second(address: str) -> float:
    """Of eight connections for some seconds; an answer that is no page ends the measurement."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "20s", address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if failed := re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", said):
        raise RuntimeError(f"{address}：{failed[0]}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])

"""These bring their own servers: once is enough, with the embedded part of the suite."""

import os

OWN_SERVERS = ["test_replicas.py", "test_two_machines.py", "test_sentinels.py", "test_one_beat.py"]
collect_ignore = OWN_SERVERS if os.environ.get("DATABASE_URL") else []

"""A line of the log: for people by default, as one JSON document by `LOG_FORMAT=json`."""

import json
import logging
from datetime import UTC, datetime

from portal.logs import request_id


class Lines(logging.Formatter):
    """`2026-11-26 09:10:11 WARNING portal.news … [request id]`; an access record is one line as well."""

    def format(self, record: logging.LogRecord) -> str:
        if access := getattr(record, "access", None):
            return f"{_local(record)} {' '.join(_shown(value) for value in access.values())}"
        text = super().format(record)
        head, *rest = text.split("\n")
        mark = f" [{found}]" if (found := request_id.get()) else ""
        return "\n".join([f"{_local(record)} {record.levelname} {record.name} {head}{mark}", *rest])


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")}
        if access := getattr(record, "access", None):
            said |= {"log": "access", **access}
        else:
            said |= {"log": record.name, "level": record.levelname, "message": record.getMessage()}
            said |= {"id": found} if (found := request_id.get()) else {}
            said |= {"error": self.formatException(record.exc_info)} if record.exc_info else {}
        return json.dumps(said, ensure_ascii=False, default=str)


def _local(record: logging.LogRecord) -> str:
    return f"{datetime.fromtimestamp(record.created):%Y-%m-%d %H:%M:%S}"


def _shown(value: object) -> str:
    """One word each, so that a column stays a column."""
    return str(value).replace(" ", "%20") if value not in ("", None) else "-"

"""The access log: who, what, how it went; never what was typed, and no code of anybody's case."""

import json
import logging
from ipaddress import ip_network

import pytest

from portal.logs import request_id
from portal.logs.files import DailyFile, name_of
from portal.logs.formats import Json, Lines


@pytest.fixture
def lines(monkeypatch):
    """What the access log is told, line by line."""
    kept = []
    log = logging.getLogger("portal.access")
    monkeypatch.setattr(log, "handle", lambda record: kept.append(record.access))
    return kept


def test_a_line_tells_who_asked_for_what(client, office, lines):
    client.force_login(office.granter)
    answer = client.get("/desk/", {"page": "2"}, REMOTE_ADDR="10.8.0.9")
    told = {name: lines[-1][name] for name in ("address", "user", "method", "path", "status", "id")}
    assert told == {
        "address": "10.8.0.9", "user": "granter", "method": "GET", "path": "/desk/?page=2", "status": 200,
        "id": answer.headers["X-Request-ID"],
    }  # fmt: skip


def test_visitors_have_no_name(client, office, lines):
    client.get("/")
    assert lines[-1]["user"] == ""


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/search/?q=张三的电话", "/search/?q=*"),
        ("/login/?next=/desk/letters/5/", "/login/?next=*"),
        ("/?page=13800000000张", "/?page=*"),
        ("/?张三=李四", "/?*"),
        ("/mailbox/track/K7QW2M/", "/mailbox/track/*/"),
        ("/disclosure/requests/track/K7QW2M/answer/", "/disclosure/requests/track/*/answer/"),
        ("/services/track/K7QW2M/nothing", "/services/track/*/nothing"),
        ("/a/%0A2026-01-01 forged line/", "/a/?2026-01-01 forged line/"),
    ],
)
def test_what_was_typed_is_not_kept(asked, kept, client, office, lines):
    client.get(asked)
    assert lines[-1]["path"] == kept


def test_nothing_of_a_form_is_kept(client, office, lines):
    client.post("/login/", {"username": "granter", "password": "geheim-Portal-2026"})
    assert "geheim" not in json.dumps(lines[-1])


@pytest.mark.parametrize("path", ["/static/x.css", "/healthz", "/readyz", "/metrics"])
def test_probes_and_static_files_are_not_told(path, client, office, lines):
    client.get(path)
    assert lines == []


def test_the_number_of_the_proxy_is_taken_from_a_trusted_one_alone(client, office, settings):
    named = {"HTTP_X_REQUEST_ID": "0123456789abcdef"}
    assert client.get("/", **named).headers["X-Request-ID"] != "0123456789abcdef"
    settings.TRUSTED_PROXIES = (ip_network("127.0.0.1/32"),)
    assert client.get("/", **named).headers["X-Request-ID"] == "0123456789abcdef"
    forged = {"HTTP_X_REQUEST_ID": "abc\ndef-forged-line"}
    assert client.get("/", **forged).headers["X-Request-ID"].isalnum()


def record(**extra) -> logging.LogRecord:
    made = logging.LogRecord("portal.news", logging.WARNING, "x.py", 1, "邮件未发出:%s", ("超时",), None)
    vars(made).update(extra)
    return made


def test_json_is_one_document_a_line():
    token = request_id.set("abcdef0123456789")
    said = json.loads(Json().format(record()))
    request_id.reset(token)
    assert (said["log"], said["level"], said["message"], said["id"]) == (
        "portal.news", "WARNING", "邮件未发出:超时", "abcdef0123456789",
    )  # fmt: skip


def test_lines_keep_their_columns():
    access = {"address": "10.8.0.9", "user": "", "method": "GET", "path": "/a b/", "status": 200}
    assert Lines().format(record(access=access)).endswith(" 10.8.0.9 - GET /a%20b/ 200")


def test_every_process_appends_to_the_file_of_the_day(tmp_path, monkeypatch):
    first, second = DailyFile(tmp_path, "portal"), DailyFile(tmp_path, "portal")
    for handler in (first, second, first):
        handler.setFormatter(Lines())
        handler.emit(record())
    (file,) = tmp_path.iterdir()
    assert len(file.read_text().splitlines()) == 3
    assert file.name.startswith("portal-20")


def test_a_folder_that_cannot_be_written_to_stops_nothing(tmp_path, capsys):
    (tmp_path / "logs").write_text("a file")
    handler = DailyFile(tmp_path / "logs", "portal")
    for _ in range(3):
        handler.emit(record())
    assert capsys.readouterr().err.count("Logging error") == 1


def test_the_name_of_a_file_says_its_machine(monkeypatch):
    monkeypatch.setattr("socket.gethostname", lambda: "web.1/../x")
    assert name_of("access", "2026-11-26") == "access-2026-11-26.web-1----x.log"

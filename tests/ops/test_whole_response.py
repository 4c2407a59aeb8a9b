"""An answer leaves the web server in one piece, so that a process that dies leaves none half given."""

import runpy

import pytest
from gunicorn.config import Config
from gunicorn.http import wsgi

from tests.ops.test_env import ROOT


class Asked:
    version = (1, 1)

    def __init__(self, method="GET"):
        self.method = method

    def should_close(self):
        return False


class Wire:
    def __init__(self):
        self.pieces = []

    def sendall(self, data):
        self.pieces.append(data)


@pytest.fixture
def answer(monkeypatch, tmp_path):
    """Plays one answer of the delivered configuration: the pieces that went out."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    monkeypatch.setattr(wsgi, "Response", wsgi.Response)  # put back afterwards
    made = runpy.run_path(str(ROOT / "deploy/gunicorn.py"))["WholeResponse"]

    def play(headers, *body, method="GET"):
        wire = Wire()
        response = made(Asked(method), wire, Config())
        response.start_response("200 OK", headers)
        for piece in body:
            response.write(piece)
        response.close()
        return wire.pieces

    return play


def test_head_and_body_are_one_piece(answer):
    (piece,) = answer([("Content-Length", "6")], "公告".encode())
    head, body = piece.split(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"Content-Length: 6" in head
    assert body.decode() == "公告"


def test_what_follows_goes_by_itself(answer):
    first, second = answer([("Content-Length", "6")], "公".encode(), "告".encode())
    assert first.endswith("\r\n\r\n公".encode())
    assert second == "告".encode()


@pytest.mark.parametrize(("method", "length"), [("HEAD", "6"), ("GET", "0")])
def test_an_answer_without_a_body_is_its_head(answer, method, length):
    (head,) = answer([("Content-Length", length)], method=method)
    assert head.endswith(b"\r\n\r\n")


def test_an_answer_of_unknown_length_is_chunked(answer):
    assert answer([], b"ab")[1:] == [b"2\r\nab\r\n", b"0\r\n\r\n"]

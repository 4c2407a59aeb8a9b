"""An OpenID Connect provider on loopback: real HTTP, real signatures, PKCE checked; and it can be told to lie."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "portal", "portal-secret"


class Provider:
    """Vouches for whoever `claims` names. `lies` are put into the id token last; `key` signs it."""

    def __init__(self) -> None:
        self.own_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.issuer, self.asked = "", []
        self.reset()

    def reset(self) -> None:
        self.key, self.algorithm, self.kid = self.own_key, "RS256", "one"
        self.claims, self.lies, self.userinfo = {"preferred_username": "collector"}, {}, {}
        self.said_issuer, self.declines, self.granted = self.issuer, "", {}
        self.asked.clear()

    def configuration(self) -> dict:
        names = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
        return {"issuer": self.said_issuer, **{name: f"{self.issuer}/{name}" for name in names}}

    def jwks(self) -> dict:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.own_key.public_key()))
        return {"keys": [{**key, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent: back, with a code."""
        if self.declines:
            return f"{asked['redirect_uri']}?{urlencode({'error': self.declines, 'state': asked['state']})}"
        code = secrets.token_urlsafe(16)
        self.granted[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> dict | None:
        """Once per code, to the client that was given it, with the verifier of its challenge."""
        granted = self.granted.pop(asked.get("code"), None)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if (
            granted is None
            or granted["code_challenge"] != base64.urlsafe_b64encode(digest).decode().rstrip("=")
            or granted["redirect_uri"] != asked["redirect_uri"]
            or (asked["client_id"], asked["client_secret"]) != (CLIENT, SECRET)
        ):
            return None
        now = int(time.time())
        said = {
            "iss": self.issuer, "aud": CLIENT, "sub": "s1", "iat": now, "exp": now + 300, "nonce": granted["nonce"],
        }  # fmt: skip
        said = {name: value for name, value in (said | self.claims | self.lies).items() if value is not None}
        signed = jwt.encode(said, self.key, algorithm=self.algorithm, headers={"kid": self.kid})
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


class _Door(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        self.provider.asked.append(where.path)
        if where.path == "/authorization_endpoint":
            self.send_response(302)
            asked = {name: values[0] for name, values in parse_qs(where.query).items()}
            self.send_header("Location", self.provider.authorize(asked))
            self.end_headers()
            return
        answers = {
            "/.well-known/openid-configuration": self.provider.configuration,
            "/jwks_uri": self.provider.jwks,
            "/userinfo_endpoint": lambda: self.provider.userinfo,
        }
        self._say(answers[where.path]())

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        said = self.provider.token({name: values[0] for name, values in parse_qs(body).items()})
        self._say(said or {"error": "invalid_grant"}, 200 if said else 400)

    def _say(self, said: dict, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *arguments) -> None:
        """Tests are quiet."""


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Door", (_Door,), {"provider": provider}))
    provider.issuer = provider.said_issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()

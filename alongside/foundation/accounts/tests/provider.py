"""A small OpenID Connect provider on this machine: discovery, authorize, token, who it is, and its keys."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "alongside"
KEY_ID = "one"


@dataclass
class Provider:
    """Signs in whoever `claims` says. `asked` is what our service sent to the page of signing in."""

    claims: dict[str, Any]
    key: rsa.RSAPrivateKey
    address: str = ""
    asked: dict[str, str] = field(default_factory=dict)

    def answer(self, path: str, given: dict[str, str]) -> tuple[int, Any]:
        """(status, JSON or the address to go to) of a request."""
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/authorize":
            self.asked = given
            return 302, f"{given['redirect_uri']}?{urlencode({'code': 'a-code', 'state': given['state']})}"
        if path == "/token" and given.get("code") == "a-code" and given.get("code_verifier"):
            return 200, {"access_token": "a-token", "token_type": "Bearer", "id_token": self.id_token()}
        if path == "/userinfo":
            return 200, self.claims
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [public | {"kid": KEY_ID, "alg": "RS256", "use": "sig"}]}
        return 404, {}

    def id_token(self) -> str:
        now = int(time.time())
        said = self.claims | {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300}
        return jwt.encode(said, self.key, algorithm="RS256", headers={"kid": KEY_ID})


@contextmanager
def open_provider(**claims: Any) -> Iterator[Provider]:
    """Answers on a free port of this machine until the block ends."""
    provider = Provider(claims, rsa.generate_private_key(public_exponent=65537, key_size=2048))

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._send(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _send(self, sent: str) -> None:
            given = {name: values[0] for name, values in parse_qs(sent).items()}
            status, answer = provider.answer(urlsplit(self.path).path, given)
            body = b"" if isinstance(answer, str) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Location" if isinstance(answer, str) else "Content-Type", _one_line(answer))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        provider.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()


def _one_line(answer: Any) -> str:
    return answer if isinstance(answer, str) else "application/json"

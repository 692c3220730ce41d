"""Microsoft's side of a Teams bot, on this machine: keys that sign its tokens, and the connector that takes replies."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm
from microsoft_teams.api.auth.cloud_environment import PUBLIC, CloudEnvironment, with_overrides

CLIENT = "11111111-2222-3333-4444-555555555555"
TENANT = "00000000-0000-0000-0000-0000000000001"  # the one that the Agents Playground gives itself
ISSUER = "https://api.botframework.com"


def new_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


_own_key = cache(new_key)


class Microsoft:
    """A server with one signing key. `sent` are the activities that it was given, by conversation, with the status it
    answered; `answers` are the next statuses (with headers) that it gives instead of taking an activity; its keys
    are `asked_for_keys`, and given when they are `keys_ready`."""

    def __init__(self) -> None:
        self.key = _own_key()
        self.sent: list[tuple[str, int, dict[str, Any]]] = []
        self.answers: list[tuple[int, dict[str, str], dict[str, Any]]] = []
        self.asked_for_keys, self.keys_ready = threading.Event(), threading.Event()
        self.keys_ready.set()
        self.arrived = threading.Condition()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked_for_keys.set()
                outer.keys_ready.wait(30)
                public = json.loads(RSAAlgorithm.to_jwk(outer.key.public_key()))
                self._answer(200, {"keys": [public | {"kid": "k1", "use": "sig", "alg": "RS256"}]})

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                status, headers, said = outer.answers.pop(0) if outer.answers else (201, {}, {})
                with outer.arrived:
                    outer.sent.append((self.path.split("/")[-2], status, body))
                    number = len(outer.sent)
                    outer.arrived.notify_all()
                self._answer(status, said or {"id": f"m{number}"}, headers)

            def _answer(self, status: int, said: Mapping[str, Any], headers: Mapping[str, str] = {}) -> None:
                content = json.dumps(said).encode()
                self.send_response(status)
                for name, value in ({"content-length": str(len(content))} | dict(headers)).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

    @property
    def cloud(self) -> CloudEnvironment:
        return with_overrides(PUBLIC, openid_metadata_url=f"{self.address}/v1/.well-known/openidconfiguration")

    def token(self, key: RSAPrivateKey | None = None, kid: str = "k1", **claims: object) -> str:
        """A token as the bot service signs them; `claims` replace its own, None leaves one out."""
        now = int(time.time())
        said = {"iss": ISSUER, "aud": CLIENT, "serviceurl": self.address, "nbf": now, "iat": now, "exp": now + 600}
        said = {name: value for name, value in {**said, **claims}.items() if value is not None}
        return jwt.encode(said, key or self.key, algorithm="RS256", headers={"kid": kid})

    def messages(self, count: int, seconds: float = 10.0) -> list[dict[str, Any]]:
        """The messages that were taken, once there are so many."""

        def taken() -> list[dict[str, Any]]:
            return [body for _, status, body in self.sent if status < 300 and body["type"] == "message"]

        with self.arrived:
            self.arrived.wait_for(lambda: len(taken()) >= count, seconds)
        assert len(taken()) >= count, f"{len(taken())} of {count} messages came"
        return taken()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def activity(text: str, service: str, **changes: Any) -> dict[str, Any]:
    """A message as Teams posts it to a bot, in a personal chat unless `changes` say otherwise."""
    return {
        "type": "message",
        "id": "1",
        "channelId": "msteams",
        "serviceUrl": service,
        "text": text,
        "textFormat": "plain",
        "locale": "sv-SE",
        "timestamp": "2026-03-01T08:00:00.000Z",
        "from": {"id": "29:asa", "name": "Åsa", "aadObjectId": "aad-asa"},
        "recipient": {"id": f"28:{CLIENT}", "name": "Plansvar"},
        "conversation": {"id": "a:asa", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
    } | changes

"""Microsoft 365 Agents Playground: a Teams client and connector to try a bot in, driven in Chromium.

Its licence lets it be used for evaluation and not passed on, so `tests/install` gets it by name.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from browser import CHROMIUM
from needed import need
from peers.microsoft import Microsoft

HERE = Path(__file__).parent
INSTALLED = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"


def needed() -> None:
    """Skips a test without the Playground, Node to run it and Chromium to see it in."""
    need("node", INSTALLED.parent, CHROMIUM)


@contextmanager
def playground(endpoint: str, microsoft: Microsoft) -> Iterator[str]:
    """The address of a Playground that talks to a bot's endpoint; `microsoft` signs what it sends, which it can't."""
    # Where it runs it leaves a folder of its own.
    with (
        _signing(endpoint, microsoft) as signing,
        socket.create_server(("127.0.0.1", 0)) as free,
        TemporaryDirectory() as folder,
    ):
        port = free.getsockname()[1]
        free.close()
        command = ["node", str(INSTALLED), "-e", signing, "-c", "msteams", "-p", str(port), "--dt"]
        environment = os.environ | {"NODE_OPTIONS": f"--require {HERE / 'loopback.js'}", "BROWSER": "none"}
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert process.poll() is None, "the Playground stopped"
            time.sleep(0.2)
    raise AssertionError("the Playground does not listen")


@contextmanager
def _signing(endpoint: str, microsoft: Microsoft) -> Iterator[str]:
    """The address of a server that passes on what is posted to it, with the token that Microsoft would send."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            token = microsoft.token(serviceurl=json.loads(body).get("serviceUrl"))
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
            try:
                with urllib.request.urlopen(urllib.request.Request(endpoint, body, headers), timeout=20) as answer:
                    status, content = answer.status, answer.read()
            except urllib.error.HTTPError as error:
                status, content = error.code, error.read()
                error.close()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/messages"
    finally:
        server.shutdown()
        server.server_close()

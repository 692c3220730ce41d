"""An OpenAI-compatible model that says what a test has it say, over real HTTP: streamed, stalled, broken or refused."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Says:
    """A reply: its words in pieces, or a status; `raw` stands in place of the stream that the pieces would be.

    After the pieces it may stall for some seconds, break the connection (`cut`), or end without saying that it ends.
    """

    pieces: Sequence[str] = ()
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
    before: float = 0.0
    stall: float = 0.0
    cut: bool = False
    streamed: bool = True
    done: bool = True


@dataclass
class Asked:
    """What came with a request: the body, the headers, and the connection that it came by."""

    body: dict[str, Any]
    headers: dict[str, str]
    connection: int

    @property
    def prompt(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def quotes(self) -> list[str]:
        """The numbered quotes that it may answer from."""
        return re.findall(r'<quote n="\d+" section="[^"]*">(.*?)</quote>', self.prompt)

    @property
    def searches(self) -> bool:
        """Whether other words for a search are asked for, no answer."""
        return "<headings>" in self.prompt


@dataclass
class ScriptedModel:
    """The server: where it is, what it does with a request, and all that it was asked."""

    script: Callable[[Asked], Says]
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)  # a reader that left before the end

    @property
    def answers(self) -> list[Asked]:
        return [each for each in self.asked if not each.searches]


@contextmanager
def scripted(script: Callable[[Asked], Says]) -> Iterator[ScriptedModel]:
    """A model that does what a script says, while this lasts."""
    model = ScriptedModel(script)
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *arguments: object) -> None:
            pass

        def do_GET(self) -> None:
            self._whole(200, b'{"object": "list", "data": []}')

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked = Asked(body, dict(self.headers), self.client_address[1])
            model.asked.append(asked)
            says = model.script(asked)
            stopped.wait(says.before)
            try:
                self._say(says)
            except OSError:
                model.gone.set()
                self.close_connection = True

        def _say(self, says: Says) -> None:
            if says.status != 200:
                self._whole(says.status, says.raw or b'{"error": {"message": "no"}}', says.headers)
            elif says.raw is not None:
                self._whole(200, says.raw, (("Content-Type", "text/event-stream"),))
            elif not says.streamed:
                content = {"choices": [{"message": {"role": "assistant", "content": "".join(says.pieces)}}]}
                self._whole(200, json.dumps(content).encode())
            else:
                self._stream(says)

        def _whole(self, status: int, content: bytes, headers: Sequence[tuple[str, str]] = ()) -> None:
            self.send_response(status)
            for name, value in (("Content-Type", "application/json"), *headers):
                if name != "Content-Type" or ("Content-Type", value) in headers or not headers:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _stream(self, says: Says) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in says.pieces:
                self._chunk({"choices": [{"index": 0, "delta": {"content": piece}}]})
                if says.stall:
                    stopped.wait(says.stall)
            if says.cut:
                self.close_connection = True
                return
            if says.done:
                self._write(b"data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")

        def _chunk(self, value: object) -> None:
            self._write(b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n")

        def _write(self, data: bytes) -> None:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield model
    finally:
        stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()

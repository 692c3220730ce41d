"""A small Slack on this machine: the Web API methods that we call, Socket Mode, response URLs and uploads.

It runs in a thread of its own, holds messages against Slack's published limits as `slack_limits` has them, keeps every
call, and can be told to be slow, to limit, to fail and to drop its sockets.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import itertools
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp import WSMsgType, web
from peers import slack_limits

Json = dict[str, Any]
T = TypeVar("T")

TEAM, APP, BOT, BOT_TOKEN, APP_TOKEN, SECRET = "T0NORR", "A0PLAN", "U0PLANSVAR", "xoxb-here", "xapp-here", "s3cret"
ANNA, BO, GUEST, CONNECT = "U0ANNA", "U0BO", "U0GUEST", "U0OTHER"
CHANNEL, DIRECT = "C0KAJEN", "D0ANNA"


@dataclass(frozen=True)
class Call:
    """A call to the Web API, an upload or a response URL, and whether it was served."""

    method: str
    arguments: Json
    served: bool


@dataclass(frozen=True)
class Fault:
    """What to answer in place of serving a call: an HTTP status, an error of Slack's, or nothing for a while."""

    status: int = 200
    error: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    serve: bool = False  # after the delay


@dataclass(frozen=True)
class Ack:
    """How an envelope was acknowledged: after how many seconds, with what."""

    seconds: float
    payload: Any


def user(id_: str, **fields: Any) -> Json:
    return {"id": id_, "team_id": TEAM, "name": id_.lower(), "locale": "sv-SE", "deleted": False} | fields


class Slack:
    """The peer; `with Slack() as slack` starts it."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.calls: list[Call] = []
        self.faults: dict[str, list[Fault]] = {}
        self.users = {
            ANNA: user(ANNA),
            BO: user(BO, locale="en-GB"),
            GUEST: user(GUEST, is_restricted=True),
            CONNECT: user(CONNECT, team_id="T0ELSE", is_stranger=True),
        }
        self.sockets: list[web.WebSocketResponse] = []
        self.opened = 0  # sockets, ever
        self.open_refused = False
        self._acks: dict[str, asyncio.Future[Any]] = {}
        self._tickets: set[str] = set()
        self._clock = itertools.count(1)
        self._base = time.time()
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()

    # Starting and stopping

    def __enter__(self) -> Slack:
        started: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        self.port = started.result(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self, started: Future[int]) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve(started))
        self._loop.close()

    async def _serve(self, started: Future[int]) -> None:
        self._stop = asyncio.Event()
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._method)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        started.set_result(runner.addresses[0][1])
        await self._stop.wait()
        await runner.cleanup()

    def _in_loop(self, work: Any, seconds: float = 10.0) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    # What tests look at

    def of(self, *methods: str, served: bool = True) -> list[Json]:
        """The arguments of the calls to some methods."""
        return [call.arguments for call in self.calls if call.method in methods and call.served is served]

    def posts(self) -> list[Json]:
        return self.of("chat.postMessage")

    def wait(self, found: Callable[[], T], seconds: float = 30.0) -> T:
        """What `found` gives as soon as it gives something."""
        end = time.monotonic() + seconds
        with self._changed:
            while not (value := found()):
                left = end - time.monotonic()
                assert left > 0, f"nothing after {seconds} s; calls: {[call.method for call in self.calls]}"
                self._changed.wait(min(left, 0.2))
            return value

    def wait_posts(self, count: int = 1, seconds: float = 30.0) -> list[Json]:
        return self.wait(lambda: posts if len(posts := self.posts()) >= count else [], seconds)

    def quiet(self, seconds: float = 0.2) -> None:
        """Return when nothing has been called for a while."""
        while True:
            before = len(self.calls)
            time.sleep(seconds)
            if len(self.calls) == before:
                return

    def ts(self) -> str:
        """The time of a new message, like no other's."""
        return f"{self._base + next(self._clock):.6f}"

    def _note(self, call: Call) -> None:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    # The Web API

    async def _method(self, request: web.Request) -> web.Response:
        method, arguments = request.match_info["method"], await _arguments(request)
        faults = self.faults.get(method)
        if faults:
            fault = faults.pop(0)
            await asyncio.sleep(fault.delay)
            if not fault.serve:
                self._note(Call(method, arguments, False))
                body: Json = {"ok": False, "error": fault.error or "ratelimited"}
                return web.json_response(body, status=fault.status, headers=fault.headers)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or arguments.get("token", "")
        wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        answer = self._answer(method, arguments) if token == wanted else {"ok": False, "error": "invalid_auth"}
        self._note(Call(method, arguments, bool(answer["ok"])))
        return web.json_response(answer)

    def _answer(self, method: str, arguments: Json) -> Json:
        match method:
            case "auth.test":
                return {"ok": True, "team_id": TEAM, "user_id": BOT, "bot_id": "B0PLANSVAR", "url": self.url}
            case "users.info":
                found = self.users.get(arguments["user"])
                return {"ok": True, "user": found} if found else {"ok": False, "error": "user_not_found"}
            case "apps.connections.open":
                if self.open_refused:
                    return {"ok": False, "error": "internal_error"}
                ticket = uuid.uuid4().hex
                self._tickets.add(ticket)
                return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link?ticket={ticket}&app_id={APP}"}
            case "chat.postMessage" | "chat.postEphemeral":
                if trouble := slack_limits.message(arguments):
                    return {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": trouble}}
                return {"ok": True, "channel": arguments["channel"], "ts": self.ts()}
            case "views.open":
                if trouble := slack_limits.view(arguments["view"]):
                    return {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": trouble}}
                return {"ok": True, "view": arguments["view"] | {"id": "V1"}}
            case "conversations.open":
                return {"ok": True, "channel": {"id": DIRECT}}
            case "files.getUploadURLExternal":
                return {"ok": True, "file_id": "F1", "upload_url": f"{self.url}/upload/F1"}
            case "files.completeUploadExternal":
                return {"ok": True, "files": [{"id": "F1"}]}
            case "assistant.threads.setStatus" | "assistant.threads.setSuggestedPrompts":
                return {"ok": True}
        return {"ok": False, "error": "unknown_method"}

    async def _upload(self, request: web.Request) -> web.Response:
        self._note(Call("upload", {"content": await request.read()}, True))
        return web.Response(text="OK")

    async def _respond(self, request: web.Request) -> web.Response:
        arguments = await request.json()
        if faults := self.faults.get("respond"):
            fault = faults.pop(0)
            self._note(Call("respond", arguments, False))
            return web.Response(status=fault.status, text=fault.error)
        if trouble := slack_limits.message(arguments):
            return web.Response(status=400, text=f"invalid_blocks {trouble}")
        self._note(Call("respond", arguments, True))
        return web.Response(text="ok")

    # Socket Mode

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(ticket)  # each serves once
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        with self._changed:
            self.opened += 1
            self._changed.notify_all()
        hello = {"num_connections": len(self.sockets), "connection_info": {"app_id": APP}, "debug_info": {}}
        await socket.send_json({"type": "hello", **hello})
        try:
            async for frame in socket:
                if frame.type == WSMsgType.TEXT:
                    with contextlib.suppress(ValueError):
                        self._acknowledged(json.loads(frame.data))
        finally:
            self.sockets.remove(socket)
        return socket

    def _acknowledged(self, frame: Json) -> None:
        waiting = self._acks.pop(frame.get("envelope_id", ""), None)
        if waiting and not waiting.done():
            waiting.set_result(frame.get("payload"))

    def connected(self, seconds: float = 30.0) -> None:
        """Return when somebody has opened a socket."""
        self.wait(lambda: self.sockets, seconds)

    async def _newest(self, envelope: Json) -> web.WebSocketResponse:
        """Send over the newest socket, which a client that finds its own stale may just be opening; that socket."""
        end = time.monotonic() + 30.0
        while not self.sockets:
            assert time.monotonic() < end, "nobody has opened a socket"
            await asyncio.sleep(0.01)
        socket = self.sockets[-1]
        await socket.send_json(envelope)
        return socket

    def push(self, payload: Json, type_: str = "events_api", retry: int = 0, seconds: float = 5.0) -> Ack:
        """Send an envelope over the newest socket and wait until it is acknowledged."""
        return self._in_loop(self._push(payload, type_, retry, seconds), seconds + 5)  # type: ignore[no-any-return]

    def push_all(self, payloads: list[Json], seconds: float = 30.0) -> list[Ack]:
        """Send many envelopes at once."""

        async def all_() -> list[Ack]:
            return await asyncio.gather(*(self._push(payload, "events_api", 0, seconds) for payload in payloads))

        return self._in_loop(all_(), seconds + 5)  # type: ignore[no-any-return]

    async def _push(self, payload: Json, type_: str, retry: int, seconds: float) -> Ack:
        id_, began = str(uuid.uuid4()), time.monotonic()
        waiting = self._acks[id_] = asyncio.get_running_loop().create_future()
        envelope: Json = {"envelope_id": id_, "type": type_, "payload": payload, "accepts_response_payload": True}
        if type_ == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        while not waiting.done():  # what a closed socket has not acknowledged is sent over the next, as Slack does
            socket = await self._newest(envelope)
            while not waiting.done() and socket in self.sockets:
                if time.monotonic() - began > seconds:
                    raise TimeoutError
                await asyncio.wait({waiting}, timeout=0.05)
        return Ack(payload=waiting.result(), seconds=time.monotonic() - began)

    def send(self, payload: Json) -> None:
        """Send an envelope and don't wait for anything."""
        envelope = {"envelope_id": str(uuid.uuid4()), "type": "events_api", "payload": payload}
        self._in_loop(self._newest(envelope), 35.0)

    def disconnect(self) -> None:
        """Ask the newest socket to be opened anew, as Slack does every few hours."""
        self._in_loop(self._newest({"type": "disconnect", "reason": "refresh_requested"}), 35.0)

    def drop(self) -> None:
        """Cut every socket without a word, and return when all are gone. A client knows its socket to be open a moment
        before this peer counts it."""
        sockets = self.wait(lambda: tuple(self.sockets))

        async def cut() -> None:
            for socket in sockets:
                transport = socket._req.transport if socket._req else None
                if transport:
                    transport.abort()

        self._in_loop(cut())
        self.wait(lambda: not any(socket in self.sockets for socket in sockets))

    # What somebody does in Slack

    def event(self, **event: Any) -> Json:
        """An event as it is sent."""
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": APP,
            "event_id": f"Ev{uuid.uuid4().hex[:10].upper()}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}],
            "event": event,
        }

    def message(self, text: str, user: str = ANNA, channel: str = DIRECT, thread: str = "", **more: Any) -> Json:
        """Somebody writes."""
        kind = "im" if channel.startswith("D") else "channel"
        fields: Json = {"type": "message", "user": user, "text": text, "ts": self.ts(), "channel": channel}
        return self.event(**fields, channel_type=kind, **({"thread_ts": thread} if thread else {}), **more)

    def mention(self, text: str, user: str = ANNA, thread: str = "") -> tuple[Json, Json]:
        """Somebody names the assistant in a channel: the two events of one message."""
        said = self.message(f"<@{BOT}> {text}", user, CHANNEL, thread)
        event = {key: value for key, value in said["event"].items() if key != "channel_type"}
        return self.event(**event | {"type": "app_mention"}), said

    def command(self, text: str, user: str = ANNA, channel: str = CHANNEL) -> Json:
        return {
            "command": "/plan",
            "text": text,
            "team_id": TEAM,
            "channel_id": channel,
            "user_id": user,
            "api_app_id": APP,
            "trigger_id": uuid.uuid4().hex,
            "response_url": f"{self.url}/respond/{uuid.uuid4().hex}",
        }

    def press(self, element: Json, post: Json, user: str = ANNA, option: int | None = None) -> Json:
        """Somebody presses a button below a message, or chooses from a menu."""
        action = element | {"action_ts": self.ts(), "block_id": "b"}
        if option is not None:
            action["selected_option"] = element["options"][option]
        ephemeral = "channel" not in post
        container = {"type": "message", "message_ts": self.ts(), "channel_id": post.get("channel", CHANNEL)}
        body = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "api_app_id": APP,
            "channel": {"id": container["channel_id"]},
            "container": container | {"is_ephemeral": ephemeral},
            "actions": [action],
            "trigger_id": uuid.uuid4().hex,
            "response_url": f"{self.url}/respond/{uuid.uuid4().hex}",
        }
        return body if ephemeral else body | {"message": {"ts": self.ts(), "thread_ts": post["thread_ts"]}}

    def submit(self, view: Json, words: str, user: str = ANNA) -> Json:
        """Somebody sends a modal."""
        values = {"words": {"words": {"type": "plain_text_input", "value": words}}}
        return {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "api_app_id": APP,
            "view": view | {"id": "V1", "state": {"values": values}},
        }


def signed(body: bytes, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers that Slack signs a request with."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


async def _arguments(request: web.Request) -> Json:
    """The arguments of a call, however they were sent."""
    if request.content_type == "application/json":
        return dict(await request.json())
    fields = {**request.query, **await request.post()}
    return {name: _read(value) for name, value in fields.items()}


def _read(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("[", "{"):
        with contextlib.suppress(ValueError):
            return json.loads(value)
    return value


def buttons(payload: Json) -> Iterator[Json]:
    """What can be pressed in a message."""
    for block in payload.get("blocks", ()):
        if block["type"] == "actions":
            yield from block["elements"]


def words(payload: Json) -> str:
    """All the words that a message or a modal shows, but for its buttons."""
    return "\n".join(
        text for block in payload["blocks"] if block["type"] != "actions" for text in slack_limits.strings(block)
    )

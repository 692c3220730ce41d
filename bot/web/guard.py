"""What holds for every request and response: which requests go no further, and the headers that browsers obey."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any
from uuid import uuid4

from fastapi import HTTPException, Response
from fastapi.datastructures import Headers
from fastapi.responses import JSONResponse

from bot.conversation import traced
from bot.logs import identified, tell
from bot.web.access import Access

log = logging.getLogger("plansvar")

# As ASGI has them.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# No script, style, font, image or connection from anywhere but here, and none written into a page.
_CONTENT = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _CONTENT,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-cache",
}
_SAFE = ("GET", "HEAD", "OPTIONS")
_OFTEN = ("/health", "/ready", "/metrics", "/static/")  # counted, not written


class Guard:
    """Around the whole application. `elsewhere` are paths that vendors' servers post to, signed in their own way; only
    those of `large` are given more than `most` bytes."""

    def __init__(self, app: App, access: Access, elsewhere: frozenset[str], most: int, large: frozenset[str]) -> None:
        self.app, self.access, self.elsewhere, self.most, self.large = app, access, elsewhere, most, large
        secure = {"Strict-Transport-Security": "max-age=31536000"} if access.secure else {}
        self._headers = [(name.lower().encode(), value.encode()) for name, value in (_HEADERS | secure).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope.setdefault("state", {})
        id_, began, status = identified(headers.get("x-request-id")), time.perf_counter(), 500
        started, taken = False, 0

        async def guarded(message: Message) -> None:
            nonlocal started, status
            if message["type"] == "http.response.start":
                started, status = True, message["status"]
                added = (*self._added(message, scope), (b"x-request-id", id_.encode()))
                message["headers"] = [*message.get("headers", []), *added]
            await send(message)

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if self._is_too_large(scope, taken):
                raise HTTPException(413)
            return message

        answer = self._refusal(scope, headers) or self.app
        try:
            await answer(scope, limited, guarded)
        except Exception as error:  # the trace alone: what an exception says may quote what somebody asked
            reference = uuid4().hex[:8]
            log.error("reference %s: %s %s\n%s", reference, scope["method"], scope["path"], traced(error))
            if not started:
                await JSONResponse({"error": f"reference {reference}"}, 500)(scope, receive, guarded)
        finally:  # the address without what is asked in it
            seconds = round(time.perf_counter() - began, 4)
            level = logging.DEBUG if scope["path"].startswith(_OFTEN) else logging.INFO
            tell("request", level, method=scope["method"], path=scope["path"], status=status, seconds=seconds)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if not self.access.knows_host(headers):
            return JSONResponse(
                {"error": "unknown host: set PLANSVAR_PUBLIC_URL to the address that visitors use"}, 400
            )
        foreign = scope["method"] not in _SAFE and not self.access.is_ours(headers)
        if foreign and scope["path"] not in self.elsewhere:
            return JSONResponse({"error": "sent from another site's page"}, 403)
        length = headers.get("content-length", "")
        if length.isdecimal() and self._is_too_large(scope, int(length)):
            return JSONResponse({"error": "Content Too Large"}, 413)
        return None

    def _is_too_large(self, scope: Scope, size: int) -> bool:
        return size > self.most and scope["path"] not in self.large

    def _added(self, message: Message, scope: Scope) -> Iterator[tuple[bytes, bytes]]:
        """The headers that a response lacks."""
        given = {name.lower() for name, _ in message.get("headers", [])}
        for name, value in self._headers:
            if name not in given:
                yield name, value
        if id_ := scope["state"].get("visitor_id"):
            cookie = Response()
            self.access.remember_visitor(cookie, id_)
            yield b"set-cookie", cookie.headers["set-cookie"].encode()

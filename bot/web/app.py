"""The web put together: `build` wires the pages, the API and the vendors' endpoints, `run` serves them."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot import delivery
from bot.administering import Administration
from bot.apart import stoppable
from bot.conversation import Conversation, traced
from bot.health import Health
from bot.logs import set_up
from bot.metrics import Metrics
from bot.phrases import say
from bot.settings import Settings
from bot.watching import keep
from bot.web import admin, api, pages, watch
from bot.web.access import Access, NoAdministrator, NotLetIn, bearer
from bot.web.guard import Guard
from bot.web.words import words
from retrieval.store.index import AWAY

STATIC = Path(__file__).parent / "static"
_BODY = 1_000_000  # bytes of a request: a vendor's events are the largest
_STOP = 5  # seconds that answers under way are given when the server stops
# Answering is work for a processor, so more threads would only take turns, and keep the one waiting that says at once
# that an answer is on its way. Pages are made by threads of their own.
_WORKERS = max(2, os.cpu_count() or 2)
_WAITING = 32  # threads where a language model words answers: most of them wait for it
log = logging.getLogger("plansvar")


def build(settings: Settings, conversation: Conversation, chats: Sequence[APIRouter] = ()) -> FastAPI:
    """The application, with the routers of other `chats`; `InvalidSettings` where it would be open to a network."""
    access = Access(settings)
    app = FastAPI(
        title="Plansvar",
        version=version("plansvar"),
        description="Answers from operational plans, with where in the plan each stands.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # these pages would load scripts from elsewhere
        redoc_url=None,
        lifespan=_lifespan,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.access, app.state.conversation = access, conversation
    app.state.templates, app.state.pace = _templates(), api.Pace(settings.questions_per_minute)
    app.state.health, app.state.waiting = Health(conversation), 0
    app.state.metrics = Metrics(conversation.state, settings.embedder_name, lambda: app.state.waiting)
    app.state.administration = cache(lambda: Administration(settings, conversation.state.index, conversation.state))
    app.include_router(pages.router)
    app.include_router(pages.login)
    app.include_router(admin.router)
    app.include_router(api.router, dependencies=[] if access.open else [Depends(bearer)])
    app.include_router(watch.router)
    for each in chats:
        app.include_router(each)  # its lifespan too
    app.mount("/static", _Static(directory=STATIC))
    for error, handler in _HANDLERS.items():
        app.add_exception_handler(error, handler)
    elsewhere = frozenset(route.path for each in chats for route in each.routes)  # type: ignore[attr-defined]
    app.add_middleware(Guard, access=access, elsewhere=elsewhere, most=_BODY, large=frozenset({admin.UPLOAD}))
    return app


def run(app: FastAPI, tell: Callable[[str], None] = print) -> None:
    """Serve until stopped; `tell` is called with the address. OSError where the address can't be had."""
    settings: Settings = app.state.conversation.settings
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.create_server((settings.host, settings.port), family=family, backlog=512) as listening:
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        tell(f"http://{host}:{listening.getsockname()[1]}/")
        set_up(settings)
        config = uvicorn.Config(
            app,
            proxy_headers=False,  # else whoever is at our door could say where they come from
            server_header=False,
            access_log=False,
            log_level="warning",
            ws="none",
            timeout_graceful_shutdown=_STOP,
        )
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """What runs beside the requests: getting ready, and forgetting."""
    conversation: Conversation = app.state.conversation
    metrics: Metrics = app.state.metrics
    # What plans are put where this process sees to it is read in and embedded by it, or by another like it.
    keeping = [keep(conversation.settings, conversation.state.index)] if _keeps(app) else []
    threads = _WAITING if conversation.settings.model_url else _WORKERS
    with ThreadPoolExecutor(threads, "answer") as workers, metrics.counting(), stoppable():
        app.state.answering = workers
        async with delivery.running(_warm(app), delivery.tidy(conversation), *keeping):
            try:
                yield
            finally:  # whoever waited has been sent away by now
                workers.shutdown(wait=False, cancel_futures=True)


def _keeps(app: FastAPI) -> bool:
    return bool(app.state.conversation.settings.plans) or app.state.access.administrable


async def _warm(app: FastAPI) -> None:
    """Make the first question as quick as the next."""
    try:
        await asyncio.to_thread(app.state.conversation.asker.warm)
    except Exception as error:
        log.error("not warmed up\n%s", traced(error))
    app.state.health.warm = True


def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("bot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Each file's address has a digest of what is in it, so that a browser may keep it for good.
    digests = {file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:12] for file in STATIC.iterdir()}
    templates.globals["static"] = lambda name: f"/static/{name}?{digests[name]}"
    templates.globals["say"] = say
    return templates


class _Static(StaticFiles):
    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


# What goes wrong, told in JSON to a program and as a page to a person


def _for_program(request: Request) -> bool:
    return request.url.path.startswith(("/api/", "/metrics"))


async def _not_let_in(request: Request, _: Exception) -> Response:
    if _for_program(request):
        error = {"error": "not signed in: send the token as Authorization: Bearer TOKEN"}
        return JSONResponse(error, 401, {"WWW-Authenticate": "Bearer"})
    return pages.ask_in(request)


async def _no_administrator(request: Request, _: Exception) -> Response:
    return pages.ask_in(request, admin=True)


async def _refused(request: Request, error: Any) -> Response:
    if _for_program(request) or error.status_code != 404:
        return JSONResponse({"error": str(error.detail)}, error.status_code, error.headers)
    return pages.sorry(request, error.status_code)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(each) for each in first["loc"][1:])
    return JSONResponse({"error": f"{place}: {first['msg']}" if place else first["msg"]}, 422)


async def _too_many(_: Request, error: Exception) -> Response:
    assert isinstance(error, api.TooMany)
    seconds = int(error.seconds) + 1
    return JSONResponse({"error": f"too many questions: wait {seconds} s"}, 429, {"Retry-After": str(seconds)})


async def _away(request: Request, error: Exception) -> Response:
    """The database can't be reached: it comes back by itself, and so does whoever asks again."""
    log.error("%s %s: the database can't be reached (%s)", request.method, request.url.path, type(error).__name__)
    if _for_program(request):
        trouble = {"error": "the database can't be reached: try again in a moment"}
        return JSONResponse(trouble, 503, {"Retry-After": "5"})
    return pages.sorry(request, 503, words(request.app.state.access.view(request)[0]).away_more)


_HANDLERS: dict[int | type[Exception], Any] = {
    **dict.fromkeys(AWAY, _away),
    NotLetIn: _not_let_in,
    NoAdministrator: _no_administrator,
    400: _refused,
    404: _refused,
    405: _refused,
    413: _refused,
    RequestValidationError: _invalid,
    api.TooMany: _too_many,
}

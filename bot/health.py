"""Which parts of a running process work: the database, the plans, and the servers that are set."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from bot.conversation import Conversation
from bot.logs import tell
from bot.settings import Settings

OK = "ok"
_NEEDED = ("database", "plans", "answers")  # without the others, facts and text search still answer
_SECONDS = 1.0  # what a server is given to answer
_PATIENCE = 2.5  # what whoever asks is kept waiting
_FRESH = 5.0  # seconds that what was found of a server holds


class Health:
    """The parts of one process, looked at when somebody asks, and by one look at a time."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation, self.warm = conversation, False
        settings = conversation.settings
        self._servers: dict[str, Callable[[], str]] = {}
        if settings.chroma_url and settings.embedder != "none":
            heartbeat = f"{settings.chroma_url.rstrip('/')}/api/v2/heartbeat"
            self._servers["chroma"] = lambda: trouble(heartbeat)
        if settings.model_url:
            self._servers["model"] = lambda: model_trouble(settings)
        self._looks: dict[str, asyncio.Task[dict[str, str]]] = {}
        self._found: dict[str, tuple[float, str]] = {}

    async def parts(self) -> dict[str, str]:
        """Each part and its state: "ok", or what is wrong in a few words."""
        looks = (self._within("database", self._stored), *(self._within(name, self._reached) for name in self._servers))
        found = {name: state for each in await asyncio.gather(*looks) for name, state in each.items()}
        return {**found, "answers": OK if self.warm else "warming up"}

    async def _within(self, name: str, look: Callable[[str], dict[str, str]]) -> dict[str, str]:
        """What a look at a part finds, where it finds it soon; one that goes on is joined, not begun again."""
        task = self._looks.get(name)
        if task is None or task.done():
            task = self._looks[name] = asyncio.create_task(asyncio.to_thread(look, name))
        await asyncio.wait({task}, timeout=_PATIENCE)
        return task.result() if task.done() else {name: "no answer"}

    def _stored(self, _: str) -> dict[str, str]:
        try:
            stored = self.conversation.asker.library.index.documents()
        except Exception as error:  # whatever the driver raises
            return {"database": type(error).__name__}
        return {"database": OK, "plans": OK if stored else "none stored"}

    def _reached(self, name: str) -> dict[str, str]:
        """A server that is set; whoever asks us often does not make us ask it as often."""
        at, before = self._found.get(name, (-_FRESH, OK))
        state = before
        if time.monotonic() - at >= _FRESH:
            state = self._servers[name]() or OK
            self._found[name] = (time.monotonic(), state)
            if state != before:
                tell("server", logging.INFO if state == OK else logging.WARNING, server=name, state=state)
        return {name: state}


def ready(parts: dict[str, str]) -> bool:
    """Whether questions can be answered."""
    return all(parts.get(name) == OK for name in _NEEDED)


def status(parts: dict[str, str]) -> str:
    """The parts in a word."""
    if not ready(parts):
        return "not ready"
    return OK if all(state == OK for state in parts.values()) else "degraded"


def model_trouble(settings: Settings) -> str:
    """What is wrong with the model's endpoint; "" where nothing is. It is asked for its list of models."""
    key = settings.model_key
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
    return trouble(f"{(settings.model_url or '').rstrip('/')}/models", headers)


def trouble(url: str, headers: dict[str, str] | None = None) -> str:
    """What is wrong with a server; "" where it answers. Only a refusal or a fault tells that it can't be used."""
    import httpx  # only where a server is set

    try:
        response = httpx.get(url, headers=headers, timeout=_SECONDS)
    except httpx.HTTPError as error:
        return str(error) or type(error).__name__
    except httpx.InvalidURL:
        return "no address"
    bad = response.status_code in (401, 403) or response.is_server_error
    return f"HTTP {response.status_code}" if bad else ""

"""Who may ask in Slack: members of the one workspace, and its guests and those of other companies where that is set."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.phrases import language_of
from retrieval.language.swedish import Language

KEPT = 600.0  # seconds that what Slack says of a person is believed
_UNKNOWN = ("user_not_found", "user_not_visible", "users_not_found")


@dataclass(frozen=True, slots=True)
class Member:
    """A person: whether they may ask, and the language of their Slack."""

    may_ask: bool
    language: Language | None = None


class Members:
    """What Slack says of people, asked once for each and again after a while."""

    def __init__(
        self, client: AsyncWebClient, team: str, guests: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.client, self.team, self.guests, self.clock = client, team, guests, clock
        self._asked: dict[str, tuple[float, asyncio.Task[Member]]] = {}

    async def of(self, user: str) -> Member:
        """A person; raises what the client raises where Slack can't say."""
        return await asyncio.shield(self._task(user))

    async def soon(self, user: str, seconds: float) -> Member | None:
        """The same, None where Slack has not said within so many seconds."""
        task = self._task(user)
        await asyncio.wait({task}, timeout=seconds)
        if not task.done() or task.cancelled() or task.exception():
            return None
        return task.result()

    def _task(self, user: str) -> asyncio.Task[Member]:
        at, task = self._asked.get(user, (0.0, None))
        failed = task is not None and task.done() and (task.cancelled() or task.exception() is not None)
        if task is None or failed or self.clock() - at > KEPT:
            task = asyncio.create_task(self._ask(user))
            self._asked[user] = (self.clock(), task)
        return task

    async def _ask(self, user: str) -> Member:
        try:
            response = await self.client.users_info(user=user, include_locale=True)
        except SlackApiError as error:
            if error.response.get("error") in _UNKNOWN:
                return Member(False)
            raise
        found: Mapping[str, Any] = response.get("user") or {}
        return Member(self._may_ask(found), language_of(found.get("locale")))

    def _may_ask(self, user: Mapping[str, Any]) -> bool:
        if user.get("deleted") or user.get("is_bot"):
            return False
        if self.guests:
            return True
        teams = {user.get("team_id"), *(user.get("enterprise_user") or {}).get("teams", ())}
        guest = user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger")
        return self.team in teams and not guest

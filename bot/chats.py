"""The chats of vendors: which settings each goes by, and how its module is had. No vendor's package is read here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol, cast

from fastapi import APIRouter

from bot.conversation import Conversation
from bot.settings import MissingExtra, Settings
from bot.words import words


class Adapter(Protocol):
    """What the module of each chat has, beside its `to_message` and `to_payload`."""

    def build(self, settings: Settings, conversation: Conversation) -> Any:
        """The vendor's SDK wired to a conversation; `MissingSetting` names what it lacks."""

    def router(self, app: Any) -> APIRouter:
        """Where the vendor posts, which checks for itself who does; it answers while it is served."""

    def run(self, app: Any, tell: Callable[[str], None]) -> None:
        """Answer until stopped, where we ask the vendor: not Teams; `tell` gets the bot's name once it is there."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat: `name` is that of its module, its extra and its page in docs/, `package` what the extra installs,
    `vendor` who gets the messages.

    It needs `needs` always, and one of two ways to be reached: `alone` are the settings by which its own command asks
    the vendor (None where it has no such command), `posted` those by which the vendor posts to `plansvar serve`.
    `serve` are the settings that say the latter is wanted: where one is set, `plansvar serve` does not start without
    the rest.
    """

    name: str
    title: str
    vendor: str
    package: str
    needs: tuple[str, ...]
    alone: tuple[str, ...] | None
    posted: tuple[str, ...]
    serve: tuple[str, ...]

    @property
    def installed(self) -> bool:
        """Whether its package is there."""
        return find_spec(self.package) is not None

    def is_named(self, settings: Settings) -> bool:
        """Whether any of its settings is set."""
        own = (name for name in type(settings).model_fields if name.startswith(f"{self.name}_"))
        return any(getattr(settings, name) != type(settings).model_fields[name].default for name in own)

    def is_served(self, settings: Settings) -> bool:
        """Whether `plansvar serve` is to take what the vendor posts."""
        return any(getattr(settings, name) for name in self.serve)

    def adapter(self) -> Adapter:
        """Its module; `MissingExtra` where what it imports is not installed."""
        try:
            return cast(Adapter, import_module(f"bot.{self.name}"))
        except ModuleNotFoundError as error:
            package = (error.name or "").partition(".")[0]
            if package in ("", "bot", "retrieval", "ingest"):
                raise
            raise MissingExtra(words().no_extra.format(chat=self.title, module=package, extra=self.name)) from None


SLACK = Chat(
    "slack",
    "Slack",
    "slack.com",
    "slack_bolt",
    needs=("slack_bot_token", "slack_team"),
    alone=("slack_app_token",),
    posted=("slack_signing_secret",),
    serve=("slack_signing_secret",),
)
TEAMS = Chat(
    "teams",
    "Teams",
    "Microsoft",
    "microsoft_teams",
    needs=("teams_client_id", "teams_client_secret", "teams_tenant_id"),
    alone=None,
    posted=("public_url",),
    serve=("teams_client_id", "teams_client_secret", "teams_tenant_id"),
)
TELEGRAM = Chat(
    "telegram",
    "Telegram",
    "Telegram",
    "telegram",
    needs=("telegram_token",),
    alone=(),
    posted=("telegram_webhook_secret", "public_url"),
    serve=("telegram_webhook_secret",),
)
CHATS = (SLACK, TEAMS, TELEGRAM)

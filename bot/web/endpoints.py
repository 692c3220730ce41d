"""The chats whose vendors post to this server."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from bot.chats import CHATS
from bot.conversation import Conversation
from bot.settings import Settings


def configured(settings: Settings, conversation: Conversation) -> Sequence[APIRouter]:
    """Where the vendors post whose chats the settings name: `plansvar serve` has it beside the web, and answers them.

    `MissingSetting` and `MissingExtra` name what such a chat lacks.
    """
    adapters = [chat.adapter() for chat in CHATS if chat.is_served(settings)]
    return [adapter.router(adapter.build(settings, conversation)) for adapter in adapters]

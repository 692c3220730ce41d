"""The chats whose vendors post to this server: which are configured, and how each is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from bot.conversation import Conversation
from bot.message import Message, Reply
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A chat behind an HTTP endpoint of its own, which checks for itself who posts to it.

    `send` takes a reply to the chat a message came from: used for what was pending when a process stopped.
    """

    chat: str
    router: APIRouter
    send: Callable[[Message, Reply], Awaitable[None]]


def configured(settings: Settings, conversation: Conversation) -> Sequence[Endpoint]:
    """The endpoints of the chats that the settings name: `plansvar serve` has them beside the web."""
    return ()

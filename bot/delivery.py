"""From a message to its delivered reply, for chats that are asynchronous: the same for each of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from bot.conversation import Conversation, traced
from bot.message import Message, Reply

SOON = 0.5  # seconds without a reply after which a status is shown
_WAITS = (0.5, 2.0, 8.0)  # seconds before a reply that could not be sent is tried again
_AT_ONCE = 8  # replies made at the same time; more wait, while messages are accepted all the same
_replies = ThreadPoolExecutor(_AT_ONCE, "reply")
log = logging.getLogger("plansvar")


async def deliver(
    conversation: Conversation,
    message: Message,
    send: Callable[[Reply], Awaitable[None]],
    status: Callable[[], Awaitable[None]] | None = None,
    *,
    accepted: bool = False,
) -> None:
    """Answer a message and send the reply; nothing is done for one that was seen before or is not for us.

    `status` is called once where the reply takes longer than a moment. A reply that can't be sent is tried again, then
    left to `resume`. `accepted` says that the caller has accepted the message already.
    """
    if not accepted and not await asyncio.to_thread(conversation.accept, message):
        return
    work = asyncio.get_running_loop().run_in_executor(_replies, conversation.reply, message)
    done, _ = await asyncio.wait({work}, timeout=SOON)
    if not done and status is not None:
        try:
            await status()
        except Exception as error:  # a status is a courtesy: the reply comes all the same
            log.warning("status not shown in %s: %s", message.chat, type(error).__name__)
    await _send(conversation, message, await work, send)


async def resume(conversation: Conversation, chat: str, send_to: Callable[[Message, Reply], Awaitable[None]]) -> None:
    """Answer what was pending in a chat when a process stopped, in the order in which it was written."""
    for message in await asyncio.to_thread(conversation.pending, chat):
        reply = await asyncio.get_running_loop().run_in_executor(_replies, conversation.reply, message)

        async def send(reply: Reply, message: Message = message) -> None:
            await send_to(message, reply)

        await _send(conversation, message, reply, send)


async def tidy(conversation: Conversation, every: float = 3600.0) -> None:
    """Erase what is older than it may be kept, now and every hour: a task that runs until it is cancelled."""
    while True:
        try:
            await asyncio.to_thread(conversation.expire)
        except Exception as error:  # a database that is away for a while: the next time will do
            log.error("reference %s: nothing was tidied\n%s", uuid4().hex[:8], traced(error))
        await asyncio.sleep(every)


async def _send(
    conversation: Conversation, message: Message, reply: Reply, send: Callable[[Reply], Awaitable[None]]
) -> None:
    for wait in (*_WAITS, None):
        try:
            await send(reply)
        except Exception as error:  # whatever the vendor's client raises: the message stays pending
            if wait is None:
                log.error("reference %s: a reply in %s was not sent\n%s", uuid4().hex[:8], message.chat, traced(error))
                return
            await asyncio.sleep(wait)
        else:
            await asyncio.to_thread(conversation.delivered, message)
            return

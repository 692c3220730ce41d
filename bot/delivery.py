"""From a message to its delivered reply, for chats that are asynchronous: the same for each of them."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from contextvars import copy_context
from typing import Any
from uuid import uuid4

from bot.conversation import Conversation, traced
from bot.logs import identified, timed
from bot.message import Message, Reply
from bot.state import LEASE
from retrieval.store.index import AWAY

SOON = 0.5  # seconds without a reply after which a status is shown
_WAITS = (0.5, 2.0, 8.0)  # seconds before a reply that could not be sent is tried again
_AT_ONCE = 8  # replies made at the same time; more wait, while messages are accepted all the same
_RESUME = 10.0  # seconds between looks at what another process left unanswered
_HOLD = LEASE / 3  # seconds between two times that others hear what this process is at work on
_STOP = 5.0  # seconds that what is under way is given when the process stops
# Answering is work for the processor: more threads would only keep an acknowledgement waiting.
_WORKERS = max(2, os.cpu_count() or 2)
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
    identified()
    work = asyncio.get_running_loop().run_in_executor(_replies, copy_context().run, conversation.reply, message)
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
        identified()
        work = asyncio.get_running_loop().run_in_executor(_replies, copy_context().run, conversation.reply, message)
        reply = await work

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


class Errands:
    """What is done after a chat's message was acknowledged. What fails is logged, without anybody's words."""

    def __init__(self, chat: str) -> None:
        self.chat = chat
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside."""
        task = asyncio.create_task(self._logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @asynccontextmanager
    async def finished(self) -> AsyncIterator[None]:
        """After this, what is under way gets a few seconds: what isn't done by then is pending for the next one."""
        try:
            yield
        finally:
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=_STOP)
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _logged(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:
            log.error("reference %s: something in %s was not done\n%s", uuid4().hex[:8], self.chat, traced(error))


async def resuming(conversation: Conversation, chat: str, send_to: Callable[[Message, Reply], Awaitable[None]]) -> None:
    """Answer what a process that stopped left unanswered, now and every few seconds, until cancelled; and say that
    this one is at work on its own messages, so that no other takes them over."""
    failed = False
    async with running(_holding(conversation, chat)):
        while True:
            try:
                await resume(conversation, chat, send_to)
                failed = False
            except Exception as error:
                if not failed:  # what lasts is told of once
                    log.error("reference %s: nothing was resumed in %s\n%s", uuid4().hex[:8], chat, traced(error))
                failed = True
            await asyncio.sleep(_RESUME)


async def _holding(conversation: Conversation, chat: str) -> None:
    while True:
        await asyncio.sleep(_HOLD)
        with suppress(*AWAY):  # then nobody can take anything over either
            await asyncio.to_thread(conversation.hold, chat)


@asynccontextmanager
async def running(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """While this lasts, some work is done beside it."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def at_work(conversation: Conversation) -> AsyncIterator[None]:
    """While this lasts, a process that is there for one chat is ready for it, and erases what is too old."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_WORKERS, "plansvar"))
    async with running(asyncio.to_thread(conversation.asker.warm), tidy(conversation)):
        yield


def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Do some work until it is done, or the process is told to stop."""

    async def stoppable() -> None:
        task = asyncio.current_task()
        assert task is not None
        with suppress(NotImplementedError):  # Windows
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        await work

    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(stoppable())


async def _send(
    conversation: Conversation, message: Message, reply: Reply, send: Callable[[Reply], Awaitable[None]]
) -> None:
    for wait in (*_WAITS, None):
        if not await asyncio.to_thread(conversation.holds, message):  # this process was away for long
            log.warning("a reply in %s was left to another process", message.chat)
            return
        try:
            with timed("send"):
                await send(reply)
        except Exception as error:  # whatever the vendor's client raises: the message stays pending
            if wait is None:
                log.error("reference %s: a reply in %s was not sent\n%s", uuid4().hex[:8], message.chat, traced(error))
                conversation.leave(message)
                return
            await asyncio.sleep(wait)
        else:
            await asyncio.to_thread(conversation.delivered, message)
            return

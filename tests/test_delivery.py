"""From a message to its delivered reply, in chats that are asynchronous."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from bot import delivery
from bot.build import build_conversation, build_index
from bot.conversation import Conversation
from bot.delivery import deliver, resume, tidy
from bot.message import Message, Reply
from bot.settings import read_settings
from bot.state import State

TARGET = "Vad är målet för sjukfrånvaron?"


@pytest.fixture
def conversation(samples: Path) -> Iterator[Conversation]:
    index = build_index(read_settings())
    yield build_conversation(read_settings(), index)
    index.close()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "_WAITS", (0.0, 0.0, 0.0))


def message(n: int, text: str = TARGET) -> Message:
    return Message(f"slack:{n}", "slack", "slack:anna", "slack:D", "slack:D", text, address={"ts": str(n)})


class Chat:
    """A chat that takes replies, and fails as often as it is told to."""

    def __init__(self, fails: int = 0) -> None:
        self.fails = fails
        self.tries = 0
        self.replies: list[Reply] = []
        self.statuses = 0

    async def send(self, reply: Reply) -> None:
        self.tries += 1
        if self.tries <= self.fails:
            raise ConnectionError(reply.text)
        self.replies.append(reply)

    async def send_to(self, message: Message, reply: Reply) -> None:
        assert message.address["ts"]
        await self.send(reply)

    async def status(self) -> None:
        self.statuses += 1


def test_delivered_once(conversation: Conversation) -> None:
    """A message is answered and delivered; the same one again is not."""

    async def run(chat: Chat) -> None:
        await asyncio.gather(*(deliver(conversation, message(1), chat.send, chat.status) for _ in range(4)))

    chat = Chat()
    asyncio.run(run(chat))
    assert ["6,8 %" in reply.text for reply in chat.replies] == [True]
    assert restarted(conversation).pending("slack") == []


def test_accepted_by_the_adapter(conversation: Conversation) -> None:
    """A chat that had to accept before it acknowledged says so, and the message is answered."""

    async def run(chat: Chat) -> None:
        assert await asyncio.to_thread(conversation.accept, message(1))
        await deliver(conversation, message(1), chat.send, accepted=True)

    chat = Chat()
    asyncio.run(run(chat))
    assert len(chat.replies) == 1


@pytest.mark.parametrize(("seconds", "statuses"), [(0.0, 0), (0.3, 1)])
def test_status(conversation: Conversation, monkeypatch: pytest.MonkeyPatch, seconds: float, statuses: int) -> None:
    """A reply that takes a while is announced once, a quick one is not."""
    monkeypatch.setattr(delivery, "SOON", 0.1)
    slow(conversation, monkeypatch, seconds)
    chat = Chat()
    asyncio.run(deliver(conversation, message(1, "planer"), chat.send, chat.status))
    assert (chat.statuses, len(chat.replies)) == (statuses, 1)


def test_status_that_fails(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A status that can't be shown costs no reply."""

    async def broken() -> None:
        raise ConnectionError

    monkeypatch.setattr(delivery, "SOON", 0.01)
    slow(conversation, monkeypatch, 0.1)
    chat = Chat()
    asyncio.run(deliver(conversation, message(1, "planer"), chat.send, broken))
    assert len(chat.replies) == 1
    assert "status not shown in slack: ConnectionError" in caplog.text


def test_sending_is_tried_again(conversation: Conversation) -> None:
    """A reply that could not be sent is sent again, the same one."""
    chat = Chat(fails=3)
    asyncio.run(deliver(conversation, message(1), chat.send))
    assert (chat.tries, len(chat.replies)) == (4, 1)


def test_left_pending_and_resumed(conversation: Conversation, caplog: pytest.LogCaptureFixture) -> None:
    """What could not be sent at all is logged without its words, and answered when the chat is started again."""
    gone, back = Chat(fails=99), Chat()
    with caplog.at_level(logging.ERROR):
        asyncio.run(deliver(conversation, message(1), gone.send))
    assert "a reply in slack was not sent" in caplog.text
    assert "ConnectionError" in caplog.text
    assert "6,8 %" not in caplog.text
    after = restarted(conversation)
    asyncio.run(resume(after, "telegram", back.send_to))
    assert back.replies == []
    asyncio.run(resume(after, "slack", back.send_to))
    assert ["6,8 %" in reply.text for reply in back.replies] == [True]
    asyncio.run(resume(restarted(conversation), "slack", back.send_to))
    assert len(back.replies) == 1


def test_cancelled_in_the_middle(conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is stopped while it answers leaves the message to the next one."""

    async def run(send: Callable[[Reply], Awaitable[None]]) -> None:
        work = asyncio.create_task(deliver(conversation, message(1, "planer"), send))
        await asyncio.sleep(0.1)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    slow(conversation, monkeypatch, 0.3)
    gone, back = Chat(), Chat()
    asyncio.run(run(gone.send))
    monkeypatch.undo()
    assert gone.replies == []
    asyncio.run(resume(restarted(conversation), "slack", back.send_to))
    assert len(back.replies) == 1


def test_tidied(conversation: Conversation, caplog: pytest.LogCaptureFixture) -> None:
    """While a chat runs, what is too old is erased again and again, and a failure is logged, not fatal."""
    calls: list[int] = []

    def expire() -> None:
        calls.append(len(calls))
        if len(calls) == 1:
            raise ConnectionError

    conversation.expire = expire  # type: ignore[method-assign]

    async def run() -> None:
        task = asyncio.create_task(tidy(conversation, every=0.01))
        while len(calls) < 3:
            await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(run())
    assert "nothing was tidied" in caplog.text


def slow(conversation: Conversation, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let each reply take so long."""
    reply = conversation.reply

    def later(message: Message) -> Reply:
        time.sleep(seconds)
        return reply(message)

    monkeypatch.setattr(conversation, "reply", later)


def restarted(conversation: Conversation) -> Conversation:
    """The conversation as another process would build it."""
    return Conversation(conversation.asker, State(conversation.state.index), conversation.settings)

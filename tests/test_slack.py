"""Slack by the real SDK against a small Slack on this machine: what is asked, answered, pressed and refused."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from peers.slack import (
    APP_TOKEN,
    BOT_TOKEN,
    CHANNEL,
    TEAM,
    Slack,
    buttons,
    words,
)

from bot.build import build_conversation, build_index
from bot.conversation import Conversation
from bot.settings import Settings, read_settings
from bot.slack import build, serve

QUESTION = "Vad är målet för sjukfrånvaron?"


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack() as slack:
        yield slack


@pytest.fixture
def settings(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("PLANSVAR_SLACK_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("PLANSVAR_SLACK_APP_TOKEN", APP_TOKEN)
    monkeypatch.setenv("PLANSVAR_SLACK_TEAM", TEAM)
    monkeypatch.setenv("PLANSVAR_PUBLIC_URL", "https://plan.norrsjo.example")
    return read_settings()


@pytest.fixture
def conversation(settings: Settings) -> Iterator[Conversation]:
    index = build_index(settings)
    yield build_conversation(settings, index)
    index.close()


@contextmanager
def served(conversation: Conversation, slack: Slack, watch: float = 20.0, ping: float = 10.0) -> Iterator[None]:
    """Plansvar in Slack, over a socket, in a thread of its own."""
    loop = asyncio.new_event_loop()
    app = build(conversation.settings, conversation, slack.api)
    task = loop.create_task(serve(app, watch, ping))

    def run() -> None:
        with pytest.raises(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        slack.connected()
        yield
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(15)


@pytest.fixture
def app(conversation: Conversation, slack: Slack) -> Iterator[Slack]:
    """Slack with Plansvar in it."""
    with served(conversation, slack):
        yield slack


def test_answers_a_mention_in_its_thread(app: Slack) -> None:
    """A mention comes as two events, and is answered once, in a thread, with sources and a fallback text."""
    mention, message = app.mention(QUESTION)
    app.push(message)
    app.push(mention)
    post = app.wait_posts()[0]
    app.quiet()
    assert len(app.posts()) == 1
    assert post["channel"] == CHANNEL
    assert post["thread_ts"] == mention["event"]["ts"]
    assert "6,8 %" in words(post)
    assert "6,8 %" in post["text"]
    assert [each["action_id"] for each in buttons(post)][0] == "source:0"

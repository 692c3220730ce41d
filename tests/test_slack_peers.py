"""Our small Slack against others': the official Node SDK takes it for Slack, and what we send is taken by `backlot`."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from needed import TOOLS, need
from peers.slack import Slack
from slack_sdk.web.async_client import AsyncWebClient

from bot.build import build_conversation, build_index
from bot.delivery import deliver
from bot.message import Message
from bot.settings import read_settings
from bot.slack import build

TESTS = Path(__file__).parent
QUESTION = "Vad är målet för sjukfrånvaron?"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def packages() -> Path:
    """The folder of the official SDK for Node."""
    need("node", TOOLS / "slack/node_modules/@slack/socket-mode")
    return TOOLS / "slack"


@pytest.fixture(scope="module")
def backlot() -> Path:
    """The program `backlot`, in an environment of its own."""
    program = TOOLS / "backlot/bin/backlot"
    need(program)
    return program


def test_our_slack_is_slack_to_the_official_sdk(packages: Path) -> None:
    """Events and commands are taken and acknowledged by Slack's SDK for Node, over a second socket too."""
    with Slack() as slack:
        node = [shutil.which("node") or "node", str(TESTS / "peers" / "slack_node.mjs"), str(packages), slack.api]
        with subprocess.Popen(node, stdout=subprocess.PIPE, text=True) as client:
            assert client.stdout
            try:
                slack.connected(30)
                assert client.stdout.readline() == "started\n"
                assert slack.push(slack.message("hej")).seconds < 5
                assert client.stdout.readline() == "events_api hej\n"
                slack.push(slack.command("tidsfrister"), "slash_commands")
                assert client.stdout.readline() == "slash_commands tidsfrister\n"
                slack.disconnect()
                slack.wait(lambda: slack.opened == 2, 30)
                time.sleep(1)
                slack.push(slack.message("igen"))
                assert client.stdout.readline() == "events_api igen\n"
            finally:
                client.terminate()


@pytest.fixture
def corpus(backlot: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A workspace with one channel and the bot in it: its Web API, and the bot's token."""
    said = {
        "source_type": "slack",
        "channel": "kajen",
        "content": "Välkomna hit.",
        "created": "2026-02-10T18:00:00Z",
        "visibility": "public",
        "author_email": "anna@norrsjo.example",
        "author_name": "Anna",
        "participants": ["anna@norrsjo.example", "bot@norrsjo.example"],
        "replies": [
            {
                "content": "Hej!",
                "author_email": "bot@norrsjo.example",
                "author_name": "Plansvar",
                "created": "2026-02-10T18:00:40Z",
            }
        ],
    }
    (tmp_path / "corpus.jsonl").write_text(json.dumps(said, ensure_ascii=False) + "\n", encoding="utf-8")
    data = str(tmp_path / "data")
    environment = {**os.environ, "DO_NOT_TRACK": "1"}
    imported = [str(backlot), "import", str(tmp_path / "corpus.jsonl"), "--data-dir", data]
    subprocess.run(imported, check=True, capture_output=True, timeout=120, env=environment)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serve = [str(backlot), "serve", "--port", str(port), "--disable-telemetry", "--data-dir", data]
    with subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as server:
        try:
            users = _fetched(f"http://127.0.0.1:{port}/_meta/users")["users"]
            token = next(each["token"] for each in users if each["email"].startswith("bot@"))
            yield f"http://127.0.0.1:{port}/slack/api/", token
        finally:
            server.terminate()


def _fetched(url: str) -> Any:
    for _ in range(120):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return json.load(response)
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"{url} does not answer")


def test_another_slack_takes_what_we_send(
    corpus: tuple[str, str], samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who we are, who asks and what is answered go through a Web API that we did not write, and are read back."""
    api, token = corpus

    async def asked() -> list[dict[str, Any]]:
        client = AsyncWebClient(token, base_url=api)
        team = (await client.auth_test())["team_id"]
        anna = next(each for each in (await client.users_list())["members"] if "Anna" in str(each))["id"]
        channel = (await client.conversations_list())["channels"][0]["id"]
        root = (await client.conversations_history(channel=channel))["messages"][-1]["ts"]
        monkeypatch.setenv("PLANSVAR_SLACK_BOT_TOKEN", token)
        monkeypatch.setenv("PLANSVAR_SLACK_TEAM", team)
        settings = read_settings()
        index = build_index(settings)
        conversation = build_conversation(settings, index)
        message = Message(
            event="slack:1",
            chat="slack",
            person=anna,
            channel=channel,
            thread=root,
            text=QUESTION,
            address={"channel": channel, "user": anna, "thread_ts": root},
        )
        app = build(settings, conversation, api)
        async with app.opened():
            assert (await app.identify()).team_id == team
            await deliver(conversation, message, partial(app.send, message))
        index.close()
        return list((await client.conversations_replies(channel=channel, ts=root))["messages"])

    replies = [each["text"] for each in asyncio.run(asked())]
    assert sum("6,8 %" in text for text in replies) == 1

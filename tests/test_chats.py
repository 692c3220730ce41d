"""The chats of vendors beside one another: one shape, one server that all post to, one line for what lacks."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from conftest import Command
from peers.microsoft import CLIENT, TENANT, Microsoft, activity
from peers.slack import BOT_TOKEN, TEAM, Slack, signed, words
from peers.slack import SECRET as SIGNING
from test_teams import signed as signed_by
from test_telegram_peer import ASA, SECRET, TOKEN, Peer, installed, peer

from bot import slack, teams
from bot.build import build_conversation, build_index
from bot.chats import CHATS, Chat
from bot.conversation import Conversation
from bot.message import Message
from bot.settings import MissingSetting, read_settings
from bot.web.app import build
from bot.web.endpoints import configured

__all__ = ["installed", "peer"]  # fixtures

QUESTION = "Vad är målet för sjukfrånvaron?"
SETTINGS = {
    "PUBLIC_URL": "https://plan.norrsjo.example",
    "TOKEN": "a-token-of-the-web-0123456789",
    "EMBEDDER": "none",
    "SLACK_BOT_TOKEN": BOT_TOKEN,
    "SLACK_SIGNING_SECRET": SIGNING,
    "SLACK_TEAM": TEAM,
    "TEAMS_CLIENT_ID": CLIENT,
    "TEAMS_CLIENT_SECRET": "hemlig",
    "TEAMS_TENANT_ID": TENANT,
    "TELEGRAM_TOKEN": TOKEN,
    "TELEGRAM_WEBHOOK_SECRET": SECRET,
    "TELEGRAM_USERS": str(ASA),
    "TELEGRAM_API": "http://127.0.0.1:9",  # nobody is there, unless a test sets who is
}
UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 5,
        "date": 1,
        "chat": {"id": ASA, "type": "private"},
        "from": {"id": ASA, "is_bot": False, "first_name": "Åsa", "language_code": "sv"},
        "text": QUESTION,
    },
}


class Vendors:
    """Slack and Microsoft on this machine, and the server that they and Telegram post to."""

    def __init__(self, slack: Slack, microsoft: Microsoft) -> None:
        self.slack, self.microsoft, self.address = slack, microsoft, ""

    def post(self, path: str, content: bytes, **headers: str) -> httpx.Response:
        sent = {"Content-Type": "application/json", "Host": "plan.norrsjo.example"} | headers
        return httpx.post(f"{self.address}{path}", content=content, headers=sent, timeout=20)


@pytest.fixture
def vendors(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vendors]:
    """All three chats set, and their SDKs led to this machine."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(f"PLANSVAR_{name}", value)
    microsoft = Microsoft()
    with Slack() as ours:
        monkeypatch.setattr(slack, "build", partial(slack.build, api=ours.api))
        monkeypatch.setattr(teams, "build", partial(teams.build, cloud=microsoft.cloud, token=signed_by(microsoft)))
        yield Vendors(ours, microsoft)
    microsoft.close()


@contextmanager
def serving(vendors: Vendors, before: Callable[[Conversation], object] = lambda _: None) -> Iterator[Vendors]:
    """What `plansvar serve` serves, on a port of this machine."""
    settings = read_settings()
    index = build_index(settings)
    conversation = build_conversation(settings, index)
    before(conversation)
    web = build(settings, conversation, configured(settings, conversation))
    listening = socket.create_server(("127.0.0.1", 0))
    vendors.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(web, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield vendors
    finally:
        server.should_exit = True
        thread.join()
        index.close()


def test_refuses_whoever_is_no_vendor(vendors: Vendors) -> None:
    """One server has all three: without a signature, token or secret, and with wrong ones, each refuses; the web asks
    for its own token all the same."""
    asked = json.dumps(vendors.slack.message(QUESTION)).encode()
    posted = json.dumps(activity(QUESTION, vendors.microsoft.address)).encode()
    with serving(vendors):
        for wrong in ({}, signed(asked, "another secret"), signed(asked, SIGNING, time.time() - 400)):
            assert vendors.post("/slack/events", asked, **wrong).status_code == 401
        for token in ("", "Bearer x", f"Bearer {vendors.microsoft.token(aud='another')}"):
            assert vendors.post("/api/messages", posted, Authorization=token).status_code == 401
        elsewhere = json.dumps(activity(QUESTION, vendors.microsoft.address, channelId="webchat")).encode()
        right = f"Bearer {vendors.microsoft.token()}"
        assert vendors.post("/api/messages", elsewhere, Authorization=right).status_code == 403
        for secret in ({}, {"X-Telegram-Bot-Api-Secret-Token": "another"}):
            assert vendors.post("/telegram", json.dumps(UPDATE).encode(), **secret).status_code == 403
        web = {"Host": "plan.norrsjo.example"}
        assert httpx.get(f"{vendors.address}/api/documents", headers=web).status_code == 401
    assert not vendors.slack.posts()
    assert not vendors.microsoft.sent


@pytest.mark.slow
def test_answers_every_vendor(vendors: Vendors, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    """One server answers what Slack signed, what Microsoft signed and what came with Telegram's secret."""
    monkeypatch.setenv("PLANSVAR_TELEGRAM_API", peer.url)
    asked = json.dumps(vendors.slack.message(QUESTION)).encode()
    posted = json.dumps(activity(QUESTION, vendors.microsoft.address)).encode()
    secret = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    with serving(vendors):
        assert vendors.post("/slack/events", asked, **signed(asked)).status_code == 200
        right = f"Bearer {vendors.microsoft.token()}"
        assert vendors.post("/api/messages", posted, Authorization=right).status_code == 200
        update, end = json.dumps(UPDATE).encode(), time.monotonic() + 30
        while vendors.post("/telegram", update, **secret).status_code != 200:  # until Telegram has said who we are
            assert time.monotonic() < end
            time.sleep(0.1)
        assert "6,8 %" in words(vendors.slack.wait_posts()[0])
        assert "6,8 %" in vendors.microsoft.messages(1)[0]["text"]
        assert "6,8 %" in peer.hear(1)["message"]["text"]


def test_answers_what_was_pending(vendors: Vendors) -> None:
    """What a process that stopped had accepted is answered by the server that starts."""
    index = build_index(read_settings())
    stopped = build_conversation(read_settings(), index)
    people = {
        "slack": {"channel": "D0ANNA", "user": "U0ANNA", "thread_ts": "1.1"},
        "teams": {"service": vendors.microsoft.address, "conversation": "a:asa"},
    }
    for chat, address in people.items():
        ids = (f"{chat}:p", f"{chat}:D", f"{chat}:D")
        assert stopped.accept(Message(f"{chat}:1", chat, *ids, QUESTION, address=address))
    index.close()
    with serving(vendors):
        assert "6,8 %" in words(vendors.slack.wait_posts()[0])
        assert "6,8 %" in vendors.microsoft.messages(1)[0]["text"]


@pytest.mark.parametrize("chat", CHATS, ids=lambda chat: chat.name)
def test_one_shape(chat: Chat) -> None:
    """Who has read one chat's module has read the others: the same functions, with the same first arguments."""
    module: Any = import_module(f"bot.{chat.name}")
    for name in ("to_message", "to_payload", "build", "router", *(["run"] if chat.alone is not None else [])):
        assert callable(getattr(module, name)), name
    assert chat.name == module.CHAT
    assert asyncio.iscoroutinefunction(getattr(module, chat.title).send)
    assert chat.installed


@pytest.mark.parametrize("chat", CHATS, ids=lambda chat: chat.name)
def test_serves_no_chat_by_half(samples: Path, chat: Chat, plansvar: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a chat is set in part, no server starts, and one line names the rest; where none is, it has none."""
    index = build_index(read_settings())
    conversation = build_conversation(read_settings(), index)
    assert not configured(read_settings(), conversation)
    monkeypatch.setenv(f"PLANSVAR_{chat.serve[0]}".upper(), "x")
    with pytest.raises(MissingSetting, match=f"{chat.title} needs PLANSVAR_{chat.name.upper()}_"):
        configured(read_settings(), conversation)
    ran = plansvar("serve")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert f"docs/{chat.name}.md" in ran.err
    index.close()


@pytest.mark.parametrize("chat", CHATS, ids=lambda chat: chat.name)
def test_names_the_extra_that_is_not_installed(
    samples: Path, chat: Chat, plansvar: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A vendor's package that isn't there is named on one line, with what installs it."""
    monkeypatch.delitem(sys.modules, f"bot.{chat.name}", raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == chat.package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, chat.package, None)
    monkeypatch.setenv(f"PLANSVAR_{chat.serve[0]}".upper(), "x")
    for command in ("serve", chat.name) if chat.alone is not None else ("serve",):
        ran = plansvar(command)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert ran.err == f"plansvar: {chat.title} needs {chat.package}: pip install 'plansvar[{chat.name}]'\n"


def test_doctor_tells_of_every_chat(samples: Path, plansvar: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor says for each chat whether it is set, what it lacks, whom it lets in and who gets the messages."""
    monkeypatch.setenv("PLANSVAR_EMBEDDER", "none")
    told = plansvar("doctor")
    assert told.code == 0
    for chat in CHATS:
        assert f"not set (docs/{chat.name}.md)" in told.out
    for name in ("SLACK_BOT_TOKEN", "TEAMS_CLIENT_ID", "TELEGRAM_USERS"):
        monkeypatch.setenv(f"PLANSVAR_{name}", SETTINGS[name])
    ill = plansvar("doctor")
    assert (ill.code, ill.err.count("\n")) == (2, 1)
    assert "Slack, Teams, Telegram" in ill.err
    assert "lacks PLANSVAR_SLACK_TEAM; lacks PLANSVAR_SLACK_APP_TOKEN (plansvar slack) or " in ill.out
    assert "lacks PLANSVAR_TEAMS_CLIENT_SECRET, PLANSVAR_TEAMS_TENANT_ID; lacks PLANSVAR_PUBLIC_URL" in ill.out
    assert "lacks PLANSVAR_TELEGRAM_TOKEN" in ill.out
    for name, value in SETTINGS.items():
        monkeypatch.setenv(f"PLANSVAR_{name}", value)
    well = plansvar("doctor")
    assert well.code == 0, well.err
    assert f"plansvar serve; lets in members of {TEAM}, no guests; messages and replies" in well.out
    assert f"lets in people of tenant {TENANT}" in well.out
    assert "plansvar telegram, plansvar serve; lets in 1 named in the settings and 0 by a code" in well.out
    assert "lets in who has PLANSVAR_TOKEN" in well.out
    for secret in (BOT_TOKEN, SIGNING, "hemlig", TOKEN, SECRET, SETTINGS["TOKEN"]):
        assert secret not in well.out

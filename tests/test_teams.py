"""Plansvar in Teams: the real SDK and the real core, with Microsoft's side played on this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from peers.microsoft import CLIENT, TENANT, Microsoft, activity

from bot.build import build_conversation, build_index
from bot.conversation import Conversation
from bot.settings import Settings, read_settings
from bot.teams import Teams, build

GROUP = {"id": "19:grupp@thread.v2", "conversationType": "groupChat", "tenantId": TENANT}
CHANNEL = {"id": "19:kanal@thread.tacv2;messageid=77", "conversationType": "channel", "tenantId": TENANT}
MENTION = [{"type": "mention", "text": "<at>Plansvar</at>", "mentioned": {"id": f"28:{CLIENT}", "name": "Plansvar"}}]


@pytest.fixture
def microsoft() -> Iterator[Microsoft]:
    peer = Microsoft()
    yield peer
    peer.close()


@pytest.fixture
def settings(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The sample plans, and all that Teams needs."""
    for name, value in {
        "TEAMS_CLIENT_ID": CLIENT,
        "TEAMS_CLIENT_SECRET": "hemlig",
        "TEAMS_TENANT_ID": TENANT,
        "PUBLIC_URL": "https://plansvar.example",
        "EMBEDDER": "none",
    }.items():
        monkeypatch.setenv(f"PLANSVAR_{name}", value)
    return read_settings()


@pytest.fixture
def conversation(settings: Settings) -> Iterator[Conversation]:
    index = build_index(settings)
    conversation = build_conversation(settings, index)
    conversation.asker.warm()
    yield conversation
    index.close()


class Served:
    """Our endpoint on a port of its own, and what Teams does with it."""

    def __init__(self, teams: Teams, microsoft: Microsoft) -> None:
        self.teams, self.microsoft = teams, microsoft
        web = FastAPI()
        web.include_router(teams.router)
        listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(web, log_level="warning", access_log=False))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self.thread.start()
        self.count = 0

    def post(self, body: Any, token: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.microsoft.token() if token is None else token}"}
        return httpx.post(f"{self.address}/api/messages", json=body, headers=headers, timeout=20)

    def say(self, text: str, **changes: Any) -> httpx.Response:
        self.count += 1
        return self.post(activity(text, self.microsoft.address, **({"id": f"s{self.count}"} | changes)))

    def ask(self, text: str, **changes: Any) -> dict[str, Any]:
        """Say something and wait for the reply."""
        before = len(self.microsoft.messages(0))
        assert self.say(text, **changes).status_code == 200
        return self.microsoft.messages(before + 1)[before]

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


def signed(microsoft: Microsoft) -> Callable[[str, str | None], str]:
    """What signs our own calls, in place of Microsoft's login."""
    return lambda scope, tenant: microsoft.token(aud=scope)


@pytest.fixture
def teams(settings: Settings, conversation: Conversation, microsoft: Microsoft) -> Teams:
    return build(settings, conversation, cloud=microsoft.cloud, token=signed(microsoft))


@pytest.fixture
def served(teams: Teams, microsoft: Microsoft) -> Iterator[Served]:
    served = Served(teams, microsoft)
    yield served
    served.close()


def card_of(message: dict[str, Any]) -> dict[str, Any]:
    return next(each["content"] for each in message["attachments"])


def buttons(message: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The buttons below a message, by what stands on them."""
    sets = [element for element in card_of(message)["body"] if element["type"] == "ActionSet"]
    return {action["title"]: action for each in sets for action in each["actions"]}


def test_answers_a_question_with_citations(served: Served) -> None:
    """A question in a personal chat is answered with the figure, its citation, the label and the feedback loop."""
    message = served.ask("Vad är målet för sjukfrånvaron?")
    assert "6,8 %" in message["text"]
    assert message["text"].startswith("Jag är en automatisk assistent")
    [entity] = message["entities"]
    assert entity["additionalType"] == ["AIGeneratedContent"]
    [claim] = entity["citation"]
    assert claim["position"] == 1
    assert claim["appearance"]["abstract"] == "Sjukfrånvaro 6,8 % 6,5 % Tertial"
    assert claim["appearance"]["url"].startswith("https://plansvar.example/documents/")
    assert message["channelData"]["feedbackLoop"] == {"type": "default"}
    assert "Källor" in buttons(message)

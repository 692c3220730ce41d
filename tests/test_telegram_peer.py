"""Telegram with python-telegram-bot as it is, against a Bot API that others wrote: by long polling and by a webhook."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from bot.build import build_conversation, build_index
from bot.settings import read_settings

pytestmark = pytest.mark.slow

PEER = Path(__file__).parent / "peers/telegram"
TOKEN = "123456:TESTTOKEN"
SECRET = "a-secret_of_ours"
ASA, ADMIN, STRANGER = 77, 88, 99
QUESTION = "Vad är vårt mål för sjukfrånvaron?"
WAIT = 20.0


class Peer:
    """Telegram as people and the test see it."""

    def __init__(self, url: str) -> None:
        self.url, self.http = url, httpx.Client(base_url=url, timeout=10)
        self.number = count(5000)

    def write(self, text: str, person: int = ASA, **more: Any) -> None:
        """Somebody writes to the bot."""
        sent = {"botToken": TOKEN, "from": _user(person), "chat": _chat(person), "date": int(time.time()), "text": text}
        self.http.post("/sendMessage", json=sent | more)

    def press(self, message: dict[str, Any], label: str, person: int = ASA) -> None:
        """Somebody presses a button under a message."""
        (data,) = [each["callback_data"] for row in _keyboard(message) for each in row if each["text"] == label]
        shown = {
            "message_id": message["messageId"],
            "date": 1,
            "chat": _chat(person),
            "text": message["message"]["text"],
        }
        self.http.post("/sendCallback", json={"botToken": TOKEN, "from": _user(person), "message": shown, "data": data})

    def update(self, **update: Any) -> None:
        """An update as it stands."""
        self.http.post("/front/update", params={"token": TOKEN}, json=update)

    def heard(self, person: int = ASA) -> list[dict[str, Any]]:
        """All that the bot has said in a chat, oldest first."""
        history = self.http.post("/getUpdatesHistory", json={"token": TOKEN}).json()["result"]
        return [each for each in history if str(each.get("message", {}).get("chat_id")) == str(person)]

    def hear(self, number: int, person: int = ASA) -> dict[str, Any]:
        """The message of that number that the bot says in a chat, when it comes."""
        _until(lambda: len(self.heard(person)) >= number, lambda: f"{number} messages: {self.heard(person)}")
        return self.heard(person)[number - 1]

    def fail(self, method: str, times: int = 1, **how: Any) -> None:
        self.http.post("/front/fail", json={"method": method, "times": times, **how})

    def calls(self, *methods: str) -> list[dict[str, Any]]:
        made = self.http.get("/front/calls").json()
        return [each for each in made if not methods or each["method"] in methods]


def _user(id: int) -> dict[str, Any]:
    return {"id": id, "is_bot": False, "first_name": "Åsa", "username": f"asa_{id}", "language_code": "sv"}


def _chat(id: int) -> dict[str, Any]:
    return {"id": id, "type": "private" if id > 0 else "group", "title": "Gruppen", "first_name": "Åsa"}


def _keyboard(message: dict[str, Any]) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = message["message"]["reply_markup"]["inline_keyboard"]
    return rows


def _until(true: Callable[[], bool], what: Callable[[], str]) -> None:
    end = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < end, what()
        time.sleep(0.05)


class _Tags(HTMLParser):
    """What Telegram would say of a text's tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in ("b", "i", "blockquote")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def installed() -> Path:
    """The stand-in for Telegram, installed by name where it isn't yet."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is missing")
    if not (PEER / "node_modules/telegram-test-api").is_dir():
        subprocess.run([PEER / "install"], check=True, capture_output=True)
    return PEER / "server.js"


@pytest.fixture
def peer(installed: Path) -> Iterator[Peer]:
    """Telegram; at the end, everything that was sent to it is held against its published limits."""
    with subprocess.Popen(["node", installed], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        peer = Peer(process.stdout.readline().strip())
        try:
            yield peer
            for call in peer.calls("sendMessage"):
                _within_limits(call["body"])
        finally:
            peer.http.close()
            process.kill()


def _within_limits(sent: dict[str, str]) -> None:
    tags = _Tags()
    if sent.get("parse_mode") == "HTML":
        tags.feed(sent["text"])
        tags.close()
    else:
        tags.text = sent["text"]
    assert tags.open == []
    assert 1 <= len(tags.text.encode("utf-16-le")) // 2 <= 4096
    for row in json.loads(sent.get("reply_markup", "{}")).get("inline_keyboard", []):
        assert len(row) <= 8
        for button in row:
            assert 1 <= len(button["callback_data"].encode()) <= 64


@pytest.fixture
def told(samples: Path, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of a bot that Åsa may ask, in a home with the sample plans."""
    for name, value in {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": peer.url,
        "TELEGRAM_USERS": str(ASA),
        "TELEGRAM_ADMINS": str(ADMIN),
        "EMBEDDER": "none",
        "PUBLIC_URL": "",
    }.items():
        monkeypatch.setenv(f"PLANSVAR_{name}", value)


class Polling:
    """`plansvar telegram` as a process of its own."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "bot.cli", "telegram"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PEER.parents[2])
        assert self.process.stdout
        assert "@plansvar_bot" in self.process.stdout.readline()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        assert self.process
        self.process.send_signal(how)
        code = self.process.wait(15)
        if self.process.stdout:
            self.process.stdout.close()
        self.process = None
        return code


@pytest.fixture
def polling(told: None) -> Iterator[Polling]:
    polling = Polling()
    polling.start()
    yield polling
    if polling.process:
        assert polling.stop() == 0


@contextmanager
def _serving() -> Iterator[str]:
    """The webhook in a web server; yields its address."""
    from bot.telegram import (
        routers,
        webhook,  # noqa: F401 - that it is there
    )

    settings = read_settings()
    index = build_index(settings)
    app = FastAPI()
    for router in routers(settings, build_conversation(settings, index)):
        app.include_router(router)
    server = uvicorn.Server(
        uvicorn.Config(app, port=int(str(settings.public_url).rpartition(":")[2]), log_level="error")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"{settings.public_url}/telegram"
    finally:
        server.should_exit = True
        thread.join()
        index.close()


@pytest.fixture
def webhook(told: None, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("PLANSVAR_PUBLIC_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("PLANSVAR_TELEGRAM_WEBHOOK_SECRET", SECRET)
    with _serving() as address:
        _until(lambda: bool(peer.calls("setWebhook")), lambda: "no webhook was set")
        yield address


def _whole_way(peer: Peer) -> None:
    peer.write(QUESTION)
    answer = peer.hear(1)
    assert "6,8 %" in answer["message"]["text"]
    assert "automatisk assistent" in answer["message"]["text"]

    peer.press(answer, "[1]")
    source = peer.hear(2)["message"]["text"]
    assert "<blockquote>Sjukfrånvaro 6,8 % 6,5 % Tertial</blockquote>" in source
    assert "3.2" in source

    peer.write("och 2025?")
    assert peer.hear(3)["message"]["text"]

    peer.press(answer, "Fel källa")
    asks = peer.hear(4)
    assert asks["message"]["reply_markup"]["force_reply"]
    words = "Det står i tabellen under mål 3.1"
    peer.write(
        words,
        reply_to_message={
            "message_id": asks["messageId"],
            "date": 1,
            "chat": _chat(ASA),
            "from": {"id": 666, "is_bot": True, "first_name": "Plansvar"},
            "text": "Vad är fel",
        },
    )
    assert "noterat" in peer.hear(5)["message"]["text"]

    peer.write("/tidsfrister")
    deadlines = peer.hear(6)
    peer.press(deadlines, "Som kalender")
    assert "tidsfrister ics" in peer.hear(7)["message"]["text"]
    _until(lambda: bool(peer.calls("sendDocument")), lambda: "no calendar came")
    (document,) = peer.calls("sendDocument")
    assert "BEGIN:VCALENDAR" in document["body"]["multipart"]
    assert 'filename="plansvar.ics"' in document["body"]["multipart"]

    peer.write("/borja")
    tour = peer.hear(8)
    assert "Steg 1 av 5" in tour["message"]["text"]
    peer.press(tour, "Nästa")
    assert "Steg 2 av 5" in peer.hear(9)["message"]["text"]


def test_whole_way_by_polling(peer: Peer, polling: Polling) -> None:
    """A question, its source, a follow-up, feedback in words, deadlines as a calendar and the tour, by long polling."""
    _whole_way(peer)


def test_whole_way_by_webhook(peer: Peer, webhook: str) -> None:
    """The same by a webhook."""
    _whole_way(peer)

"""Telegram with python-telegram-bot as it is, against a Bot API that others wrote: by long polling and by a webhook."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from conftest import Command
from fastapi import FastAPI
from needed import TOOLS, need
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.build import build_conversation, build_index
from bot.settings import read_settings

pytestmark = pytest.mark.slow

PEER = Path(__file__).parent / "peers/telegram"
TOKEN = "123456:TESTTOKEN"
SECRET = "a-secret_of_ours"
ASA, ADMIN, STRANGER = 77, 88, 99
QUESTION = "Vad är vårt mål för sjukfrånvaron?"
WAIT = 30.0


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
    """The stand-in for Telegram, by its path."""
    need("node", PEER / "node_modules/telegram-test-api")
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
def _serving(*between: Callable[[ASGIApp], ASGIApp]) -> Iterator[str]:
    """The webhook in a web server, behind some middleware; yields its address."""
    from bot.telegram import build, router

    settings = read_settings()
    index = build_index(settings)
    app = FastAPI()
    conversation = build_conversation(settings, index)
    conversation.asker.warm()
    app.include_router(router(build(settings, conversation)))
    for each in between:
        app.add_middleware(each)
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
    monkeypatch.setenv("PLANSVAR_PUBLIC_URL", f"http://127.0.0.1:{_free_port()}")
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


# A second opinion: telemelya, whose replies python-telegram-bot takes as they are

TELEMELYA = TOOLS / "telemelya"
# It keeps pictures in MinIO, which nobody sends here.
WITHOUT_MINIO = """
import sys, uvicorn
from telemelya.server.app import app
from telemelya.server.media import media_manager
async def nothing(): ...
media_manager.connect = media_manager.close = nothing
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
"""


class Secret:
    """Adds the webhook's secret, which telemelya does not send."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["headers"] = [*scope["headers"], (b"x-telegram-bot-api-secret-token", SECRET.encode())]
        await self.app(scope, receive, send)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def telemelya(tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of telemelya's, which says what a person does and what the bot said."""
    need("redis-server", TELEMELYA / "installed")
    redis, port = _free_port(), _free_port()
    store = ["redis-server", "--port", str(redis), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    environment = {"REDIS_URL": f"redis://127.0.0.1:{redis}/0", "PATH": ""}
    command = [str(TELEMELYA / "bin/python"), "-c", WITHOUT_MINIO, str(port)]
    client = httpx.Client(
        base_url=f"http://127.0.0.1:{port}", headers={"Authorization": "Bearer any", "X-Test-Session": "here"}
    )
    with (
        subprocess.Popen(store, stdout=subprocess.DEVNULL) as first,
        subprocess.Popen(command, env=environment) as second,
        client,
    ):
        try:
            _until(lambda: _answers(client), lambda: "telemelya does not answer")
            yield client
        finally:
            second.terminate()
            first.terminate()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/").is_success
    except httpx.TransportError:
        return False


def test_second_opinion(samples: Path, telemelya: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question, its source, a follow-up and the tour by a webhook, against a stand-in that needed no repair."""
    for name, value in {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": str(telemelya.base_url),
        "TELEGRAM_USERS": str(ASA),
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "EMBEDDER": "none",
        "PUBLIC_URL": f"http://127.0.0.1:{_free_port()}",
    }.items():
        monkeypatch.setenv(f"PLANSVAR_{name}", value)

    def does(**what: object) -> int:
        sent = telemelya.post("/api/v1/test/send_update", params={"bot_token": TOKEN}, json={"chat_id": ASA, **what})
        return int(sent.json()["delivery"]["status_code"]) if sent.is_success else sent.status_code

    def said(number: int) -> dict[str, Any]:
        def all_said() -> list[dict[str, Any]]:
            responses = telemelya.get("/api/v1/test/responses").json()["responses"]
            return [each for each in responses if each["method"] == "sendMessage"]

        _until(lambda: len(all_said()) >= number, lambda: str(all_said()))
        return all_said()[number - 1]

    def press(message: dict[str, Any], label: str) -> int:
        rows = message["reply_markup"]["inline_keyboard"]
        (data,) = [each["callback_data"] for row in rows for each in row if each["text"] == label]
        return does(callback_data=data, callback_message_id=message["message_id"])

    with _serving(Secret):
        _until(lambda: does(text=QUESTION) == 200, lambda: "no webhook was set")
        answer = said(1)
        assert "6,8 %" in answer["text"]
        assert answer["raw"]["parse_mode"] == "HTML"
        assert press(answer, "[1]") == 200
        assert "<blockquote>Sjukfrånvaro 6,8 % 6,5 % Tertial</blockquote>" in said(2)["text"]
        assert does(text="och för dag 1–14?") == 200
        assert "2,4 %" in said(3)["text"]
        assert does(command="borja") == 200
        assert press(said(4), "Nästa") == 200
        assert "Steg 2 av 5" in said(5)["text"]


# Who may ask


def test_code_lets_a_stranger_in(peer: Peer, polling: Polling) -> None:
    """Who was not let in gets a code and no answer; when an administrator hands the code back, they are answered."""
    peer.write(QUESTION, STRANGER)
    told = peer.hear(1, STRANGER)["message"]["text"]
    code = re.findall(r"\b[A-Z2-9]{8}\b", told)[0]
    assert "%" not in told
    peer.write(f"/godkänn {code}", STRANGER)
    peer.write(f"/godkänn {code}", ASA)
    assert "finns inte" in peer.hear(1, ASA)["message"]["text"]  # no administrator, so no such command
    peer.write(f"/godkänn {code[:4]}-{code[4:].lower()}", ADMIN)
    assert f"Åsa (@\N{WORD JOINER}asa_{STRANGER}) (id {STRANGER})" in peer.hear(1, ADMIN)["message"]["text"]
    assert "insläppt" in peer.hear(2, STRANGER)["message"]["text"]
    peer.write(QUESTION, STRANGER)
    assert "6,8 %" in peer.hear(3, STRANGER)["message"]["text"]
    peer.write(f"/neka {STRANGER}", ADMIN)
    peer.hear(2, ADMIN)
    peer.write("/godkänn", ADMIN)
    assert "Ingen" in peer.hear(3, ADMIN)["message"]["text"]


def test_stranger_presses_in_vain(peer: Peer, polling: Polling) -> None:
    """A button does nothing for who was not let in, and one of somebody else's answer shows nothing of it."""
    peer.write(QUESTION)
    answer = peer.hear(1)
    for person in (STRANGER, ADMIN):
        peer.press(answer, "[1]", person)
    _until(lambda: len(peer.calls("answerCallbackQuery")) == 2, lambda: "not acknowledged")
    words = [each["body"]["text"] for each in peer.calls("answerCallbackQuery")]
    assert "släppts in" in words[0]
    assert "finns inte kvar" in words[1]
    assert not peer.heard(STRANGER)
    assert not peer.heard(ADMIN)


def test_codes_at_the_command(peer: Peer, polling: Polling, plansvar: Command) -> None:
    """Whoever runs Plansvar lets people in, sees who they are, and takes it back, at the command."""
    peer.write("hej", STRANGER)
    code = re.findall(r"\b[A-Z2-9]{8}\b", peer.hear(1, STRANGER)["message"]["text"])[0]
    assert plansvar("telegram", "--approve", "ABCDEFGH").code == 2
    assert str(STRANGER) in plansvar("telegram", "--approve", code).out
    assert str(STRANGER) in plansvar("telegram", "--people").out
    peer.write(QUESTION, STRANGER)
    assert "6,8 %" in peer.hear(2, STRANGER)["message"]["text"]
    assert plansvar("telegram", "--deny", STRANGER).code == 0
    assert plansvar("telegram", "--people").out == ""


def test_forget_me_forgets_what_let_them_in(peer: Peer, polling: Polling, plansvar: Command) -> None:
    """Who is forgotten is a stranger again: their name was kept with the code."""
    peer.write("hej", STRANGER)
    code = re.findall(r"\b[A-Z2-9]{8}\b", peer.hear(1, STRANGER)["message"]["text"])[0]
    plansvar("telegram", "--approve", code)
    peer.write("/glom_mig", STRANGER)
    assert "raderat" in peer.hear(2, STRANGER)["message"]["text"]
    _until(lambda: plansvar("telegram", "--people").out == "", lambda: "still there")


# Groups, and messages that are changed or passed on


def test_group_asks_and_presses(peer: Peer, polling: Polling) -> None:
    """In a group the bot answers who names it, as a reply to the message, and is silent to the rest."""
    group = {"id": -7, "type": "group", "title": "Kajen"}
    peer.update(**_update(1, "Vad är vårt mål för sjukfrånvaron?", chat=group))
    peer.update(**_update(2, f"@plansvar_bot {QUESTION}", chat=group))
    answer = peer.hear(1, -7)
    assert "6,8 %" in answer["message"]["text"]
    assert json.loads(peer.calls("sendMessage")[0]["body"]["reply_parameters"])["message_id"] == 2
    peer.update(**_update(3, f"@plansvar_bot {QUESTION}", chat=group, **{"from": _user(STRANGER)}))
    assert "släppts in" in peer.hear(2, -7)["message"]["text"]


def test_edited_question_is_answered_anew(peer: Peer, polling: Polling) -> None:
    """A question that is changed is answered again; one that only got a preview is not."""
    peer.update(**_update(1, "Vad är målet för kaffet?"))
    peer.hear(1)
    for date, text in ((50, "Vad är målet för kaffet?"), (60, QUESTION)):
        edited = _update(1, text, edit_date=date)
        peer.update(update_id=date, edited_message=edited["message"])
    assert "6,8 %" in peer.hear(2)["message"]["text"]
    peer.write("/planer")
    assert "* gäller här" in peer.hear(3)["message"]["text"]


# What goes wrong


@pytest.mark.parametrize("secret", [None, "", "a-secret", SECRET.upper(), f"{SECRET}å"])
def test_wrong_secret(peer: Peer, webhook: str, secret: str | None) -> None:
    """A post without the secret of the webhook, or with another, is refused with 403 and not answered."""
    headers = {} if secret is None else {b"X-Telegram-Bot-Api-Secret-Token": secret.encode()}
    assert httpx.post(webhook, json=_update(1, QUESTION), headers=headers).status_code == 403
    time.sleep(0.3)
    assert not peer.calls("sendMessage")


def test_nonsense_is_refused(peer: Peer, webhook: str) -> None:
    """What is no update is 400; one that can't be read, or is of a kind not asked for, is acknowledged and left."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    _until(lambda: httpx.post(webhook, json={"update_id": 1}, headers=headers).status_code == 200, lambda: "not ready")
    for body in (b"", b"{", b"[]", b"7", b'{"message": {}}'):
        assert httpx.post(webhook, content=body, headers=headers).status_code == 400, body
    unread: list[dict[str, object]] = [{"message": 7}, {"message": {"message_id": 1}}, {"poll_answer": {}}, {"new": {}}]
    for what in unread:
        assert httpx.post(webhook, json={"update_id": 2} | what, headers=headers).status_code == 200


def test_retry_storm(peer: Peer, webhook: str) -> None:
    """The same update told many times at once is acknowledged each time within a second and answered once."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    _until(lambda: httpx.post(webhook, json={"update_id": 1}, headers=headers).status_code == 200, lambda: "not ready")

    def tell(_: int) -> float:
        start = time.monotonic()
        assert http.post(webhook, json=_update(7, QUESTION), headers=headers).status_code == 200
        return time.monotonic() - start

    with ThreadPoolExecutor(10) as pool, httpx.Client() as http:
        assert max(pool.map(tell, range(30))) < 1.0
    peer.hear(1)
    time.sleep(1.0)
    assert len(peer.calls("sendMessage")) == 1


def test_flood_limit(peer: Peer, polling: Polling) -> None:
    """Told to wait, the bot waits as long as it is told, and then sends each message once, in order."""
    peer.write(QUESTION)
    peer.hear(1)
    flood = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 2}}
    peer.fail("sendMessage", 2, status=429, body=flood)
    start = time.monotonic()
    peer.write(QUESTION)
    peer.write("/planer")
    assert "6,8 %" in peer.hear(2)["message"]["text"]
    assert time.monotonic() - start >= 4.0
    assert "* gäller här" in peer.hear(3)["message"]["text"]
    assert len(peer.heard()) == 3


@pytest.mark.parametrize("how", [{"status": 502, "body": {}}, {"status": 500, "body": "<html>"}, {"drop": "before"}])
def test_telegram_fails_for_a_while(peer: Peer, polling: Polling, how: dict[str, Any]) -> None:
    """While Telegram fails or drops connections nothing is lost: the reply comes when it can, once."""
    peer.fail("sendMessage", 2, **how)
    peer.fail("getUpdates", 2, **how)
    peer.write(QUESTION)
    assert "6,8 %" in peer.hear(1)["message"]["text"]
    time.sleep(0.5)
    assert len(peer.heard()) == 1


def test_html_refused(peer: Peer, polling: Polling) -> None:
    """A message whose marks Telegram refuses comes as plain text, with its buttons."""
    refused = {"ok": False, "error_code": 400, "description": "Bad Request: can't parse entities"}
    peer.fail("sendMessage", status=400, body=refused)
    peer.write(QUESTION)
    answer = peer.hear(1)["message"]
    assert "parse_mode" not in answer
    assert "6,8 %" in answer["text"]
    assert answer["reply_markup"]["inline_keyboard"]


@pytest.mark.parametrize(
    ("status", "description"), [(403, "Forbidden: bot was blocked by the user"), (400, "Bad Request: chat not found")]
)
def test_nobody_to_reply_to(peer: Peer, polling: Polling, status: int, description: str) -> None:
    """A reply that nobody will ever take is given up at once, and the others get theirs."""
    peer.fail(
        "sendMessage",
        3 if status == 400 else 1,
        status=status,
        body={"ok": False, "error_code": status, "description": description},
    )
    peer.write(QUESTION)
    _until(lambda: bool(peer.calls("sendMessage")), lambda: "not tried")
    peer.write("/hjälp")
    assert "rundtur" in peer.hear(1)["message"]["text"]
    assert len(peer.heard()) == 1


def test_group_becomes_a_supergroup(peer: Peer, polling: Polling) -> None:
    """The reply follows a group to its new number."""
    moved = {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded",
        "parameters": {"migrate_to_chat_id": -1007},
    }
    peer.fail("sendMessage", status=400, body=moved)
    group = {"id": -7, "type": "group", "title": "Kajen"}
    peer.update(**_update(9, f"@plansvar_bot {QUESTION}", chat=group))
    assert "6,8 %" in peer.hear(1, -1007)["message"]["text"]


def test_killed_between(peer: Peer, polling: Polling) -> None:
    """A bot that is killed while it answers gives the answer when it starts again, and gives each once."""
    peer.fail("sendMessage", 100, drop="before")
    peer.write(QUESTION)
    peer.write("Vad är målet för frisknärvaron?")
    _until(lambda: bool(peer.calls("sendMessage")), lambda: "not tried")
    polling.stop(signal.SIGKILL)
    peer.http.post("/front/mend")
    polling.start()
    peer.hear(2)
    peer.write("/planer")
    peer.hear(3)
    assert "6,8 %" in peer.heard()[0]["message"]["text"]
    assert len(peer.heard()) == 3


def test_wrong_token(told: None, peer: Peer, plansvar: Command) -> None:
    """A token that Telegram doesn't know is told in one line, which does not hold it."""
    peer.fail("getMe", status=401, body={"ok": False, "error_code": 401, "description": "Unauthorized"})
    ran = plansvar("telegram")
    assert ran.code == 2
    assert ran.err.splitlines()[-1].startswith("plansvar: PLANSVAR_TELEGRAM_TOKEN")
    assert "TESTTOKEN" not in ran.err


def test_longest_message(peer: Peer, polling: Polling) -> None:
    """The longest message that a person can write is told to be too long for a question."""
    peer.write("x" * 4096)  # at the limit of what a person can write
    assert "4096" in peer.hear(1)["message"]["text"] or "4 096" in peer.hear(1)["message"]["text"]


def _update(number: int, text: str, **more: Any) -> dict[str, Any]:
    sent = {"message_id": number, "from": _user(ASA), "chat": _chat(ASA), "date": 1, "text": text}
    return {"update_id": number, "message": sent | more}

"""What tests share: a home of their own, the command, and a small plan to read."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from databases import PostgreSQL

import retrieval.store.index
from bot.conversation import Conversation
from bot.message import Message, Reply
from bot.state import State
from ingest.plan import Plan
from ingest.read import read_plan
from retrieval.language.lexicon import Lexicon
from retrieval.store.index import Index
from retrieval.store.search import Searchable

if TYPE_CHECKING:
    from peers.slack import Slack
    from playwright.sync_api import Browser

SAMPLES = Path(__file__).parents[1] / "samples"
# No test speaks TLS with anybody, and reading all authorities that there are takes 20 ms of each client.
os.environ.pop("SSL_CERT_FILE", None)
os.environ["SSL_CERT_DIR"] = str(Path(__file__).parent)
os.environ["PLANSVAR_LANGUAGE"] = "en"  # the words are chosen when the command is imported

PLAN_TEXT = """Verksamhetsplan 2031
Fiskhamnens stadsdelsnämnd

Inledning
Fiskhamnens stadsdelsnämnd sköter kajer, bryggor och en fyr. Kajerna sopas varje vecka av kajenheten.

KF:s mål för verksamhetsområdet
1.2 Fiskhamnen är ren och lätt att ta sig fram i

Nämndmål
Kajerna är rena och säkra

Indikator Årsmål KF:s årsmål Periodicitet
Andel rena kajer 98 % 95 % Tertial
Antal livbojar 40 st Tas fram av nämnd/styrelse År

Aktivitet Startdatum Slutdatum
Kajenheten ska måla alla bryggor 2031-03-01 2031-09-30

Ekonomi
Hamnen har ordning på sin ekonomi och håller den budget som nämnden fått.
"""


class Ran(NamedTuple):
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]

# Made ready once for all tests of the sample plans: nothing changes them afterwards.
_searchable = lru_cache(maxsize=16)(Searchable)
_lexicon = lru_cache(maxsize=1)(Lexicon)


# Tests make hundreds of databases, and on a busy machine would mostly wait for its disk. What a killed process leaves
# is the same without; only what a power cut leaves is not.
retrieval.store.index.SYNCHRONOUS = "OFF"

# What tests share, plans and networks, stays to the end: to look through it for garbage again and again took a sixth of
# the time of all tests.
gc.set_threshold(100_000, 20, 100)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, with no settings but the language."""
    for name in [name for name in os.environ if name.startswith("PLANSVAR_") and name != "PLANSVAR_LANGUAGE"]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    monkeypatch.setenv("PLANSVAR_HOME", str(home))
    return home


@pytest.fixture
def plansvar(home: Path, capfd: pytest.CaptureFixture[str]) -> Command:
    """The command, run as it is typed."""
    from bot.cli import run

    def typed(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        return Ran(code, *capfd.readouterr())

    return typed


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """A small plan as text."""
    file = tmp_path / "fiskhamnen-2031.txt"
    file.write_text(PLAN_TEXT, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of our own, that stays up; what stops it makes its own."""
    server = PostgreSQL()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'plans.db'}"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.database()


@cache
def sample(file: Path) -> Plan:
    """A plan of the project's own, read once for all tests: nothing changes a plan."""
    return read_plan(file)


@pytest.fixture(scope="session")
def samples_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample plans, read from their text, and the tables of the chats. Not to be written to: copy
    it."""
    file = tmp_path_factory.mktemp("samples") / "plans.db"
    index = Index(f"sqlite:///{file}")
    for path in sorted(SAMPLES.glob("*.txt")):
        index.store(path.name, sample(path), "d")
    State(index)
    index.close()
    return file


@pytest.fixture
def samples(home: Path, samples_database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the sample plans, asked by somebody in Norrsjö on a day of 2026."""
    home.mkdir()
    shutil.copy(samples_database, home / "plans.db")
    monkeypatch.setenv("PLANSVAR_ORGANISATION", "Norrsjö")
    monkeypatch.setenv("PLANSVAR_TODAY", "2026-03-01")
    monkeypatch.setattr("retrieval.store.library.Searchable", _searchable)
    monkeypatch.setattr("retrieval.language.lexicon.Lexicon", _lexicon)
    return home


class Talk:
    """Somebody who writes to a conversation, in a chat that delivers everything."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.sent = 0

    def message(self, text: str, person: str = "slack:T:anna", thread: str = "", **values: object) -> Message:
        self.sent += 1
        channel = "slack:T:C" if thread else f"slack:T:D-{person}"
        fields = {"direct": not thread, "thread": thread or channel, "channel": channel} | values
        return Message(event=f"slack:{self.sent}", chat="slack", person=person, text=text, **fields)  # type: ignore[arg-type]

    def __call__(self, text: str, person: str = "slack:T:anna", thread: str = "", **values: object) -> Reply:
        message = self.message(text, person, thread, **values)
        assert self.conversation.accept(message)
        reply = self.conversation.reply(message)
        self.conversation.delivered(message)
        return reply


@pytest.fixture
def talk(samples: Path) -> Iterator[Talk]:
    """Talk with a conversation over the sample plans, of somebody in Norrsjö."""
    from bot.build import build_conversation, build_index
    from bot.settings import read_settings

    index = build_index(read_settings())
    yield Talk(build_conversation(read_settings(), index))
    index.close()


@pytest.fixture
def slack() -> Iterator[Slack]:
    """A small Slack on this machine."""
    from peers.slack import Slack

    with Slack() as slack:
        yield slack


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    from browser import ARGUMENTS, chromium
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()

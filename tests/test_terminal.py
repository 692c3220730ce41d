"""The chat in a terminal: a line a question, commands with a slash, the same through a pipe."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.build import build_asker, build_index
from bot.settings import read_settings
from bot.terminal import COMMANDS, Chat, hosts
from retrieval.scope import Scope

ROOT = Path(__file__).parents[1]
NETTO = "Vad är nettobudgeten för förskolan?"
MAIN = "import sys; from bot.cli import main; sys.argv = ['plansvar', 'chat']; main()"


class Talk:
    """A chat whose replies are kept."""

    def __init__(self, chat: Chat, replies: list[str]) -> None:
        self.chat, self.replies = chat, replies

    def __call__(self, *lines: str) -> list[str]:
        """The replies to lines that are typed, the greeting first."""
        self.replies.clear()
        self.chat.run(iter(lines))
        return list(self.replies)


@pytest.fixture
def talk(samples: Path) -> Iterator[Talk]:
    settings = read_settings()
    index = build_index(settings)
    replies: list[str] = []
    yield Talk(Chat(build_asker(settings, index), hosts(settings), replies.append), replies)
    index.close()


def test_greeting(talk: Talk) -> None:
    """The first line says what it is, whose plan it answers from and that nothing is sent."""
    (hello,) = talk()
    assert "automatic assistant" in hello
    assert "Norrsjö, verksamhetsplan 2026" in hello
    assert "Granvalla" not in hello
    assert "Nothing you write is sent anywhere" in hello
    assert "\n" not in hello


def test_greeting_where_questions_are_sent(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a model, an embedder or Chroma is elsewhere, the first line names the hosts, and no password."""
    monkeypatch.setenv("PLANSVAR_MODEL_URL", "http://user:hemlig@model.example/v1")
    monkeypatch.setenv("PLANSVAR_MODEL_NAME", "m")
    monkeypatch.setenv("PLANSVAR_CHROMA_URL", "http://chroma.example:8000")
    monkeypatch.setenv("PLANSVAR_EMBEDDER_URL", "http://unused.example/v1")
    talk.chat.hosts = hosts(read_settings())
    (hello,) = talk()
    assert "may be sent to model.example, chroma.example." in hello
    assert "Nothing" not in hello
    assert "hemlig" not in hello


def test_greeting_without_a_default(talk: Talk) -> None:
    """With several organisations and none set, it names all; with one set that has no plan, it says so."""
    talk.chat.asker.usual = Scope()
    assert "Granvalla-Östmo" in talk()[0]
    talk.chat.asker.usual = Scope("Kalix")
    assert "no plan" in talk()[0]


def test_follow_up(talk: Talk) -> None:
    """A question may lean on the one before it."""
    _, first, second = talk(NETTO, "  ", "och för äldreomsorgen?")
    assert "281,5" in first
    assert "401,3" in second


def test_two_languages(talk: Talk) -> None:
    """Each question is answered in its own language."""
    _, swedish, english = talk(NETTO, "What is our target for the share of satisfied preschool parents?")
    assert "Källa:" in swedish
    assert "Källa:" not in english


def test_sources(talk: Talk) -> None:
    """The sources of the last answer are shown by a command in either language, none before there is one."""
    _, none, _, swedish, english = talk("/källor", NETTO, "/källor", "/sources")
    assert none == "The last answer has no sources."
    assert swedish.startswith("[1] verksamhetsplan-2026-norrsjo.txt, ")
    assert "281,5" in swedish
    assert english == swedish


def test_plans(talk: Talk) -> None:
    """The plans there are, those marked that "our plan" means."""
    _, plans = talk("/plan")
    marked = [line for line in plans.splitlines() if line.startswith("* verksamhetsplan")]
    assert marked == ["* verksamhetsplan-2026-norrsjo.txt: Norrsjö, verksamhetsplan 2026"]
    assert "  verksamhetsplan-2025-norrsjo.txt: Norrsjö, verksamhetsplan 2025" in plans.splitlines()


def test_help_and_mistakes(talk: Talk) -> None:
    """Help is in either language; a command that isn't there names those that are; a long question is told."""
    _, swedish, english, unknown, long = talk("/hjälp", "/help", "/foo bar", "a" * 2001)
    assert swedish == english
    assert "/sources" in english
    assert all(command in unknown for command in ("/foo", *COMMANDS))
    assert "2001" in long


@pytest.mark.parametrize("command", ["/sluta", "/quit"])
def test_leaving(talk: Talk, command: str) -> None:
    """After the command to leave nothing more is answered."""
    assert len(talk(command, NETTO)) == 1


def test_only_questions_are_remembered(talk: Talk) -> None:
    """Commands and what could not be asked are no part of the conversation, and it is not kept for ever."""
    talk("/plan", "a" * 2001, *[f"Vad är mål {n}?" for n in range(9)])
    assert talk.chat.earlier == [f"Vad är mål {n}?" for n in range(3, 9)]


def test_piped(samples: Path) -> None:
    """Without a terminal each line is a question, and the output has nothing but replies."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    typed = f"{NETTO}\n/källor\n\xff\n".encode("latin-1")
    ran = subprocess.run([sys.executable, "-c", MAIN], input=typed, env=environment, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"\x1b" not in ran.stdout
    assert not (samples / "chat-history").exists()


class Terminal:
    """A chat in a terminal of its own."""

    def __init__(self) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
            os.execve(sys.executable, [sys.executable, "-c", MAIN], environment)
        self.seen = ""

    def type(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def wait_for(self, text: str, seconds: float = 30) -> None:
        """Read until the text is shown after what was seen before."""
        until = time.monotonic() + seconds
        while text not in self.seen:
            assert time.monotonic() < until, self.seen
            if select.select([self.fd], [], [], 0.2)[0]:
                self.seen += os.read(self.fd, 65536).decode("utf-8", "replace")
        self.seen = self.seen.partition(text)[2]

    def code(self) -> int:
        """The exit code, when what is still written has been read."""
        try:
            while os.read(self.fd, 65536):
                pass
        except OSError:  # how a terminal tells that nobody writes any more
            pass
        os.close(self.fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_at_a_terminal(samples: Path) -> None:
    """Commands are completed, Ctrl-C drops a line, Ctrl-D leaves, and what was asked is kept for its owner alone."""
    terminal = Terminal()
    terminal.wait_for("automatic assistant")
    terminal.wait_for(">")
    terminal.type("/so\t")
    terminal.wait_for("urces")  # what is drawn besides what was typed
    terminal.type("\r")
    terminal.wait_for("no sources")
    terminal.wait_for(">")
    terminal.type("hej")
    terminal.wait_for("j")
    terminal.type("\x03")
    terminal.wait_for(">")
    terminal.type(f"{NETTO}\r")
    terminal.wait_for("281,5")
    terminal.wait_for(">")
    terminal.type("\x04")
    assert terminal.code() == 0
    history = samples / "chat-history"
    assert NETTO in history.read_text()
    assert history.stat().st_mode & 0o077 == 0

"""The chat in a terminal: a line a message to the core, its reply printed, the same through a pipe."""

from __future__ import annotations

import getpass
import os
import pty
import select
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Command, Talk

from bot.build import build_conversation, build_index
from bot.message import File, Reply, Table
from bot.settings import read_settings
from bot.terminal import COMMANDS, Chat, hello, saved, show

ROOT = Path(__file__).parents[1]
NETTO = "Vad är nettobudgeten för förskolan?"
MAIN = "import sys; from bot.cli import main; sys.argv = ['plansvar', 'chat']; main()"


def chat(talk: Talk, *lines: str) -> list[Reply]:
    """The replies to lines that are typed."""
    replies: list[Reply] = []
    Chat(talk.conversation, replies.append).run(lines)
    return replies


def test_hello(talk: Talk) -> None:
    """The first line says whose plan it answers from and where help is."""
    line = hello(talk.conversation)
    assert "Norrsjö, verksamhetsplan 2026" in line
    assert "Granvalla" not in line
    assert "/help" in line
    assert "\n" not in line


def test_first_reply_has_the_notice(talk: Talk) -> None:
    """The first thing said to somebody new is what this is and that nothing is sent on; it is said once."""
    first, second = chat(talk, "/plan", "/plan")
    assert first.notice is not None
    assert "automatic assistant" in first.notice
    assert "Nothing is sent on" in first.notice
    assert second.notice is None
    assert chat(talk, "/plan")[0].notice is None


def test_follow_up(talk: Talk) -> None:
    """A question may lean on the one before it, in the same chat and in no later one; blank lines are passed over."""
    first, second = chat(talk, NETTO, "  ", "och för äldreomsorgen?")
    assert "281,5" in first.text
    assert "401,3" in second.text
    assert "401,3" not in chat(talk, "och för äldreomsorgen?")[0].text


def test_commands(talk: Talk) -> None:
    """The commands that are completed are there, in the language of this process where their word is in both."""
    for command in COMMANDS[:-2]:
        assert "finns inte" not in (text := chat(talk, command)[0].text), command
        assert "There is no /" not in text
    assert chat(talk, "/plan")[0].language == "en"


def test_suggestion_by_number(talk: Talk) -> None:
    """The number before a suggestion stands for it; a number that is none is a question."""
    first, second = chat(talk, "Vad är målet för sjukfrånvaron?", "1")
    assert first.suggestions[0].label == "Målet för Sjukfrånvaro dag 1–14"
    assert "2,4 %" in second.text
    assert chat(talk, "9")[0].text


@pytest.mark.parametrize("command", ["/sluta", "/quit"])
def test_leaving(talk: Talk, command: str) -> None:
    """After the command to leave nothing more is answered."""
    assert chat(talk, command, NETTO) == []


REPLY = Reply(
    "Två rader:\n• A 1 [1]\n• B 2 [2]\nKälla: planen", "sv", notice="Jag är \x1b[31mny",
    table=Table(("Rad", "Tal"), (("A [b]", "1"), ("B", "2")), (1, 2), frozenset({1})),
    files=(File("a.ics", "text/calendar", b"x"),),
)  # fmt: skip


def test_shown_as_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At a terminal a list is a table with its sources, between what stands around it; no word of it is markup."""
    show(REPLY, tmp_path, at_terminal=True)
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert out.index("Två rader:") < out.index("A [b]") < out.index("Källa: planen")
    assert "[2]" in out
    assert "•" not in out
    assert (tmp_path / "a.ics").read_bytes() == b"x"


def test_words_are_not_cut(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal a line goes on in the next one where a word ends, and a table is no wider either."""
    monkeypatch.setenv("COLUMNS", "40")
    show(replace(REPLY, notice="verksamhetsplan " * 10, files=()), tmp_path, at_terminal=True)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 40
    assert sum(line.split() == ["verksamhetsplan"] * 2 for line in lines) == 5


def test_shown_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through a pipe the whole reply is text, its lines as they are."""
    show(REPLY, tmp_path, at_terminal=False)
    assert "• A 1 [1]\n• B 2 [2]" in capsys.readouterr().out


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    """A file that is there gets a successor, and none leads out of its folder."""
    names = [saved(File("../a.ics", "text/calendar", b"x"), tmp_path).name for _ in range(3)]
    assert names == ["a.ics", "a-2.ics", "a-3.ics"]


def test_piped(samples: Path) -> None:
    """Without a terminal each line is a question, however many, and the output has nothing but replies."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    typed = f"{NETTO}\n/källor\n\xff\n".encode("latin-1") + b"hej\n" * 30
    ran = subprocess.run([sys.executable, "-c", MAIN], input=typed, env=environment, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"\x1b" not in ran.stdout
    assert ran.stdout.count(b"Hej! Jag svarar") == 30


def test_nothing_to_answer_from(plansvar: Command) -> None:
    """Without a plan the chat is refused in one line."""
    ran = plansvar("chat")
    assert ran.code == 2
    assert "plansvar ingest" in ran.err


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
    """Commands are completed, Ctrl-C drops a line, Ctrl-D leaves, and what was typed comes back the next time."""
    terminal = Terminal()
    terminal.wait_for("answers from")
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
    again = Terminal()
    again.wait_for(">")
    again.type("\x1b[A")
    again.wait_for(NETTO[:20])
    again.type("\x03\x04")
    assert again.code() == 0
    index = build_index(read_settings())
    state = build_conversation(read_settings(), index).state
    person = f"terminal:{getpass.getuser()}"
    assert state.typed(person) == ["/sources", NETTO]
    state.forget(person)
    assert state.typed(person) == []
    index.close()

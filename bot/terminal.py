"""The chat in a terminal: a line is a question, one that begins with "/" a command. Works through a pipe too."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from bot.asking import Asker, Query, QuestionError, on_terminal, sources
from bot.settings import Settings
from bot.words import words
from retrieval.answer import plan_name
from retrieval.answer_types import Answer
from retrieval.scope import Known, Scope, choose

SOURCES, PLAN, HELP, QUIT = ("/källor", "/sources"), ("/plan",), ("/hjälp", "/help"), ("/sluta", "/quit")
COMMANDS = (*SOURCES, *PLAN, *HELP, *QUIT)
_REMEMBERED = 6  # earlier questions that a follow-up may lean on
_NAMED = 5  # plans named in the greeting


class Chat:
    """One conversation. `hosts` are those that questions may be sent to; `say` shows a reply."""

    def __init__(self, asker: Asker, hosts: Sequence[str], say: Callable[[str], None]) -> None:
        self.asker, self.hosts, self.say = asker, hosts, say
        self.earlier: list[str] = []
        self.last: Answer | None = None

    def run(self, lines: Iterator[str]) -> None:
        """Greet, then reply to each line until there are no more or one says to stop."""
        w = words()
        sent = w.chat_sent.format(hosts=", ".join(self.hosts)) if self.hosts else w.chat_private
        self.say(f"{w.chat_hello.format(plans=self._whose())} {sent} {w.chat_commands}")
        for line in map(str.strip, lines):
            if line in QUIT:
                return
            if line:
                self.say(self.reply(line))

    def reply(self, line: str) -> str:
        """What to show for a line that was typed."""
        w = words()
        if line in SOURCES:
            found = "\n".join(sources(self.last.citations)) if self.last else ""
            return found or w.chat_no_sources
        if line in PLAN:
            return "\n".join(self._plans())
        if line in HELP:
            return w.chat_help
        if line.startswith("/"):
            return w.chat_unknown.format(command=line.split()[0], commands=", ".join(COMMANDS))
        try:
            self.last = self.asker.ask(Query(line, tuple(self.earlier)))
        except QuestionError as error:
            return str(error)
        self.earlier = [*self.earlier, line][-_REMEMBERED:]
        return self.last.answer

    def _current(self) -> list[Known]:
        """The documents that "our plan" means; all where several organisations have one and none is set."""
        asker = self.asker
        chosen = choose("", asker.library.known(), asker.within(Scope()), asker.answerer.today)
        if chosen.open:
            return list(asker.library.known())
        return [known for group in chosen.groups for known in group]

    def _whose(self) -> str:
        names = list(dict.fromkeys(plan_name(known.description) for known in self._current()))
        more = [words().and_others.format(count=len(names) - _NAMED)] if len(names) > _NAMED else []
        return "; ".join([*names[:_NAMED], *more]) or words().chat_no_plan

    def _plans(self) -> Iterator[str]:
        current = self._current()
        for known in self.asker.library.known():
            mark = "*" if known in current else " "
            yield f"{mark} {known.name}: {plan_name(known.description)}"
        yield words().chat_current


def hosts(settings: Settings) -> list[str]:
    """The hosts that the settings send questions, or vectors of them, to; a URL may hold a password, a host none."""
    embedded = settings.embedder != "none"
    urls = (
        settings.model_url,
        settings.embedder_url if settings.embedder == "openai" else None,
        settings.chroma_url if embedded else None,
    )
    return list(dict.fromkeys(urlsplit(url).hostname or url for url in urls if url))


def show(reply: str) -> None:
    """Print a reply and an empty line below it."""
    print(f"{on_terminal(reply)}\n", flush=True)


def typed(history: Path) -> Iterator[str]:
    """The lines typed: edited, with history and completion at a terminal, as they come through a pipe."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        for line in sys.stdin.buffer:
            yield line.decode("utf-8", "replace")
        return
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import FileHistory

    history.parent.mkdir(parents=True, exist_ok=True)
    history.touch(mode=0o600)  # what somebody asks is theirs
    completer = WordCompleter(list(COMMANDS), sentence=True)
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)), completer=completer, complete_while_typing=False
    )
    while True:
        try:
            line = session.prompt("> ")
        except KeyboardInterrupt:  # drops the line, as in a shell
            continue
        except EOFError:
            return
        yield line

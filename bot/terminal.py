"""The chat in a terminal: a line is a message to the core, and its reply is printed. Works through a pipe too."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from bot.asking import on_terminal
from bot.commands import NAMES
from bot.conversation import Conversation
from bot.message import File, Message, Reply, Table
from bot.words import language, words

QUIT = ("/sluta", "/quit")
COMMANDS = (*(f"/{word}" for each in NAMES.values() for spoken in each.values() for word in spoken[:1]), *QUIT)


class Chat:
    """One conversation of the person at the keyboard. `say` shows a reply."""

    def __init__(self, conversation: Conversation, say: Callable[[Reply], None]) -> None:
        self.conversation, self.say = conversation, say
        self.person = f"terminal:{getpass.getuser()}"
        self.thread = f"{self.person}:{uuid4().hex}"
        self.last: Reply | None = None

    def run(self, lines: Iterable[str]) -> None:
        """Reply to each line until there are no more or one says to stop."""
        for line in map(str.strip, lines):
            if line in QUIT:
                return
            if line:
                self.say(self.reply(line))

    def reply(self, line: str) -> Reply:
        """The reply to a line that was typed; the number of a suggestion stands for it."""
        choices = self.last.suggestions if self.last else ()
        if line.isdecimal() and 0 < int(line) <= len(choices):
            line = choices[int(line) - 1].text
        event = f"{self.thread}:{uuid4().hex}"
        message = Message(event, "terminal", self.person, self.person, self.thread, line, language=language())
        self.conversation.accept(message)
        self.last = self.conversation.reply(message)
        self.conversation.delivered(message)
        return self.last


def hello(conversation: Conversation) -> str:
    """The line above the first prompt: whose plan it answers from, and where help is."""
    return words().chat_hello.format(plans=conversation.plans(language()))


def show(reply: Reply, folder: Path, at_terminal: bool) -> None:
    """Print a reply and an empty line below it; its files go into a folder."""
    w, wide = words(), Console(highlight=False, markup=False)
    if reply.notice:
        _written(f"{reply.notice}\n", wide, at_terminal)
    if reply.table and at_terminal:
        _tabled(reply.text, reply.table, wide)
    else:
        _written(reply.text, wide, at_terminal)
    for file in reply.files:
        print(w.chat_file.format(file=saved(file, folder)))
    for n, each in enumerate(reply.suggestions, 1):
        print(f"  {n} › {on_terminal(each.label)}")
    print(flush=True)


def _written(text: str, wide: Console, at_terminal: bool) -> None:
    """Text, its lines broken between words at a terminal, and as they are through a pipe."""
    if at_terminal:
        wide.print(Text(on_terminal(text)))
    else:
        print(on_terminal(text))


def _tabled(text: str, table: Table, wide: Console) -> None:
    """The reply with its list as a table that fits the terminal, each row with the number of its source."""
    items = [line.startswith("• ") for line in text.splitlines()]
    first = items.index(True) if True in items else len(items)
    lines = [line for line, item in zip(text.splitlines(), items, strict=True) if not item]
    before, after = lines[:first], lines[first:]
    grid = Grid(header_style="bold")
    for n, column in enumerate(table.columns):
        grid.add_column(Text(on_terminal(column)), justify="right" if n in table.numeric else "left", overflow="fold")
    grid.add_column("")
    sources: Sequence[int | None] = table.sources or (None,) * len(table.rows)
    for row, source in zip(table.rows, sources, strict=True):
        grid.add_row(*(Text(on_terminal(cell)) for cell in row), f"[{source}]" if source else "")
    if before:
        _written("\n".join(before), wide, at_terminal=True)
    wide.print(grid)
    if after:
        _written("\n".join(after), wide, at_terminal=True)


def saved(file: File, folder: Path) -> Path:
    """Write a file under its name, or the next one that is free: nothing is overwritten."""
    name = Path(file.name)
    path, n = folder / name.name, 1
    while True:
        try:
            with path.open("xb") as out:
                out.write(file.content)
            return path
        except FileExistsError:
            n += 1
            path = folder / f"{name.stem}-{n}{name.suffix}"


def typed(earlier: Sequence[str]) -> Iterator[str]:
    """The lines typed: edited, with completion and those typed `earlier` at a terminal; as they come through a pipe."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        for line in sys.stdin.buffer:
            yield line.decode("utf-8", "replace")
        return
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import InMemoryHistory

    # What was typed is remembered with the conversations, and no longer than they are.
    session: PromptSession[str] = PromptSession(
        history=InMemoryHistory(earlier),
        completer=WordCompleter(list(COMMANDS), sentence=True),
        complete_while_typing=False,
    )
    while True:
        try:
            line = session.prompt("> ")
        except KeyboardInterrupt:  # drops the line, as in a shell
            continue
        except EOFError:
            return
        yield line

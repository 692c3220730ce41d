"""The commands of a chat: a text that is one, in Swedish or English, with or without "/" before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from retrieval.language.swedish import Language

Name = Literal[
    "ask", "deadlines", "sources", "plan", "start", "next", "help", "forget", "language", "scope",
    "right", "wrong", "wrong_source",
]  # fmt: skip

# The first of each is the one that help names.
NAMES: dict[Name, dict[Language, tuple[str, ...]]] = {
    "ask": {"sv": ("fråga",), "en": ("ask",)},
    "deadlines": {"sv": ("tidsfrister", "tidsfrist", "deadline"), "en": ("deadlines",)},
    "sources": {"sv": ("källor", "källa"), "en": ("sources", "source")},
    "plan": {"sv": ("planer",), "en": ("plan", "plans")},
    "start": {"sv": ("börja", "rundtur"), "en": ("start", "tour")},
    "next": {"sv": ("nästa", "vidare"), "en": ("next",)},
    "help": {"sv": ("hjälp",), "en": ("help",)},
    "forget": {"sv": ("glöm mig",), "en": ("forget me",)},
    "language": {"sv": ("språk",), "en": ("language",)},
    "scope": {"sv": ("gäller",), "en": ("scope",)},
    "wrong_source": {"sv": ("fel källa",), "en": ("wrong source",)},
    "right": {"sv": ("rätt",), "en": ("right",)},
    "wrong": {"sv": ("fel",), "en": ("wrong",)},
}
# Spelled the same, or so much a word of both languages that it tells nothing of the person's own.
_EITHER = {"plan", "start", "deadline", "deadlines"}
# What may follow without a "/", so that a question which begins with the same word stays a question.
_FOLLOWS: dict[Name, str] = {
    "sources": r"\d{1,2}",
    "language": r"(?:sv|en|svenska|engelska|swedish|english|auto)",
    "scope": r".{1,200}",
    "deadlines": r"[^?]{1,80}",
    "start": r"[^\s?]+(?: [^\s?]+){0,2}",
}
_SLASHED = {"ask", "right", "wrong", "wrong_source", *_FOLLOWS}


@dataclass(frozen=True, slots=True)
class Command:
    """A command with what follows it; `language` is that of its word, None for one that is in both.

    `certain` is false where what follows must decide whether it is a command at all: "deadlines the board".
    """

    name: Name
    rest: str = ""
    language: Language | None = None
    certain: bool = True


def command_in(text: str) -> Command | None:
    """The command that a message is, None where it is a question."""
    said = " ".join(text.split())
    slashed = said.startswith("/")
    said = said.removeprefix("/").rstrip(".!") if not slashed else said[1:]
    low = said.casefold()
    for name, words in NAMES.items():
        for language, each in words.items():
            for word in each:
                if not re.match(rf"{re.escape(word)}(?:$| )", low):
                    continue
                rest = said[len(word) :].strip()
                if rest and slashed and name not in _SLASHED:
                    rest = ""
                elif rest and not slashed and not re.fullmatch(_FOLLOWS.get(name, ""), rest, re.IGNORECASE):
                    continue
                certain = slashed or not rest or name in ("sources", "language")
                return Command(name, rest, None if word in _EITHER else language, certain)
    return None

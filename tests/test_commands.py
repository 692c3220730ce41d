"""Commands told from questions."""

from __future__ import annotations

import pytest

from bot.commands import NAMES, Command, command_in


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("before", ["", "/"])
def test_every_word(name: str, before: str) -> None:
    """Each word is its command in either language, in any case, with or without a slash, a full stop after it."""
    for words in NAMES[name].values():  # type: ignore[index]
        for word in words:
            for said in (word, word.upper(), f" {word} ", f"{word}." if not before else word):
                found = command_in(f"{before}{said.strip()}")
                assert found is not None
                assert found.name == name, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("deadlines ics", Command("deadlines", "ics", None, False)),
        ("/deadlines polisen", Command("deadlines", "polisen", None, True)),
        ("källa 2", Command("sources", "2", "sv", True)),
        ("Språk  Svenska", Command("language", "Svenska", "sv", True)),
        ("scope Norrsjö 2026", Command("scope", "Norrsjö 2026", "en", False)),
        ("/fel det är 7 %", Command("wrong", "det är 7 %", "sv", True)),
        ("fel källa", Command("wrong_source", "", "sv", True)),
        ("/ask plan?", Command("ask", "plan?", "en", True)),
        ("start preschool", Command("start", "preschool", None, False)),
    ],
)
def test_what_follows(text: str, expected: Command) -> None:
    """What follows a command is its own, and uncertain where the same words may be a question."""
    assert command_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "/", "/foo", "plan för sjukfrånvaron", "Plan?", "hjälp mig med budgeten", "fel i budgeten", "fråga",
        "Deadlines for the board?", "start date of the preschool year is when", "källa till siffran",
        "språk i förskolan", "nästa år", "wrong figure", "rätt till plats",
    ],
)  # fmt: skip
def test_questions(text: str) -> None:
    """A question that begins with a command's word is a question; "fråga" alone asks for nothing."""
    found = command_in(text)
    assert found is None or (found.name == "ask" and not found.rest)

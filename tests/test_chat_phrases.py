"""What the chats say around answers: each phrase in both languages, with the same holes, and none that nobody says."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from bot.phrases import PHRASES, say
from bot.state import metadata

BOT = Path(__file__).parents[1] / "bot"
# Said under a name that is put together: a step of the tour, a suggestion, a command, a table that a person is in.
MADE = re.compile(r"tour_[1-5]|period_\w+|(?:ask|button|command)_\w+")


def holes(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


@pytest.mark.parametrize("key", PHRASES)
def test_both_languages(key: str) -> None:
    """A phrase is there in Swedish and in English, with the same holes."""
    assert set(PHRASES[key]) == {"sv", "en"}
    assert holes(PHRASES[key]["sv"]) == holes(PHRASES[key]["en"])


def test_every_phrase_is_said() -> None:
    """No phrase is left over."""
    code = "".join(file.read_text(encoding="utf-8") for file in BOT.rglob("*.py") if file.name != "phrases.py")
    said = {key for key in PHRASES if re.search(rf"[\"']{key}[\"']", code) or MADE.fullmatch(key)} | set(
        metadata.tables
    )
    assert PHRASES.keys() <= said


def test_missing_hole() -> None:
    """A hole that nobody fills is an error with its name, not a reply with braces."""
    with pytest.raises(KeyError, match="hosts"):
        say("sent", "sv")

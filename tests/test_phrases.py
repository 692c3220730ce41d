"""What answers say around the plan's words: each phrase in both languages, with the same holes."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

from retrieval.language.phrases import PHRASES, say
from retrieval.language.swedish import Language

RETRIEVAL = Path(__file__).parents[1] / "retrieval"
# What only one language has need of: Swedish quotes are glossed for English askers, never the other way.
ENGLISH_ONLY = {"gloss", "terms"}


def holes(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def asked_for() -> set[str]:
    """The phrases that the code names."""
    found: set[str] = set()
    for file in RETRIEVAL.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                found |= {
                    c.value for c in ast.walk(node.args[0]) if isinstance(c, ast.Constant) and isinstance(c.value, str)
                }
    return found


@pytest.mark.parametrize("key", PHRASES)
def test_both_languages(key: str) -> None:
    """A phrase is there in Swedish and in English, with the same holes but for glosses."""
    assert set(PHRASES[key]) == {"sv", "en"}
    assert holes(PHRASES[key]["sv"]) ^ holes(PHRASES[key]["en"]) <= ENGLISH_ONLY


def test_phrases_that_the_code_names() -> None:
    """Every phrase that is said by its name is there."""
    assert asked_for() <= set(PHRASES)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_holes_are_filled(language: Language) -> None:
    """A hole is filled with what it is given, and braces in that are words, never holes."""
    assert "{year} 7 %" in say("council", language, target="{year} 7 %")


def test_missing_hole() -> None:
    """A hole that is not filled fails with its name."""
    with pytest.raises(KeyError, match="target"):
        say("council", "sv")


def test_missing_phrase() -> None:
    """A phrase that is not there fails with its key."""
    with pytest.raises(KeyError, match="no-such"):
        say("no-such", "sv")

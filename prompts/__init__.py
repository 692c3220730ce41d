"""The prompts: each a file with a head that declares its holes, and a part for the model's instructions and one for
what it is asked.

    holes: question, quotes
    ---
    You answer from quotes …
    ---
    {quotes} {question}
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HOLE = re.compile(r"\{(\w*)\}")


class PromptError(ValueError):
    """A prompt file that can't be used, or one filled wrongly; the message names the prompt and the hole."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as it stands in its file: the model's instructions, what it is asked, and the holes in both."""

    name: str
    instructions: str
    asked: str
    holes: frozenset[str]

    def filled(self, **values: str) -> tuple[str, str]:
        """Instructions and question with the holes filled; braces in what fills them mean nothing."""
        _same(self.name, "not declared", values.keys() - self.holes)
        _same(self.name, "not filled", self.holes - values.keys())
        return _fill(self.instructions, values), _fill(self.asked, values)


@cache
def prompt(name: str) -> Prompt:
    """The prompt of a file in this folder."""
    return parsed(name, (files("prompts") / f"{name}.txt").read_text("utf-8"))


def parsed(name: str, text: str) -> Prompt:
    """A prompt's file read; `PromptError` where its holes are not those that its head declares."""
    head, *parts = re.split(r"^---\n", text, flags=re.MULTILINE)
    declared = re.fullmatch(r"holes: ([\w, ]+)\n", head)
    if not declared or len(parts) != 2:
        raise PromptError(f"prompts/{name}.txt: write “holes: …”, and two parts that each begin after a line with ---")
    holes = {hole.strip() for hole in declared[1].split(",")}
    used = set(_HOLE.findall("".join(parts)))
    _same(name, "not declared", used - holes)
    _same(name, "nowhere in its text", holes - used)
    return Prompt(name, parts[0].strip(), parts[1].strip(), frozenset(holes))


def _same(name: str, trouble: str, holes: Set[str]) -> None:
    if holes:
        raise PromptError(f"prompts/{name}.txt: {', '.join(sorted(holes))}: {trouble}")


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda hole: values[hole[1]], text)

"""One turn of a conversation: what a person says after what they said before, and the plans that it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from retrieval.language.cues import asked
from retrieval.language.swedish import Language, language
from retrieval.question.leaning import leans
from retrieval.question.marks import unmarked
from retrieval.question.scope import (
    LAST_YEAR,
    NEXT_YEAR,
    THIS_YEAR,
    Chosen,
    Scope,
    begins,
    choose,
    of_document,
    other_years,
    year_moved,
    years_in_full,
)
from retrieval.store.known import Known


@dataclass(frozen=True, slots=True)
class Turn:
    """A text, the asker's earlier ones, oldest first, and the plans that are asked; `language` is what to answer in,
    None for the text's own; `points` says that what it is about was told in the turn before; `written` in what a part
    of a text is written, which is often too short to tell."""

    text: str
    history: Sequence[str]
    chosen: Chosen
    language: Language | None = None
    points: bool = False
    written: Language | None = None

    @property
    def leant_on(self) -> Turn | None:
        """The turn before, where this one leans on it."""
        return self.before if self.history and (self.points or leans(self.text, self.history[-1])) else None

    @property
    def before(self) -> Turn:
        """The turn before, of the same plans."""
        return replace(self, text=self.history[-1], history=self.history[:-1], points=False, written=None)

    def part(self, text: str, history: Sequence[str] = ()) -> Turn:
        """A part of this turn as one of its own, which by itself leans on none."""
        return replace(self, text=text, history=history, points=False, written=self.written or language(self.text))


def turn_of(text: str, history: Sequence[str], known: Sequence[Known], scope: Scope, today: date) -> Turn:
    """A text as a turn: of the plans that it names, else those of the question before where it leans on that."""
    text, *history = (years_in_full(each, known) for each in (text, *history))
    text = _dated(text, history, known, scope, today)
    chosen = choose(text, known, scope, today)
    if not (chosen.named or chosen.dated or chosen.missing) and history and leans(text, history[-1]):
        earlier = turn_of(history[-1], history[:-1], known, scope, today).chosen
        if earlier.named or (earlier.dated and not THIS_YEAR.search(text)):
            chosen = _beside(text, chosen, earlier)
    told = of_document(text, chosen)
    if told is not chosen and _BY.match(told.marks[0][0]) and len(told.groups) == 1:
        text = unmarked(text, told.marks[0])
    # "And what is Norrsjö's target?" names whose it is, and leaves what to the question before.
    of_whose = bool(history) and chosen.named and leans(unmarked(text, list(chain(*told.marks))), history[-1])
    return Turn(text, history, told, points=of_whose)


def _beside(text: str, own: Chosen, earlier: Chosen) -> Chosen:
    """The plans that the question before was about; where it named another's, and this sets that against the asker's
    own ("how much more is that than ours?"), both, and where it asks of that ("and ours?") that."""
    if not earlier.named or len(own.groups) != 1 or len(earlier.groups) != 1 or own.groups == earlier.groups:
        return earlier
    if "compare" in asked(text) and _THEIRS_AND_OURS.search(text) and not year_moved(text):
        return replace(earlier, groups=(*own.groups, *earlier.groups), marks=((), *earlier.marks))
    ours, theirs = (each.groups[0][0].description.organisation for each in (own, earlier))
    return own if ours != theirs and _OURS.search(text) else earlier


_THEIRS_AND_OURS = re.compile(
    r"\b(?:där|dem|deras|oss|vi|vår\w*|hos|skillnad\w*|skilj\w*|there|their\w*|them|they|we|us|ours?|differ\w*)\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:oss|vår|vårt|våra|us|ours?)\b", re.IGNORECASE)
_PLAN_OF_YEAR_BESIDE = re.compile(
    rf"(?:{LAST_YEAR.pattern}|{NEXT_YEAR.pattern}) (?:\w+ )?\w*plan(?:en)?\b", re.IGNORECASE
)
_BY = re.compile("enligt|according", re.IGNORECASE)  # what names only where to look, nothing to be looked for


def _dated(text: str, history: Sequence[str], known: Sequence[Known], scope: Scope, today: date) -> str:
    """A text with the number of the year that it names beside the question before's, where there is a plan of that
    year: "och året innan?"; or beside the current plan's, "förra årets plan"."""
    before_it = history[-1] if history and leans(text, history[-1]) else ""
    moved = year_moved(text) if before_it or _PLAN_OF_YEAR_BESIDE.search(text) else None
    rest = moved[0].sub(" ", text) if moved else ""
    if moved is None or "compare" in asked(rest) or (not before_it and THIS_YEAR.search(rest)):
        return text
    before = choose(before_it, known, scope, today).groups
    year = begins(before[0][0]) if len(before) == 1 else None
    if not year or all(begins(d) != year + moved[1] for d in other_years(known, before[0], year)):
        return text
    return moved[0].sub(str(year + moved[1]), text)

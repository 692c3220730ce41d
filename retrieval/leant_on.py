"""What was told before, and what leans on it though it does not say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from retrieval.beside import is_said
from retrieval.evidence.rank import Asked, Ranked
from retrieval.facts.measure import is_name
from retrieval.language.swedish import is_definite
from retrieval.one_plan import OnePlan
from retrieval.question.turn import Turn
from retrieval.reading import Reader
from retrieval.store.search import Concept, analysed


def told_before(turn: Turn, asked: Sequence[Asked], reader: Reader) -> Ranked | None:
    """What the turn before was answered with, where this one leans on it."""
    return _told(turn.leant_on, asked, reader)


def leaning(turn: Turn, asked: Sequence[Asked], reader: Reader) -> tuple[Turn, Ranked | None]:
    """The turn, as one that leans on the one before also where all it asks about is a thing that was told there ("who
    pays for the renovation?"); and what was told before, where it leans on that."""
    if not turn.history or turn.leant_on is not None or not (_DEFINITE.search(turn.text) or _COUNTED.match(turn.text)):
        return turn, told_before(turn, asked, reader)
    question = reader.understood(turn, asked)
    things = [c for c in question.concepts if c.weight >= 0.9]
    if not 1 <= len(things) <= _FEW or any(c.name for c in question.concepts) or question.dates or question.numbered:
        return turn, None
    told = _told(turn.before, asked, reader)
    if told is None:
        return turn, None
    held = dict(analysed(told.hit.entry.unit.words))
    points = len(things) < _FEW and all(_is_held(thing, held) for thing in things)
    # "How often are the members elected?" leans on what was told of a council, whatever is asked of them.
    of_it = [thing for thing in things if _is_definite(thing.words, turn.text)]
    if not points and len(of_it) == 1 and not is_name(of_it[0], told.asked.facts):
        points = _is_held(of_it[0], dict(_said_under(told)), whole=True)
    return (replace(turn, points=True), told) if points else (turn, None)


def _is_held(thing: Concept, held: Mapping[str, float], whole: bool = False) -> bool:
    least = _WHOLE if whole else _HELD
    return any(held.get(term, 0.0) * weight >= least for term, weight in thing.terms.items())


def _is_definite(words: str, text: str) -> bool:
    """True for what a text names as known: "ledamöterna", "the members"."""
    said = re.escape(words)
    return is_definite(words) or re.search(rf"\bthe {said}\b", text, re.I) is not None


def _said_under(told: Ranked) -> Iterator[tuple[str, float]]:
    """The index terms of the paragraphs under the heading that an entry stands under; of none where they are many."""
    path = told.hit.entry.unit.path
    units = {e.unit.key: e.unit.words for e in told.asked.searchable.entries if e.unit.path == path}
    return chain.from_iterable(map(analysed, units.values() if len(units) <= _PARAGRAPHS else ()))


_DEFINITE = re.compile(r"\b(?:the|this|that|those|these) \w|\w{3,}(?:en|et|an|na)\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?:hur många|how many) [^\W\d_]+\W*$", re.IGNORECASE)  # with no word of whose they are
_HELD, _WHOLE = 0.3, 0.9  # of a thing: its part of a compound; the thing itself
_FEW, _PARAGRAPHS = 3, 12


def _told(before: Turn | None, asked: Sequence[Asked], reader: Reader) -> Ranked | None:
    """What of the plan a turn is answered with first."""
    if before is None:
        return None
    before = reader.named(before)
    one = OnePlan(before, reader.understood(before, asked), asked, reader, told_before(before, asked, reader))
    draft, ranked = one.drafted()
    said = draft.statements[:1] if draft else ()
    return next((each for each in ranked if is_said(each, said)), next(iter(ranked), None))

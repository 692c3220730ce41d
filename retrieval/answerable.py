"""Whether a plan answers a question at all: what is ranked best covers it, has its form, and it is about this plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.describe import plain
from ingest.plan import TableRow
from retrieval.answer_types import Draft
from retrieval.forms import answers_form, denies, has_kind
from retrieval.question import Question
from retrieval.rank import LIKELY, Asked, Ranked, lacks_name, sure
from retrieval.search import Hit, terms_of
from retrieval.sides import miscounts

_DOUBTFUL = 0.45  # how likely an entry must be that lacks a part of what is asked about
# What is somebody's: "Norrby's budget", "does Norrby".
_OWNED = r"\b{name}(?:['’]s|s) [a-zåäö]|\b(?:in|i|hos|at|har|hade|does|did) {name}\b"
# A neighbour's name: "grannområdena Hamre och Ekstorp", "Hamres stadsdelsnämnd".
_NEIGHBOURS = r"\bgrann\w* (?:[A-ZÅÄÖ][\w-]+(?:, | och ))*{name}\b|\b{name}s? (?:stadsdels|kommun|stad\b)"


def is_enough(question: Question, best: Ranked, asked: Sequence[Asked]) -> bool:
    """True where an entry covers enough of the question to be its answer."""
    if (
        question.unknown_names
        or anothers(question, asked)
        or ("share" not in question.asks and miscounts(best, question))
    ):
        return False
    hit = best.hit
    likely = sure(best)
    if likely is not None:
        return likely >= (LIKELY if is_of_it(hit, question) else _DOUBTFUL)
    gains = list(zip(question.concepts, hit.by_concept, strict=True))
    if best.fit < 0.5 and any(c.name and c.weight > 1 and gain == 0 for c, gain in gains):
        return False
    telling = [(c, gain) for c, gain in gains if c.weight >= 0.5 and not c.name]
    if question.unknown and not any(gain > 0 for _, gain in telling):
        return False
    if question.written == "sv":
        # A noun that nothing knows is most likely the subject: one more word in common is not yet an answer.
        strange = any(c.words in question.unknown and gain == 0 for c, gain in telling)
        if strange and sum(gain > 0 for _, gain in telling) < 2:
            return False
    there = [share for c, share in zip(question.concepts, hit.shares, strict=True) if c.weight >= 0.5]
    if there and max(there) < 0.55 and best.fit < 1.0:  # nothing asked for is there but in parts of words, or far off
        return False
    return hit.coverage >= 0.25


def lacks_number(question: Question, ranked: Sequence[Ranked]) -> bool:
    """True where the row ranked first is one of several that a number tells apart ("level 4"), and the number that a
    question names is that of none."""
    numbers = [_numbers_after(question, each.hit.entry.unit.item) for each in ranked[:_SEVERAL]]
    asked = {number for _, number in _NUMBERED.findall(question.text)}
    return bool(numbers[0]) and not any(asked & each for each in numbers)


def _numbers_after(question: Question, item: object) -> set[str]:
    """The numbers in a row's name that stand after a word which a question names with a number too."""
    if not isinstance(item, TableRow):
        return set()
    words = {word for word, _ in _NUMBERED.findall(question.text)}
    before = [c for c in question.concepts if words & set(c.words.split())]
    return {n for word, n in _NUMBERED.findall(item.row) if any(c.is_in(terms_of(word)) for c in before)}


_NUMBERED = re.compile(r"([^\W\d_]{2,}) (\d{1,2})\b(?![-–,.:]\d)")
_SEVERAL = 12


def is_of_it(hit: Hit, question: Question) -> bool:
    """True unless an entry lacks a name that a question has, or one of the two where it asks who does something with
    something."""
    if lacks_name(hit, question):
        return False
    return "somebody" not in question.asks or all(
        share >= _HELD for concept, share in zip(question.concepts, hit.shares, strict=True) if concept.weight >= 0.9
    )


_HELD = 0.3  # of a concept: less is the part of a compound, or far off


def anothers(question: Question, asked: Sequence[Asked]) -> str | None:
    """Who else's a question asks about: "Norrby's net budget" in a plan that only works together with Norrby."""
    for one in asked:
        whose = plain(one.known.description.organisation or "")
        for found in re.finditer(r"\b([A-ZÅÄÖ][a-zåäöé]+?)(?:['’]s|s)?\b", question.text):
            name = found[1]
            if (
                re.search(_OWNED.format(name=name), question.text)
                and plain(name) not in whose
                and re.search(_NEIGHBOURS.format(name=name), one.searchable.plan.text)
            ):
                return name
    return None


def in_form(draft: Draft, question: Question, asked: Sequence[Asked]) -> Draft:
    """The draft if it counts what it lists, or has something of the kind asked for, and unless it is certain of the
    form that the question insists on too; else nothing of it."""
    if draft.counted:
        return draft
    by_document = {one.known.id: one for one in asked}
    for statement in draft.statements:
        of = [(by_document[r.document], r.span) for r in statement.support]
        quotes = [one.searchable.plan.text[span.start : span.end] for one, span in of]
        if "how_many" in question.asks and any(r.table for r in statement.support):
            quotes = []  # a row's cells say no more than the statement, and not what they are of
        words = " ".join([statement.text, *quotes])
        labels = " ".join((*statement.labels, *(r.table for r in statement.support if r.table)))
        year = next((one.facts.year for one, _ in of), None)
        formed = has_kind(words, question, labels) and (draft.certain or answers_form(words, question, year, labels))
        if formed or denies(words, question):
            return draft
    return replace(draft, statements=())

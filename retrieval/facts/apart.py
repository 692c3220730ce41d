"""What answers from two plans say of one kind, told apart: figures of what a question names, and how they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.source import Span
from ingest.values import number_in
from retrieval.evidence.lookup import percentage_points, places, shown_like
from retrieval.language.dates import NUMBERS, number_of
from retrieval.language.sentences import sentences_in
from retrieval.language.swedish import stem, terms
from retrieval.question.question import Question
from retrieval.store.search import terms_of


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a quote has of what a question names: its number, as written in digits, and what it counts."""

    number: Decimal
    written: str
    word: str
    per: str = ""
    quote: int = 0


@dataclass(frozen=True, slots=True)
class Apart:
    """Two figures of one kind that two answers have, in which of their quotes, and how far they are apart."""

    first_is_more: bool
    difference: str
    formula: str
    quotes: tuple[int, int]


def figures_apart(question: Question, one: Sequence[str], other: Sequence[str]) -> Apart | None:
    """How far apart the figures are that two answers' quotes have of what a question names ("13 ledamöter" and "elva
    ledamöter"), or of its price or time; None where it is not sure that they are of one kind."""
    found = figures_alike(question, [one, other])
    if found is None or found[0].number == found[1].number:
        return None
    a, b = found
    more, less = (a, b) if a.number > b.number else (b, a)
    value = shown_like(more.number - less.number, max(a.written, b.written, key=places))
    word = percentage_points(value, question.language) if a.word in ("%", "procent") else b.word
    difference = value if value == "1" and not _UNIT.fullmatch(word) else f"{value} {word}"
    return Apart(more is a, difference, f"{more.written} − {less.written}", (a.quote, b.quote))


def figures_alike(question: Question, answers: Sequence[Sequence[str]]) -> list[Figure] | None:
    """The figure that each of some answers has of one and the same kind: first what a question names is counted, then
    a price, a time or a share in the sentence that is most about it. None where it is not sure."""
    counted = [_counted_first(quotes, question) for quotes in answers]
    measured = [_measured(quotes[0], question) if quotes else {} for quotes in answers]
    for found in (counted, measured):
        common = [kind for kind in found[0] if all(kind in each for each in found)]
        if common:
            alike = [each[common[0]] for each in found]
            return alike if len(common) == 1 and len({each.per for each in alike if each.per}) < 2 else None
    return None


_WORDS = "|".join(sorted((word for word, n in NUMBERS.items() if n > 1 and " " not in word), key=len, reverse=True))
_NUMBER = rf"(?<![\w.,–-])(?:\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+|\d+(?:,\d+)?|{_WORDS})(?![\w,–-])"
_COUNTED = re.compile(rf"({_NUMBER})\s+([^\W\d_]{{2,}})(?:\s+([^\W\d_]{{2,}}))?", re.IGNORECASE)
# What comes to a number that nothing is named after: "antalet båtar ökar till åtta."
_COMES_TO = re.compile(rf"((?:[^\W\d_]+\s+){{1,5}})({_NUMBER})(?=\s*(?:[.,;:)]|$))", re.IGNORECASE)
_UNIT = re.compile(
    r"%|procent|kr|kronor|mnkr|tkr|(?:arbets|kalender)?(?:dag|dygn|veck|månad|timm|minut)\w*|gram|[kmg]wh",
    re.IGNORECASE,
)
_MEASURED = re.compile(rf"({_NUMBER})\s*({_UNIT.pattern})(?:\s+(?:per|i)\s+(\w+))?(?!\w)", re.IGNORECASE)
_QUOTES = 3  # quotes of an answer that are looked at for what is counted


def _counted_first(quotes: Sequence[str], question: Question) -> dict[str, Figure]:
    """What the first of an answer's quotes counts that counts anything the question names."""
    found = (
        {kind: replace(figure, quote=n) for kind, figure in _counted(quote, question).items()}
        for n, quote in enumerate(quotes[:_QUOTES])
    )
    return next(filter(None, found), {})


def _counted(quote: str, question: Question) -> dict[str, Figure]:
    """The figures of the first sentence of a quote that counts anything the question names, by what they count; those
    of a kind that it has twice are not told apart."""
    wanted = _wanted(question, quote)
    for sentence in _sentences(quote):
        found: dict[str, list[Figure]] = {}
        for each in _COUNTED.finditer(sentence):
            number, *words = each.groups("")
            if named := next((word for word in words if _is_named(word, wanted)), None):
                found.setdefault(stem(named.casefold()), []).append(_figure(number, named))
        for each in _COMES_TO.finditer(sentence) if not found else ():
            if named := next((word for word in each[1].split() if _is_named(word, wanted)), None):
                found.setdefault(stem(named.casefold()), []).append(_figure(each[2], named))
        if found:
            return _single(found)
    return {}


def _measured(quote: str, question: Question) -> dict[str, Figure]:
    """The prices, times and shares of the sentences of a quote that name something of the question's, those that name
    most first; those of a unit that a sentence has twice are not told apart."""
    wanted = _wanted(question, quote)
    about = [(len(wanted & terms_of(sentence)), sentence) for sentence in _sentences(quote)]
    best: dict[str, list[Figure]] = {}
    for _, sentence in sorted((each for each in about if each[0]), key=lambda each: -each[0]):
        found: dict[str, list[Figure]] = {}
        for each in _MEASURED.finditer(sentence):
            number, unit, per = each.groups("")
            kind = {"kronor": "kr", "procent": "%"}.get(unit.casefold(), stem(unit.casefold()))
            found.setdefault(kind, []).append(replace(_figure(number, unit), per=stem(per.casefold())))
        best = found | best
    return _single(best)


def _single(found: dict[str, list[Figure]]) -> dict[str, Figure]:
    return {kind: each[0] for kind, each in found.items() if len(each) == 1}


def _sentences(quote: str) -> list[str]:
    return [quote[span.start : span.end] for span in sentences_in(quote, (Span(0, len(quote)),))]


def _wanted(question: Question, quote: str) -> set[str]:
    """The terms of what a question names, those of several words where a quote has them all."""
    there = terms_of(quote)
    concepts = [c for c in question.concepts if c.weight >= 0.5]
    phrases = [phrase for c in concepts for _, phrase in c.phrases if there.issuperset(phrase)]
    single = {term for c in concepts for term, weight in c.terms.items() if weight >= 0.6}
    return single.union(*phrases)


def _is_named(word: str, wanted: set[str]) -> bool:
    return not _UNIT.fullmatch(word) and any(term in wanted for term, weight in terms(word) if weight >= 0.5)


def _figure(written: str, word: str) -> Figure:
    """A figure written in digits or as a word."""
    number = number_in(written) or Decimal(number_of(written))
    return Figure(number, written if written[0].isdigit() else str(number), word)

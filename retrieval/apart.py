"""What a message asks of each of several plans: the words that name a plan or a year taken from those that ask.

And what two answers then say of one kind, told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.values import number_in
from retrieval.lookup import places, shown_like
from retrieval.question import Question, asked, clauses
from retrieval.rank import MONEY
from retrieval.scope import AGAINST_YEAR, LAST_YEAR
from retrieval.sides import is_telling
from retrieval.swedish import STOP_WORDS, spans, terms


def year_against(question: Question, year: int | None) -> int | None:
    """The other year that a question sets a plan's against, by its number or as "last year"; None for none."""
    if year is None or "compare" not in question.asks:
        return None
    others = [each for each in question.years if each != year]
    return others[0] if others else year - 1 if LAST_YEAR.search(question.text) else None


_YEARS_NAMED = re.compile(
    rf"{AGAINST_YEAR.pattern}|\b(?:(?:sedan|sen|since|från|from|än|than|mot|to|till|mellan|between) )?"
    rf"(?:(?:19|20)\d\d\b|{LAST_YEAR.pattern})",
    re.IGNORECASE,
)


def undated(question: Question) -> Question:
    """A question without the years that it names: what it is about, to be found in any plan."""
    named = {word for found in _YEARS_NAMED.finditer(question.text) for word in [found[0], *found[0].split()]}
    concepts = [c for c in question.concepts if c.words not in named]
    text, about = (re.sub(r"\s+", " ", _YEARS_NAMED.sub(" ", words)) for words in (question.text, question.about))
    return replace(question, text=text, about=about, concepts=tuple(concepts), years=())


@dataclass(frozen=True, slots=True)
class Part:
    """What a message asks of one of the plans it is about, without what names the plan, that with its year, and the
    clause before that it leans on, "" for none."""

    about: str
    text: str
    after: str = ""


def asked_apart(text: str, marks: Sequence[Sequence[str]]) -> list[Part]:
    """What a message asks of each of several plans, without the words that name them: each in the clause that names it,
    or the same of all. `marks` are those words, plan by plan."""
    every = [mark for each in marks for mark in each]
    pieces = clauses(text)
    bare = [_CHANGED.sub(" ", unmarked(piece, every)) for piece in pieces]
    first = next((piece for piece in bare if _says_something(piece)), unmarked(text, every))
    parts = []
    for own in marks:
        others = [mark for mark in every if mark not in own]
        n = next((n for n, piece in enumerate(pieces) if _has(piece, own) and not _has(piece, others)), None)
        about, after = first, ""
        if n is None:
            about = " ".join(piece for piece in bare if _says_something(piece)) or first
        elif bare[n] != first and (_says_something(bare[n]) or _kind_of(bare[n]) - _kind_of(first)):
            about, after = bare[n], first
        year = next((mark for mark in own if mark.isdigit()), "")
        parts.append(Part(about, f"{about} {year}".strip(), after))
    return parts


_CHANGED = re.compile(r"\s*\b(?:förändra\w*|ändra[dst]\w*|changed?)\b", re.IGNORECASE)


def _has(piece: str, marks: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(mark)}\b", piece) for mark in marks)


def _kind_of(text: str) -> frozenset[str]:
    """What kind of thing a text asks for, of those that an answer is told by."""
    return asked(text) & {"target", "council", "activities", "who", "when", "why", "price", *MONEY}


_BEFORE_MARK = (
    r"(?:\b(?:and|och|or|eller|respektive|vs\.?|versus|i|in|hos|at|for|för|år|year|of|av|from|från|to|till) )*"
)


def unmarked(text: str, marks: Sequence[str]) -> str:
    """A text without the words that name plans, and what joined them to it."""
    for mark in sorted(marks, key=len, reverse=True):
        text = re.sub(rf"{_BEFORE_MARK}\b{re.escape(mark)}(?:['’]?s)?\b", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+", " ", re.sub(r"\s+([,.?!:;])", r"\1", text))
    return re.sub(r"^(?:[\s,.:;?!–-]|(?:och|and|samt|men|but)\b)+|[\s,:;–-]+$", "", text)


def _says_something(text: str) -> bool:
    """True where a text names what it asks about, not only how it asks."""
    words = [token.text for token in spans(text) if token.text not in STOP_WORDS]
    return any(len(word) > 2 and is_telling(word) for word in words)


@dataclass(frozen=True, slots=True)
class Apart:
    """Two figures of one kind that two quotes have, and how far they are apart."""

    first_is_more: bool
    difference: str
    formula: str


def figures_apart(question: Question, one: str, other: str) -> Apart | None:
    """How far apart the figures are that two quotes have of what a question names ("13 ledamöter" and "11 ledamöter"),
    or of its price; None where it is not sure that they are of one kind."""
    a, b = (_figures_of(quote, question) for quote in (one, other))
    common = [kind for kind in a if kind in b]
    if len(common) != 1 or a[common[0]] == b[common[0]]:
        return None
    (_, first), (word, second) = a[common[0]], b[common[0]]
    numbers = [number_in(written) for written in (first, second)]
    if numbers[0] is None or numbers[1] is None or numbers[0] == numbers[1]:
        return None
    high, low = (first, second) if numbers[0] > numbers[1] else (second, first)
    value = shown_like(abs(numbers[0] - numbers[1]), max(first, second, key=places))
    return Apart(numbers[0] > numbers[1], f"{value} {word}", f"{high} − {low}")


_COUNTED = re.compile(r"(?<![\d.,–-])(\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d+(?:,\d+)?)\s+([A-Za-zåäöÅÄÖ]{2,})")


def _figures_of(quote: str, question: Question) -> dict[str, tuple[str, str]]:
    """The figures of a quote by what they count, where the question names that or asks for a price; those of a kind
    that the quote has twice are not told apart."""
    wanted = {term for c in question.concepts if c.weight >= 0.5 for term, weight in c.terms.items() if weight >= 0.6}
    found: dict[str, list[tuple[str, str]]] = {}
    for number, word in _COUNTED.findall(quote):
        price = bool(re.fullmatch(r"kr|kronor|mnkr|tkr", word)) and bool(question.asks & {"price", *MONEY})
        if price or wanted & {term for term, weight in terms(word) if weight == 1.0}:
            found.setdefault("kr" if word == "kronor" else word.casefold(), []).append((word, number))
    return {kind: each[0] for kind, each in found.items() if len(each) == 1}

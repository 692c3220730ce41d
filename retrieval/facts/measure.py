"""Whether figures of a table are those that a question asks to have set against one another.

A difference, a share or a sum of figures that it does not ask for misleads more than none at all: rows may have a word
in common with it and be of another measure. So all that it names must be said of the rows, by their names or by what
stands over them; and they must be sums of money, counts or rates as it asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from ingest.plan import TableRow
from retrieval.evidence.lookup import TOTAL, Facts, headers_of, is_money, name_of, title_of
from retrieval.evidence.rank import MONEY
from retrieval.evidence.tables import table_of
from retrieval.facts.arithmetic import Value
from retrieval.language.cues import turns
from retrieval.language.dates import is_moment
from retrieval.language.direction import tends
from retrieval.language.swedish import STOP_WORDS, parts, root, stem, terms, tokens
from retrieval.question.question import Question
from retrieval.question.scope import LAST_YEAR
from retrieval.store.search import Concept, terms_of

IN_PERCENT = re.compile(r"%|\bprocent\w*|\bpercent\w*|\bper cent\b|\b(?:relativt|proportion\w*)", re.IGNORECASE)


def is_asked(values: Sequence[Value], question: Question) -> bool:
    """True where all that a question names is said of some values, and each is of the kind that it asks for."""
    texts = [text for value in values for text in _said_of(value)]
    rates = [of for of in _RATES if re.search(rf"\bper (?:{of})", question.text, re.IGNORECASE)]
    return (
        all(is_of_kind(value, question) for value in values)
        and is_told(question, texts)
        and all(re.search(of, " ".join(texts), re.IGNORECASE) for of in rates)
    )


def is_told(question: Question, texts: Sequence[str]) -> bool:
    """True where texts say all that a question names beside when and which way it goes: by the word, by all that it is
    put together of ("portionspris": a portion's price), or by its verb."""
    return not _untold(question, texts)


def _untold(question: Question, texts: Sequence[str]) -> list[Concept]:
    """What a question names beside when and which way it goes of which some texts say nothing."""
    held = terms_of(*texts, least=_PART)
    how = (LAST_YEAR.fullmatch, _HOW.fullmatch, tends, kinds_of)
    things = (c for c in question.things if not (is_moment(c.words) or any(said(c.words) for said in how)))
    untold = [c for c in things if len(c.words) >= _SHORTEST and not c.is_in(held) and not _is_made_of(c.words, held)]
    glossed = _glossed(question, untold)
    return [thing for thing in untold if not any(thing.words in said for said in glossed)]


def is_named(value: Value, question: Question) -> bool:
    """True where a question says a row's whole name, asks for a value of its kind, and names nothing else that the plan
    calls anything by: what it says besides is how it puts it."""
    untold = _untold(question, _said_of(value))
    return (
        not unsaid(value.row, question.concepts)
        and is_of_kind(value, question)
        and not any(is_name(thing, value.facts) for thing in untold)
    )


def is_name(thing: Concept, facts: Facts) -> bool:
    """True for what a heading, an indicator or a row of a plan is called by, alone or among other words."""
    return any(thing.is_in(terms_of(name)) for name in facts.plan.names)


def _glossed(question: Question, untold: Sequence[Concept]) -> list[str]:
    """What a question says in other words next to it, of which all is told: "rowing boats (roddbåtar)"."""
    glosses = ((found["said"], found["gloss"] or found["other"]) for found in _GLOSS.finditer(question.text))
    return [said for said, gloss in glosses if not any(thing.words in gloss for thing in untold)]


_GLOSS = re.compile(r"(?P<said>(?:\w+ ){0,2}\w+) ?(?:\((?P<gloss>[^)]+)\)|/ ?(?P<other>(?:\w+ )?\w+))")


def _is_made_of(word: str, held: Set[str]) -> bool:
    word = stem(word.casefold())
    made = {stem(part) for part in parts(word)}
    ends = ((a, b) for a in held if word.startswith(a) for b in held if word.endswith(b))
    joined = any(0 <= len(word) - len(a) - len(b) <= _LINK for a, b in ends)
    return joined or (bool(made) and made <= held) or root(stem(word)) in held


_HOW = re.compile(
    r"årets|against|mot|above|below|över|under|pay(?:s|ing)?|paid|betala\w*|spen[dt]\w*|lägg\w*|lagt|satsa\w*"
    r"|cost(?:s|ing)?|kosta\w*|ended|slutade|hamnade|landade",
    re.I,
)
_PART = 0.4  # of a word that is a part of another
_SHORTEST, _LINK = 3, 1  # letters: of what may name a thing, between two words of a compound


def kinds_of(words: str) -> set[str]:
    """Which kinds of column some words say: what is planned, forecast, or was."""
    return {kind for kind, said in _KINDS.items() if said.search(words)}


# What the columns of a row tell beside one another of one year.
_KINDS = {
    kind: re.compile(rf"\b(?:{said})", re.IGNORECASE)
    for kind, said in {
        "plan": r"vp\b|verksamhetsplan|budget|plan\b", "outcome": r"vb\b|bokslut|utfall|verklig|outcome|actual|outturn",
        "forecast": "prognos|forecast", "average": "snitt|genomsnitt|average", "october": "okt|oct",
    }.items()
}  # fmt: skip


def _said_of(value: Value) -> tuple[str, ...]:
    """What names a value: its row, all that stands over it, its unit, and what its table adds up ("Visits, total")."""
    units = (cell.written or "" for cell in value.row.cells if cell.column.casefold() == "enhet")
    return (
        value.row.row, *headers_of(value.row), value.facts.plan.path(value.row.origin.section), value.cell.unit or "",
        *units, *(row.row for row in table_of(value.facts, value.row) if TOTAL.match(row.row)),
    )  # fmt: skip


def is_of_kind(value: Value, question: Question) -> bool:
    """False for money where a question asks how many, for a count where it asks what something costs, and for a change
    in turnover where it does not ask for that."""
    asks, money = question.asks, is_money(value.cell)
    if _TURNOVER.search(f"{value.row.table} {value.cell.column}") and not _TURNOVER.search(question.text):
        return False
    if money:
        return "how_many" not in asks or bool(asks & MONEY) or IN_PERCENT.search(question.text) is not None
    return not _COSTS.search(question.text)


# How an area's costs and revenue both grow beside its frame: no part of what it gets.
_TURNOVER = re.compile(r"omslutning|turnover", re.IGNORECASE)
_COSTS = re.compile(r"\b(?:dyr|billig|kosta[rd]?|cheap|expensive|costs?\b|pris\w*|price)", re.IGNORECASE)
# What something is told for each of: "per dygn", "per child".
_RATES = ("dygn|dag|day|night", "månad|month", "vecka|week", "timm|hour", "barn|child", "elev|pupil", "portion|plats")


def unsaid(row: TableRow, concepts: Sequence[Concept]) -> tuple[str, ...]:
    """The words of a row's name that some concepts say nothing of, or a part of alone: the row is of a part of what
    they name, or of another thing. A total is named as its table is."""
    name = (_SUM.sub("", name_of(row)) or title_of(row.table)) if TOTAL.match(row.row) else name_of(row)
    said = {term for concept in concepts for term, weight in concept.terms.items() if weight >= _SAID}
    said |= {term for concept in concepts for _, phrase in concept.phrases for term in phrase}
    words = (word for word in tokens(name) if word not in STOP_WORDS and not turns(word) and not is_moment(word))
    return tuple(w for w in words if w != "varav" and not any(t in said and much >= _WHOLLY for t, much in terms(w)))


_SUM = re.compile(r"^(?:summa|totalt?)\b\s*|\s*\btotalt$", re.IGNORECASE)
_SAID, _WHOLLY = 0.3, 0.6  # of a concept; of a word, more than a part of a compound

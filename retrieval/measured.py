"""What is asked how much of by a name of its own (sick leave, rent, a queue), and whether an entry tells that: how many
children a preschool has is not its sick leave."""

from __future__ import annotations

import re

from ingest.plan import TableRow
from retrieval.evidence.rank import MONEY, Ranked
from retrieval.facts.measure import unsaid
from retrieval.lacking import HELD
from retrieval.language.cues import Asks
from retrieval.question.question import Question
from retrieval.store.search import terms_of

FIGURES: frozenset[Asks] = frozenset(("number", "how_many", "share", "outcome"))
# What a row may answer though its table says nothing of what is asked: money, all or some of its kind.
_OTHERWISE: frozenset[Asks] = MONEY | {
    "price", "fee", "cost", "compare", "largest", "smallest", "share", "list", "activities", "sum", "why", "where",
    "age",
}  # fmt: skip
_MEASURES = (
    r"(?:kort(?:tids)?)?(?:sjuk)?(?:frånvaro|skrivning)\w*", r"(?:short-term )?(?:sick leave|sickness absence|absence)",
    r"nöjda|nöjdhet\w*|satisfied|satisfaction|happy", r"svarsfrekvens\w*|response rate",
    r"personalomsättning\w*|staff turnover", r"hyran?|hyreskostnad\w*|rent", r"yta|area|kvadratmeter|square metres",
    r"kön?|queue|waiting list", r"underskott|överskott|deficit|surplus", r"matsvinn\w*|food waste",
)  # fmt: skip
_HOW_MUCH = (
    r"hur (?:stora?t?|höga?t?|lång|mycket|många procent)", r"vad (?:är|var|blir)", "vilken|hade|års|betala i|är",
    r"andel(?:en)?|procent|antal(?:et)?", r"what(?:['’]s| is| was| will)?", "are|is|was",
    r"how (?:big|large|high|long|much|many)", "hur|how",
    r"mål(?:et)?(?: \w+){0,2} (?:för|på)", r"targets?(?: \w+){0,2} for",
)  # fmt: skip
_MEASURED = re.compile(
    rf"(?:^|[,:–-] |\b(?:{'|'.join(_HOW_MUCH)}) )(?:the |our |an? |total\w* )*\b({'|'.join(_MEASURES)})\b",
    re.IGNORECASE,
)
# What a figure is divided by, which no sum tells.
_PER_HEAD = re.compile(
    r"\b(?:per|varje|each) (invånare|kvadratmeter|kvm|elev|inhabitant|resident|capita|pupil)\b", re.IGNORECASE
)
# Said of people in many ways, so that only a row is asked for it.
_STAFF = re.compile(
    r"\b(?:hur många|antal(?:et)?|how many(?: people)?|number of) "
    r"(jobbar|arbetar|anställda|medarbetare|works?|employees|staff)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:vad|vilket|what) (?:är|is|blir|har|are) (?:\w+ ){0,2}?(?:års)?(?:mål(?:et|en)?|targets?)\b", re.IGNORECASE
)
_OF_TARGETS = re.compile("mål|tak|norm|nivå|budget|plan", re.IGNORECASE)
_AGED = re.compile(r"\d|åring|year[- ]old", re.IGNORECASE)  # a column has it in digits: "4-5 år"


def is_of_other_measure(best: Ranked, question: Question) -> bool:
    """True where an entry tells nothing of what a question asks how much of; nor is the row of a thing an answer that
    has no target where that is asked for, or names something else too, of which its table tells nothing."""
    if question.before:
        return False
    if _lacks(_MEASURED, best, question) or _lacks(_PER_HEAD, best, question):
        return True
    row = best.hit.entry.unit.item
    if not isinstance(row, TableRow):
        return False
    if _TARGET.search(question.text):
        return not _OF_TARGETS.search(" ".join((row.row, row.table, *(cell.column for cell in row.cells))))
    return _lacks(_STAFF, best, question) or _is_of_named_alone(row, best, question)


def _lacks(measured: re.Pattern[str], best: Ranked, question: Question) -> bool:
    """True where a question asks how much of something, and an entry has nothing of that."""
    asked = measured.search(question.text)
    held = zip(question.concepts, best.hit.shares, strict=True)
    return asked is not None and any(asked[1] in concept.words and share < HELD for concept, share in held)


def _is_of_named_alone(row: TableRow, best: Ranked, question: Question) -> bool:
    """True where a question asks a figure, says all that a row is called, and something else that nothing of its table
    says."""
    if not question.asks & FIGURES or question.asks & _OTHERWISE or unsaid(row, question.concepts):
        return False
    name = terms_of(row.row, row.parent or "", least=0.5)
    held = [(c, share) for c, share in zip(question.concepts, best.hit.shares, strict=True) if c in question.things]
    others = [(concept, share) for concept, share in held if not concept.is_in(name)]
    if not others or len(others) == len(held):
        return False
    return all(share < HELD and not _AGED.search(concept.words) for concept, share in others)

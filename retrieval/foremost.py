"""What comes first of what is ranked, whatever its rank: the sentence that says otherwise than a question takes for
granted, and the one that tells what a thing is, where that is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.plan import TableRow
from retrieval.cues import Asks
from retrieval.forms import contradicts
from retrieval.lookup import TOTAL
from retrieval.question import Question
from retrieval.rank import Ranked
from retrieval.search import analysed

_AMONG, _NEAR, _NEARER = 15, 0.6, 0.75  # how far down, and how near to the first by its score, a sentence is taken
_SUBJECT = 4  # words of a sentence that its subject is among: "Verktyget Norrkollen, …", "En resultatenhet får …"
_PREPOSITION = re.compile(r"\b(?:för|i|på|av|om|till|från|inom|genom|med|vid|mot|under)\b", re.IGNORECASE)
_WHOLE = 0.9  # of a thing
_SURELY = 1.0  # how fully such a sentence is about what is asked
_ALSO: frozenset[Asks] = frozenset(("meaning", "yes_no", "list"))


def foremost_first(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is ranked, before it all what says otherwise, explains, or counts all there are, where something does."""
    near = [r for r in ranked[:_AMONG] if r.score >= _NEAR * ranked[0].score]
    total = next((each for each in near if _is_total(question, each)), None)
    near = [each for each in near if each.hit.kind == "passage"]
    told = next((each for each in near if contradicts(each.hit.entry.words, question)), total)
    named = []
    if told is None and "meaning" in question.asks and not question.asks - _ALSO and question.things:
        named = [each for each in near if _names(question, each)]
        told = next((each for each in named if _is_subject(question, each)), None)
    if told is not None:
        strange = question.unknown or question.unknown_names
        others = (each for each in ranked if each is not told)
        return [told if strange else replace(told, fit=_SURELY), *others]
    nearer = next((each for each in named if each.score >= _NEARER * ranked[0].score), ranked[0])
    return list(ranked) if ranked[0] in named else [nearer, *(each for each in ranked if each is not nearer)]


def _is_total(question: Question, each: Ranked) -> bool:
    """True where an entry is the total of a table with a column of what a question asks how many there are of."""
    row, things = each.hit.entry.unit.item, question.things
    if "how_many" not in question.asks or not isinstance(row, TableRow) or len(things) != 1 or not TOTAL.match(row.row):
        return False
    columns = (cell.column for cell in row.cells if cell.number is not None)
    return any({term for term, weight in analysed(column) if weight == 1.0} <= things[0].meant for column in columns)


def _names(question: Question, each: Ranked) -> bool:
    """True where an entry holds each thing that a question names."""
    held, things = zip(question.concepts, each.hit.shares, strict=True), question.things
    return all(share >= _WHOLE for concept, share in held if concept in things)


def _is_subject(question: Question, each: Ranked) -> bool:
    """True where a sentence begins with each thing that a question names."""
    begins = dict(analysed(" ".join(_PREPOSITION.split(each.hit.entry.words)[0].split()[:_SUBJECT])))
    return all(any(begins.get(term, 0.0) >= _WHOLE for term in thing.meant) for thing in question.things)

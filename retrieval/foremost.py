"""What comes first of what is ranked, whatever its rank: the sentence that says otherwise than a question takes for
granted, and the one that tells what a thing is, where that is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from ingest.plan import Passage, TableRow
from retrieval.answer_types import Reference, Statement
from retrieval.cues import Asks
from retrieval.direction import Way, moves, tends
from retrieval.forms import awaits, contradicts, ends, has, is_denial
from retrieval.lookup import TOTAL, is_money, name_of, tells_net
from retrieval.question import Question
from retrieval.rank import MONEY, NEAR, Ranked
from retrieval.search import analysed, terms_of

_AMONG = 15  # how far down a sentence is taken
_SUBJECT = 4  # words of a sentence that its subject is among: "Verktyget Norrkollen, …", "En resultatenhet får …"
_PREPOSITION = re.compile(r"\b(?:för|i|på|av|om|till|från|inom|genom|med|vid|mot|under)\b", re.IGNORECASE)
_WHOLE = 0.9  # of a thing
_ALSO: frozenset[Asks] = frozenset(("meaning", "yes_no", "list"))


def foremost_first(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is ranked, before it all what says otherwise, counts all there are, or explains, where something does."""
    near = [each for each in ranked[:_AMONG] if each.score >= NEAR * ranked[0].score]
    sentences = [each for each in near if each.hit.kind == "passage"]
    otherwise = (each for each in sentences if contradicts(each.hit.entry.words, question))
    # What is applied for is often named in the heading alone.
    awaiting = (each for each in ranked[:_AMONG] if _awaits(each, question) and _is_beside(each, ranked[0]))
    totals = (each for each in near if _is_total(question, each))
    explaining = (each for each in sentences if _explains(question, each))
    return _foremost(next(chain(otherwise, awaiting, totals, explaining), None), ranked)


def turned_first(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is ranked, before it the sentence that says of what a question asks why it rises that it falls or stays."""
    asked = tends(question.text)
    if "why" not in question.asks or len(asked) != 1:
        return list(ranked)
    near = (each for each in ranked[:_AMONG] if each.hit.kind == "passage" and each.score >= NEAR * ranked[0].score)
    telling = [each for each in near if _ways(each) and _is_priced(each, question)]
    best = max(telling, key=lambda each: _held(question, each), default=None)
    turned = best is not None and _held(question, best) >= _HALF and not asked & _ways(best)
    return _foremost(best if turned else None, ranked)


def ended(question: Question, ranked: Sequence[Ranked]) -> Ranked | None:
    """The sentence that says of what a question names that it is no longer, or not yet; None for none."""
    return next((e for e in ranked[:_AMONG] if e.hit.kind == "passage" and ends(e.hit.entry.words, question)), None)


def denied_beside(question: Question, chosen: Ranked, ranked: Sequence[Ranked]) -> Ranked | None:
    """The sentence, nearly as likely as what was chosen, that says that something is not so, and names half of what a
    question does and of that what the chosen one does not: what the question takes for granted may be wrong."""
    if question.asks & _OF_SEVERAL:
        return None
    near = (each for each in ranked[:_AMONG] if each.hit.kind == "passage" and each.score >= _NEAR * chosen.score)
    denials = (each for each in near if is_denial(each.hit.entry.words) and _held(question, each) >= _HALF)
    return next((each for each in denials if _names_more(each, chosen)), None)


def heading_telling_who(question: Question, best: Ranked) -> Statement | None:
    """The goal that what answers stands under, where it begins with who does what a question asks who does: "The staff
    office raises the share who answer the survey"; None for none."""
    item = best.hit.entry.unit.item
    if "who" not in question.asks or not isinstance(item, Passage) or item.origin.section is None:
        return None
    facts, number = best.asked.facts, item.origin.section
    sections = facts.plan.sections
    for n in (number, sections[number].parent):
        title = sections[n].title if n is not None and sections[n].label else ""
        acts = title and has("somebody", title.split()[0], question)
        things, held = question.things, terms_of(title, least=_NAMED)
        if n is not None and acts and things and sum(not t.is_in(held) for t in things) <= len(things) // _MANY:
            return Statement(title, (Reference(facts.document, sections[n].span, facts.plan.path(n)),))
    return None


def _awaits(each: Ranked, question: Question) -> bool:
    return each.hit.kind == "passage" and awaits(each.hit.entry.words, question)


def _names_more(one: Ranked, other: Ranked) -> bool:
    """True where an entry names a thing that a question does, and another one does not."""
    both = zip(one.question.concepts, one.hit.shares, other.hit.shares, strict=True)
    return any(a >= _WHOLE and b < _NAMED for c, a, b in both if c in one.question.things)


_OF_SEVERAL: frozenset[Asks] = frozenset(("list", "activities", "largest", "smallest", "how_many", "number"))


def _held(question: Question, each: Ranked) -> float:
    """The part of the things that a question names, beside which way they go, which an entry or its heading names."""
    things = [thing for thing in question.things if not tends(thing.words)]
    held = [s >= _NAMED for c, s in zip(question.concepts, each.hit.shares, strict=True) if c in things]
    return sum(held) / len(held) if held else 0.0


def _is_priced(each: Ranked, question: Question) -> bool:
    """True unless a question asks of a price, and an entry says nothing of any."""
    return not question.asks & _PRICED or _PRICE.search(each.hit.entry.words) is not None


def _ways(each: Ranked) -> set[Way]:
    """Which ways an entry says that something goes, not only names as done: "minskningen stannar vid 0,4 mnkr"."""
    return moves(_NAMED_AS_DONE.sub(" ", each.hit.entry.words))


_NAMED_AS_DONE = re.compile(r"\w+ning(?:en|ar|arna)?\b", re.IGNORECASE)
_PRICED: frozenset[Asks] = frozenset(("fee", "price", "costs"))
_PRICE = re.compile(r"avgift|taxa|pris|kost|hyra|kronor", re.IGNORECASE)
_NEAR = 0.75  # of the score of what is told first
_MANY = 3  # things of which one may be said in other words
_NAMED, _HALF = 0.5, 0.5  # of a thing, in a heading it is a little more; of all things


def _foremost(told: Ranked | None, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is ranked, one of it first, as what is surely about what is asked."""
    return list(ranked) if told is None else [replace(told, fit=1.0), *(each for each in ranked if each is not told)]


def budget_first(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is ranked, but for a question of money or of a change, of rows with one name the one that tells a net before
    that of a table without any, which is of something else of the same area ("Omslutningsförändringar") that the
    question does not name."""
    found = list(ranked)
    if not question.asks & _OF_BUDGET or "how_many" in question.asks:
        return found
    near = [each for each in ranked[:_AMONG] if each.score >= NEAR * ranked[0].score]
    rows = [(each, item) for each in near if isinstance(item := each.hit.entry.unit.item, TableRow)]
    for n, (each, row) in enumerate(rows):
        if tells_net(row) or not _is_of_money(row) or _names_table(question, row):
            continue
        for other, net in rows[n + 1 :]:
            if tells_net(net) and name_of(net).casefold() == name_of(row).casefold() and other in found:
                found.remove(other)
                found.insert(found.index(each), replace(other, score=each.score))
                break
    return found


_OF_BUDGET: frozenset[Asks] = MONEY | {"compare"}


def _is_of_money(row: TableRow) -> bool:
    return all(is_money(cell) for cell in row.cells if cell.number is not None)


def _names_table(question: Question, row: TableRow) -> bool:
    """True where a question names what a row's table is of, beside the row's own name."""
    held = terms_of(row.table, least=_WHOLE) - terms_of(row.row)
    return any(concept.is_in(held) for concept in question.concepts)


def _is_beside(each: Ranked, first: Ranked) -> bool:
    """True where an entry stands under the heading of the first."""
    return (each.asked, each.hit.entry.unit.path) == (first.asked, first.hit.entry.unit.path)


def _is_total(question: Question, each: Ranked) -> bool:
    """True where an entry is the total of a table with a column of what a question asks how many there are of."""
    row, things = each.hit.entry.unit.item, question.things
    if "how_many" not in question.asks or not isinstance(row, TableRow) or len(things) != 1 or not TOTAL.match(row.row):
        return False
    return any(terms_of(cell.column, least=1.0) <= things[0].meant for cell in row.cells)


def _explains(question: Question, each: Ranked) -> bool:
    """True where a question asks what things are, and a sentence begins with each that it names."""
    if "meaning" not in question.asks or question.asks - _ALSO or not question.things:
        return False
    begins = dict(analysed(" ".join(_PREPOSITION.split(each.hit.entry.words)[0].split()[:_SUBJECT])))
    return all(any(begins.get(term, 0.0) >= _WHOLE for term in thing.meant) for thing in question.things)

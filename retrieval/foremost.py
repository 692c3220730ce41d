"""What comes first of what is ranked, whatever its rank: the sentence that says otherwise than a question takes for
granted, and the one that tells what a thing is, where that is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from ingest.plan import Activity, Passage, TableRow
from retrieval.answerable import MANY
from retrieval.evidence.answer_types import Reference, Statement
from retrieval.evidence.denials import awaits, contradicts, ends, is_denial
from retrieval.evidence.extract import leant_on
from retrieval.evidence.forms import has, lacks_form
from retrieval.evidence.lookup import TOTAL, is_money, name_of, tells_net
from retrieval.evidence.rank import MONEY, NEAR, Ranked
from retrieval.evidence.status import status_of
from retrieval.language.cues import Asks
from retrieval.language.direction import Way, differs, moves, tends
from retrieval.question.newcomer import receives
from retrieval.question.question import Question
from retrieval.store.search import analysed, terms_of

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
    ours = (each for each in sentences if _is_of_us(question, each))
    come = (each for each in near if _has_status(question, each))
    described = (each for each in sentences if _describes(question, each, ranked[0]))
    beside = sentences if ranked[0].hit.kind == "passage" else []
    saying = (each for each in beside if _says_more(question, each, ranked[0]))
    moving = (each for each in beside if _tells_how_far(each, ranked[0]))
    adding_up = (each for each in sentences if _adds_up(question, each))
    found = chain(otherwise, awaiting, totals, adding_up, explaining, ours, come, described, saying, moving)
    return _foremost(next(found, None), ranked)


def _says_more(question: Question, each: Ranked, first: Ranked) -> bool:
    """True where a question asks who, and a sentence says all that it names, of which the first one lacks some."""
    if "somebody" not in question.asks or len(question.things) < _SEVERAL:
        return False
    shares = zip(question.concepts, each.hit.shares, first.hit.shares, strict=True)
    both = [(a, b) for c, a, b in shares if c in question.things]
    return all(a >= _WHOLE for a, _ in both) and any(b < _NAMED for _, b in both)


_SEVERAL = 2  # things


def _has_status(question: Question, each: Ranked) -> bool:
    """True where a question asks how far something has come, and an activity's row says it of that."""
    item = each.hit.entry.unit.item
    if not isinstance(item, Activity) or not _HOW_FAR.search(question.text):
        return False
    held = terms_of(item.text, least=_PART)
    things = [thing for thing in question.things if not _HOW_FAR.search(thing.words)]
    named = bool(things) and all(thing.is_in(held) for thing in things)
    return named and status_of(each.asked.searchable.plan, item) is not None


_PART = 0.3  # of a word: a part of a compound


_HOW_FAR = re.compile(
    r"\b(?:status|läget|hur (?:går det|långt)|how (?:is .{1,40} going|far)|progress)\b", re.IGNORECASE
)


def _is_of_us(question: Question, each: Ranked) -> bool:
    """True where a question asks how many of one thing "we" have, and a sentence tells it of whoever the plan is of by
    name: that of a part, which names it more often, is not what is asked for."""
    if "how_many" not in question.asks or len(question.things) != 1 or not _OURS.search(question.text):
        return False
    whose = each.asked.known.description.organisation or ""
    words = each.hit.entry.words
    named = any(re.search(rf"\b{re.escape(name)}s?\b", words) for name in _NAME.findall(whose))
    return named and each.hit.own >= _HALF and has("number", words, question)


# What is a name of a body's name, not its kind: "Norrby" of "Norrby stadsdelsnämnd".
_NAME = re.compile(r"\b[A-ZÅÄÖ](?!\w*(?:nämnd|förvaltning|avdelning|kommun|styrelse|stad\b))[\w-]+")
_OURS = re.compile(r"\b(?:vi|oss|vår[ta]?|här|we|us|our|here)\b", re.IGNORECASE)


def turned_first(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is ranked, before it the sentence that says of what a question asks why it rises that it falls or stays."""
    asked = tends(question.text)
    if "why" not in question.asks or len(asked) != 1:
        return list(ranked)
    near = (each for each in ranked if each.hit.kind == "passage" and each.score >= NEAR * ranked[0].score)
    telling = [each for each in near if _ways(each) and _is_priced(each, question)]
    best = max(telling, key=lambda each: (_held(question, each), _says_by_how_much(each)), default=None)
    turned = best is not None and _held(question, best) >= _HALF and not asked & _ways(best)
    return _foremost(best if turned else None, ranked)


def _says_by_how_much(each: Ranked) -> bool:
    """True where an entry tells in figures how something differs from what it was: "sänks från 90 till 70 kronor"."""
    words = each.hit.entry.words
    return bool(differs(words)) or _FROM_TO.search(words) is not None


_FROM_TO = re.compile(r"\bfrån \d[\d ,]*(?: [^\W\d_]+)? till \d")


def _tells_how_far(each: Ranked, first: Ranked) -> bool:
    """True where a question asks how far something moves, and a sentence tells in figures that it moves that way, of
    all that the one ranked first is about."""
    question, words = each.question, each.hit.entry.words
    way = moves(question.text)
    if not way or way != _ways(each) or question.asks & {"why", "list"} or not question.asks & _OF_HOW_FAR:
        return False
    shares = zip(question.concepts, each.hit.shares, first.hit.shares, strict=True)
    return re.search(r"\d", words) is not None and all(a >= b for c, a, b in shares if c in question.things)


_OF_HOW_FAR: frozenset[Asks] = MONEY | {"number", "how_many", "price"}


def undenied(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is ranked, but first, in place of a row of whom a question says that it does not ask, the one of its table
    that is of the rest: lunch "if you aren't a pensioner" is that of "other guests"."""
    denied = {found[1].casefold() for found in _DENIED.finditer(question.text)}
    at = [n for n, concept in enumerate(question.concepts) if concept.words.casefold() in denied]
    if not at or not ranked or not isinstance(first := ranked[0].hit.entry.unit.item, TableRow):
        return list(ranked)
    named = zip(question.concepts, ranked[0].hit.shares, strict=True)
    if not any(share >= _NAMED and c in question.things and c.words.casefold() not in denied for c, share in named):
        return list(ranked)

    def is_of_rest(each: Ranked) -> bool:
        row, shares = each.hit.entry.unit.item, enumerate(zip(each.hit.shares, ranked[0].hit.shares, strict=True))
        of_table = isinstance(row, TableRow) and row.table == first.table
        return of_table and all(a < b if n in at else a >= b for n, (a, b) in shares)

    rest = next(filter(is_of_rest, ranked[1:_AMONG]), None)
    return _foremost(rest, ranked if rest is None else ranked[1:])


# Who something is not of: "inte är pensionär", "aren't a pensioner", "non-members".
_DENIED = re.compile(
    r"(?:\b(?:inte|ej|icke|not|non)|n['’]t)[ -](?:(?:är|vara|räknas|som|en|ett|a|an|being) )*([^\W\d_]+)", re.IGNORECASE
)


def ended(question: Question, ranked: Sequence[Ranked]) -> Ranked | None:
    """The sentence that says of what a question names that it is no longer, or not yet; None for none."""
    return next((e for e in ranked[:_AMONG] if e.hit.kind == "passage" and ends(e.hit.entry.words, question)), None)


def denying(premise: Question, ranked: Sequence[Ranked]) -> Ranked | None:
    """The sentence that says of what a question takes for granted that it is not so, or of all that it names another
    year; None for none."""
    years = {str(year) for year in premise.years}
    for each in (each for each in ranked[:_AMONG] if each.hit.kind == "passage"):
        words, held = each.hit.entry.words, _held(premise, each)
        otherwise = years and not any(year in words for year in years) and _YEAR.search(words) is not None
        if (is_denial(words) and held >= _HALF) or (otherwise and held == 1.0 and len(premise.things) > 1):
            return each
    return None


_YEAR = re.compile(r"\b20\d\d\b")


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
        if n is not None and acts and things and sum(not t.is_in(held) for t in things) <= len(things) // MANY:
            return Statement(title, (Reference(facts.document, sections[n].span, facts.plan.path(n)),))
    return None


def _describes(question: Question, each: Ranked, first: Ranked) -> bool:
    """True where a question asks for words (why, what happens, how something works, how one begins at work), and a
    sentence tells of what it names where the first one is a fact, which tells that there is such a thing."""
    if first.hit.kind == "passage":
        return False
    if question.of_newcomer and receives(first.hit.entry.words):
        return receives(each.hit.entry.words)
    if not question.asks & _IN_WORDS or question.asks & _OF_FACTS:
        return False
    # That something is done may be what happens to it, but is no reason.
    as_much = "why" in question.asks or each.hit.coverage >= first.hit.coverage
    return as_much and _held(question, each) >= _HALF and not lacks_form(each.hit.entry.unit.words, question)


_IN_WORDS: frozenset[Asks] = frozenset(("why", "described", "meaning"))
_OF_FACTS: frozenset[Asks] = MONEY | {"activities", "list", "how_many", "target", "price"}


def _awaits(each: Ranked, question: Question) -> bool:
    return each.hit.kind == "passage" and awaits(each.hit.entry.words, question)


def _names_more(one: Ranked, other: Ranked) -> bool:
    """True where an entry names a thing that a question does, and another one does not."""
    both = zip(one.question.concepts, one.hit.shares, other.hit.shares, strict=True)
    return any(a >= _WHOLE and b < _NAMED for c, a, b in both if c in one.question.things)


_OF_SEVERAL: frozenset[Asks] = frozenset(("list", "activities", "largest", "smallest", "how_many", "number"))


def _held(question: Question, each: Ranked) -> float:
    """The part of the things that a question names, beside which way they go, which an entry or its heading names, or
    the sentence that it leans on."""
    things = [thing for thing in question.things if not tends(thing.words)]
    before = terms_of(leant_on(each.asked.searchable, each.hit.entry), least=_NAMED)
    shares = zip(question.concepts, each.hit.shares, strict=True)
    held = [share >= _NAMED or c.is_in(before) for c, share in shares if c in things]
    return sum(held) / len(held) if held else 0.0


def _is_priced(each: Ranked, question: Question) -> bool:
    """True unless a question asks of a price, and an entry says nothing of any."""
    return not question.asks & _PRICED or _PRICE.search(each.hit.entry.words) is not None


def _ways(each: Ranked) -> set[Way]:
    """Which ways an entry says that something goes, not only names as done: "minskningen stannar vid 0,4 mnkr"."""
    words = each.hit.entry.words
    return moves(_NAMED_AS_DONE.sub(" ", words)) | differs(words)


_NAMED_AS_DONE = re.compile(r"\w+ning(?:en|ar|arna)?\b", re.IGNORECASE)
_PRICED: frozenset[Asks] = frozenset(("fee", "price", "costs"))
_PRICE = re.compile(r"avgift|taxa|pris|kost|hyra|kronor", re.IGNORECASE)
_NEAR = 0.75  # of the score of what is told first
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


def _adds_up(question: Question, each: Ranked) -> bool:
    """True where a question asks how much money there is of something in all, and a sentence tells it of half of what
    it names, or of more."""
    if "sum" not in question.asks or not question.asks & MONEY or not _IN_ALL.search(each.hit.entry.words):
        return False
    return _held(question, each) >= _HALF


_IN_ALL = re.compile(r"\b(?:totalt|sammanlagt|tillsammans|sammantaget|i allt) (?:\w+ ){0,2}\d", re.IGNORECASE)


def _explains(question: Question, each: Ranked) -> bool:
    """True where a question asks what things are, and a sentence begins with each that it names."""
    if "meaning" not in question.asks or question.asks - _ALSO or not question.things:
        return False
    begins = dict(analysed(" ".join(_PREPOSITION.split(each.hit.entry.words)[0].split()[:_SUBJECT])))
    return all(any(begins.get(term, 0.0) >= _WHOLE for term in thing.meant) for thing in question.things)

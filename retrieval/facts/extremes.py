"""The largest or the smallest of a table, and what grows or shrinks most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.plan import TableRow
from retrieval.evidence.answer_types import Statement
from retrieval.evidence.lookup import Facts, cell_said, column_of, headers_of, is_money, label_of, name_of
from retrieval.evidence.rank import MONEY
from retrieval.evidence.tables import total_of
from retrieval.facts.arithmetic import Value, share_statement, value_in
from retrieval.facts.growth import competing, extreme_change
from retrieval.facts.measure import is_of_kind
from retrieval.language.dates import is_moment, number_of
from retrieval.language.direction import direction
from retrieval.language.phrases import listed, say
from retrieval.language.swedish import stem
from retrieval.question.extent import after_most, kind_asked, ordinal_of
from retrieval.question.leaning import asks_money
from retrieval.question.question import Question
from retrieval.store.search import Concept, terms_of


def extreme_values(facts: Facts, rows: Sequence[TableRow], question: Question) -> list[Value]:
    """The values of rows that are no totals and no other row's parts, the largest or the smallest first; none where
    they can't be set against one another or the table isn't of what is asked for."""
    values = [
        value for row in _of_kind(competing(rows, question), question) if (value := value_in(facts, row, question))
    ]
    if len(values) < 2 or len({value.cell.unit for value in values}) > 1 or not _tells_of(values, question):
        return []
    return sorted(values, key=lambda v: v.number if "smallest" in question.asks else -v.number)


def extremes(facts: Facts, rows: Sequence[TableRow], question: Question) -> list[Statement]:
    """The row that grows or shrinks most, where a question asks so; else as many as it asks for of those with the
    largest or smallest values, the one, and those that share it, told as such. No totals, and no other row's parts."""
    if direction(question.text):
        return extreme_change(facts, rows, question)
    values = extreme_values(facts, rows, question)
    if not values:
        return []
    spoken, most, place = question.language, _how_many(question.text), ordinal_of(question.text)
    if place > 1:
        values, most = values[place - 1 : place], 2
    if most > 1:
        return [
            Statement(f"{label_of(v.row)}: {cell_said(v.cell, True, spoken)}.", v.references, labels=headers_of(v.row))
            for v in values[:most]
        ]
    best = values[0]
    same = [value for value in values if value.number == best.number]
    names = listed([name_of(v.row) for v in same], spoken)
    unit = best.cell.unit if best.cell.unit and best.cell.unit.casefold() not in best.written.casefold() else ""
    value, column = f"{best.written} {unit}".strip(), column_of(best.cell.column, spoken)
    key = "smallest" if "smallest" in question.asks else "largest"
    each = say("each", spoken) if len(same) > 1 else ""
    text = say(key, spoken, row=names, value=f"{value}{each}", column=column)
    references = tuple(ref for v in same[:5] for ref in v.references)
    told = Statement(text, references, labels=headers_of(best.row))
    whole = total_of(rows) if "share" in question.asks else None
    if whole and (share := share_statement(facts, best.row, whole, question)):
        of_whole = share.text.partition("; ")[2]
        return [replace(share, text=f"{text} {of_whole}", support=(*references, *share.support))]
    return [told]


def _tells_of(values: Sequence[Value], question: Question) -> bool:
    """True where what a question asks which of is said by the column, the table or its rows, and what it asks the most
    or the least of ("flest avdelningar") by the first two; a price is no size, nor is a grant."""
    first, asks = values[0], question.asks
    if not is_of_kind(first, question):
        return False
    after = after_most(question)
    measured = [c for c in question.things if c.words in THAN.split(after)[0] and not asks_money(c.words)]
    granted = is_money(first.cell) and first.row.kind != "budget" and not measured
    of_money = asks & {"price", "fee", *MONEY} or _OF_PRICE.search(question.text)
    if (first.cell.unit == "kr" or granted) and not of_money:
        return False
    path = first.facts.plan.path(first.row.origin.section).rpartition(" › ")[2]
    over = (first.row.table, first.row.parent or "", path) if _is_such(first, question) else ()
    held = terms_of(first.cell.column, *over, least=_PART)
    named = [terms_of(_OF_WHAT.split(value.row.row)[0], least=_PART) for value in values]
    before = THAN.split(question.text.removesuffix(after))[0]
    kinds, kind = _kinds_asked(question), kind_asked(question)
    told = terms_of(*(cell.column for cell in first.row.cells if cell.number is None), least=0.9)
    if kind and stem(kind.casefold()) in told:
        return False  # what the rows have one of each: the part of town that a preschool is in
    if not all(c.is_in(held) or all(c.is_in(label) for label in named) for c in kinds):
        return False
    meant = [] if kinds or kind_asked(question) else [c for c in question.things if c.words in before]
    return all(c.is_in(held.union(*named)) for c in meant) and (
        not measured or any(c.terms.keys() & held or _is_most(c, values) for c in measured)
    )


def _is_such(first: Value, question: Question) -> bool:
    """True where a table's name may tell that its rows are what a question asks which of. No row is a preschool of
    "Children in preschools, month by month", nor of the budget of "Preschool"; in the first each is a month."""
    kind, kinds = kind_asked(question).casefold(), _kinds_asked(question)
    if is_moment(first.row.row):
        return not kinds or _SPANS.fullmatch(kind) is not None
    if first.row.kind == "budget" and _is_of_one(first.row.table.casefold(), kind):
        return False
    head, *of_what = _OF_WHAT.split(first.row.table, maxsplit=1)
    return not any(thing.is_in(terms_of(*of_what)) and not thing.is_in(terms_of(head)) for thing in kinds)


def _is_of_one(table: str, kind: str) -> bool:
    """True for a table that is named for one thing, whose budget it is: its rows are no such things."""
    return table == kind or (table.endswith("verksamhet") and table.startswith(kind[:-1]))


_SPANS = re.compile(r"månad\w*|kvartal\w*|tertial\w*|halvår\w*|months?|quarters?", re.IGNORECASE)


# What a question sets the most or the least against.
THAN = re.compile(r"\b(?:än|than|jämfört med|compared (?:to|with)) (?P<other>[^,;?.]+)", re.IGNORECASE)


def others_named(question: Question) -> list[Concept]:
    """The things that a question names after "than"."""
    than = THAN.search(question.text)
    return [thing for thing in question.things if thing.words in than["other"]] if than else []


def _kinds_asked(question: Question) -> list[Concept]:
    """The things that a question asks which of."""
    kind = kind_asked(question)
    return [thing for thing in question.things if kind in thing.words.split() and not number_of(kind)]


def _is_most(thing: Concept, values: Sequence[Value]) -> bool:
    """True where most rows are named so."""
    return 2 * sum(thing.is_in(terms_of(value.row.row, least=_PART)) for value in values) > len(values)


_OF_WHAT = re.compile(r" (?:till|för|i|på|av|inom|med|vid) ")  # "laundry for homes" is no home
_OF_PRICE = re.compile(r"\b(?:dyr|billig|cheap|expensive)", re.IGNORECASE)
_PART = 0.3  # of a word: a part of a compound


def _of_kind(rows: Sequence[TableRow], question: Question) -> Sequence[TableRow]:
    """The rows that are named as what a question asks which of ("which preschool has the highest rent?"), where some
    are; all where none is, or it is the table that is named so: an investment need not be called one."""
    first = re.match(r"\W*(\w+)", after_most(question))
    kinds = [*_kinds_asked(question), *(thing for thing in question.things if first and thing.words == first[1])]
    named = ((row, terms_of(_OF_WHAT.split(row.row)[0])) for row in rows)
    such = [row for row, held in named if any(kind.is_in(held) for kind in kinds)]
    all_such = any(kind.is_in(terms_of(_OF_WHAT.split(rows[0].table)[0])) for kind in kinds) if rows else False
    return rows if not such or (all_such and 2 * len(such) <= len(rows)) else such


def _how_many(text: str) -> int:
    """How many of the largest a text asks for: so many as it says ("de fem största"), some where it asks for several
    ("which are the largest?"), else one."""
    found = [*_SO_MANY.findall(text), *_BEFORE_MOST.findall(text)]
    said = max(map(number_of, found), default=0) or (_SOME if _PLURAL.search(text) else 1)
    return min(_MOST, said)


_SOME, _MOST = 3, 10
_SO_MANY = re.compile(r"\b(?:de|the|top{1,2}|våra|our|vilka|which|what) (\d{1,2}\b|[^\W\d]+)", re.IGNORECASE)
_BEFORE_MOST = re.compile(r"(\w+) (?:\w+st(?:a|e|est)?|most expensive)\b", re.IGNORECASE)
_PLURAL = re.compile(
    r"\bvilka\b.*\b(?:är|var) (?:de|våra|\w+s) (?:\w+ )?\w+sta\b"
    r"|\b(?:what|which)\b.*\bare (?:the|our) (?:\w+ )?\w+est\b",
    re.IGNORECASE,
)

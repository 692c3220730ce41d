"""What a question computes from one row and its table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.plan import TableRow
from retrieval.evidence.answer_types import Statement
from retrieval.evidence.lookup import TOTAL, Facts, column_of, headers_of, label_of
from retrieval.evidence.rank import MONEY, NAMED_IN_FULL, Ranked
from retrieval.evidence.tables import PARTS, is_part, parts_of, table_of, total_of
from retrieval.facts.areas import whole_budget
from retrieval.facts.arithmetic import (
    Value,
    beside_others,
    difference,
    share_statement,
    share_within,
    sum_statement,
    value_in,
    valued,
    women_and_men,
)
from retrieval.facts.extremes import extremes, others_named
from retrieval.facts.growth import year_difference
from retrieval.facts.measure import is_asked, is_named, is_told
from retrieval.facts.sides import NAMED, columns_said
from retrieval.language.dates import is_moment
from retrieval.language.direction import direction
from retrieval.language.phrases import say
from retrieval.language.swedish import STOP_WORDS, stem, tokens
from retrieval.question.extent import kind_asked
from retrieval.question.question import Question, years_spanned
from retrieval.store.search import terms_of


def of_one_row(best: Ranked, question: Question) -> list[Statement]:
    """What a question computes from one row and its table; nothing where it computes none."""
    row, facts, asks = best.hit.entry.unit.item, best.asked.facts, question.asks
    assert isinstance(row, TableRow)
    if "sum" in asks and len(span := years_spanned(question.text)) > 1:
        return _of_span(facts, row, span, question)
    if asks & {"largest", "smallest"} and _WHICH_YEAR.search(question.text):
        return _year_of_most(best, row, question)
    if asks & {"largest", "smallest"}:
        return extremes(facts, _competing(best, row, question), question)
    if "compare" in asks and (beside := beside_others(facts, row, question)):
        return [beside]
    named = any(c.weight >= _TELLING and not is_moment(c.words) for c in question.concepts)
    nothing = not (named or question.before or best.fit)
    if "compare" in asks and (nothing or not _is_asked(facts, row, question)):
        return []
    if "share" in asks and not ("compare" in asks and direction(question.text)):  # "by how many percent does it grow"
        told = [_share(best, row, question)]
    else:
        told = _set_apart(best, row, question) if "compare" in asks else []
    return [statement for statement in told if statement]


def _competing(best: Ranked, row: TableRow, question: Question) -> list[TableRow]:
    """The rows of which a question asks for the most: those that add up to one that it names, else all of its table;
    none but parts where it asks for a part of what it names."""
    facts = best.asked.facts
    if best.fit < _NAMED_ALONE:
        return table_of(facts, row)
    if parts := parts_of(facts, row):
        return parts
    if PARTS.match(kind_asked(question)):
        return [part for part in table_of(facts, row) if is_part(part, row)]
    return table_of(facts, row)


def _is_asked(facts: Facts, row: TableRow, question: Question) -> bool:
    value = value_in(facts, row, question) or value_in(facts, row, replace(question, years=()))
    return value is not None and (
        is_asked([value], question) or (not others_named(question) and is_named(value, question))
    )


_NAMED_ALONE = 0.5  # how fully a row's name is said that parts are looked for


_WHICH_YEAR = re.compile(r"\b(?:vilket|vilka|what|which) (?:år|years?)\b", re.IGNORECASE)


def _of_span(facts: Facts, row: TableRow, span: Sequence[int], question: Question) -> list[Statement]:
    """What a row has in all the years of a span, added up; nothing unless it has each of them once."""
    values = [v for c in row.cells if c.year in span and not _ONE_SIDE.match(c.column) and (v := valued(facts, row, c))]
    if [value.cell.year for value in values] != list(span) or not is_asked(values, question):
        return []
    told = sum_statement(values, question)
    return [told] if told else []


def _year_of_most(best: Ranked, row: TableRow, question: Question) -> list[Statement]:
    """The year in which a row, or all of a table that a question names, has most or least: a year's first column that
    is no one side of a budget. What is spent may stand with a sign."""
    facts = best.asked.facts
    totals = [r for r in table_of(facts, row) if TOTAL.match(r.row)]
    if totals and is_told(question, [row.table]) and not _is_said(row, question):
        row = min(totals, key=lambda r: len(r.row))
    values: dict[int, Value] = {}
    for cell in row.cells:
        value = valued(facts, row, cell)
        if value and cell.year and not _ONE_SIDE.match(cell.column):
            values.setdefault(cell.year, value)
    if len(values) < 2 or len({v.cell.unit for v in values.values()}) > 1 or not is_asked([*values.values()], question):
        return []
    least = "smallest" in question.asks
    told = (min if least else max)(values.values(), key=lambda v: abs(v.number))
    amount = f"{told.written} {told.cell.unit or ''}".strip()
    spoken = question.language
    key = "smallest" if least else "largest"
    text = say(key, spoken, row=label_of(row), value=amount, column=column_of(told.cell.column, spoken))
    return [Statement(text, told.references, labels=headers_of(row))]


def _is_said(row: TableRow, question: Question) -> bool:
    """True where a question says all of a row's name in its own words, not in others for it."""
    said = {stem(word) for word in tokens(question.text)}
    return all(stem(word) in said for word in tokens(row.row) if word not in STOP_WORDS)


_ONE_SIDE = re.compile(r"kostnad|intäkt|varav", re.IGNORECASE)


def _share(best: Ranked, row: TableRow, question: Question) -> Statement | None:
    """The share of one column of a row in another one, else of the row in what it is part of."""
    facts = best.asked.facts
    table = table_of(facts, row)
    over = [r for r in table if is_part(row, r) and _is_named(r, question)]
    below = table[table.index(row) + 1 :] if row in table else []
    whole = next(iter(over), None) or total_of(below) or total_of(r for r in table if r is not row)
    if best.fit >= NAMED and _OF_WHOLE.search(question.text):
        # Of all there is, where a question names nothing beside the row that it may be the whole of.
        name = terms_of(row.row, row.table if TOTAL.match(row.row) else "")
        of_all = whole_budget(facts, question) if all(c.is_in(name) for c in question.things) else None
        told = (share_statement(facts, row, each, question) for each in (of_all, whole) if each)
        return next((each for each in told if each), None)
    if not best.fit and not question.is_told_by(row.row, row.table, *headers_of(row), best.hit.entry.unit.path):
        return None
    total = total_of(r for r in table if r.parent == row.parent)
    within = share_within(facts, total if total and not best.fit else row, question)  # no row is named: of all
    if within or not (over or question.asks & MONEY or row.kind != "budget"):
        return within
    return share_statement(facts, row, whole, question) if whole else None


_OF_WHOLE = re.compile(
    r"\b(?:whole|total|entire|overall|hela|totala|samlade|sammanlagda) (?:\w+ ){0,3}\w*budget"
    r"|\b(?:of|av) (?:all|alla|allt|samtliga) (?:\w+ ){0,3}(?:money|funds|pengar(?:na)?|medel)\b",
    re.IGNORECASE,
)


def _is_named(row: TableRow, question: Question) -> bool:
    """True where a question names a row: surely one of its words, or all of it as a part of a compound
    ("hemtjänstbudgeten")."""
    held = terms_of(row.row, least=0.9)
    telling = [concept for concept in question.concepts if concept.weight >= _TELLING]
    return any(c.is_in(held) for c in question.things) or any(
        held and all(concept.terms.get(term, 0.0) >= _PART for term in held) for concept in telling
    )


_TELLING, _PART = 0.5, 0.4  # of a concept: in a follow-up all count less; of a word: what it is a compound of


def _set_apart(best: Ranked, row: TableRow, question: Question) -> list[Statement | None]:
    """Two columns of a row, women and men, or two years: those of each row that is named as little as this one, or of
    the total where it is the table that is named."""
    facts = best.asked.facts
    totals = [r for r in table_of(facts, row) if TOTAL.match(r.row)]
    if len(totals) == 1 and best.fit < NAMED_IN_FULL and all(c.is_in(terms_of(row.table)) for c in question.things):
        return [year_difference(facts, totals[0], question)]
    if columns := columns_said(facts, row, question, sure=bool(direction(question.text))):
        return [difference(*columns, question)]
    named = [r for r in table_of(facts, row) if is_moment(r.row) and _has_word(question.text, r.row)]
    if len(named) == 2:  # "in March than in August"
        one, other = (value_in(facts, r, question) for r in named)
        return [difference(one, other, question) if one and other else None]
    if halves := women_and_men(facts, row, question):
        return [halves]
    alike = [row]
    if best.fit < NAMED and (held := _held(row, question)):  # none of them is the one that is meant
        alike = [r for r in table_of(facts, row) if _held(r, question) == held][:_ALIKE]
    return [year_difference(facts, r, question, short=len(alike) > 1) for r in alike]


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None


_ALIKE = 5  # rows that are told beside one another


def _held(row: TableRow, question: Question) -> dict[str, float]:
    """What a question names that a row's name says, and how well."""
    held = terms_of(row.row)
    said = {c.words: max((w for t, w in c.terms.items() if t in held), default=0.0) for c in question.things}
    return {words: weight for words, weight in said.items() if weight}

"""The rows of a table that a question asks to have listed: all, or those within its days, its amount, its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.plan import Activity, Indicator, TableRow
from retrieval.evidence.amounts import Limit, limit
from retrieval.evidence.answer_types import Counted, Draft, Statement, surely_told
from retrieval.evidence.conditions import asks_new, is_conditioned, lacked, meets
from retrieval.evidence.lookup import TOTAL, Facts, activity_statement, indicator_statement, row_statement, sides_asked
from retrieval.evidence.rank import Asked, Ranked
from retrieval.evidence.tables import table_of, total_of, wholes
from retrieval.facts.arithmetic import in_years, value_in
from retrieval.language.swedish import terms
from retrieval.question.extent import of_all_together, without_all
from retrieval.question.question import Question
from retrieval.store.search import Concept, either, terms_of

ROWS = 25  # of a table that are shown; more are counted
_ROOM = 3200  # characters of them all


def rows_listed(question: Question, ranked: Sequence[Ranked]) -> Draft | None:
    """The rows of the table that answers, all of them or those within the days, above the amount, or with the words
    that a question names; None where it asks for no list, or what answers is no table."""
    within = limit(question.text)
    counted = "how_many" in question.asks and within is not None
    if not ("list" in question.asks or counted or (within and not question.asks)) or not ranked:
        return None
    one, table = _table_of_things(question, ranked) if within else _table(question, ranked)
    if one is None or len(table) < 2:
        return None
    rows = [row for row in table if not TOTAL.match(row.row)]
    kept = amounting(one.facts, rows, question, within) if within else _filled(one.facts, rows, question)
    if is_conditioned(question) and not within:
        kept = _meeting(one.facts, kept, question)
    if not kept:
        return None
    narrowed = _with_words(kept, question)
    if len(narrowed) == len(rows) > ROWS:
        return None
    statements = [row_statement(one.facts, row, question) for row in narrowed[:ROWS]]
    such: Counted | None = "found_such" if 1 < len(narrowed) < len(rows) else None
    if sum(len(s.text) for s in statements) > _ROOM:
        statements = [replace(s, text=_cut(s.text, _ROOM // len(statements))) for s in statements]
    more = len(narrowed) - len(statements)
    return Draft(tuple(statements), "lookup", listed=len(statements) > 1, more=more, counted=such)


def _meeting(facts: Facts, rows: list[TableRow], question: Question) -> list[TableRow]:
    """The rows that say themselves what a question's condition does; where that is that they are new, those with no
    figure before the plan's year, in a table where others have one."""
    year = facts.year
    if asks_new(question.text) and year is not None:
        before = [any(c.number for c in row.cells if c.year is not None and c.year < year) for row in rows]
        now = [any(c.number for c in row.cells if c.year == year) for row in rows]
        if any(before):
            return [row for row, old, new in zip(rows, before, now, strict=True) if new and not old]
    return [row for row in rows if meets(" ".join((row.row, *(c.written or "" for c in row.cells))), question)]


def lacking_listed(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """The rows that lack what a question says that the things it asks for do, which is a column of their table: "which
    areas have no revenue?"; None where it says none, or no row lacks it."""
    what = lacked(question.text)
    if not what or not question.asks & {"list", "how_many"}:
        return None
    named = [c for c in question.concepts if c.words in what]
    others = [c for c in question.things if c not in named]
    found: list[tuple[Facts, TableRow]] = []
    for one in asked:
        tables: dict[tuple[int | None, str, tuple[str, ...]], list[TableRow]] = {}
        for row in one.searchable.plan.rows:
            at = (row.origin.section, row.table, tuple(cell.column for cell in row.cells))
            tables.setdefault(at, []).append(row)
        for rows in tables.values():
            has = [_has(row, named, one.facts.year) for row in rows]
            if any(has):
                without = [row for row, each in zip(rows, has, strict=True) if each is False]
                found += [(one.facts, row) for row in wholes(without)]
    of_such = [
        (facts, row)
        for facts, row in found
        if any(c.is_in(terms_of(row.row, row.table, facts.plan.path(row.origin.section))) for c in others)
    ]
    told = of_such or found
    statements = [row_statement(facts, row, question) for facts, row in told[:ROWS]]
    more = len(told) - len(statements)
    counted: Counted | None = "found_such" if len(told) > 1 else None
    return Draft(tuple(statements), "lookup", len(told) > 1, more, counted, certain=True) if told else None


def _has(row: TableRow, named: Sequence[Concept], year: int | None) -> bool | None:
    """Whether a row has anything in the column that is named; None where it has no such column, or nothing at all."""
    cells = [c for c in row.cells if any(n.is_in(terms_of(c.column, least=0.9)) for n in named)]
    cells = [c for c in cells if c.year in (year, None)]
    others = [c for c in row.cells if c not in cells and c.year in (year, None)]
    if not cells or not any(c.written and c.number != 0 for c in others):
        return None
    return any(c.number != 0 and (c.written or "").strip(" -–—") for c in cells)


def others_listed(question: Question, focus: Ranked | None) -> Draft | None:
    """The others of what was told of, where a follow-up asks for those: the other rows of its table, or the activities
    or indicators that are called alike: "and the other teams?"."""
    if focus is None or not question.before or not _OTHERS.search(question.text):
        return None
    told = _others(focus, question)
    more = max(0, len(told) - ROWS)
    return Draft(tuple(told[:ROWS]), "lookup", listed=len(told) > 1, more=more, certain=True) if told else None


def _others(focus: Ranked, question: Question) -> list[Statement]:
    item, facts = focus.hit.entry.unit.item, focus.asked.facts
    if isinstance(item, TableRow):
        rows = [each for each in table_of(facts, item) if each is not item and not TOTAL.match(each.row)]
        return [row_statement(facts, each, question) for each in rows]
    if isinstance(item, Activity):
        return [
            activity_statement(facts, each, question.language)
            for each in facts.plan.activities
            if each is not item and _called_alike(item.text, each.text, question)
        ]
    if isinstance(item, Indicator):
        return [
            indicator_statement(facts, each, question)
            for each in facts.plan.indicators
            if each is not item and _called_alike(item.name, each.name, question)
        ]
    return []


def _called_alike(one: str, other: str, question: Question) -> bool:
    """True for two names that begin alike, differ in less than they have in common, and have in common something that
    was asked about: "Signing in team A", "Signing in team B"."""
    first, second = ([term for term, weight in terms(name) if weight == 1.0] for name in (one, other))
    common = set(first) & set(second)
    asked_about = any(concept.is_in(common) for concept in question.concepts if concept.weight >= 0.5)
    return asked_about and first[:1] == second[:1] and 2 * len(common) > len(set(first))


def whole_told(question: Question, part: Ranked | None) -> Draft | None:
    """The row or the indicator of all together, where a question asks the same of that after it asked it of a part:
    "… and how many are we in total?"."""
    item = part.hit.entry.unit.item if part else None
    if part is None or not of_all_together(question.text):
        return None
    facts = part.asked.facts
    if isinstance(item, TableRow) and not TOTAL.match(item.row):
        others = [row for row in table_of(facts, item) if row is not item and any(c.written for c in row.cells)]
        total = total_of(others) or _whole_of(item.row, others)
        told = row_statement(facts, total, question) if isinstance(total, TableRow) else None
    elif isinstance(item, Indicator):
        whole = _whole_of(item.name, [each for each in facts.plan.indicators if each is not item])
        told = indicator_statement(facts, whole, question) if isinstance(whole, Indicator) else None
    else:
        return None
    return surely_told([told])


def _whole_of(part: str, others: Sequence[TableRow | Indicator]) -> TableRow | Indicator | None:
    """What is named as a part is, but for what says that it is of all together."""
    held = terms_of(part)
    for other in others:
        name = other.row if isinstance(other, TableRow) else other.name
        own = terms_of(without_all(name))
        if own and own < held:
            return other
    return None


def without_told(question: Question, focus: Ranked | None, ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is ranked, where a follow-up asks for others than what was told without that, and without all that stands
    under a heading of what it is about."""
    if focus is None or not question.before or not (_OTHERS.search(question.text) or _MORE.search(question.text)):
        return list(ranked)
    path = focus.hit.entry.unit.path
    held = terms_of(path.rpartition(" › ")[2], least=0.5)
    named = any(concept.is_in(held) for concept in question.concepts if concept.words in question.before)
    return [r for r in ranked if r.hit.entry is not focus.hit.entry and not (named and r.hit.entry.unit.path == path)]


_OTHERS = re.compile(
    r"\b(?:de|dom) (?:andra|övriga)\b|\bövriga\b|\bthe (?:others?|rest|other (?:\w+ )?\w+s)\b|\bresten(?: av dem)?\W*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:vilka|några|finns|någon) (?:\w+ ){0,2}?(?:andra|fler)\b|\bfler av d[eo]m\b"
    r"|\b(?:which|what|any) others?\b|\bmore of (?:them|those|these)\b",
    re.IGNORECASE,
)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[:room].rsplit(" ", 1)[0] + " …"


def _table(question: Question, ranked: Sequence[Ranked]) -> tuple[Asked | None, list[TableRow]]:
    """The table that what is ranked first belongs to, by its rows or as the words above it; none where it is another
    kind of thing that answers, or one row alone."""
    best = ranked[0]
    first = best.hit.entry.unit.item
    held: dict[tuple[int, int | None, str], list[Ranked]] = {}
    for each in ranked[:12]:
        row = each.hit.entry.unit.item
        if isinstance(row, TableRow) and each.score >= 0.5 * best.score:
            held.setdefault((each.asked.known.id, row.origin.section, row.table), []).append(each)
    for (document, section, _), members in sorted(held.items(), key=lambda kv: -sum(m.score for m in kv[1])):
        same = document == best.asked.known.id and section == first.origin.section
        if len(members) < (2 if same else 4) or not (same or members[0].score >= 0.9 * best.score):
            continue
        alone = members[1].score < 0.8 * best.score
        if isinstance(first, TableRow) and same and best.fit >= 0.6 and (alone or sides_asked(first, question)):
            continue  # one row is meant: "which costs does A have?"
        row = members[0].hit.entry.unit.item
        assert isinstance(row, TableRow)
        return members[0].asked, table_of(members[0].asked.facts, row)
    return None, []


def _table_of_things(question: Question, ranked: Sequence[Ranked]) -> tuple[Asked | None, list[TableRow]]:
    """The best table that is of what a question names, by what stands over it and over its columns."""
    for each in ranked[:_DOWN]:
        row, facts = each.hit.entry.unit.item, each.asked.facts
        if isinstance(row, TableRow):
            held = terms_of(facts.plan.path(row.origin.section), row.table, *(cell.column for cell in row.cells))
            if any(thing.is_in(held) for thing in question.things):
                return each.asked, table_of(facts, row)
    return None, []


_DOWN = 30  # how far down what is ranked a table is looked for


def amounting(facts: Facts, rows: Sequence[TableRow], question: Question, within: Limit) -> list[TableRow]:
    """The rows with an amount within the limit that a question sets."""
    values = ((row, value_in(facts, row, question)) for row in rows)
    return [row for row, value in values if value and within.has(value.number, value.cell.unit)]


def _filled(facts: Facts, rows: list[TableRow], question: Question) -> list[TableRow]:
    """The rows with something in a later or earlier year that a question names, where some are; else all."""
    if {*question.years} <= {facts.year} or _NOTHING.search(question.text):
        return rows
    held = ((row, in_years(row, question, facts.year)) for row in rows)
    return [row for row, part in held if any(cell.number for cell in part.cells)] or rows


_NOTHING = re.compile(r"\b(?:0|noll|zero|inte|inget|inga|not|no|nothing)\b", re.IGNORECASE)


def _with_words(rows: list[TableRow], question: Question) -> list[TableRow]:
    """The rows that hold most of what a question names beside the table itself, in words that tell little elsewhere
    too ("which are new"); all where all hold as much."""
    common = terms_of(rows[0].table, *(cell.column for cell in rows[0].cells))
    things = question.things
    wanted = [c for c in question.concepts if c in things or CONDITION.fullmatch(c.words)]
    held = [0] * len(rows)
    for concept in either(wanted, question.text):
        if not concept.meant & common:
            held = [n + _holds(row, concept) for n, row in zip(held, rows, strict=True)]
    return [row for n, row in zip(held, rows, strict=True) if n == max(held)]


# What a thing may be asked to be, in words that count little when all of a plan is ranked.
CONDITION = re.compile(r"ny|nya|nytt|new|stor\w*|klar\w*|färdig\w*|ready|finished|sägs upp|säga upp", re.IGNORECASE)


def _holds(row: TableRow, concept: Concept) -> bool:
    return concept.is_in(terms_of(row.row, row.parent or "", *(cell.written or "" for cell in row.cells), least=0.5))

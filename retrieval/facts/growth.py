"""What grows, shrinks or stays as it is from one year to another, and why it does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

from ingest.plan import TableCell, TableRow
from retrieval.evidence.amounts import limit
from retrieval.evidence.answer_types import Draft, Statement, surely_told
from retrieval.evidence.conditions import is_denied, stays
from retrieval.evidence.extract import prose_statements
from retrieval.evidence.lookup import (
    TOTAL,
    Facts,
    cell_said,
    column_of,
    headers_of,
    label_of,
    name_of,
    own_name,
    places,
    shown_like,
)
from retrieval.evidence.rank import MONEY, NAMED_IN_FULL, NEAR, Ranked
from retrieval.evidence.tables import PARTS, is_part, leaves, table_of, wholes
from retrieval.facts.arithmetic import Value, apart, value_of, valued
from retrieval.facts.measure import IN_PERCENT, kinds_of
from retrieval.facts.sides import Rank, is_counted, sides
from retrieval.language.cues import turns
from retrieval.language.direction import direction, moves, tends
from retrieval.language.phrases import say
from retrieval.question.extent import kind_asked
from retrieval.question.question import Question
from retrieval.store.search import terms_of


def two_years(facts: Facts, row: TableRow, question: Question) -> tuple[Value, Value] | None:
    """The plan year's value of a row, or the later of two years that are named, and the one it is compared with."""
    if pair := _columns_told(facts, row, question):
        return pair
    if {"plan", "outcome"} <= kinds_of(question.text) and _BETWEEN.search(question.text) and len(question.years) == 1:
        return None  # what was planned for a year and what it was: the row has both of it, or no such difference
    # Earlier years' columns hold the net, so that the net is what can be compared.
    net = next((c for c in row.cells if c.number is not None and re.match(r"netto", c.column, re.I)), None)
    now = net or value_of(row, question, facts.year)
    if now is None or now.number is None:
        return None
    years = [y for y in question.years if y != now.year]
    numbered = [c for c in row.cells if c.number is not None and c.year is not None]
    others = [c for c in numbered if c.year != now.year]
    chosen = next((c for y in years for c in others if c.year == y), None)
    if facts.year and not years:
        last = min(facts.year, now.year or facts.year)  # a plan may tell but what was: of October, and of that before
        before = [c for c in others if c.year == last - 1]
        meant = (c for c in before if bool(_OUTCOME.match(c.column)) is ("outcome" in question.asks))
        chosen = next(meant, next(iter(before), None))
    if chosen and (not _comparable(now, chosen) or (len(years) > 1 and now.year not in question.years)):
        # Two years are named that both are others, or the plan's own column counts another thing, or half a year.
        beside = [c for c in numbered if c.unit == chosen.unit and c.year != chosen.year and _of_one_span(c, chosen)]
        beside = [c for c in beside if c.year in years] if len(years) > 1 else beside
        now = beside[0] if len(beside) == 1 else None
    first, second = valued(facts, row, now), valued(facts, row, chosen)
    if first is None or second is None:
        return None
    later = first.cell.year and second.cell.year and first.cell.year < second.cell.year
    return (second, first) if later else (first, second)


_OUTCOME = re.compile(r"VB|Bokslut|Utfall")


def _columns_told(facts: Facts, row: TableRow, question: Question) -> tuple[Value, Value] | None:
    """Two columns of a row that has several of one year, where a question sets their kinds against one another ("the
    forecast", "VP 2020"): what is compared, and with what; the plan year's own where it names but the latter."""
    cells = [c for c in row.cells if c.number is not None and c.year and kinds_of(c.column)]
    found = _BETWEEN.search(question.text) or _AGAINST.search(question.text)
    if found is None or len({c.year for c in cells}) == len(cells):
        return None
    then = _column_said(found["b"], cells, facts.year)
    others = [c for c in cells if c is not then]
    now = _column_said(found["a"], others, facts.year)
    if now is None:
        own = [c for c in others if c.year == facts.year]
        now = own[0] if len(own) == 1 else None
    first, second = valued(facts, row, now), valued(facts, row, then)
    return (first, second) if first and second and _comparable(first.cell, second.cell) else None


_BETWEEN = re.compile(r"\b(?:mellan|between) (?P<a>.+?) (?:och|o|and|&) (?P<b>.+)", re.IGNORECASE)
_AGAINST = re.compile(
    r"(?P<a>.+) (?:jämfört med|i jämförelse med|compared (?:to|with)|versus|vs\.?|mot|än|than|från|from) (?P<b>.+)",
    re.IGNORECASE,
)


def _column_said(words: str, cells: Sequence[TableCell], year: int | None) -> TableCell | None:
    """The column of a kind that some words name, in the year that they name, else the plan's own; None for none."""
    kinds, years = kinds_of(words), {int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", words)}
    of_kind = [c for c in cells if kinds & kinds_of(c.column) and (not years or c.year in years)]
    own = of_kind if len(of_kind) == 1 else [c for c in of_kind if c.year == year]
    return own[0] if len(own) == 1 else None


def _comparable(one: TableCell, other: TableCell) -> bool:
    """True for two cells of one unit, and both of a whole year or neither; a row may tell the unit beside one of them,
    where their columns differ but by year."""
    names = {re.sub(r"\b(?:19|20)\d\d\b", "", cell.column).strip() for cell in (one, other)}
    return _of_one_span(one, other) and (one.unit == other.unit or (None in (one.unit, other.unit) and len(names) == 1))


def _of_one_span(one: TableCell, other: TableCell) -> bool:
    """False for two cells of which one is of a whole year, and the other not: "Netto jan–jun", "Netto helår"."""
    return len({_WHOLE_YEAR.search(cell.column) is None for cell in (one, other)}) == 1


_WHOLE_YEAR = re.compile(r"\b(?:helår|hela året)", re.IGNORECASE)


def year_difference(facts: Facts, row: TableRow, question: Question, short: bool = False) -> Statement | None:
    """The plan year's value beside another year's, with the difference in the row's unit and in percent; `short`:
    not said in words."""
    pair = two_years(facts, row, question)
    return _told(pair, question, short) if pair else None


def _told(pair: tuple[Value, Value], question: Question, short: bool = False) -> Statement:
    now, then = pair
    spoken, row = question.language, now.row
    name = name_of(row) if short else label_of(row)
    said = f"{name}: {cell_said(now.cell, True, spoken)}, {cell_said(then.cell, True, spoken)}"
    tail, sums = apart(now, then, column_of(then.cell.column, spoken), spoken)
    if short:
        change = shown_like(now.number - then.number, max(now.written, then.written, key=places))
        made = f" ({sums[0].formula} = {change})" if sums else ""
        return Statement(f"{said}{made}.", now.references, sums[:1], headers_of(row))
    return Statement(f"{said}. {tail}", now.references, sums, headers_of(row))


def growth_of_each(values: Sequence[Value], question: Question) -> list[Statement]:
    """How some values grew or shrank from the year before, each with its difference, the one that did so most first;
    none unless all can be told."""
    pairs = [pair for value in values if (pair := two_years(value.facts, value.row, question))]
    pairs.sort(key=lambda pair: direction(question.text) * (pair[1].number - pair[0].number))
    return [_told(pair, question, short=True) for pair in pairs] if len(pairs) == len(values) else []


def competing(rows: Sequence[TableRow], question: Question) -> list[TableRow]:
    """The rows of a table of which one may be the most: the parts where a question asks for a part, else the wholes."""
    return leaves(rows) if PARTS.match(kind_asked(question)) else wholes(rows)


def extreme_change(facts: Facts, rows: Sequence[TableRow], question: Question) -> list[Statement]:
    """The row of a table that grows or shrinks most from the year before."""
    relative = IN_PERCENT.search(question.text) is not None

    def grown(pair: tuple[Value, Value]) -> Decimal:
        now, then = pair
        by = direction(question.text) * (now.number - then.number)
        return by / abs(then.number) if relative else by

    changes = [pair for pair in _changes(facts, competing(rows, question), question) if pair[1].number or not relative]
    best = max(changes, key=grown, default=None)
    return [_told(best, question)] if best else []


def moved_listed(question: Question, ranked: Sequence[Ranked], rank: Rank) -> Draft | None:
    """The rows of the table that answers which grew, shrank or stayed as they were since the year before; None where a
    question doesn't ask which did, or asks it of some that it names."""
    changes = direction(question.text) or "stays" in moves(question.text) or stays(question.text)
    if not changes or question.asks & {"largest", "smallest"} or limit(question.text):
        return None
    denied = is_denied(question.text)
    counted = [each for each in ranked[:_NEXT] if is_counted(each) and each.score >= NEAR * ranked[0].score]
    which = "list" in question.asks or kind_asked(question)
    such = [each for each in counted if which and _is_of_such(each, question)]
    if denied:
        such = [each for each in ranked if is_counted(each) and _is_called_so(each, question)] or such
    # What does not rise is told of a table only that is surely of what is asked about.
    others = [thing for thing in question.things if thing.words not in (kind_asked(question), "money", "pengar")]
    sure = not denied or (bool(question.asks & MONEY) and not others)
    best = next(iter(such), next(iter(counted), None) if sure else None)
    if best is None or len(sides(question, rank)) > 1:
        return None
    row, facts = best.hit.entry.unit.item, best.asked.facts
    assert isinstance(row, TableRow)
    if "list" not in question.asks:
        held = terms_of(best.hit.entry.unit.path, row.table, *headers_of(row))
        kind = kind_asked(question)
        named = kind and not turns(kind) and any(c.is_in(held) for c in question.things)  # "what percentage" is none
        if not named or best.fit >= NAMED_IN_FULL:
            return None
    return surely_told(changes_listed(facts, table_of(facts, row), question))


def _is_of_such(each: Ranked, question: Question) -> bool:
    """True for a row of a table that is of what a question asks which of, by its name or the heading above it."""
    row = each.hit.entry.unit.item
    assert isinstance(row, TableRow)
    held = terms_of(row.table, each.hit.entry.unit.path.rpartition(" › ")[2])
    return any(thing.is_in(held) for thing in question.things)


def _is_called_so(each: Ranked, question: Question) -> bool:
    """True for a row of a table whose name has the very word for what a question asks which of."""
    row = each.hit.entry.unit.item
    held = terms_of(row.table) if isinstance(row, TableRow) else set()
    return any(terms_of(thing.words, least=0.9) & held for thing in question.things)


_NEXT = 12  # how far down the table is looked for


def changes_listed(facts: Facts, rows: Sequence[TableRow], question: Question, parts: bool = True) -> list[Statement]:
    """The rows of a table that grow, shrink or stay as they are from the year before, each with its difference; of
    several it is told shortly. Without `parts` none of those that are part of another that does."""
    moved = _changes(facts, rows, question)
    if not parts:
        moved = [pair for pair in moved if not any(is_part(pair[0].row, whole.row) for whole, _ in moved)]
    return [_told(pair, question, short=len(moved) > 1) for pair in moved]


def _changes(facts: Facts, rows: Sequence[TableRow], question: Question) -> list[tuple[Value, Value]]:
    """The two years' values of each row of a table that moved the way a question asks about."""
    pairs = [pair for row in rows if not TOTAL.match(row.row) and (pair := two_years(facts, row, question))]
    if stays(question.text):
        return [(now, then) for now, then in pairs if now.number == then.number]
    denied = is_denied(question.text)
    if denied:  # of figures below zero it is not clear what more is
        pairs = [(now, then) for now, then in pairs if now.number >= 0 and then.number >= 0]
    if "stays" in moves(question.text):
        return [(now, then) for now, then in pairs if (now.number == then.number) is not denied]
    way = direction(question.text)
    return [(now, then) for now, then in pairs if (way * (now.number - then.number) > 0) is not denied]


# Why


def with_reason(said: Statement, row: Ranked | None, question: Question, ranked: Sequence[Ranked]) -> Draft:
    """What was computed, maybe from one row, and the sentence that tells why that grew or shrank: one that gives a
    reason, else one that tells of the change in figures; or that it is as it was. Without one a note says that none was
    found, unless there is nothing to give a reason for."""
    growth, wanted = _growth(row, question), direction(question.text)
    otherwise = growth is not None and growth * wanted <= 0
    way = "stays" if growth == 0 else "falls" if (growth or wanted) < 0 else "rises"
    changes = [r for r in ranked if r.hit.kind == "passage" and way in tends(r.hit.entry.words)]
    around = ((r, r.hit.entry.words, r.hit.entry.unit) for r in changes)
    given = [r for r, words, unit in around if _BECAUSE.search(words) and question.is_told_by(unit.path, unit.words)]
    given = [r for r in given if not _is_of_another(r, row)]
    given.sort(key=lambda r: not question.is_told_by(r.hit.entry.words))
    told = [r for r in changes if growth == 0 or _SUM.search(r.hit.entry.words)]
    told = [r for r in told if question.is_told_by(r.hit.entry.words) or (growth == 0 and _has_parts(r))]
    reason = next(chain(told, given) if otherwise else chain(given, told), None)
    if reason is None:
        return Draft((said,), "lookup", certain=True, note="" if otherwise else say("no_reason", question.language))
    words = prose_statements(reason.asked.facts, reason.asked.searchable, [reason.hit], question, 400)
    return Draft((said, *words[:1]), "lookup", certain=True)


def _is_of_another(sentence: Ranked, each: Ranked | None) -> bool:
    """True for a sentence that says the whole name of another row of the table than the one that was told."""
    row = each.hit.entry.unit.item if each else None
    if each is None or not isinstance(row, TableRow):
        return False
    held = terms_of(sentence.hit.entry.words, least=_WHOLLY)
    own, *others = (terms_of(own_name(r), least=_WHOLLY) for r in (row, *table_of(each.asked.facts, row)))
    return not own <= held and any(name and name <= held for name in others)


def _growth(each: Ranked | None, question: Question) -> Decimal | None:
    """By how much a row has grown since the year before; None where it does not tell."""
    row = each.hit.entry.unit.item if each else None
    pair = two_years(each.asked.facts, row, question) if each and isinstance(row, TableRow) else None
    return pair[0].number - pair[1].number if pair else None


def _has_parts(each: Ranked) -> bool:
    """True where an entry itself has at least a part of each thing that the question names: "avgift" of "badavgift"."""
    held = terms_of(each.hit.entry.words, least=_PART)
    return all(any(term in held for term in thing.terms) for thing in each.question.things)


_PART, _WHOLLY = 0.3, 0.9  # of a word: a part of a compound, all of it


_SUM = re.compile(r"\d (?:mnkr|mkr|tkr|kronor|kr|miljoner|procent|st)\b|\d ?%")
_BECAUSE = re.compile(
    r"\b(?:beror|eftersom|på grund av|till följd av|därför|orsak\w*|förklaras|tack vare|i och med|genom att)\b"
    r"|\b(?:då|när)\b[^.]*\b(?:upphör|slutar|försvinner|tillkommer|flyttar|övergår)\b",
    re.IGNORECASE,
)

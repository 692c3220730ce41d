"""Figures of tables set against one another: differences, sums and shares, each with its formula.

Numbers are decimals from first to last; every figure that stands in no source goes into a `Sum`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, takewhile

from ingest.plan import TableCell, TableRow
from retrieval.evidence.answer_types import Reference, Statement, Sum
from retrieval.evidence.lookup import (
    Facts,
    cell_said,
    cells_named,
    column_of,
    headers_of,
    label_of,
    name_of,
    named_cell,
    percentage_points,
    places,
    shown,
    shown_like,
)
from retrieval.evidence.tables import is_part
from retrieval.language.phrases import say
from retrieval.language.swedish import Language
from retrieval.question.question import Question
from retrieval.store.search import terms_of


@dataclass(frozen=True, slots=True)
class Value:
    """A number of a table, with what it stands in."""

    facts: Facts
    row: TableRow
    cell: TableCell
    number: Decimal

    @property
    def references(self) -> tuple[Reference, ...]:
        return self.facts.references(self.row, self.cell.column)

    @property
    def written(self) -> str:
        """The number as it is written, without its unit."""
        return (self.cell.written or "").removesuffix(self.cell.unit or "").rstrip()


def alike(one: Value, other: Value) -> bool:
    """True where two values can be set against one another: the same unit, and the same column or the same row."""
    return one.cell.unit == other.cell.unit and (one.cell.column == other.cell.column or one.row is other.row)


def sum_statement(values: Sequence[Value], question: Question) -> Statement | None:
    """Values added up, each told."""
    if len(values) < 2 or any(not alike(v, values[0]) for v in values):
        return None
    if any(is_part(value.row, other.row) for value in values for other in values):
        return None  # a part and its whole: it would be counted twice
    spoken = question.language
    unit = values[0].cell.unit or ""
    precise = max((v.written for v in values), key=places)
    total = shown_like(sum((v.number for v in values), Decimal(0)), precise)
    formula = " + ".join(v.written for v in values)
    cells = [cell_said(v.cell, True, spoken) for v in values]
    said = "; ".join(f"{label_of(v.row)}: {cell}" for v, cell in zip(values, cells, strict=True))
    if all(v.row is values[0].row for v in values):
        said = f"{label_of(values[0].row)}: {', '.join(cells)}"
    value = f"{total} {unit}".strip()
    tail = say("sum", spoken, total=value, formula=formula)
    references = tuple(ref for v in values for ref in v.references)
    return Statement(f"{said}. {tail}", references, (Sum(value, formula),), headers_of(*(v.row for v in values)))


def difference(one: Value, other: Value, question: Question) -> Statement | None:
    """Two values of one column or of one row, the larger first, and how much larger it is; None where they can't be set
    against one another, as in a row where a sign tells what is spent."""
    more, less = sorted((one, other), key=lambda value: value.number, reverse=True)
    if not alike(more, less) or (more.row is less.row and less.number < 0):
        return None
    one_table = (more.row.table, more.row.parent) == (less.row.table, less.row.parent)
    said, name = _both_said(more, less, question.language, name_of if one_table else label_of)
    tail, sums = apart(more, less, name, question.language, grows=False)
    return Statement(f"{said}. {tail}", more.references + less.references, sums, headers_of(more.row, less.row))


def beside_others(facts: Facts, row: TableRow, question: Question) -> Statement | None:
    """What the plan's own have, in the year that is named or the last one, beside what the column of others that a
    question names tells ("the national average": Riket); None where the row has no such column."""
    others = replace(row, cells=tuple(c for c in row.cells if _BESIDE.search(c.column)))
    named = cells_named(others, question.concepts, None)
    own = [c for c in row.cells if c.number is not None and c.year and not _BESIDE.search(c.column)]
    other_years = {*question.years} - {facts.year}
    asked = [c for c in own if c.year in other_years] if other_years else own
    if len(named) != 1 or not asked or named[0].unit != (last := max(asked, key=lambda c: c.year or 0)).unit:
        return None
    ours, theirs = valued(facts, row, last), valued(facts, row, named[0])
    if ours is None or theirs is None:
        return None
    said, name = _both_said(ours, theirs, question.language, label_of)
    tail, sums = apart(ours, theirs, name, question.language, grows=False)
    return Statement(f"{said}. {tail}", ours.references, sums, headers_of(row))


def _both_said(one: Value, other: Value, spoken: Language, name: Callable[[TableRow], str]) -> tuple[str, str]:
    """Two values as a sentence tells them, and what the other is called beside the one."""
    a, b = (cell_said(value.cell, True, spoken) for value in (one, other))
    if one.row is other.row:
        return f"{label_of(one.row)}: {a}, {b}", column_of(other.cell.column, spoken)
    return f"{name(one.row)}: {a}; {name(other.row)}: {b}", name(other.row)


def apart(now: Value, then: Value, name: str, spoken: Language, grows: bool = True) -> tuple[str, tuple[Sum, ...]]:
    """How much more or less one value is than another, in its unit and in percent, said and computed; as growth where
    they are of two years."""
    change = now.number - then.number
    if change == 0:
        return say("difference_none", spoken, other=name), ()
    precise = max((now.written, then.written), key=places)
    formula = f"{now.written} − {then.written}"
    by = shown_like(abs(change), precise)
    value = f"{by} {percentage_points(by, spoken) if now.cell.unit == '%' else now.cell.unit or ''}".strip()
    percent = shown(abs(change) / abs(then.number) * 100, 1) if then.number else None
    moves = ("difference_up", "difference_down") if grows and percent else ("more_than", "less_than")
    said = say(
        moves[change < 0], spoken, difference=value, other=name, formula=f"{formula} = {shown_like(change, precise)}",
        percent=percent, share=f" ({percent} %)" if percent else "",  # there is no percent of nothing
    )  # fmt: skip
    return said, (Sum(value, formula), *([Sum(percent, f"({formula}) / {then.written}")] if percent else []))


# One row


def value_of(row: TableRow, question: Question, year: int | None) -> TableCell | None:
    """The one cell a comparison is about: the one whose column the question names, that tells what the others make
    together ("Riskvärde", "Totalt") or is of the kind asked for, else the net, else the plan year's first number."""
    numbered: Sequence[TableCell]
    numbered = [c for c in row.cells if c.number is not None and not _NOT_OWN.search(c.column)]
    if (by_name := named_cell(row, question, year)) in numbered:
        return by_name
    gross = "" if "net" in question.asks else "kostnad" if "costs" in question.asks else "intäkt"
    kinds = ([gross] if gross and question.asks & {"costs", "revenue"} else []) + ["netto"]
    numbered = _of_all(numbered, question)
    last = max((c.year for c in numbered if c.year), default=None)
    now = [c for c in numbered if c.year in (year, None)] or [c for c in numbered if c.year == last]
    worth = (c for c in now if _WORTH.search(c.column) or _adds_up(c, row))
    kind = (c for kind in kinds for c in numbered if c.column.casefold().startswith(kind))
    return next(chain(worth, kind, now), None)


def _of_all(cells: Sequence[TableCell], question: Question) -> Sequence[TableCell]:
    """The cells that count women and men alike; of either where a question asks for them, or none else is."""
    half = next((_HALVES[name] for name in _HALVES if {name} == question.asks & _HALVES.keys()), None)
    if half and (asked := [c for c in cells if half.search(c.column)]):
        return asked
    return [c for c in cells if not any(each.search(c.column) for each in _HALVES.values())] or cells


_OF_OTHERS = r"\b(?:riket|rikssnitt\w*|sverige|länet|kommuner(?:na)?)\b"
_BESIDE = re.compile(_OF_OTHERS, re.IGNORECASE)  # what a column of others is called that a plan's own are set beside
_NOT_OWN = re.compile(rf"\b(?:nr|nummer)\b|{_OF_OTHERS}", re.IGNORECASE)


def _adds_up(total: TableCell, row: TableRow) -> bool:
    """True for a cell with the sum of all the others of its row, which are of no year."""
    others = [c.number for c in row.cells if c is not total and c.number is not None]
    return len(others) > 1 and total.number == sum(others) and not any(cell.year for cell in row.cells)


_WORTH = re.compile(r"(?:risk|^)(?:värde|poäng|tal)\b", re.IGNORECASE)


def in_years(row: TableRow, question: Question, year: int | None) -> TableRow:
    """A row with but the columns of the years that a question names; none where it is of other years alone. All columns
    where no year is named but the plan's own, of which it has none, or no column is of a year; beside such as are, one
    of no year is of the plan's."""
    named, held = {*question.years}, {cell.year or year for cell in row.cells}
    if not any(cell.year for cell in row.cells) or not (named & held or named - {year}):
        return row
    return replace(row, cells=tuple(cell for cell in row.cells if (cell.year or year) in named))


def valued(facts: Facts, row: TableRow, cell: TableCell | None) -> Value | None:
    """What a cell of a row tells; None where there is none, or no number in it."""
    return Value(facts, row, cell, cell.number) if cell and cell.number is not None else None


def value_in(facts: Facts, row: TableRow, question: Question) -> Value | None:
    """The value of a row that a comparison is about, in the years that a question names; None where it has none."""
    return valued(facts, row, value_of(in_years(row, question, facts.year), question, facts.year))


# Shares


def share_statement(facts: Facts, row: TableRow, whole: TableRow, question: Question) -> Statement | None:
    """A row's share of a total row, of the same column."""
    part = value_in(facts, row, question)
    total = valued(facts, whole, next((c for c in whole.cells if part and c.column == part.cell.column), None))
    if not part or not total or part.cell.unit != total.cell.unit or not 0 < part.number <= total.number:
        return None
    return _share(part, total, question.language)


def share_within(facts: Facts, row: TableRow, question: Question) -> Statement | None:
    """The share of women or of men in a row that tells of both, of what a column counts that is part of the one before
    it ("därav förskollärare"), or of one column that is named in another that is."""
    values = _numbers(facts, row, row.cells)
    found = _part_named(values, question) or _half_named(values, question) or _two_named(facts, row, question)
    part, whole = found or (None, None)
    if part is None or whole is None or not whole.number or part.number > whole.number:
        return None
    return _share(part, whole, question.language)


def women_and_men(facts: Facts, row: TableRow, question: Question) -> Statement | None:
    """How many more women or men a row tells of, where a question asks about both."""
    halves = _halves(_numbers(facts, row, row.cells))
    if not {"women", "men"} <= question.asks or not halves:
        return None
    return difference(halves["women"], halves["men"], question)


def _numbers(facts: Facts, row: TableRow, cells: Sequence[TableCell]) -> list[Value]:
    return [value for cell in cells if (value := valued(facts, row, cell))]


def _part_named(values: Sequence[Value], question: Question) -> tuple[Value, Value] | None:
    """What a question names that is part of a column before it, and that."""
    parts = [v for v in values if _PART.match(v.cell.column)]
    part = next((v for v in parts if any(thing.is_in(terms_of(v.cell.column)) for thing in question.things)), None)
    before = takewhile(lambda value: value is not part, values) if part else ()
    wholes = [value for value in before if not _PART.match(value.cell.column)]
    return (part, wholes[-1]) if part and wholes else None


def _two_named(facts: Facts, row: TableRow, question: Question) -> tuple[Value, Value] | None:
    """The smaller and the larger of two columns that a question names."""
    named = cells_named(row, question.concepts, facts.year)
    if len(named) != 2 or named[0].unit != named[1].unit:
        return None
    part, whole = sorted(_numbers(facts, row, named), key=lambda v: v.number)
    return (part, whole) if part.number >= 0 else None


_PART = re.compile(r"(?:var|där)av\b", re.IGNORECASE)


def _half_named(values: Sequence[Value], question: Question) -> tuple[Value, Value] | None:
    """The women or men that a question names, and the column that both add up to: this year's plan, or last October."""
    halves = _halves(values)
    both = sum(half.number for half in halves.values())
    half = next((half for name, half in halves.items() if name in question.asks), None)
    whole = next((value for value in values if abs(value.number - both) <= 1), None)
    return (half, whole) if half and whole else None


def _halves(values: Sequence[Value]) -> dict[str, Value]:
    """How many women and how many men a row tells of; {} unless it tells of both."""
    found = {name: v for name, half in _HALVES.items() for v in reversed(values) if half.search(v.cell.column)}
    return found if len(found) == len(_HALVES) else {}


_HALVES = {
    "women": re.compile(r"kvinn|flick", re.IGNORECASE),
    "men": re.compile(r"\bmän\b|pojk", re.IGNORECASE),
}


def _share(part: Value, whole: Value, spoken: Language) -> Statement:
    said, name = _both_said(part, whole, spoken, label_of)
    percent, formula = shown(part.number / whole.number * 100, 1), f"{part.written} / {whole.written}"
    text = f"{said}. {say('share', spoken, whole=name, percent=percent, formula=formula)}"
    references = part.references + whole.references
    return Statement(text, references, (Sum(percent, formula),), headers_of(part.row, whole.row))

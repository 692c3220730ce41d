"""Figures of tables set against one another: differences, sums and shares, each with its formula.

Numbers are decimals from first to last; every figure that stands in no source goes into a `Sum`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

from ingest.plan import TableCell, TableRow
from retrieval.answer_types import Reference, Statement, Sum
from retrieval.lookup import (
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
from retrieval.phrases import say
from retrieval.question import Question
from retrieval.search import terms_of
from retrieval.swedish import Language


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
        return self.cell.written or ""


def alike(one: Value, other: Value) -> bool:
    """True where two values can be set against one another: the same unit and the same column."""
    return (one.cell.unit, one.cell.column) == (other.cell.unit, other.cell.column)


def sum_statement(values: Sequence[Value], question: Question) -> Statement | None:
    """Values added up, each told."""
    if len(values) < 2 or any(not alike(v, values[0]) for v in values):
        return None
    if any(v.row.parent and v.row.parent.rstrip(" :").casefold() == o.row.row.rstrip(" :").casefold()
           for v in values for o in values):  # fmt: skip
        return None  # a part and its whole: it would be counted twice
    spoken = question.language
    unit = values[0].cell.unit or ""
    precise = max((v.written for v in values), key=places)
    total = shown_like(sum((v.number for v in values), Decimal(0)), precise)
    formula = " + ".join(v.written for v in values)
    said = "; ".join(f"{label_of(v.row)}: {cell_said(v.cell, True, spoken)}" for v in values)
    value = f"{total} {unit}".strip()
    tail = say("sum", spoken, total=value, formula=formula)
    references = tuple(ref for v in values for ref in v.references)
    return Statement(f"{said}. {tail}", references, (Sum(value, formula),), headers_of(*(v.row for v in values)))


def difference(one: Value, other: Value, question: Question) -> Statement | None:
    """Two values of different rows, the larger first, and how much larger it is."""
    if not alike(one, other):
        return None
    a, b = (one, other) if one.number >= other.number else (other, one)
    spoken = question.language
    one_table = (a.row.table, a.row.parent) == (b.row.table, b.row.parent)
    names = [(name_of if one_table else label_of)(v.row) for v in (a, b)]
    said = "; ".join(f"{name}: {cell_said(each.cell, True, spoken)}" for name, each in zip(names, (a, b), strict=True))
    tail, sums = apart(a, b, names[1], spoken, grows=False)
    return Statement(f"{said}. {tail}", a.references + b.references, sums, headers_of(a.row, b.row))


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
    key = (
        ("difference_up" if change > 0 else "difference_down") if grows else "more_than" if change > 0 else "less_than"
    )
    said = say(
        key, spoken, difference=value, other=name, formula=f"{formula} = {shown_like(change, precise)}",
        percent=percent or "–", share=f" ({percent} %)" if percent else "",  # there is no percent of nothing
    )  # fmt: skip
    return said, (Sum(value, formula), *([Sum(percent, f"({formula}) / {then.written}")] if percent else []))


# One row


def value_of(row: TableRow, question: Question, year: int | None) -> TableCell | None:
    """The one cell a comparison is about: the one whose column the question names or is of the kind asked for, else the
    net, else the plan year's first number."""
    numbered = [c for c in row.cells if c.number is not None and not re.search(r"\b(?:nr|nummer)\b", c.column, re.I)]
    if (by_name := named_cell(row, question, year)) in numbered:
        return by_name
    gross = "" if "net" in question.asks else "kostnad" if "costs" in question.asks else "intäkt"
    kinds = ([gross] if gross and question.asks & {"costs", "revenue"} else []) + ["netto"]
    kind = (c for kind in kinds for c in numbered if c.column.casefold().startswith(kind))
    return next(kind, None) or next((c for c in numbered if c.year in (year, None)), next(iter(numbered), None))


def in_years(rows: Sequence[TableRow], question: Question, year: int | None) -> Sequence[TableRow]:
    """The rows of a table with but the columns of the years that a question names, in the same order: all columns where
    it names none, or no column is of a year; none where the table is of other years alone."""
    held = {cell.year for row in rows for cell in row.cells} - {None}
    named = held & {*question.years} or {*question.years} - {year}
    if not held or not named:
        return rows
    return [replace(row, cells=tuple(cell for cell in row.cells if cell.year in named)) for row in rows]


def value_in(facts: Facts, row: TableRow, question: Question) -> Value | None:
    """The value of a row that a comparison is about, None where its cell has no number."""
    cell = value_of(row, question, facts.year)
    return Value(facts, row, cell, cell.number) if cell and cell.number is not None else None


def two_years(facts: Facts, row: TableRow, question: Question) -> tuple[Value, Value] | None:
    """The plan year's value of a row, or the later of two years that are named, and the one it is compared with."""
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
        before = [c for c in others if c.year == facts.year - 1]
        planned = (c for c in before if not re.match(r"VB|Bokslut|Utfall", c.column))
        chosen = next(planned, next(iter(before), None))
    if chosen and (now.unit != chosen.unit or (len(years) > 1 and now.year not in question.years)):
        # Two years are named that both are others, or the plan's own column counts another thing.
        beside = [c for c in numbered if c.unit == chosen.unit and c.year != chosen.year]
        beside = [c for c in beside if c.year in years] if len(years) > 1 else beside
        now = beside[0] if len(beside) == 1 else None
    if chosen is None or chosen.number is None or now is None or now.number is None:
        return None
    first, second = Value(facts, row, now, now.number), Value(facts, row, chosen, chosen.number)
    return (second, first) if chosen.year and now.year and chosen.year > now.year else (first, second)


def year_difference(facts: Facts, row: TableRow, question: Question, short: bool = False) -> Statement | None:
    """The plan year's value beside another year's, with the difference in the row's unit and in percent; `short`:
    not said in words."""
    pair = two_years(facts, row, question)
    if pair is None:
        return None
    now, then = pair
    spoken = question.language
    name = name_of(row) if short else label_of(row)
    said = f"{name}: {cell_said(now.cell, True, spoken)}, {cell_said(then.cell, True, spoken)}"
    tail, sums = apart(now, then, column_of(then.cell.column, spoken), spoken)
    if short:
        change = shown_like(now.number - then.number, max(now.written, then.written, key=places))
        made = f" ({sums[0].formula} = {change})" if sums else ""
        return Statement(f"{said}{made}.", now.references, sums[:1], headers_of(row))
    return Statement(f"{said}. {tail}", now.references, sums, headers_of(row))


# Shares


def share_statement(facts: Facts, row: TableRow, whole: TableRow, question: Question) -> Statement | None:
    """A row's share of a total row, of the same column."""
    part = value_in(facts, row, question)
    cell = next((c for c in whole.cells if part and c.column == part.cell.column), None)
    if part is None or cell is None or cell.number is None or part.number <= 0 or cell.number <= 0:
        return None
    total = Value(facts, whole, cell, cell.number)
    if part.cell.unit != cell.unit or abs(part.number) > abs(total.number):
        return None
    spoken = question.language
    said = "; ".join(f"{label_of(v.row)}: {cell_said(v.cell, True, spoken)}" for v in (part, total))
    tail, sums = _share(part, total, label_of(whole), spoken)
    return Statement(f"{said}. {tail}", part.references + total.references, sums, headers_of(row, whole))


def share_within(facts: Facts, row: TableRow, question: Question) -> Statement | None:
    """The share of women or of men in a row that tells of both, of what a column counts that is part of the one before
    it ("därav förskollärare"), or of one column that is named in another that is."""
    values = _numbers(facts, row)
    found = _part_named(values, question) or _half_named(values, question) or _two_named(facts, row, question)
    part, whole = found or (None, None)
    if part is None or whole is None or not whole.number or part.number > whole.number:
        return None
    spoken = question.language
    said = f"{label_of(row)}: {cell_said(whole.cell, True, spoken)}, {cell_said(part.cell, True, spoken)}."
    tail, sums = _share(part, whole, column_of(whole.cell.column, spoken), spoken)
    return Statement(f"{said} {tail}", part.references, sums, headers_of(row))


def cells_apart(facts: Facts, row: TableRow, cells: Sequence[TableCell], question: Question) -> Statement | None:
    """Two cells of a row, the larger first, and how much larger it is; None where they have other units or a sign
    tells what is spent."""
    less, more = sorted((Value(facts, row, c, c.number or Decimal(0)) for c in cells), key=lambda v: v.number)
    if less.cell.unit != more.cell.unit or less.number < 0:
        return None
    spoken = question.language
    said = f"{label_of(row)}: {cell_said(more.cell, True, spoken)}, {cell_said(less.cell, True, spoken)}."
    tail, sums = apart(more, less, column_of(less.cell.column, spoken), spoken, grows=False)
    return Statement(f"{said} {tail}", more.references + less.references, sums, headers_of(row))


def women_and_men(facts: Facts, row: TableRow, question: Question) -> Statement | None:
    """How many more women or men a row tells of, where a question asks about both."""
    halves = _halves(_numbers(facts, row))
    if not {"women", "men"} <= question.asks or not halves:
        return None
    return cells_apart(facts, row, [half.cell for half in halves.values()], question)


def _numbers(facts: Facts, row: TableRow) -> list[Value]:
    return [Value(facts, row, cell, cell.number) for cell in row.cells if cell.number is not None]


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
    part, whole = sorted((Value(facts, row, c, c.number or Decimal(0)) for c in named), key=lambda v: v.number)
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


def _share(part: Value, whole: Value, name: str, spoken: Language) -> tuple[str, tuple[Sum, ...]]:
    percent = shown(part.number / whole.number * 100, 1)
    formula = f"{part.written} / {whole.written}"
    return say("share", spoken, whole=name, percent=percent, formula=formula), (Sum(percent, formula),)

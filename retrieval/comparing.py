"""The arithmetic that a question asks for: between years and rows, shares, the largest and the smallest.

Numbers are decimals from first to last; every figure that stands in no source goes into a `Sum` with its formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from ingest.plan import TableCell, TableRow
from retrieval.answer_types import Statement, Sum
from retrieval.lookup import TOTAL, Facts, cell_said, column_of, headers_of, label_of
from retrieval.phrases import say
from retrieval.question import Question


def value_of(row: TableRow, question: Question, year: int | None) -> TableCell | None:
    """The one cell a comparison is about: the kind asked for, else the net, else the plan year's first number."""
    kinds = (("costs", r"^kostnad"), ("revenue", r"^intäkt"))
    for name, pattern in kinds:
        if name in question.asks and "net" not in question.asks:
            cell = next((c for c in row.cells if c.number is not None and re.search(pattern, c.column, re.I)), None)
            if cell:
                return cell
    net = next((c for c in row.cells if c.number is not None and re.match(r"netto", c.column, re.I)), None)
    return (
        net
        or next((c for c in row.cells if c.number is not None and (c.year == year or c.year is None)), None)
        or next((c for c in row.cells if c.number is not None), None)
    )


def year_difference(facts: Facts, row: TableRow, question: Question) -> Statement | None:
    """The plan year's value beside an earlier year's, with the difference in the row's unit and in percent."""
    # Earlier years' columns hold the net, so that the net is what can be compared.
    net = next((c for c in row.cells if c.number is not None and re.match(r"netto", c.column, re.I)), None)
    now = net or value_of(row, question, facts.year)
    if now is None or now.number is None:
        return None
    years = [y for y in question.years if y != now.year]
    earlier = [
        c
        for c in row.cells
        if c.number is not None and c.year not in (None, now.year) and not re.search(r"kvinn|män|flick|pojk", c.column)
    ]
    if re.search(r"utfall|outcome|bokslut|actual|\bvb\b", question.text, re.I):
        earlier = [c for c in earlier if re.match(r"VB|Bokslut|Utfall", c.column)] or earlier
    chosen = next((c for y in years for c in earlier if c.year == y), None)
    if chosen is None and facts.year:
        chosen = next(
            (c for c in earlier if c.year == facts.year - 1 and re.match(r"VP|Budget|Plan|Pris|\d{4}|Snitt", c.column)),
            None,
        )
        chosen = chosen or next((c for c in earlier if c.year == facts.year - 1), None)
    if chosen is None or chosen.number is None:
        return None
    if now.unit and chosen.unit and now.unit != chosen.unit:
        return None
    unit = now.unit or ""
    spoken = question.language
    change = now.number - chosen.number
    precise = max((now.written or "", chosen.written or ""), key=_places)
    formula = f"{now.written} − {chosen.written}"
    said = f"{label_of(row)}: {cell_said(now, True, spoken)}, {cell_said(chosen, True, spoken)}."
    if change == 0:
        return Statement(
            f"{said} {say('difference_none', spoken, other=column_of(chosen.column, spoken))}",
            facts.references(row, now.column),
            labels=headers_of(row),
        )
    percent = shown(abs(change) / chosen.number * 100, 1) if chosen.number else None
    value = f"{shown_like(abs(change), precise)} {unit}".strip()
    key = "difference_up" if change > 0 else "difference_down"
    tail = say(
        key,
        spoken,
        difference=value,
        other=column_of(chosen.column, spoken),
        formula=f"{formula} = {shown_like(change, precise)}",
        percent=percent or "–",
    )
    sums = [Sum(value, formula)]
    if percent:
        sums.append(Sum(percent, f"({formula}) / {chosen.written}"))
    return Statement(f"{said} {tail}", facts.references(row, now.column), tuple(sums), headers_of(row))


def share_statement(facts: Facts, row: TableRow, whole: TableRow, question: Question) -> Statement | None:
    """A row's share of a total row, of the same column."""
    part, total = value_of(row, question, facts.year), None
    if part is not None:
        total = next((c for c in whole.cells if c.column == part.column), None)
    if part is None or total is None or not part.number or not total.number:
        return None
    if part.unit != total.unit or abs(part.number) > abs(total.number):
        return None
    percent = shown(part.number / total.number * 100, 1)
    formula = f"{part.written} / {total.written}"
    said = _side_by_side(row, part, whole, total, question)
    tail = say("share", question.language, whole=label_of(whole), percent=percent, formula=formula)
    references = facts.references(row, part.column) + facts.references(whole, total.column)
    return Statement(f"{said} {tail}", references, (Sum(percent, formula),), headers_of(row, whole))


def _side_by_side(one: TableRow, a: TableCell, other: TableRow, b: TableCell, question: Question) -> str:
    first, second = (cell_said(cell, True, question.language) for cell in (a, b))
    return f"{label_of(one)}: {first}; {label_of(other)}: {second}."


def rows_difference(facts: Facts, one: TableRow, other: TableRow, question: Question) -> Statement | None:
    """Two rows' values side by side, with the difference."""
    a, b = value_of(one, question, facts.year), value_of(other, question, facts.year)
    if a is None or b is None or a.number is None or b.number is None:
        return None
    if (a.column, a.unit) != (b.column, b.unit):
        return None
    if a.number < b.number:
        return rows_difference(facts, other, one, question)
    precise = max((a.written or "", b.written or ""), key=_places)
    value = f"{shown_like(a.number - b.number, precise)} {a.unit or ''}".strip()
    formula = f"{a.written} − {b.written}"
    percent = shown((a.number - b.number) / b.number * 100, 1) if b.number else "–"
    said = _side_by_side(one, a, other, b, question)
    tail = say(
        "difference_up",
        question.language,
        difference=value,
        other=label_of(other),
        formula=f"{formula} = {value.split(' ')[0] if a.unit else value}",
        percent=percent,
    )
    sums = [Sum(value, formula)] + ([Sum(percent, f"({formula}) / {b.written}")] if b.number else [])
    return Statement(
        f"{said} {tail}",
        facts.references(one, a.column) + facts.references(other, b.column),
        tuple(sums),
        headers_of(one, other),
    )


def extreme_statement(facts: Facts, rows: Sequence[TableRow], question: Question) -> Statement | None:
    """The row with the largest or smallest value among rows of one unit that are no totals and no other row's parts."""
    wholes = {row.row.rstrip(" :").casefold() for row in rows}
    smallest = "smallest" in question.asks
    values = [
        (cell.number, row, cell)
        for row in rows
        if not TOTAL.match(row.row)
        and not row.row.lower().startswith("varav")
        and (row.parent or "").rstrip(" :").casefold() not in wholes
        and (cell := value_of(row, question, facts.year)) is not None
        and cell.number is not None
    ]
    if len(values) < 2 or len({cell.unit for _, _, cell in values}) > 1:
        return None
    number, row, cell = (min if smallest else max)(values, key=lambda v: v[0])
    same = [r for n, r, _ in values if n == number]
    names = ", ".join(r.row.rstrip(" *") for r in same)
    unit = cell.unit if cell.unit and cell.unit.casefold() not in (cell.written or "").casefold() else ""
    value = f"{cell.written} {unit}".strip()
    text = say(
        "smallest" if smallest else "largest",
        question.language,
        row=names,
        value=value,
        column=column_of(cell.column, question.language),
    )
    references = tuple(ref for r in same[:5] for ref in facts.references(r, cell.column))
    return Statement(text, references, labels=headers_of(row))


def shown(value: Decimal, places: int) -> str:
    """A decimal in Swedish form with so many places, halves rounded up: 31.35 → "31,4" at one."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, rest = f"{rounded:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", " ") if abs(int(whole)) >= 1000 else whole
    return f"{grouped},{rest}" if rest else grouped


def shown_like(value: Decimal, written: str) -> str:
    """A decimal with as many places as a number written in the source has."""
    text = shown(abs(value), _places(written))
    return f"−{text}" if value < 0 else text


def _places(written: str) -> int:
    """How many decimals a number as written has: 2 in "4,75 mnkr"."""
    decimals = re.search(r"\d,(\d+)", written)
    return len(decimals[1]) if decimals else 0

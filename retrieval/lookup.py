"""Facts answered by look-up: the value as written in a natural sentence, and the arithmetic that a question asks for.

Numbers are decimals from first to last; every figure that stands in no source goes into a `Sum` with its formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ingest.plan import Activity, Indicator, Plan, TableCell, TableRow
from ingest.source import Span
from ingest.values import number_in
from retrieval.answer_types import Reference, Statement, Sum
from retrieval.phrases import say
from retrieval.question import Question
from retrieval.swedish import Language

_LATER_GLOSS = (
    (re.compile(r"tas fram av", re.I), "to be set by the board"),
    (re.compile(r"fastställ", re.I), "to be set later"),
    (re.compile(r"öka", re.I), "increase"),
    (re.compile(r"minska", re.I), "decrease"),
)
_PERIODS: dict[str, dict[Language, str]] = {
    "år": {"sv": "år", "en": "year"},
    "tertial": {"sv": "tertial", "en": "four-month period (tertial)"},
}
TOTAL = re.compile(r"^(?:summa|totalt?|drift totalt|investeringar totalt|netto totalt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one document and how to refer to them."""

    document: int
    plan: Plan
    year: int | None

    def reference(self, item: Indicator | Activity | TableRow, span: Span, column: str | None = None) -> Reference:
        section = self.plan.path(item.origin.section)
        if isinstance(item, Indicator):
            return Reference(self.document, span, section, "Indikatorer", item.name, column)
        if isinstance(item, Activity):
            return Reference(self.document, span, section, "Aktiviteter", item.text, column or "Aktivitet")
        column = column or next((cell.column for cell in item.cells if cell.written), None)
        return Reference(self.document, span, section, item.table, item.row, column)

    def references(self, item: Indicator | Activity | TableRow, column: str | None = None) -> tuple[Reference, ...]:
        return tuple(self.reference(item, span, column) for span in item.origin.spans)


# Indicators


def indicator_statement(facts: Facts, item: Indicator, question: Question, gloss: str | None = None) -> Statement:
    """The target, the council's target beside it, how the two compare, and the comment where there is one."""
    spoken = question.language
    glossed = f" ({gloss})" if gloss and spoken == "en" else ""
    year = facts.year or ""
    parts = []
    is_set = item.target is not None and not re.search(r"fastställ|tas fram", item.target, re.I)
    own = number_in(item.target) if item.target and is_set else None
    if item.target and is_set:
        parts.append(say("target", spoken, name=item.name, year=year, target=item.target, gloss=glossed))
    elif item.target:
        parts.append(say("target_none", spoken, name=item.name, year=year, gloss=glossed) + f" (”{item.target}”)")
    else:
        parts.append(say("target_none", spoken, name=item.name, year=year, gloss=glossed))
    council = item.council_target
    if council:
        number = number_in(council)
        if number is not None and not re.search(r"fastställ|tas fram", council, re.I):
            parts.append(say("council", spoken, target=council))
            if own is not None and _bare(item.target or "") == _bare(council):
                comparison = "same" if own == number else "higher" if own > number else "lower"
                parts.append(say(comparison, spoken))
        else:
            meaning = next((g for pattern, g in _LATER_GLOSS if pattern.search(council)), council)
            parts.append(say("council_later", spoken, target=council, gloss=meaning))
    elif "council" in question.asks:
        parts.append(say("council_none", spoken))
    parts += [say("outcome", spoken, column=each.column, written=each.written) for each in item.outcomes]
    if item.comment:
        parts.append(say("comment", spoken, comment=item.comment))
    columns = tuple(each.column for each in item.outcomes)
    column = "KF:s årsmål" if council and _OF_COUNCIL.search(question.text) else "Årsmål"
    return Statement(" ".join(parts), facts.references(item, column), labels=columns)


_OF_COUNCIL = re.compile(
    r"\b(?:kf:?s?|(?:kommun)?fullmäktiges?|city council['’]?s?|council['’]?s)(?: \w+)? (?:års)?(?:mål|targets?)\w*",
    re.IGNORECASE,
)


def _bare(written: str) -> str:
    """What is left of a target without its number: its unit."""
    return re.sub(r"[^%a-zåäö]", "", written.casefold())


# Activities


def activity_statement(facts: Facts, item: Activity, spoken: Language, short: int | None = None) -> Statement:
    """What is to be done, from when to when, and who is responsible."""
    text = item.text if short is None or len(item.text) <= short else item.text[:short].rsplit(" ", 1)[0] + " …"
    if item.start and item.end:
        dates = say("dates", spoken, start=item.start.isoformat(), end=item.end.isoformat())
    else:
        dates = say("ends", spoken, end=item.end.isoformat()) if item.end else ""
        dates = say("starts", spoken, start=item.start.isoformat()) if item.start else dates
    who = say("who", spoken, who=item.responsible[0]) if item.responsible else ""
    return Statement(say("activity", spoken, text=text.rstrip("."), dates=dates) + who, facts.references(item))


# Rows of tables


def row_statement(facts: Facts, row: TableRow, question: Question) -> Statement:
    """A row's cells, those the question asks for first."""
    label = _label(row)
    cells = [cell for cell in row.cells if cell.written]
    if not any(cell.number is not None for cell in cells):
        words = "; ".join(cell.written or "" for cell in cells)
        parent = f" ({row.parent})" if row.parent else ""
        text = say("row", question.language, row=f"{row.row}{parent}", words=words)
        return Statement(text, facts.references(row))
    wanted = asked_cells(row, question, facts.year)
    first = wanted or cells
    rest = [cell for cell in cells if cell not in first]
    spoken = question.language
    said = ", ".join(_cell(cell, True, spoken) for cell in first)
    more = f" ({', '.join(_cell(cell, False, spoken) for cell in rest)})" if rest and first else ""
    column = first[0].column if first else None
    return Statement(f"{label}: {said}{more}.", facts.references(row, column), labels=_headers(row))


def _headers(*rows: TableRow) -> tuple[str, ...]:
    """The header words that a statement about rows may name: columns, table and group names."""
    return tuple(words for row in rows for words in (*(c.column for c in row.cells), row.table, row.parent or ""))


def _label(row: TableRow) -> str:
    name = row.row.rstrip(" *:")
    if TOTAL.match(name) and row.table and row.table.lower() not in name.lower():
        return f"{row.table} – {name}"
    if row.parent and row.parent.rstrip(": ").lower() not in name.lower():
        return f"{row.parent.rstrip(': ')} – {name}"
    if row.table and len(name) < 40 and row.table.lower() not in name.lower():
        return f"{name} ({row.table})"
    return name


_ENGLISH = (
    (r"^Kostnader\b", "costs"), (r"^Intäkter\b", "revenue"), (r"^Netto\b", "net"),
    (r"^Omslutningsförändring\b", "change in turnover"),
    (r"^varav kvinnor\b", "of which women"), (r"^varav män\b", "of which men"),
    (r"^Flickor\b", "girls"), (r"^Pojkar\b", "boys"),
    (r"^Totalt\b", "total"), (r"^Pris\b", "price"),
    (r"^VP(?= \d)", "plan"), (r"^VB(?= \d)", "outcome"), (r"^Snitt\b", "average"),
    (r"(?<=net )VP(?= \d)", "plan"), (r"^Per$", "per"), (r"^Oktober\b|^Okt\.", "October"),
)  # fmt: skip


def _column(name: str, spoken: Language) -> str:
    """A column's name for the asker: as it is in Swedish, in English where it is one of a plan's usual ones."""
    if spoken == "en":
        for pattern, english in _ENGLISH:
            name = re.sub(pattern, english, name)
    return name


def _cell(cell: TableCell, with_unit: bool, spoken: Language = "sv") -> str:
    unit = cell.unit or ""
    has = unit and re.search(re.escape(unit), cell.written or "", re.I)
    after = f" {unit}" if unit and unit not in ("st", "personer") and not has and with_unit else ""
    return f"{_column(cell.column, spoken)} {cell.written}{after}"


def asked_cells(row: TableRow, question: Question, year: int | None) -> list[TableCell]:
    """The cells a question names by kind (costs, revenue, net, women, men) or by year; [] where it names none."""
    kinds = {
        "costs": r"^kostnad",
        "revenue": r"^intäkt",
        "net": r"^netto",
        "women": r"kvinn|flick",
        "men": r"\bmän\b|pojk",
    }
    asks = set(question.asks)
    if re.search(r"ej netto|inte netto|not net|excluding net", question.text, re.I):
        asks.discard("net")
    found = [
        c
        for name, pattern in kinds.items()
        if name in asks
        for c in row.cells
        if c.written and re.search(pattern, c.column, re.I)
    ]
    if "women" in asks or "men" in asks:
        found = [c for c in row.cells if c.written and c.year == year and not re.search(r"varav", c.column)][:1] + found
    low = question.text.lower()
    years = set(question.years)
    if year and re.search(r"\b(?:förra året|i fjol|föregående år|last year|previous year|year before)\b", low):
        years.add(year - 1)
    others = [c for c in row.cells if c.written and c.year in years and c.year != year and c not in found]
    if others and not found and year not in years:
        return others
    if not found and "money" in asks and "how_many" not in asks:
        found = [c for c in row.cells if c.written and re.match(r"netto", c.column, re.I)][:1]
    return list(dict.fromkeys(found + others))


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
    said = f"{_label(row)}: {_cell(now, True, spoken)}, {_cell(chosen, True, spoken)}."
    if change == 0:
        return Statement(
            f"{said} {say('difference_none', spoken, other=_column(chosen.column, spoken))}",
            facts.references(row, now.column),
            labels=_headers(row),
        )
    percent = shown(abs(change) / chosen.number * 100, 1) if chosen.number else None
    value = f"{shown_like(abs(change), precise)} {unit}".strip()
    key = "difference_up" if change > 0 else "difference_down"
    tail = say(
        key,
        spoken,
        difference=value,
        other=_column(chosen.column, spoken),
        formula=f"{formula} = {shown_like(change, precise)}",
        percent=percent or "–",
    )
    sums = [Sum(value, formula)]
    if percent:
        sums.append(Sum(percent, f"({formula}) / {chosen.written}"))
    return Statement(f"{said} {tail}", facts.references(row, now.column), tuple(sums), _headers(row))


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
    tail = say("share", question.language, whole=_label(whole), percent=percent, formula=formula)
    references = facts.references(row, part.column) + facts.references(whole, total.column)
    return Statement(f"{said} {tail}", references, (Sum(percent, formula),), _headers(row, whole))


def _side_by_side(one: TableRow, a: TableCell, other: TableRow, b: TableCell, question: Question) -> str:
    first, second = (_cell(cell, True, question.language) for cell in (a, b))
    return f"{_label(one)}: {first}; {_label(other)}: {second}."


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
        other=_label(other),
        formula=f"{formula} = {value.split(' ')[0] if a.unit else value}",
        percent=percent,
    )
    sums = [Sum(value, formula)] + ([Sum(percent, f"({formula}) / {b.written}")] if b.number else [])
    return Statement(
        f"{said} {tail}",
        facts.references(one, a.column) + facts.references(other, b.column),
        tuple(sums),
        _headers(one, other),
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
        column=_column(cell.column, question.language),
    )
    references = tuple(ref for r in same[:5] for ref in facts.references(r, cell.column))
    return Statement(text, references, labels=_headers(row))


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

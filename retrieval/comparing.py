"""The arithmetic that a question asks for: between years and rows, sums, shares, the largest and the smallest.

Numbers are decimals from first to last; every figure that stands in no source goes into a `Sum` with its formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from ingest.plan import Indicator, TableCell, TableRow
from retrieval.answer_types import Draft, Reference, Statement, Sum
from retrieval.dates import is_moment, number_of
from retrieval.lookup import (
    TOTAL,
    Facts,
    cell_said,
    column_of,
    headers_of,
    label_of,
    name_of,
    places,
    row_statement,
    shown,
    shown_like,
    targets_statement,
)
from retrieval.phrases import say
from retrieval.question import Question, turns
from retrieval.rank import MONEY, Ranked
from retrieval.swedish import Language

# A part of a question ranked by itself, best first.
Rank = Callable[[str], Sequence[Ranked]]


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


@dataclass(frozen=True, slots=True)
class Named:
    """A value that a part of a question may name: how well, beside others, and how fully its row's name is said."""

    value: Value
    worth: float
    fit: float


def compared(
    question: Question, ranked: Sequence[Ranked], rank: Rank, enough: Callable[[Ranked], bool]
) -> Draft | None:
    """What a question that compares, adds or looks for the largest is answered with; None where it does none of it, or
    no row of a table is near enough to what it is about."""
    asks = question.asks & {"compare", "share", "largest", "smallest", "sum"}
    if not ranked:
        return None
    if not asks:
        return _each_told(question, rank)
    if asks & {"compare", "largest", "smallest"} and (apart := _targets(question, rank)):
        return Draft((apart,), "lookup", certain=True)
    rows = [r for r in ranked[:30] if is_counted(r)]
    of_targets = "target" in question.asks and not question.asks & {"price", *MONEY}
    sides = _sides(question, rank) if asks & {"compare", "sum", "largest", "smallest"} and not of_targets else []
    statement: Statement | None = None
    if len(sides) > 1:
        statement = sum_statement(sides, question) if "sum" in asks else _difference(sides[0], sides[1], question)
    if statement is None and rows:
        best = _whole_of(rows)
        if _is_meant(best, ranked[0], question) and enough(best):
            statement = of_one_row(best, question)
        for other in rows[1:6] if statement is None and "compare" in asks else ():
            # A row that lacks the years may be named as another is that has them: the change in turnover of an area.
            if statement is None and other.score >= _ALMOST * rows[0].score and other.fit >= _ALMOST * best.fit:
                meant = _is_meant(other, ranked[0], question) and enough(other)
                statement = of_one_row(other, question) if meant else None
    return Draft((statement,), "lookup", certain=True) if statement else None


# What is asked of a row that something else is ranked before: how near it is to that, how fully its name is said.
_NEAR, _NAMED = 0.6, 0.3
_HALF_NAMED = 0.15  # the same of an indicator, whose name is a sentence
_ALMOST = 0.75  # how good beside the best row another is that answers in its place


def _is_meant(row: Ranked, first: Ranked, question: Question) -> bool:
    """True where a row answers though something else is ranked first: a sentence that does not have the figure."""
    if row is first or row.score < _NEAR * first.score:
        return row is first
    if question.asks & {"largest", "smallest"}:
        return True
    if first.hit.kind != "passage" or ("share" in question.asks and re.search(r"%|procent", first.hit.entry.words)):
        return False
    figures = len(re.findall(r"\d+(?:[ \u00a0\u2009]\d{3})*(?:,\d+)?", first.hit.entry.words))
    lacking = ("number" in question.asks and not figures) or ("compare" in question.asks and figures < 2)
    return lacking or row.fit >= _NAMED


def _whole_of(rows: Sequence[Ranked]) -> Ranked:
    """The best of some rows, or one nearly as good that it is a part of."""
    best = rows[0].hit.entry.unit.item
    for each in rows[1:6]:
        item = each.hit.entry.unit.item
        if (
            isinstance(best, TableRow)
            and isinstance(item, TableRow)
            and each.score >= 0.9 * rows[0].score
            and (best.table, best.parent) == (item.table, item.row)
        ):
            return each
    return rows[0]


def is_counted(each: Ranked) -> bool:
    """True for a row of a table with a number in it."""
    item = each.hit.entry.unit.item
    return isinstance(item, TableRow) and any(cell.number is not None for cell in item.cells)


def of_one_row(best: Ranked, question: Question) -> Statement | None:
    """What a question computes from one row and its table; None where it computes nothing."""
    row, facts, asks = best.hit.entry.unit.item, best.asked.facts, question.asks
    assert isinstance(row, TableRow)
    table = table_of(facts, row)
    if asks & {"largest", "smallest"}:
        table = _own_table(facts, row) or table
        changed = extreme_change(facts, table, question) if _direction(question) else None
        return changed or extreme_statement(facts, table, question)
    if "share" in asks:
        within = share_within(facts, row, question)
        if within or not (asks & MONEY or row.kind != "budget"):
            return within
        whole = next((r for r in table if TOTAL.match(r.row) and r is not row), None)
        return share_statement(facts, row, whole, question) if whole else None
    return year_difference(facts, row, question) if "compare" in asks else None


def table_of(facts: Facts, row: TableRow) -> list[TableRow]:
    """The rows of a row's own table."""
    columns = [cell.column for cell in row.cells]
    return [
        r
        for r in facts.plan.rows
        if r.table == row.table and r.origin.section == row.origin.section and [c.column for c in r.cells] == columns
    ]


def _own_table(facts: Facts, row: TableRow) -> list[TableRow]:
    """The rows of the table that is about a row's subject: an area of all areas has a table of its own."""
    name = name_of(row).casefold()
    own = [r for r in facts.plan.rows if r.table.casefold() == name and r.kind == row.kind and row.table != r.table]
    return table_of(facts, own[0]) if own else []


def of_all_areas(facts: Facts, question: Question) -> Draft | None:
    """What a question asks of all areas that the money goes to: the largest or the smallest, or those that get more or
    less than before. None for any other question."""
    asks = question.asks
    if not _is_of_areas(question):
        return None
    rows = _all_areas(facts, question)
    if "list" in asks and not asks & {"largest", "smallest"} and _direction(question):
        moved = changes_listed(facts, rows, question)
        return Draft(tuple(moved), "lookup", listed=len(moved) > 1, certain=True) if moved else None
    if not asks & {"largest", "smallest"}:
        return None
    if (moving := _direction(question)) and (changed := extreme_change(facts, rows, question)):
        return Draft((changed,), "lookup", certain=True)
    found = [] if moving else extremes(facts, rows, question, _how_many(question.text))
    return Draft(tuple(found), "lookup", listed=len(found) > 1, certain=True) if found else None


def _is_of_areas(question: Question) -> bool:
    """True where a question asks about the areas that the money goes to, not about one of them."""
    asks, text = question.asks, question.text
    if any(c.weight >= 0.5 and not _is_asking(c.words) for c in question.concepts):
        return False
    moves = asks & {"largest", "smallest"} and _direction(question)
    return bool(asks & MONEY or moves or _DEAREST.search(text)) and _OF_MONEY.search(text) is not None


def _is_asking(words: str) -> bool:
    """True for words that say how something is asked, how many, or that it is about money, and name nothing of it."""
    return turns(words) or number_of(words) > 0 or _OF_MONEY.search(words) is not None


_DEAREST = re.compile(r"\bdyrast\w*|\bmost expensive\b", re.IGNORECASE)


def _how_many(text: str) -> int:
    """How many of the largest a text asks for: 3 in "de tre största posterna", else 1."""
    found = re.search(
        r"\b(?:de|the|top|våra|our) (\d{1,2}|\w+) (?:\w+ )?(?:största|dyraste|minsta|\w+est|items?)\b", text, re.I
    )
    return max(1, min(10, number_of(found[1]))) if found else 1


def _all_areas(facts: Facts, question: Question) -> list[TableRow]:
    """The rows of the budget of all areas: the one with the largest total."""
    totals = [
        (abs(value.number), row)
        for row in facts.plan.rows
        if row.kind == "budget" and TOTAL.match(row.row) and (value := value_in(facts, row, question))
    ]
    return table_of(facts, max(totals, key=lambda each: each[0])[1]) if totals else []


_OF_MONEY = re.compile(
    r"\b(?:verksamhet(?:en|er|erna|sområde\w*)?|områden?a?|areas?|operations?|(?:budget|kostnads|utgifts)?post(?:en|er|erna)?"
    r"|(?:budget |cost )?items?|pengar(?:na)?|money|vart|where|lägger|spend\w*|gör|do)\b",
    re.IGNORECASE,
)


# Several rows


_BETWEEN = re.compile(r"\b(?:mellan|between)\s+(?P<a>.+?)\s+(?:och|o|and|&)\s+(?P<b>.+)", re.IGNORECASE)
_AGAINST = re.compile(
    r"(?P<a>.+?)\s+(?:jämfört med|i jämförelse med|i förhållande till|compared (?:to|with)|versus|vs\.?|mot|än|than"
    r"|eller|or)\s+(?P<b>.+)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|\+|&|\b(?:och|o|and|plus|samt|respektive|resp)\b)\s*", re.IGNORECASE)
_WITH = re.compile(r"(?<=.)\s+(?:med|with|to)\s+", re.IGNORECASE)


def _sides(question: Question, rank: Rank) -> list[Value]:
    """The values that a question sets side by side, each from a row of its own; [] where it does not name several."""
    best: tuple[float, list[Value]] = (0.0, [])
    for pieces, surely in _pieces(question):
        choices = [choice for piece in pieces[:4] if (choice := _rows_said(piece, question, rank))]
        if "sum" in question.asks:
            choices = _merged(choices)
        elif len(choices) < len(pieces):
            continue
        values, fit = _chosen(choices)
        if values and fit > (best[0] if surely else max(_SURELY_NAMED, best[0])):
            best = (fit, values)
        if values and surely:
            break
    return best[1]


def _merged(choices: Sequence[list[Named]]) -> list[list[Named]]:
    """What parts of a question may name, without the parts of one name: "barn" and "unga" of "Barn och unga"."""
    kept: list[list[Named]] = []
    for choice in choices:
        best = max(choice, key=lambda named: named.worth)
        if not any(_is_one(best, max(other, key=lambda named: named.worth)) for other in kept):
            kept.append(choice)
    return kept


def _is_one(one: Named, other: Named) -> bool:
    """True for two rows of one name and value: an area stands in its own table and in that of all areas."""
    names = [re.sub(r"^varav\s+", "", name_of(named.value.row), flags=re.I).casefold() for named in (one, other)]
    return one.value.row is other.value.row or (names[0] == names[1] and one.value.number == other.value.number)


_NAMED_IN_FULL = 0.8
_SURELY_NAMED = 0.55  # how fully the names on both sides of an "and" must be said: else it is within one of them


def _pieces(question: Question) -> Iterator[tuple[list[str], bool]]:
    """The ways in which a question may be cut into what it sets side by side, and whether its words say so surely: an
    "and" may also stand within one name."""
    text = re.sub(r"\s+", " ", question.text).rstrip(" ?.!")
    if "sum" in question.asks:
        yield [piece for part in _AND.split(text) for piece in _WITH.split(part)], True
        return
    if found := _BETWEEN.search(text) or _AGAINST.search(text):
        yield [re.split(r", ", found["a"])[-1], re.split(r"[,?;.!]", found["b"])[0]], True
    compares = re.match(r"(?:jämför|compare)\b", text, re.IGNORECASE)
    for cut in (*_AND.finditer(text), *(_WITH.finditer(text) if compares else ())):
        yield [text[: cut.start()], text[cut.end() :]], False


def _chosen(choices: Sequence[Sequence[Named]]) -> tuple[list[Value], float]:
    """Of the rows that each part may name those that are best set side by side, and how fully the least is named."""
    best: tuple[float, tuple[Named, ...]] = (0.0, ())
    for chosen in product(*choices) if len(choices) > 1 else ():
        first, *others = (named.value for named in chosen)
        if not all(_alike(first, other) for other in others) or any(_is_one(*pair) for pair in combinations(chosen, 2)):
            continue
        worth = sum(named.worth for named in chosen)
        worth += _ONE_TABLE * all(first.row.table == other.row.table for other in others)
        best = max(best, (worth, chosen), key=lambda each: each[0])
    return [named.value for named in best[1]], min((named.fit for named in best[1]), default=0.0)


_ONE_TABLE, _CHANGE = 0.3, 0.2  # what speaks for rows that are of one table, and against one that tells a change


def _rows_said(piece: str, question: Question, rank: Rank) -> list[Named]:
    """The rows that a part of a question may name, with how well each does; [] where it names none."""
    ranked = rank(piece)
    if not ranked or not _names_something(ranked[0].question):
        return []
    rows = [r for r in ranked[:20] if is_counted(r)]
    if not rows or (rows[0].score < 0.55 * ranked[0].score and rows[0].fit < _NAMED_IN_FULL):
        return []
    if not question.asks & {"price", "how_many", "sum", *MONEY}:  # "which is larger": of what, only the names say
        rows = [r for r in rows if r.fit >= _NAMED_IN_FULL]
    found = []
    for each in rows[:6]:
        row = each.hit.entry.unit.item
        assert isinstance(row, TableRow)
        value = value_in(each.asked.facts, row, question)
        near = each.score >= 0.75 * rows[0].score or each.fit >= _NAMED_IN_FULL
        if value and each.fit > 0 and near:
            worth = each.score / rows[0].score + 0.3 * each.fit - _CHANGE * ("förändring" in value.cell.column.lower())
            found.append(Named(value, worth, each.fit))
    return found


def _targets(question: Question, rank: Rank) -> Statement | None:
    """Two indicators that a question sets side by side, each with its target, and how far apart these are."""
    if "target" not in question.asks or "council" in question.asks:  # a target and the council's stand in one row
        return None
    best: tuple[float, Ranked, Ranked] | None = None
    for pieces, _ in _pieces(question):
        first = [_indicator_said(piece, rank) for piece in pieces]
        if len(first) != 2 or not first[0] or not first[1] or first[0].hit.entry.unit is first[1].hit.entry.unit:
            continue
        worth = min(first[0].fit, first[1].fit)
        if best is None or worth > best[0]:
            best = (worth, first[0], first[1])
    if best is None:
        return None
    one, other = (r.hit.entry.unit.item for r in best[1:])
    assert isinstance(one, Indicator)
    assert isinstance(other, Indicator)
    return targets_statement((best[1].asked.facts, one), (best[2].asked.facts, other), question)


def _indicator_said(piece: str, rank: Rank) -> Ranked | None:
    """The indicator that a part of a question names."""
    ranked = rank(piece)
    if not ranked or not _names_something(ranked[0].question):
        return None
    found = next((r for r in ranked[:8] if isinstance(r.hit.entry.unit.item, Indicator)), None)
    return found if found and found.fit >= _HALF_NAMED and found.score >= _ALMOST * ranked[0].score else None


def _names_something(part: Question) -> bool:
    """True where a part of a question says of what, not only how something is compared: "2025", "KF:s"."""
    return any(_is_telling(c.words) for c in part.concepts if c.weight >= 0.5)


def _each_told(question: Question, rank: Rank) -> Draft | None:
    """Two figures that one question asks for, both told: "budget för äldreomsorg och förskola"."""
    if not question.asks & MONEY or question.asks & {"list", "why", "when", "who", "activities", "how_many"}:
        return None
    values = _sides(question, rank)
    if len(values) != 2:
        return None
    statements = [row_statement(v.facts, v.row, question) for v in values]
    return Draft(tuple(statements), "lookup", certain=True)


_NO_NAME = re.compile(
    r"[\d ]+|up|down|upp|ner|ned|kf(?::?s)?|(?:kommun)?fullmäktige\w*|stadens|stan\w*"
    r"|(?:the )?city(?: council)?(?:'s)?",
    re.IGNORECASE,
)


def _is_telling(words: str) -> bool:
    """False for what says how a comparison is made, not of what: "2020", "utfallet", "up"."""
    return not turns(words) and not is_moment(words) and not _NO_NAME.fullmatch(words)


def _alike(one: Value, other: Value) -> bool:
    """True where two values can be set against one another: the same unit and the same column."""
    return (one.cell.unit, one.cell.column) == (other.cell.unit, other.cell.column)


def sum_statement(values: Sequence[Value], question: Question) -> Statement | None:
    """Values added up, each told."""
    if len(values) < 2 or any(not _alike(v, values[0]) for v in values):
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


def rows_difference(facts: Facts, one: TableRow, other: TableRow, question: Question) -> Statement | None:
    """Two rows' values side by side, with the difference."""
    a, b = value_in(facts, one, question), value_in(facts, other, question)
    return _difference(a, b, question) if a and b else None


def _difference(one: Value, other: Value, question: Question) -> Statement | None:
    """Two values of different rows, the larger first, and how much larger it is."""
    if not _alike(one, other):
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
    value = f"{shown_like(abs(change), precise)} {now.cell.unit or ''}".strip()
    percent = shown(abs(change) / abs(then.number) * 100, 1) if then.number else None
    key = (
        ("difference_up" if change > 0 else "difference_down") if grows else "more_than" if change > 0 else "less_than"
    )
    said = say(
        key, spoken, difference=value, other=name, formula=f"{formula} = {shown_like(change, precise)}",
        percent=percent or "–",
    )  # fmt: skip
    return said, (Sum(value, formula), *([Sum(percent, f"({formula}) / {then.written}")] if percent else []))


# One row


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
    others = [
        c
        for c in row.cells
        if c.number is not None and c.year not in (None, now.year) and not re.search(r"kvinn|män|flick|pojk", c.column)
    ]
    if re.search(r"utfall|outcome|bokslut|actual|\bvb\b", question.text, re.I):
        others = [c for c in others if re.match(r"VB|Bokslut|Utfall", c.column)] or others
    chosen = next((c for y in years for c in others if c.year == y), None)
    if chosen is None and facts.year and not years:
        before = [c for c in others if c.year == facts.year - 1]
        planned = [c for c in before if re.match(r"VP|Budget|Plan|Pris|\d{4}|Snitt", c.column)]
        chosen = next(iter(planned or before), None)
    if chosen is None or chosen.number is None or (now.unit and chosen.unit and now.unit != chosen.unit):
        return None
    first, second = Value(facts, row, now, now.number), Value(facts, row, chosen, chosen.number)
    return (second, first) if chosen.year and now.year and chosen.year > now.year else (first, second)


def year_difference(facts: Facts, row: TableRow, question: Question) -> Statement | None:
    """The plan year's value beside another year's, with the difference in the row's unit and in percent."""
    pair = two_years(facts, row, question)
    if pair is None:
        return None
    now, then = pair
    spoken = question.language
    said = f"{label_of(row)}: {cell_said(now.cell, True, spoken)}, {cell_said(then.cell, True, spoken)}."
    tail, sums = apart(now, then, column_of(then.cell.column, spoken), spoken)
    return Statement(f"{said} {tail}", now.references, sums, headers_of(row))


# Shares


def share_statement(facts: Facts, row: TableRow, whole: TableRow, question: Question) -> Statement | None:
    """A row's share of a total row, of the same column."""
    part = value_in(facts, row, question)
    cell = next((c for c in whole.cells if part and c.column == part.cell.column), None)
    if part is None or cell is None or not part.number or not cell.number:
        return None
    total = Value(facts, whole, cell, cell.number)
    if part.cell.unit != cell.unit or abs(part.number) > abs(total.number):
        return None
    spoken = question.language
    said = "; ".join(f"{label_of(v.row)}: {cell_said(v.cell, True, spoken)}" for v in (part, total))
    tail, sums = _share(part, total, label_of(whole), spoken)
    return Statement(f"{said}. {tail}", part.references + total.references, sums, headers_of(row, whole))


def share_within(facts: Facts, row: TableRow, question: Question) -> Statement | None:
    """The share of women or of men in a row that tells of both."""
    wanted = [p for name, p in (("women", r"kvinn|flick"), ("men", r"\bmän\b|pojk")) if name in question.asks]
    numbered = [c for c in row.cells if c.number is not None]
    halves = [c for c in numbered if re.search(r"kvinn|flick|\bmän\b|pojk", c.column, re.I)]
    if not wanted or len(halves) != 2:
        return None
    both = sum((c.number or Decimal(0) for c in halves), Decimal(0))
    # Of which column the two are parts is told by the sum: of this year's plan or of last October.
    whole = next((c for c in numbered if c not in halves and abs((c.number or 0) - both) <= 1), None)
    part = next((c for c in halves if re.search(wanted[0], c.column, re.I)), None)
    if part is None or part.number is None or whole is None or not whole.number:
        return None
    spoken = question.language
    a, b = Value(facts, row, part, part.number), Value(facts, row, whole, whole.number)
    said = f"{label_of(row)}: {cell_said(whole, True, spoken)}, {cell_said(part, True, spoken)}."
    tail, sums = _share(a, b, column_of(whole.column, spoken), spoken)
    return Statement(f"{said} {tail}", a.references, sums, headers_of(row))


def _share(part: Value, whole: Value, name: str, spoken: Language) -> tuple[str, tuple[Sum, ...]]:
    percent = shown(part.number / whole.number * 100, 1)
    formula = f"{part.written} / {whole.written}"
    return say("share", spoken, whole=name, percent=percent, formula=formula), (Sum(percent, formula),)


# The largest and the smallest


def extreme_statement(facts: Facts, rows: Sequence[TableRow], question: Question) -> Statement | None:
    """The row with the largest or smallest value among rows of one unit that are no totals and no other row's parts."""
    return next(iter(extremes(facts, rows, question, 1)), None)


def extremes(facts: Facts, rows: Sequence[TableRow], question: Question, most: int) -> list[Statement]:
    """The rows with the largest or smallest values, so many and those that share the last's, the first told as such."""
    smallest = "smallest" in question.asks
    values = [value for row in _wholes(rows) if (value := value_in(facts, row, question))]
    if len(values) < 2 or len({value.cell.unit for value in values}) > 1:
        return []
    values.sort(key=lambda v: v.number if smallest else -v.number)
    if most > 1:
        spoken = question.language
        return [
            Statement(f"{label_of(v.row)}: {cell_said(v.cell, True, spoken)}.", v.references, labels=headers_of(v.row))
            for v in values[:most]
        ]
    best = values[0]
    same = [value for value in values if value.number == best.number]
    names = ", ".join(name_of(v.row) for v in same)
    unit = best.cell.unit if best.cell.unit and best.cell.unit.casefold() not in best.written.casefold() else ""
    text = say(
        "smallest" if smallest else "largest",
        question.language,
        row=names,
        value=f"{best.written} {unit}".strip(),
        column=column_of(best.cell.column, question.language),
    )
    references = tuple(ref for v in same[:5] for ref in v.references)
    return [Statement(text, references, labels=headers_of(best.row))]


def _wholes(rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows of a table that are no totals and no other row's parts."""
    names = {row.row.rstrip(" :").casefold() for row in rows}
    return [
        row
        for row in rows
        if not TOTAL.match(row.row)
        and not row.row.lower().startswith("varav")
        and (row.parent or "").rstrip(" :").casefold() not in names
    ]


_UP = re.compile(
    r"\b(?:ök\w*|väx\w*|stig\w*|höj\w*|increas\w*|grow\w*|grew|rise\w*|rising|rose|gain\w*|more|mer)\b", re.IGNORECASE
)
_DOWN = re.compile(
    r"\b(?:minsk\w*|sjunk\w*|krymp\w*|tappa\w*|sänk\w*|decreas\w*|shrink\w*|shrank|drop\w*|fall\w*|fell|cuts?|los\w*"
    r"|less|mindre|lägre|fewer)\b",
    re.IGNORECASE,
)


def _direction(question: Question) -> int:
    """1 where a question asks what grows, -1 for what shrinks, 0 where it asks for neither."""
    return -1 if _DOWN.search(question.text) else 1 if _UP.search(question.text) else 0


def extreme_change(facts: Facts, rows: Sequence[TableRow], question: Question) -> Statement | None:
    """The row of a table that grows or shrinks most from the year before."""
    changes = _changes(facts, rows, question)
    best = max(changes, key=lambda pair: _direction(question) * (pair[0].number - pair[1].number), default=None)
    return year_difference(facts, best[0].row, question) if best else None


def changes_listed(facts: Facts, rows: Sequence[TableRow], question: Question) -> list[Statement]:
    """The rows of a table that grow, or those that shrink, from the year before, each with its difference."""
    moved = [now.row for now, then in _changes(facts, rows, question)]
    return [statement for row in moved if (statement := year_difference(facts, row, question))]


def _changes(facts: Facts, rows: Sequence[TableRow], question: Question) -> list[tuple[Value, Value]]:
    """The two years' values of each row of a table that moved the way a question asks about."""
    pairs = [pair for row in _wholes(rows) if (pair := two_years(facts, row, question))]
    return [(now, then) for now, then in pairs if _direction(question) * (now.number - then.number) > 0]

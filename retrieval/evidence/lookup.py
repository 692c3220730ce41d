"""Facts answered by look-up: the value as written, in a natural sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain, takewhile

from ingest.plan import Activity, Indicator, Plan, TableCell, TableRow
from ingest.source import Span
from ingest.values import folded, mended, number_in
from ingest.when import points
from retrieval.evidence.answer_types import Reference, Statement, Sum
from retrieval.evidence.status import status_of
from retrieval.language.cues import Asks
from retrieval.language.phrases import say
from retrieval.language.swedish import Language, terms
from retrieval.question.question import Question
from retrieval.question.scope import LAST_YEAR
from retrieval.store.search import Concept, terms_of

_LATER_GLOSS = (
    (re.compile(r"tas fram av", re.I), "to be set by the board"),
    (re.compile(r"fastställ", re.I), "to be set later"),
    (re.compile(r"öka", re.I), "increase"),
    (re.compile(r"minska", re.I), "decrease"),
)
# How many kronor a unit of money is.
KRONOR = {"kr": 1, "tkr": 10**3, "mnkr": 10**6, "mdkr": 10**9}
TOTAL = re.compile(r"(?:summa|totalt?)\b|.*\btotalt$", re.IGNORECASE)
ACTIVITIES = "Aktiviteter"  # what the tables of activities are called


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
            return Reference(self.document, span, section, ACTIVITIES, item.text, column or "Aktivitet")
        column = column or next((cell.column for cell in item.cells if cell.written), None)
        return Reference(self.document, span, section, item.table, item.row, column)

    def references(self, item: Indicator | Activity | TableRow, column: str | None = None) -> tuple[Reference, ...]:
        return tuple(self.reference(item, span, column) for span in item.origin.spans)


# Indicators


def with_target(facts: Facts, item: Indicator) -> Indicator:
    """The indicator, or where it has no target of its own the one of the same name that has: a plan may have it under
    two goals, and its target under one of them."""
    if is_set(item.target):
        return item
    of_name = (each for each in facts.plan.indicators if folded(each.name).casefold() == folded(item.name).casefold())
    return next((each for each in of_name if is_set(each.target)), item)


def is_set(target: str | None) -> bool:
    """True for a target, False where there is no target, or words that one will come."""
    return target is not None and re.search(r"fastställ|tas fram", target, re.IGNORECASE) is None


def indicator_statement(facts: Facts, item: Indicator, question: Question, gloss: str | None = None) -> Statement:
    """The target, the council's target beside it, how the two compare, and the comment where there is one."""
    spoken = question.language
    glossed = f" ({gloss})" if gloss and spoken == "en" else ""
    if "how_often" not in question.asks and (row := undivided(facts, item)):
        text = say("target_undivided", spoken, name=item.name, row=row, gloss=glossed)
        return Statement(text, facts.references(item))
    year = facts.year or ""
    parts: list[str] = []
    sums: tuple[Sum, ...] = ()
    there = is_set(item.target)
    own = number_in(item.target) if item.target and there else None
    key = "target" if there else "target_none"
    parts.append(say(key, spoken, name=item.name, year=year, target=item.target or "", gloss=glossed))
    parts[0] += f" (”{item.target}”)" if item.target and not there else ""
    council = item.council_target
    if council:
        number = number_in(council)
        if number is not None and is_set(council):
            parts.append(say("council", spoken, target=council))
            if own is not None and ("compare" in question.asks or not is_part_of(item.target or "", council)):
                said, sums = _beside_council(item.target or "", council, spoken)
                parts += [said] if said else []
        else:
            meaning = next((g for pattern, g in _LATER_GLOSS if pattern.search(council)), council)
            parts.append(say("council_later", spoken, target=council, gloss=meaning))
    elif "council" in question.asks:
        parts.append(say("council_none", spoken))
    years = () if facts.year in question.years else question.years
    wanted = [each for each in item.outcomes if any(str(year) in each.column for year in years)]
    parts += [
        say("outcome", spoken, column=each.column, written=each.written) for each in item.outcomes if each not in wanted
    ]
    for each in reversed(wanted):  # what is asked for before the target that it was to come to
        said = say("outcome_of", spoken, column=each.column, written=each.written, name=item.name, gloss=glossed)
        parts.insert(0, said)
    if item.period and "how_often" in question.asks:
        parts.append(say("period", spoken, period=item.period))
    if item.comment:
        parts.append(say("comment", spoken, comment=item.comment))
    columns = tuple(each.column for each in item.outcomes)
    column = "KF:s årsmål" if council and of_council(question.text) else "Årsmål"
    return Statement(" ".join(parts), facts.references(item, column), sums, labels=columns)


def undivided(facts: Facts, item: Indicator) -> str:
    """What stands after an indicator's name, where nothing tells which columns its figures are of: "24 % 18 %"; else
    ""."""
    plan, spans = facts.plan, item.origin.spans
    if item.target or item.outcomes or not any(each.span in spans for each in plan.unplaced):
        return ""
    words = folded(" ".join(plan.text[span.start : span.end] for span in spans))
    return words.removeprefix(item.name).removesuffix(item.period or "").strip()


_OF_COUNCIL = re.compile(
    r"\b(?:kf:?s?|(?:kommun)?fullmäktiges?|city council['’]?s?|council['’]?s)(?: \w+)? (?:års)?(?:mål|targets?)\w*",
    re.IGNORECASE,
)
_OF_OWN = re.compile(r"\b(?:vi|vårt?|våra|eg(?:en|et|na)|nämndens|we|ours?|own|board['’]?s)\b", re.IGNORECASE)


def of_council(text: str) -> bool:
    """True where a text names the city council's target, and not the own one beside it."""
    return _OF_COUNCIL.search(text) is not None and not _OF_OWN.search(text)


def _beside_council(target: str, council: str, spoken: Language) -> tuple[str, tuple[Sum, ...]]:
    """How far the own target is from the city council's, said and computed; nothing where they have other units."""
    if (far := targets_apart(target, council, spoken)) is None:
        return "", ()
    which, made = far
    if which == 0:
        return say("same", spoken), ()
    return say("higher" if which > 0 else "lower", spoken, difference=made.value), (made,)


def targets_apart(one: str, other: str, spoken: Language) -> tuple[int, Sum] | None:
    """How far apart two targets are: 1 where the first is higher, -1 where it is lower, 0 where they are the same, and
    the difference; None where one has no number or they have other units."""
    a, b = number_in(one), number_in(other)
    unit = unit_of(one)
    units = [each.casefold().removesuffix("st") for each in (unit, unit_of(other))]
    if a is None or b is None or units[0] != units[1]:
        return None
    apart = shown_like(abs(a - b), max(one, other, key=places))
    if unit == "%":
        unit = percentage_points(apart, spoken)
    high, low = (one, other) if a > b else (other, one)
    formula = " − ".join(re.sub(r"[^\d,. \u00a0\u2009-]", "", written).strip() for written in (high, low))
    return (a > b) - (a < b), Sum(f"{apart} {unit}".strip(), formula)


def is_part_of(own: str, councils: str) -> bool:
    """True for a number of things that is a small part of the city council's: theirs is the whole city's, and that the
    own is lower says nothing."""
    a, b = number_in(own), number_in(councils)
    return a is not None and b is not None and unit_of(own) != "%" and _SMALL * abs(a) <= abs(b)


_SMALL = 3  # how many times a part the whole is, at least


def percentage_points(value: str, spoken: Language) -> str:
    """What two shares are so many apart in."""
    one, more = {"sv": ("procentenhet", "er"), "en": ("percentage point", "s")}[spoken]
    return one if number_in(value) == 1 else one + more


def unit_of(written: str) -> str:
    """What is left of a target without its number and whether it is a limit: its unit."""
    return re.sub(r"\b(?:max|min|minst|högst|lägst|ca|cirka)\b|[^%a-zåäö]", "", written, flags=re.IGNORECASE)


def target_told(written: str | None, spoken: Language) -> str:
    """A target in a sentence: its figure, else the plan's words in quotes, else that it is not set."""
    if not written:
        return say("not_set", spoken)
    return written if number_in(written) is not None else f"”{written}”"


def targets_statement(one: tuple[Facts, Indicator], other: tuple[Facts, Indicator], question: Question) -> Statement:
    """Two indicators of a plan side by side: the target of each, and how far apart they are."""
    spoken = question.language
    council = of_council(question.text)
    written = [(item.council_target if council else item.target) for _, item in (one, other)]
    told = [target_told(each, spoken) for each in written]
    names = [item.name for _, item in (one, other)]
    said = say("two_targets", spoken, name=names[0], a=told[0], other=names[1], b=told[1])
    sums: tuple[Sum, ...] = ()
    if far := targets_apart(written[0] or "", written[1] or "", spoken):
        which, made = far
        sums = (made,) if which else ()
        key = "targets_equal" if not which else "targets_apart"
        larger, smaller = (names[0], names[1]) if which >= 0 else (names[1], names[0])
        said += " " + say(key, spoken, difference=made.value, name=larger, other=smaller, formula=made.formula)
    column = "KF:s årsmål" if council else "Årsmål"
    return Statement(said, one[0].references(one[1], column) + other[0].references(other[1], column), sums)


# Activities


def activity_statement(facts: Facts, item: Activity, spoken: Language, short: int | None = None) -> Statement:
    """What is to be done, from when to when, and who is responsible."""
    text = item.text if short is None or len(item.text) <= short else item.text[:short].rsplit(" ", 1)[0] + " …"
    if item.start and item.end:
        dates = say("dates", spoken, start=item.start.isoformat(), end=item.end.isoformat())
    else:
        dates = say("ends", spoken, end=item.end.isoformat()) if item.end else ""
        dates = say("starts", spoken, start=item.start.isoformat()) if item.start else dates
    if written := _times_written(facts, item):
        dates = dates.removesuffix(")") + say("written", spoken, written=", ".join(written)) + ")"
    who = say("who", spoken, who=item.responsible[0]) if item.responsible else ""
    come = status_of(facts.plan, item)
    if come and not text.endswith(come[1]):
        who += say("status", spoken, status=come[1])
    return Statement(say("activity", spoken, text=text.rstrip("."), dates=dates) + who, facts.references(item))


def _times_written(facts: Facts, item: Activity) -> list[str]:
    """The times of an activity as its row has them, where they are no days: "Q2" beside what it was read as."""
    row = folded("\n".join(facts.plan.text[span.start : span.end] for span in item.origin.spans))
    found: list[str] = []
    for day, which in ((item.start, 0), (item.end, 1)):
        named = [words for words, days in points(row, day.year) if days[which] == day] if day else []
        if named and named[-1] != str(day) and named[-1] not in found:
            found.append(named[-1])
    whole = re.search(r" ?[–—-] ?".join(map(re.escape, found)), row) if len(found) > 1 else None
    return [whole[0]] if whole else found


# Rows of tables


def row_statement(facts: Facts, row: TableRow, question: Question) -> Statement:
    """A row's cells, those the question asks for first."""
    label = label_of(row)
    cells = [cell for cell in row.cells if cell.written]
    if not cells:  # nothing tells which of its columns its figures stand in
        span = Span(row.origin.spans[0].start, row.origin.spans[-1].end)
        return quote_statement(facts, span, facts.plan.path(row.origin.section), question.language)
    if not any(cell.number is not None for cell in cells):
        words = "; ".join(cell.written or "" for cell in cells)
        parent = f" ({row.parent})" if row.parent else ""
        text = say("row", question.language, row=f"{row.row}{parent}", words=words)
        return Statement(text, facts.references(row), labels=headers_of(row))
    first = asked_cells(row, question, facts.year) or cells
    said = ", ".join(cell_said(cell, True, question.language) for cell in first)
    left = _beside_wholes([cell for cell in cells if cell not in first], row, first[-1])
    rest = ", ".join(cell_said(cell, False, question.language) for cell in left)
    more = f" ({rest})" if rest else ""
    return Statement(f"{label}: {said}{more}.", facts.references(row, first[0].column), labels=headers_of(row))


def _beside_wholes(cells: Sequence[TableCell], row: TableRow, after: TableCell) -> list[TableCell]:
    """Cells of a row in the order that they are told in after one of them: first what is a part of the same."""
    whole = whole_of(row, after) or after
    parts = [cell for cell in cells if whole_of(row, cell) is whole]
    return parts + [cell for cell in cells if cell not in parts]


def whole_of(row: TableRow, part: TableCell) -> TableCell | None:
    """What a "varav" cell of a row is a part of: the column before it and its fellows, unless there is one other whose
    figure they add up to. None for any other cell, and where that column is empty."""
    at = next(n for n, cell in enumerate(row.cells) if cell is part)
    if not _PART.match(part.column):
        return None
    start = max((n for n in range(at) if not _PART.match(row.cells[n].column)), default=None)
    if start is None:
        return None
    parts = [cell.number for cell in takewhile(lambda each: _PART.match(each.column), row.cells[start + 1 :])]
    before = row.cells[start]
    total = sum(number for number in parts if number is not None)
    alike = [cell for cell in row.cells if cell.number == total and not _PART.match(cell.column)]
    whole = alike[0] if len(parts) > 1 and len(alike) == 1 else before
    return whole if whole.written else None


_PART = re.compile(r"(?:varav|därav)\b", re.IGNORECASE)


def with_left_empty(said: Statement, row: TableRow, question: Question) -> Statement:
    """What is said of a row, and that it has no figure of the one year that a question names, but of others."""
    there = {cell.year for cell in row.cells if cell.written and cell.year is not None}
    asked = set(question.years)
    if not there or len(asked) != 1 or asked & there or said.computed or question.asks & _OF_SEVERAL:
        return said
    return replace(said, text=f"{said.text} {say('no_figure', question.language, year=asked.pop())}")


_OF_SEVERAL: frozenset[Asks] = frozenset(("list", "compare", "largest", "smallest", "sum", "share"))


def quote_statement(facts: Facts, span: Span, section: str, spoken: Language, key: str = "quoted") -> Statement:
    """The plan's own words, as the plan's."""
    words = mended(facts.plan.text[span.start : span.end])
    return Statement(say(key, spoken, quote=words), (Reference(facts.document, span, section),))


def is_money(cell: TableCell) -> bool:
    """True for a cell that tells a sum of money; the budget of a plan may hold counts too."""
    return cell.unit in KRONOR or _MONEY.match(cell.column) is not None


def tells_net(row: TableRow) -> bool:
    """True where a row has a column for what costs are net of revenue."""
    return any(cell.column.casefold().startswith("netto") for cell in row.cells)


_MONEY = re.compile(r"kostnad|intäkt|netto", re.IGNORECASE)


def headers_of(*rows: TableRow) -> tuple[str, ...]:
    """The header words that a statement about rows may name: columns, table and group names."""
    return tuple(words for row in rows for words in (*(c.column for c in row.cells), row.table, row.parent or ""))


def name_of(row: TableRow) -> str:
    """A row's name as it is told."""
    return bare_name(row.row)


def own_name(row: TableRow) -> str:
    """A row's name without a "varav" before it, which only tells that it is a part."""
    return re.sub(r"^varav\s+", "", name_of(row), flags=re.IGNORECASE)


def bare_name(name: str) -> str:
    """A row's or a parent's name without its footnote marks, and without the "varav" that only announces its parts."""
    return re.sub(r",?\s*varav$", "", name.rstrip(" *:"))


def title_of(table: str) -> str:
    """A table's name without its number and its unit: "Tabell 8. Riktade statsbidrag, tkr"."""
    return re.sub(r"^tabell \d+[.:]?\s+|,\s+(?:tkr|mnkr|mkr|kr|kronor|%|procent)$", "", table, flags=re.IGNORECASE)


def label_of(row: TableRow) -> str:
    """A row's name with what it stands under: its parent, else its table."""
    name = name_of(row)
    if TOTAL.match(name) and row.table and row.table.lower() not in name.lower():
        return f"{row.table} – {name}"
    if row.parent and row.parent.rstrip(": ").lower() not in name.lower():
        return f"{bare_name(row.parent)} – {name}"
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


def column_of(name: str, spoken: Language) -> str:
    """A column's name for the asker: as it is in Swedish, in English where it is one of a plan's usual ones."""
    if spoken == "en":
        for pattern, english in _ENGLISH:
            name = re.sub(pattern, english, name)
    return name


def cell_said(cell: TableCell, with_unit: bool, spoken: Language = "sv") -> str:
    unit = cell.unit or ""
    has = unit and re.search(re.escape(unit), cell.written or "", re.I)
    after = f" {unit}" if unit and unit not in ("st", "personer") and not has and with_unit else ""
    after = after if re.search(r"\d", cell.written or "") else ""
    return f"{column_of(cell.column, spoken)} {cell.written}{after}"


KINDS: dict[Asks, str] = {
    "costs": r"^kostnad", "revenue": r"^intäkt", "net": r"^netto", "women": r"kvinn|flick", "men": r"\bmän\b|pojk",
}  # fmt: skip


def sides_asked(row: TableRow, question: Question) -> set[Asks]:
    """The sides of a budget that a question asks for by name (costs, revenue, net) and a row has a column of."""
    columns = [cell.column for cell in row.cells if cell.written]
    return {
        name
        for name, pattern in KINDS.items()
        if name in question.asks and any(re.search(pattern, column, re.I) for column in columns)
    }


# What a column of any budget may be called: a question that says so names no column of its own.
_USUAL = re.compile(
    r"(?:netto|brutto|kostn|intäk|budg|vp|vb|plan|prognos|snit|utfal|bokslut|år|förändr|skilln|antal|total|summ|mnk|tkr|kr)"
)


def named_cell(row: TableRow, question: Question, year: int | None) -> TableCell | None:
    """The cell whose column has the name of what a question asks for ("personalkostnad": the column Personal), beside
    what the row and a column of any budget may be called; None where several have."""
    counts = bool(question.asks & {"number", "how_many", "largest", "smallest"})
    filled = [c for c in row.cells if c.written and (c.number is not None or not counts)]
    if "how_many" in question.asks:
        filled = [c for c in filled if c.unit not in KRONOR]
    now = _of_year(filled, year)
    own = [{t: w for t, w in _names(c).items() if not _USUAL.match(t)} for c in now]
    asked = _beside(row, question.concepts)
    for concepts in ([c for c in asked if c in question.things], asked):  # "work" names only where nothing else does
        held = [max((_naming(c, names) for c in concepts), default=0.0) for names in _alone(own)]
        if (best := max(held, default=0.0)) >= _OWN:
            return now[held.index(best)] if held.count(best) == 1 else None
    return None


def cells_named(row: TableRow, concepts: Iterable[Concept], year: int | None) -> list[TableCell]:
    """The numbers whose columns some words name, each by a word of its own: "how many of the staff are managers"."""
    cells = _of_year([c for c in row.cells if c.number is not None], year)
    alone = _alone([_names(c) for c in cells])
    found = []
    for concept in _beside(row, concepts):
        held = [_naming(concept, names) for names in alone]
        best = max(held, default=0.0)
        found += [cells[held.index(best)]] if best >= _OWN and held.count(best) == 1 else []
    return list(dict.fromkeys(found))


def _of_year(cells: Sequence[TableCell], year: int | None) -> Sequence[TableCell]:
    """The cells of a year; all of a row that has none of it: "Residents 2019"."""
    return [c for c in cells if c.year in (year, None)] if any(c.year == year for c in cells) else cells


def _names(cell: TableCell) -> dict[str, float]:
    return {term: weight for term, weight in terms(cell.column) if weight >= _OWN}


def _alone(own: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """What names each of some columns and no other of them."""
    held = Counter(chain.from_iterable(own))
    return [{term: weight for term, weight in names.items() if held[term] == 1} for names in own]


def _naming(concept: Concept, names: Mapping[str, float]) -> float:
    """How well a word names what is named so; one that says little ("work") by a whole word, not a compound's part."""
    least = _OWN if concept.weight >= _TELLING else 1.0
    return max((concept.terms.get(term, 0.0) for term, weight in names.items() if weight >= least), default=0.0)


_TELLING = 0.5


def _beside(row: TableRow, concepts: Iterable[Concept]) -> list[Concept]:
    """What words name beside the row itself."""
    of_row = terms_of(row.row, least=_OWN)
    return [c for c in concepts if not any(c.terms.get(t, 0.0) >= _OWN for t in of_row)]


_OWN = 0.4  # of a word: its part of a compound


def asked_cells(row: TableRow, question: Question, year: int | None) -> list[TableCell]:
    """The cells a question names by kind (costs, revenue, net, women, men) or by year; [] where it names none."""
    asks = question.asks
    found = [
        c
        for name, pattern in KINDS.items()
        if name in asks
        for c in row.cells
        if c.written and re.search(pattern, c.column, re.I)
    ]
    if wholes := [whole for c in found if (whole := whole_of(row, c))]:
        found = [*dict.fromkeys(wholes), *found]
    elif asks & {"women", "men"}:
        found = [c for c in row.cells if c.written and c.year == year and not _PART.match(c.column)][:1] + found
    years = set(question.years)
    if year and LAST_YEAR.search(question.text):
        years.add(year - 1)
    others = [c for c in row.cells if c.written and c.year in years and c.year != year and c not in found]
    if others and not found and year not in years:
        return others
    if not found and (by_name := named_cell(row, question, year)):
        found = [by_name]
    if not found and "money" in asks and "how_many" not in asks:
        found = [c for c in row.cells if c.written and re.match(r"netto", c.column, re.I)][:1]
    return list(dict.fromkeys(found + others))


def shown(value: Decimal, places: int) -> str:
    """A decimal in Swedish form with so many places, halves rounded up: 31.35 → "31,4" at one."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, rest = f"{rounded:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", " ") if abs(int(whole)) >= 1000 else whole
    return f"{grouped},{rest}" if rest else grouped


def shown_like(value: Decimal, written: str) -> str:
    """A decimal with as many places as a number written in the source has."""
    text = shown(abs(value), places(written))
    return f"−{text}" if value < 0 else text


def places(written: str) -> int:
    """How many decimals a number as written has: 2 in "4,75 mnkr"."""
    decimals = re.search(r"\d,(\d+)", written)
    return len(decimals[1]) if decimals else 0

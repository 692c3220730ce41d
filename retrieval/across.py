"""The same fact in two plans, of two years or of two organisations: what each says, and how far apart they are.

A fact is found again in the other plan by its name. Where the other plan lacks it, that is said too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.plan import Indicator, TableRow
from ingest.values import number_in
from retrieval.evidence.answer_types import Draft, Reference, Statement, Sum, surely_told
from retrieval.evidence.lookup import (
    TOTAL,
    Facts,
    cell_said,
    headers_of,
    label_of,
    of_council,
    row_statement,
    target_told,
    targets_apart,
    unit_of,
)
from retrieval.evidence.naming import ALIKE, alike, of_one_body, than_beside, told_beside, whose, whose_beside
from retrieval.evidence.rank import MONEY, NEAR, Asked, Ranked
from retrieval.facts.arithmetic import Value, apart, value_in, valued
from retrieval.facts.growth import two_years, year_difference
from retrieval.facts.sides import HALF_NAMED, NAMED, is_counted
from retrieval.language.lexicon import Lexicon
from retrieval.language.phrases import listed, say
from retrieval.question.question import Question

_NEARER = 0.85  # how near what is ranked first a fact must be where neither a target nor money is asked for
_ROW = 0.8  # how near the best row another may be that is compared in its place, where that has no figure to compare
_MOST = 2  # facts that are compared, where the question names several


def compared_across(
    question: Question,
    ranked: Sequence[Ranked],
    other: Sequence[Asked],
    enough: Callable[[Ranked], bool],
    lexicon: Lexicon,
    year: int | None,
) -> Draft | None:
    """What a question that sets two plans against one another is answered with: the fact of the one that it names,
    and the same of another. `year` is the one to compare with, where it is one year with another of one plan that is
    asked for: a row that has both itself is left to `compared`. None where no fact is named or none is in both."""
    facts = [each for each in _meant(question, ranked) if enough(each)]
    rows = [(f.asked.facts, row) for f in facts if isinstance(row := f.hit.entry.unit.item, TableRow)]
    if year and any(two_years(each, row, question) for each, row in rows):
        return None
    own = replace(question, years=()) if year else question  # each plan's own year is told
    statements: list[Statement] = []
    for each in facts:
        item, one = each.hit.entry.unit.item, each.asked.facts
        for two in (each.facts for each in other):
            if isinstance(item, Indicator) and year in (None, two.year) and (same := _same_indicator(item, two)):
                statements.append(_indicators(one, item, two, same, question, lexicon))
                break
            if isinstance(item, TableRow) and (other_row := _same_row(item, two)):
                pair = value_in(one, item, own), _value(two, other_row, own, year)
                if pair[0] and pair[1] and (said := _values(pair[0], pair[1], question)):
                    statements.append(said)
                    break
        if len(statements) == (1 if rows else _MOST):
            break
    return Draft(tuple(statements), "lookup", certain=True) if statements else None


def in_columns(question: Question, ranked: Sequence[Ranked], enough: Callable[[Ranked], bool]) -> Draft | None:
    """A row set against the year before where the later of two plans has both years in its columns, and nothing else
    there is ranked before it; None for any other."""
    row = ranked[0].hit.entry.unit.item if ranked and _meant(question, ranked)[:1] == [ranked[0]] else None
    if not isinstance(row, TableRow) or "compare" not in question.asks or not enough(ranked[0]):
        return None
    return surely_told([year_difference(ranked[0].asked.facts, row, question)])


def most_across(
    question: Question, ranked: Sequence[Ranked], others: Sequence[Sequence[Asked]], enough: Callable[[Ranked], bool]
) -> Draft | None:
    """In which of several plans the fact that a question names is highest or lowest, each told; None where it isn't in
    all of them."""
    spoken, smallest = question.language, "smallest" in question.asks
    for best in (each for each in _meant(question, ranked) if enough(each)):
        item = best.hit.entry.unit.item
        assert isinstance(item, Indicator | TableRow)
        if "target" in question.asks and not isinstance(item, Indicator):
            continue
        plans = (each.facts for group in others for each in group)
        same = [(best.asked.facts, item), *((two, there) for two in plans if (there := _same(item, two)))]
        found = [figure for two, there in same if (figure := _figure(two, there, question))]
        if len(found) <= len(others) or len({figure.kind for figure in found}) > 1:
            continue
        first, second, *_ = found = sorted(found, key=lambda figure: figure.number, reverse=not smallest)
        if first.number == second.number:
            continue
        at = [told_beside(each.facts, (first if each is second else second).facts, spoken) for each in found]
        told = "; ".join(f"{figure.written} {where}" for figure, where in zip(found, at, strict=True))
        said = f"{_name(item)}: {told}. {say('least_at' if smallest else 'most_at', spoken, at=at[0])}"
        labels = headers_of(item) if isinstance(item, TableRow) else ()
        references = tuple(reference for figure in found for reference in figure.references)
        return Draft((Statement(said, references, labels=labels),), "lookup", certain=True)
    return None


@dataclass(frozen=True, slots=True)
class _Figure:
    """What a plan says of a fact, and of what kind that is: its unit and column."""

    facts: Facts
    number: Decimal
    written: str
    kind: tuple[str, str]
    references: tuple[Reference, ...]


def _figure(facts: Facts, item: Indicator | TableRow, question: Question) -> _Figure | None:
    """The target of an indicator, the council's where that is asked for, or the value of a row."""
    if isinstance(item, TableRow):
        value = value_in(facts, item, question)
        if value is None:
            return None
        unit = value.cell.unit or ""
        kind = (unit, _kind(value.cell.column))
        return _Figure(facts, value.number, f"{value.written} {unit}".strip(), kind, value.references)
    target, column = _target(item, question)
    number = number_in(target) if target else None
    if not target or number is None:
        return None
    return _Figure(facts, number, target, (unit_of(target).removesuffix("st"), ""), facts.references(item, column))


def _target(item: Indicator, question: Question) -> tuple[str | None, str]:
    """The target that a question asks for, the council's or the plan's own, and the column it stands in."""
    return (item.council_target, "KF:s årsmål") if of_council(question.text) else (item.target, "Årsmål")


def _name(item: Indicator | TableRow) -> str:
    return item.name if isinstance(item, Indicator) else label_of(item)


def of_years(
    question: Question, about: Question, years: Sequence[int], ranked: Sequence[Ranked], plans: Sequence[Asked],
    enough: Callable[[Ranked], bool],
) -> Draft | None:  # fmt: skip
    """A fact asked for of years that its own plan, the first of some, doesn't have it for: as another plan tells it,
    else for which years it is there. `about` is the question without its years, which `ranked` answers. None where it
    names no fact, or its own plan has the year."""
    best = next((each for each in _meant(about, ranked) if enough(each)), None)
    if best is None:
        return None
    item, facts, spoken = best.hit.entry.unit.item, best.asked.facts, question.language
    assert isinstance(item, Indicator | TableRow)
    if set(years) & _years_of(item):
        return None
    have: set[int] = set()
    found: list[tuple[Facts, Indicator | TableRow]] = []
    for two in (one.facts for one in plans):
        same = _same(item, two)
        if isinstance(same, Indicator):
            there = _years_of(same) | ({two.year} if two.year and same.target else set())
        else:
            there = _years_of(same) if same else set()
            if same and set(years) <= there:
                return Draft((row_statement(two, same, question),), "lookup", certain=True)
        if same and there:
            found.append((two, same))
            have |= there
    if not have or have & set(years):
        return None
    wanted, held = (listed([str(n) for n in each], spoken) for each in (dict.fromkeys(years), sorted(have)))
    text = say("other_years", spoken, name=_name(item), whose=whose(facts), asked=wanted, years=held)
    references = tuple(ref for two, same in found for ref in two.references(same))
    rows = [same for _, same in found if isinstance(same, TableRow)]
    columns = (each.column for _, same in found if isinstance(same, Indicator) for each in same.outcomes)
    labels = (*headers_of(*rows), *columns)
    return Draft((Statement(text, references, labels=labels),), "lookup", unset=True)


def _years_of(item: Indicator | TableRow) -> set[int]:
    """The years that a row has figures for, or an indicator's columns beside its target."""
    if isinstance(item, TableRow):
        return {cell.year for cell in item.cells if cell.year and cell.number is not None}
    return {int(year) for each in item.outcomes for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", each.column)}


def _meant(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The facts that a comparison is about: the best of the kind asked for, and those that are as good."""
    target = bool(question.asks & {"target", "council"}) and not question.asks & MONEY
    counts = "how_many" in question.asks and not question.asks & MONEY
    facts = [
        each
        for each in ranked[:12]
        if (
            (each.hit.kind == "indicator" and not (question.asks & MONEY and "target" not in question.asks))
            or (not target and is_counted(each))
        )
        and each.fit >= (HALF_NAMED if each.hit.kind == "indicator" and "target" in question.asks else NAMED)
        and not (counts and each.hit.kind == "budget")
    ]
    sets = question.asks & {"compare", "largest", "smallest", "target", "price", *MONEY}
    near = 1.0 if not sets else NEAR if target or question.asks & MONEY else _NEARER
    if not facts or facts[0].score < near * ranked[0].score or "outcome" in question.asks:
        return []
    best = facts[0]
    if isinstance(best.hit.entry.unit.item, TableRow):
        return [f for f in facts if is_counted(f) and f.score >= _ROW * best.score]
    return [f for f in facts if f is best or (f.score >= 0.9 * best.score and f.fit >= 0.9 * best.fit)]


# The same fact in another plan


def _same(item: Indicator | TableRow, other: Facts) -> Indicator | TableRow | None:
    return _same_indicator(item, other) if isinstance(item, Indicator) else _same_row(item, other)


def _same_indicator(item: Indicator, other: Facts) -> Indicator | None:
    """The indicator of another plan that has the same name, or nearly; one that is of all may say so."""

    def near(each: Indicator) -> float:
        return alike(_OF_ALL.sub("", item.name), _OF_ALL.sub("", each.name))

    best = max(other.plan.indicators, key=near, default=None)
    return best if best and near(best) >= ALIKE else None


_OF_ALL = re.compile(r"[ ,(]+(?:totalt|total)\)?$", re.IGNORECASE)


def _same_row(row: TableRow, other: Facts) -> TableRow | None:
    """The row of another plan's table that has the same name; of several that of the same table, and its parent."""
    counted = [r for r in other.plan.rows if r.kind == row.kind and any(c.number is not None for c in r.cells)]
    total = bool(TOTAL.match(row.row))

    def near(each: TableRow) -> float:
        name = alike(row.row, each.row)
        table = alike(_undated(row.table), _undated(each.table))
        if name < ALIKE or (total and table < ALIKE):
            return 0.0
        return name + table + 0.5 * alike(row.parent or "", each.parent or "")

    best = max(counted, key=near, default=None)
    return best if best and near(best) else None


def _value(facts: Facts, row: TableRow, question: Question, year: int | None) -> Value | None:
    """A row's value of its own plan's year, or of another year that it has a column for."""
    if year in (None, facts.year):
        return value_in(facts, row, question)
    cell = next((c for c in row.cells if c.year == year and c.number is not None and c.column.startswith("VP")), None)
    return valued(facts, row, cell)


def _undated(words: str) -> str:
    return re.sub(r"\b(?:19|20)\d\d\b", "", words)


# What is said


def _indicators(
    one: Facts, item: Indicator, two: Facts, same: Indicator, question: Question, lexicon: Lexicon
) -> Statement:
    """An indicator's target in two plans, the later year or the first named first, and how they differ."""
    spoken = question.language
    a, b = (one, item), (two, same)
    if of_one_body(one, two) and (two.year or 0) > (one.year or 0):
        a, b = b, a
    (first, column), (second, _) = (_target(each, question) for _, each in (a, b))
    gloss = lexicon.gloss(item.name) if spoken == "en" else None
    key = "targets_council" if of_council(question.text) else "targets"
    at = (told_beside(a[0], b[0], spoken), told_beside(b[0], a[0], spoken))
    told = [target_told(each, spoken) for each in (first, second)]
    glossed = f" ({gloss})" if gloss else ""
    said = say(key, spoken, name=a[1].name, gloss=glossed, a=told[0], b=told[1], a_at=at[0], b_at=at[1])
    if alike(item.name, same.name) < 1:
        said += " " + say("named_otherwise", spoken, name=b[1].name, at=at[1])
    sums: tuple[Sum, ...] = ()
    if far := targets_apart(first or "", second or "", spoken):
        which, made = far
        sums = (made,) if which else ()
        key = "target_same" if not which else "target_higher" if which > 0 else "target_lower"
        than = than_beside(b[0], a[0], spoken)
        said += " " + say(key, spoken, difference=made.value, than=than, formula=made.formula)
    references = a[0].references(a[1], column) + b[0].references(b[1], column)
    return Statement(said, references, sums)


def _values(one: Value, other: Value, question: Question) -> Statement | None:
    """A row's value in two plans, the later year or the first named first, and how much more or less it is."""
    spoken = question.language
    a, b = one, other
    if of_one_body(a.facts, b.facts) and (b.facts.year or 0) > (a.facts.year or 0):
        a, b = b, a
    if a.cell.unit != b.cell.unit or _kind(a.cell.column) != _kind(b.cell.column):
        return None
    names, told = [label_of(a.row), label_of(b.row)], [cell_said(v.cell, True, spoken) for v in (a, b)]
    if of_one_body(a.facts, b.facts):
        tail, sums = apart(a, b, str(b.cell.year or b.facts.year), spoken)
    else:
        at = [whose_beside(a.facts, b.facts), whose_beside(b.facts, a.facts)]
        names = [f"{name}, {where}" for name, where in zip(names, at, strict=True)]
        tail, sums = apart(a, b, at[1], spoken, grows=False)
    second = told[1] if names[0] == names[1] else f"{names[1]}: {told[1]}"
    said = f"{names[0]}: {told[0]}; {second}"
    return Statement(f"{said}. {tail}", a.references + b.references, sums, headers_of(a.row, b.row))


def _kind(column: str) -> str:
    """What a column's figures are, of whatever year: an earlier year's plan is told by its net alone."""
    return re.sub(r"^Netto(?: ?VP)?|^VP", "VP", _undated(column)).strip()

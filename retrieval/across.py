"""The same fact in two plans, of two years or of two organisations: what each says, and how far apart they are.

A fact is found again in the other plan by its name. Where the other plan lacks it, that is said too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.describe import plain
from ingest.plan import Indicator, TableRow
from ingest.values import folded, number_in
from retrieval.answer_types import Draft, Reference, Statement, Sum
from retrieval.arithmetic import Value, apart, two_years, value_in, year_difference
from retrieval.lexicon import Lexicon
from retrieval.lookup import (
    TOTAL,
    Facts,
    cell_said,
    headers_of,
    label_of,
    of_council,
    places,
    row_statement,
    shown_like,
    target_told,
    targets_apart,
    unit_of,
)
from retrieval.phrases import say
from retrieval.question import Question, asked, clauses
from retrieval.rank import MONEY, Asked, Ranked
from retrieval.scope import AGAINST_YEAR, LAST_YEAR
from retrieval.sides import is_counted, is_telling
from retrieval.swedish import STOP_WORDS, Language, spans, terms

_ALIKE = 0.7  # the share of two names' words that they have in common, from which on they are taken for one
# How near what is ranked first a fact must be, where a target is asked for and else, and how fully its name is said.
_NEAR, _NEARER, _NAMED = 0.6, 0.85, 0.3
_HALF_NAMED = 0.15  # how fully an indicator is named: its name is a sentence
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
    set_ones = {i.name for each in facts if isinstance(i := each.hit.entry.unit.item, Indicator) and i.target}
    facts = [
        each
        for each in facts
        if not (isinstance(i := each.hit.entry.unit.item, Indicator) and not i.target and i.name in set_ones)
    ]
    rows = [(f.asked.facts, row) for f in facts if isinstance(row := f.hit.entry.unit.item, TableRow)]
    if year and any(two_years(each, row, question) for each, row in rows):
        return None
    statements: list[Statement] = []
    for each in facts:
        item, one = each.hit.entry.unit.item, each.asked.facts
        for two in (each.facts for each in other):
            if isinstance(item, Indicator) and year in (None, two.year) and (same := _same_indicator(item, two)):
                statements.append(_indicators(one, item, two, same, question, lexicon))
                break
            if isinstance(item, TableRow) and (other_row := _same_row(item, two)):
                pair = value_in(one, item, question), _value(two, other_row, question, year)
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
    statement = year_difference(ranked[0].asked.facts, row, question)
    return Draft((statement,), "lookup", certain=True) if statement else None


def most_across(
    question: Question, ranked: Sequence[Ranked], others: Sequence[Sequence[Asked]], enough: Callable[[Ranked], bool]
) -> Draft | None:
    """In which of several plans the fact that a question names is highest or lowest, each told; None where it isn't in
    all of them."""
    spoken, council = question.language, of_council(question.text)
    for best in (each for each in _meant(question, ranked) if enough(each)):
        item, one = best.hit.entry.unit.item, best.asked.facts
        assert isinstance(item, Indicator | TableRow)
        if "target" in question.asks and not isinstance(item, Indicator):
            continue
        found: list[tuple[Facts, str, Decimal, tuple[Reference, ...], str]] = []
        for two in (one, *(each.facts for group in others for each in group)):
            if isinstance(item, Indicator) and (same := item if two is one else _same_indicator(item, two)):
                target = same.council_target if council else same.target
                number = number_in(target) if target else None
                if target and number is not None:
                    column = "KF:s årsmål" if council else "Årsmål"
                    found.append(
                        (two, target, number, two.references(same, column), unit_of(target).removesuffix("st"))
                    )
            if isinstance(item, TableRow) and (row := item if two is one else _same_row(item, two)):
                value = value_in(two, row, question)
                if value:
                    unit = value.cell.unit or ""
                    written = f"{value.written} {unit}".strip()
                    found.append((two, written, value.number, value.references, unit))
        if len(found) <= len(others) or len({unit for *_, unit in found}) > 1:
            continue
        smallest = "smallest" in question.asks
        found.sort(key=lambda each: each[2] if smallest else -each[2])
        if found[0][2] == found[1][2]:
            continue
        beside = found[1][0]
        told = "; ".join(f"{written} {told_beside(two, beside if two is not beside else found[0][0], spoken)}"
                         for two, written, *_ in found)  # fmt: skip
        name = item.name if isinstance(item, Indicator) else label_of(item)
        key = "least_at" if smallest else "most_at"
        said = f"{name}: {told}. {say(key, spoken, at=told_beside(found[0][0], beside, spoken))}"
        labels = headers_of(item) if isinstance(item, TableRow) else ()
        references = tuple(reference for each in found for reference in each[3])
        return Draft((Statement(said, references, labels=labels),), "lookup", certain=True)
    return None


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
        same: Indicator | TableRow | None
        if isinstance(item, Indicator):
            same = _same_indicator(item, two)
            there = {two.year} if two.year and same and same.target else set()
        else:
            same = _same_row(item, two)
            there = _years_of(same) if same else set()
            if same and set(years) <= there:
                return Draft((row_statement(two, same, question),), "lookup", certain=True)
        if same and there:
            found.append((two, same))
            have |= there
    if not have or have & set(years):
        return None
    name = item.name if isinstance(item, Indicator) else label_of(item)
    text = say(
        "other_years", spoken, name=name, whose=_whose(facts), asked=_listed(years, spoken),
        years=_listed(sorted(have), spoken),
    )  # fmt: skip
    references = tuple(ref for two, same in found for ref in two.references(same))
    labels = headers_of(*(same for _, same in found if isinstance(same, TableRow)))
    return Draft((Statement(text, references, labels=labels),), "lookup", unset=True)


def _years_of(item: Indicator | TableRow) -> set[int]:
    """The years that a row has figures for, or an indicator's columns beside its target."""
    if isinstance(item, TableRow):
        return {cell.year for cell in item.cells if cell.year and cell.number is not None}
    return {int(year) for each in item.outcomes for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", each.column)}


def _listed(years: Sequence[int], spoken: Language) -> str:
    """Years as a sentence lists them: "2024, 2025 och 2026"."""
    each = [str(year) for year in dict.fromkeys(years)]
    last = {"sv": " och ", "en": " and "}[spoken]
    return last.join([*([", ".join(each[:-1])] if each[1:] else []), each[-1]])


def year_against(question: Question, year: int | None) -> int | None:
    """The other year that a question sets a plan's against, by its number or as "last year"; None for none."""
    if year is None or "compare" not in question.asks:
        return None
    others = [each for each in question.years if each != year]
    return others[0] if others else year - 1 if LAST_YEAR.search(question.text) else None


_YEARS_NAMED = re.compile(
    rf"{AGAINST_YEAR.pattern}|\b(?:(?:sedan|sen|since|från|from|än|than|mot|to|till|mellan|between) )?"
    rf"(?:(?:19|20)\d\d\b|{LAST_YEAR.pattern})",
    re.IGNORECASE,
)


def undated(question: Question) -> Question:
    """A question without the years that it names: what it is about, to be found in any plan."""
    named = {word for found in _YEARS_NAMED.finditer(question.text) for word in [found[0], *found[0].split()]}
    concepts = [c for c in question.concepts if c.words not in named]
    text = re.sub(r"\s+", " ", _YEARS_NAMED.sub(" ", question.text))
    return replace(question, text=text, concepts=tuple(concepts), years=())


@dataclass(frozen=True, slots=True)
class Part:
    """What a message asks of one of the plans it is about, without what names the plan, that with its year, and the
    clause before that it leans on, "" for none."""

    about: str
    text: str
    after: str = ""


def asked_apart(text: str, marks: Sequence[Sequence[str]]) -> list[Part]:
    """What a message asks of each of several plans, without the words that name them: each in the clause that names it,
    or the same of all. `marks` are those words, plan by plan."""
    every = [mark for each in marks for mark in each]
    pieces = clauses(text)
    bare = [_CHANGED.sub(" ", _unmarked(piece, every)) for piece in pieces]
    first = next((piece for piece in bare if _says_something(piece)), _unmarked(text, every))
    parts = []
    for own in marks:
        others = [mark for mark in every if mark not in own]
        n = next((n for n, piece in enumerate(pieces) if _has(piece, own) and not _has(piece, others)), None)
        about, after = first, ""
        if n is None:
            about = " ".join(piece for piece in bare if _says_something(piece)) or first
        elif bare[n] != first and (_says_something(bare[n]) or _kind_of(bare[n]) - _kind_of(first)):
            about, after = bare[n], first
        year = next((mark for mark in own if mark.isdigit()), "")
        parts.append(Part(about, f"{about} {year}".strip(), after))
    return parts


_CHANGED = re.compile(r"\s*\b(?:förändra\w*|ändra[dst]\w*|changed?)\b", re.IGNORECASE)


def _has(piece: str, marks: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(mark)}\b", piece) for mark in marks)


def _kind_of(text: str) -> frozenset[str]:
    """What kind of thing a text asks for, of those that an answer is told by."""
    return asked(text) & {"target", "council", "activities", "who", "when", "why", "price", *MONEY}


_BEFORE_MARK = (
    r"(?:\b(?:and|och|or|eller|respektive|vs\.?|versus|i|in|hos|at|for|för|år|year|of|av|from|från|to|till) )*"
)


def _unmarked(text: str, marks: Sequence[str]) -> str:
    """A text without the words that name plans, and what joined them to it."""
    for mark in sorted(marks, key=len, reverse=True):
        text = re.sub(rf"{_BEFORE_MARK}\b{re.escape(mark)}(?:['’]?s)?\b", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+", " ", re.sub(r"\s+([,.?!:;])", r"\1", text))
    return re.sub(r"^(?:[\s,.:;?!–-]|(?:och|and|samt|men|but)\b)+|[\s,:;–-]+$", "", text)


def _says_something(text: str) -> bool:
    """True where a text names what it asks about, not only how it asks."""
    words = [token.text for token in spans(text) if token.text not in STOP_WORDS]
    return any(len(word) > 2 and is_telling(word) for word in words)


@dataclass(frozen=True, slots=True)
class Apart:
    """Two figures of one kind that two quotes have, and how far they are apart."""

    first_is_more: bool
    difference: str
    formula: str


def figures_apart(question: Question, one: str, other: str) -> Apart | None:
    """How far apart the figures are that two quotes have of what a question names ("13 ledamöter" and "11 ledamöter"),
    or of its price; None where it is not sure that they are of one kind."""
    a, b = (_figures_of(quote, question) for quote in (one, other))
    common = [kind for kind in a if kind in b]
    if len(common) != 1 or a[common[0]] == b[common[0]]:
        return None
    (_, first), (word, second) = a[common[0]], b[common[0]]
    numbers = [number_in(written) for written in (first, second)]
    if numbers[0] is None or numbers[1] is None or numbers[0] == numbers[1]:
        return None
    high, low = (first, second) if numbers[0] > numbers[1] else (second, first)
    value = shown_like(abs(numbers[0] - numbers[1]), max(first, second, key=places))
    return Apart(numbers[0] > numbers[1], f"{value} {word}", f"{high} − {low}")


_COUNTED = re.compile(r"(?<![\d.,–-])(\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d+(?:,\d+)?)\s+([A-Za-zåäöÅÄÖ]{2,})")


def _figures_of(quote: str, question: Question) -> dict[str, tuple[str, str]]:
    """The figures of a quote by what they count, where the question names that or asks for a price; those of a kind
    that the quote has twice are not told apart."""
    wanted = {term for c in question.concepts if c.weight >= 0.5 for term, weight in c.terms.items() if weight >= 0.6}
    found: dict[str, list[tuple[str, str]]] = {}
    for number, word in _COUNTED.findall(quote):
        price = bool(re.fullmatch(r"kr|kronor|mnkr|tkr", word)) and bool(question.asks & {"price", *MONEY})
        if price or wanted & {term for term, weight in terms(word) if weight == 1.0}:
            found.setdefault("kr" if word == "kronor" else word.casefold(), []).append((word, number))
    return {kind: each[0] for kind, each in found.items() if len(each) == 1}


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
        and each.fit >= (_HALF_NAMED if each.hit.kind == "indicator" and "target" in question.asks else _NAMED)
        and not (counts and each.hit.kind == "budget")
    ]
    sets = question.asks & {"compare", "largest", "smallest", "target", "price", *MONEY}
    near = 1.0 if not sets else _NEAR if target or question.asks & MONEY else _NEARER
    if not facts or facts[0].score < near * ranked[0].score or "outcome" in question.asks:
        return []
    best = facts[0]
    if isinstance(best.hit.entry.unit.item, TableRow):
        return [f for f in facts if is_counted(f) and f.score >= _ROW * best.score]
    return [f for f in facts if f is best or (f.score >= 0.9 * best.score and f.fit >= 0.9 * best.fit)]


# The same fact in another plan


def _same_indicator(item: Indicator, other: Facts) -> Indicator | None:
    """The indicator of another plan that has the same name, or nearly."""
    best = max(other.plan.indicators, key=lambda each: alike(item.name, each.name), default=None)
    return best if best and alike(item.name, best.name) >= _ALIKE else None


def _same_row(row: TableRow, other: Facts) -> TableRow | None:
    """The row of another plan's table that has the same name; of several that of the same table, and its parent."""
    counted = [r for r in other.plan.rows if r.kind == row.kind and any(c.number is not None for c in r.cells)]
    total = bool(TOTAL.match(row.row))

    def near(each: TableRow) -> float:
        name = alike(row.row, each.row)
        table = alike(_undated(row.table), _undated(each.table))
        if name < _ALIKE or (total and table < _ALIKE):
            return 0.0
        return name + table + 0.5 * alike(row.parent or "", each.parent or "")

    best = max(counted, key=near, default=None)
    return best if best and near(best) else None


def _value(facts: Facts, row: TableRow, question: Question, year: int | None) -> Value | None:
    """A row's value of its own plan's year, or of another year that it has a column for."""
    if year in (None, facts.year):
        return value_in(facts, row, question)
    cell = next((c for c in row.cells if c.year == year and c.number is not None and c.column.startswith("VP")), None)
    return Value(facts, row, cell, cell.number) if cell and cell.number is not None else None


def _undated(words: str) -> str:
    return re.sub(r"\b(?:19|20)\d\d\b", "", words)


def alike(one: str, other: str, loosely: bool = False) -> float:
    """The share of two names' words that they have in common, in whatever form: 1 for the same name; `loosely`, of the
    shorter one's. A long name that another one only goes on from is nearly the same."""
    if folded(one).casefold() == folded(other).casefold():
        return 1.0
    a, b = ({term for term, weight in terms(name) if weight == 1.0} for name in (one, other))
    shorter = min(len(a), len(b))
    within = len(a & b) / shorter if shorter >= _LONG else 0.0
    return max(len(a & b) / len(a | b) if a and b else 0.0, within if loosely else _ALIKE * (within == 1.0))


_LONG = 3  # words that tell a name even where it goes on


# What is said


def _indicators(
    one: Facts, item: Indicator, two: Facts, same: Indicator, question: Question, lexicon: Lexicon
) -> Statement:
    """An indicator's target in two plans, the later year or the first named first, and how they differ."""
    spoken = question.language
    council = of_council(question.text)
    a, b = (one, item), (two, same)
    if of_one_body(one, two) and (two.year or 0) > (one.year or 0):
        a, b = b, a
    written = [(each.council_target if council else each.target) for _, each in (a, b)]
    gloss = lexicon.gloss(item.name) if spoken == "en" else None
    key = "targets_council" if council else "targets"
    at = (told_beside(a[0], b[0], spoken), told_beside(b[0], a[0], spoken))
    told = [target_told(each, spoken) for each in written]
    glossed = f" ({gloss})" if gloss else ""
    said = say(key, spoken, name=a[1].name, gloss=glossed, a=told[0], b=told[1], a_at=at[0], b_at=at[1])
    if alike(item.name, same.name) < 1:
        said += " " + say("named_otherwise", spoken, name=b[1].name, at=at[1])
    sums: tuple[Sum, ...] = ()
    if far := targets_apart(written[0] or "", written[1] or "", spoken):
        which, made = far
        sums = (made,) if which else ()
        key = "target_same" if not which else "target_higher" if which > 0 else "target_lower"
        said += " " + say(key, spoken, difference=made.value, than=_than(b[0], a[0], spoken), formula=made.formula)
    column = "KF:s årsmål" if council else "Årsmål"
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
    names = [label_of(a.row), label_of(b.row)]
    if not of_one_body(a.facts, b.facts):
        names = [f"{names[0]}, {_named_beside(a.facts, b.facts)}", f"{names[1]}, {_named_beside(b.facts, a.facts)}"]
    told = [cell_said(v.cell, True, spoken) for v in (a, b)]
    same = names[0] == names[1]
    said = f"{names[0]}: {told[0]}; {told[1]}" if same else f"{names[0]}: {told[0]}; {names[1]}: {told[1]}"
    if of_one_body(a.facts, b.facts):
        tail, sums = apart(a, b, str(b.cell.year or b.facts.year), spoken)
    else:
        tail, sums = apart(a, b, _named_beside(b.facts, a.facts), spoken, grows=False)
    return Statement(f"{said}. {tail}", a.references + b.references, sums, headers_of(a.row, b.row))


def _kind(column: str) -> str:
    """What a column's figures are, of whatever year: an earlier year's plan is told by its net alone."""
    return re.sub(r"^Netto(?: ?VP)?|^VP", "VP", _undated(column)).strip()


def _whose(facts: Facts) -> str:
    return facts.plan.description.organisation or facts.plan.description.title or ""


def _named_beside(facts: Facts, beside: Facts) -> str:
    """Whose a plan is, with its year where the one beside it is of another."""
    return _whose(facts) if facts.year == beside.year else f"{_whose(facts)} {facts.year}"


def of_one_body(one: Facts, two: Facts) -> bool:
    """True for plans of one organisation and unit: they differ by their year."""
    a, b = one.plan.description, two.plan.description
    return (plain(a.organisation or ""), a.unit) == (plain(b.organisation or ""), b.unit)


def told_beside(facts: Facts, beside: Facts, spoken: Language) -> str:
    """How a plan is told from the one beside it: by its year, else by whose it is."""
    if of_one_body(facts, beside):
        return say("in_year", spoken, year=facts.year)
    return say("at_body", spoken, whose=_named_beside(facts, beside))


def _than(facts: Facts, beside: Facts, spoken: Language) -> str:
    if of_one_body(facts, beside):
        return say("than_year", spoken, year=facts.year)
    return say("than_body", spoken, whose=_named_beside(facts, beside))

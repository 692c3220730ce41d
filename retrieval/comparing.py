"""What a question computes, compares or looks for the largest of, in the tables of one plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from ingest.plan import Indicator, TableRow
from retrieval.amounts import limit
from retrieval.answer_types import Draft, Statement
from retrieval.arithmetic import (
    Value,
    cells_apart,
    difference,
    in_years,
    share_statement,
    share_within,
    sum_statement,
    two_years,
    value_in,
    value_of,
    women_and_men,
    year_difference,
)
from retrieval.cues import Asks
from retrieval.dates import number_of
from retrieval.extract import prose_statements
from retrieval.lookup import (
    KRONOR,
    TOTAL,
    Facts,
    cell_said,
    column_of,
    headers_of,
    label_of,
    name_of,
    named_cell,
    row_statement,
    targets_statement,
)
from retrieval.phrases import say
from retrieval.question import Question, after_most, asks_money, clauses, kind_asked, of_whole_budget, ordinal_of
from retrieval.rank import MONEY, Ranked
from retrieval.search import Concept, terms_of
from retrieval.sides import (
    IN_PERCENT,
    NAMED,
    NAMED_IN_FULL,
    Rank,
    columns_said,
    each_told,
    indicator_named,
    is_counted,
    is_telling,
    miscounts,
    row_named,
    sides,
    targets,
)


def compared(
    question: Question, ranked: Sequence[Ranked], rank: Rank, enough: Callable[[Ranked], bool], focus: Ranked | None
) -> Draft | None:
    """What a question that compares, adds or looks for the largest is answered with; None where it does none of it, or
    no row of a table is near enough to what it is about."""
    asks = question.asks & {"compare", "share", "largest", "smallest", "sum"}
    ranked = [each for each in ranked if not miscounts(each, question)]
    if not ranked:
        return None
    if not asks:
        return each_told(question, rank)
    computed = targets(question, rank) or _set_against(question, rank, focus)
    of_targets = "target" in question.asks and not question.asks & {"price", *MONEY}
    row: Ranked | None = None
    # "The total of A, and how much of it is B?" adds nothing up.
    apart = "sum" in asks and clauses(question.text) != [question.text]
    named = [] if computed or of_targets or apart else sides(question, rank)
    if len(named) > 1:
        computed = sum_statement(named, question) if "sum" in asks else difference(named[0], named[1], question)
    told = [computed] if computed else []
    if not told:
        rows = [r for r in ranked[:30] if is_counted(r)]
        rows = _named_first(rows, ranked, question) if asks & {"largest", "smallest"} else rows
        made = ((of_one_row(r, question), r) for r in rows if _is_meant(r, ranked[0], question) and enough(r))
        told, row = next((each for each in made if each[0]), ([], None))
    if told and "why" in question.asks:
        return _with_reason(told[0], row, question, ranked)
    return _listed(told)


def _named_first(rows: Sequence[Ranked], ranked: Sequence[Ranked], question: Question) -> list[Ranked]:
    """Rows of tables, those first that stand under a heading that says what the question names, then those beside what
    is ranked first."""

    def place(each: Ranked) -> tuple[bool, bool]:
        held = terms_of(each.hit.entry.unit.path.rpartition(" › ")[2], least=0.9)
        return not any(thing.is_in(held) for thing in question.things), not _is_beside(each, ranked)

    return sorted(rows, key=place)


def _is_beside(row: Ranked, ranked: Sequence[Ranked]) -> bool:
    """True where the table of a row stands in the section of a sentence that is among the first."""
    place = (row.asked, row.hit.entry.unit.path)
    return place in ((r.asked, r.hit.entry.unit.path) for r in ranked[:_LEADING] if r.hit.kind == "passage")


_LEADING = 3


def _with_reason(said: Statement, row: Ranked | None, question: Question, ranked: Sequence[Ranked]) -> Draft:
    """What was computed, maybe from one row, and the sentence that tells why that grew or shrank: one that gives a
    reason, else one that tells of the change in figures; or that it is as it was. Without one a note says that none was
    found, unless there is nothing to give a reason for."""
    growth, wanted = _growth(row, question), _direction(question.text)
    otherwise = growth is not None and growth * wanted <= 0
    way = _SAME if growth == 0 else _DOWN if (growth or wanted) < 0 else _UP
    changes = [r for r in ranked if r.hit.kind == "passage" and way.search(r.hit.entry.words)]
    around = ((r, r.hit.entry.words, r.hit.entry.unit) for r in changes)
    given = [r for r, words, unit in around if _BECAUSE.search(words) and _is_about(question, unit.path, unit.words)]
    told = [r for r in changes if growth == 0 or _SUM.search(r.hit.entry.words)]
    told = [r for r in told if _is_about(question, r.hit.entry.words) or (growth == 0 and _has_parts(r))]
    reason = next(chain(told, given) if otherwise else chain(given, told), None)
    if reason is None:
        return Draft((said,), "lookup", certain=True, note="" if otherwise else say("no_reason", question.language))
    words = prose_statements(reason.asked.facts, reason.asked.searchable, [reason.hit], question, 400)
    return Draft((said, *words[:1]), "lookup", certain=True)


def _growth(each: Ranked | None, question: Question) -> Decimal | None:
    """By how much a row has grown since the year before; None where it does not tell."""
    row = each.hit.entry.unit.item if each else None
    pair = two_years(each.asked.facts, row, question) if each and isinstance(row, TableRow) else None
    return pair[0].number - pair[1].number if pair else None


def _is_about(question: Question, *texts: str) -> bool:
    """True where texts say all that a question names, maybe as a part of a compound."""
    held = terms_of(*texts, least=0.5)
    return all(thing.is_in(held) for thing in question.things)


def _has_parts(each: Ranked) -> bool:
    """True where an entry itself has at least a part of each thing that the question names: "avgift" of "badavgift"."""
    held = terms_of(each.hit.entry.words, least=_PART)
    return all(any(term in held for term in thing.terms) for thing in each.question.things)


_SUM = re.compile(r"\d (?:mnkr|mkr|tkr|kronor|kr|miljoner|procent|st)\b|\d ?%")
_BECAUSE = re.compile(r"\b(?:beror|eftersom|på grund av|till följd av|därför|orsak\w*|förklaras)\b", re.IGNORECASE)


NEAR = 0.6  # of a row that something else is ranked before: how near it is to that


def _is_meant(row: Ranked, first: Ranked, question: Question) -> bool:
    """True where a row answers though something else is ranked first: a sentence that does not have the figure."""
    if row is first or row.score < NEAR * first.score:
        return row is first
    if question.asks & {"largest", "smallest"}:
        return True
    figures = len(re.findall(r"\d[\d ]*(?:,\d+)?", first.hit.entry.words))
    lacking = "compare" in question.asks and figures < 2
    return first.hit.kind == "passage" and (lacking or row.fit >= NAMED)


def of_one_row(best: Ranked, question: Question) -> list[Statement]:
    """What a question computes from one row and its table; nothing where it computes none."""
    row, facts, asks = best.hit.entry.unit.item, best.asked.facts, question.asks
    assert isinstance(row, TableRow)
    table = table_of(facts, row)
    if asks & {"largest", "smallest"}:
        table = (_parts_of(facts, row) if best.fit >= _NAMED_ALONE else []) or table
        if _direction(question.text):
            return _if_any(extreme_change(facts, table, question))
        return extremes(facts, table, question, _how_many(question.text))
    if "share" in asks and not ("compare" in asks and _direction(question.text)):  # "by how many percent does it grow"
        if not best.fit and not _is_about(question, row.row, row.table, *headers_of(row), best.hit.entry.unit.path):
            return []
        total = next((r for r in table if TOTAL.match(r.row) and r.parent == row.parent), None)
        within = share_within(facts, total if total and not best.fit else row, question)  # no row is named: of all
        of = [r for r in table if row.parent in (r.row, name_of(r)) and _is_named(r, question)]
        if within or not (of or asks & MONEY or row.kind != "budget"):
            return _if_any(within)
        whole = next((r for r in (*of, *table) if r in of or (TOTAL.match(r.row) and r is not row)), None)
        return _if_any(share_statement(facts, row, whole, question) if whole else None)
    if "compare" not in asks:
        return []
    if said := columns_said(facts, row, question, sure=bool(_direction(question.text))):
        return _if_any(cells_apart(facts, row, said, question))
    told = women_and_men(facts, row, question)
    if told or best.fit >= NAMED:
        return _if_any(told or year_difference(facts, row, question))
    held = _held(row, question)  # of rows that are named as little, none is the one that is meant
    alike = [r for r in table if held and _held(r, question) == held][:_ALIKE]
    each = [year_difference(facts, r, question, len(alike) > 1) for r in alike or [row]]
    return [statement for statement in each if statement]


_ALIKE = 5  # rows that are told beside one another


def _held(row: TableRow, question: Question) -> set[str]:
    """What a question names that a row's name says."""
    return {thing.words for thing in question.things if thing.is_in(terms_of(row.row))}


def _if_any(statement: Statement | None) -> list[Statement]:
    return [statement] if statement else []


def _is_named(row: TableRow, question: Question) -> bool:
    return any(thing.is_in(terms_of(row.row, least=0.9)) for thing in question.things)


def table_of(facts: Facts, row: TableRow) -> list[TableRow]:
    """The rows of a row's own table."""
    columns = [cell.column for cell in row.cells]
    return [
        r
        for r in facts.plan.rows
        if r.table == row.table and r.origin.section == row.origin.section and [c.column for c in r.cells] == columns
    ]


_NAMED_ALONE = 0.5  # how fully a row's name is said that parts are looked for


def _parts_of(facts: Facts, row: TableRow) -> list[TableRow]:
    """The rows of the table that adds up to a row: its total has the same figures."""
    figures = [cell.number for cell in row.cells if cell.number]
    totals = (r for r in facts.plan.rows if r.table != row.table and TOTAL.match(r.row))
    held = ((total, {cell.number for cell in total.cells}) for total in totals)
    same = (total for total, numbers in held if sum(n in numbers for n in figures) >= max(2, min(3, len(figures))))
    return next((table_of(facts, total) for total in same), [])


def of_all_areas(facts: Facts, question: Question) -> Draft | None:
    """What a question asks of all areas that the money goes to: how much there is altogether, the largest or the
    smallest, or those that get more or less than before. None for any other question."""
    asks, moving = question.asks, _direction(question.text)
    which = "list" in asks or _OF_MONEY.match(kind_asked(question))
    named = question.before or set(question.years) - {facts.year}
    if of_whole_budget(question.text) and not named and not asks & _OTHERWISE:
        whole = next((row for row in _all_areas(facts, question) if TOTAL.match(row.row)), None)
        return _listed([row_statement(facts, whole, question)] if whole else [])
    if not _is_of_areas(question):
        return None
    rows = _all_areas(facts, question)
    if within := limit(question.text):
        wholes = _wholes(rows)
        values = (value_in(facts, row, question) for row in in_years(wholes, question, facts.year))
        kept = [row for row, v in zip(wholes, values, strict=True) if v and within.has(v.number, v.cell.unit)]
        return _listed([row_statement(facts, row, question) for row in kept])
    if asks & {"largest", "smallest"}:
        if moving:
            return _listed(_if_any(extreme_change(facts, rows, question)))
        return _listed(extremes(facts, rows, question, _how_many(question.text)))
    return _listed(changes_listed(facts, _wholes(rows), question) if moving and which else [])


def _listed(told: Sequence[Statement]) -> Draft | None:
    return Draft(tuple(told), "lookup", listed=len(told) > 1, certain=True) if told else None


# What is asked of a budget that its total does not tell.
_OTHERWISE: frozenset[Asks] = frozenset(
    ("largest", "smallest", "list", "why", "who", "target", "when", "until", "share", "compare")
)


def _is_of_areas(question: Question) -> bool:
    """True where a question asks about the areas that the money goes to, not about one of them."""
    asks, text = question.asks, question.text
    if any(
        c.weight >= 0.5 and is_telling(c.words) and not number_of(c.words) and not _OF_MONEY.search(c.words)
        for c in question.concepts
    ):
        return False
    moves = asks & {"largest", "smallest"} and _direction(question.text)
    return bool(asks & MONEY or moves or _DEAREST.search(text)) and _OF_MONEY.search(text) is not None


_DEAREST = re.compile(r"\bdyrast\w*|\bmost expensive\b|\bposten\b|\bposter(?:na)?\b", re.IGNORECASE)


def _how_many(text: str) -> int:
    """How many of the largest a text asks for: so many as it says ("de fem största"), some where it asks for several
    ("which are the largest?"), else one."""
    found = [*_SO_MANY.findall(text), *_BEFORE_MOST.findall(text)]
    said = max(map(number_of, found), default=0) or (_SOME if _PLURAL.search(text) else 1)
    return min(_MOST, said)


_SOME, _MOST = 3, 10
_SO_MANY = re.compile(r"\b(?:de|the|top{1,2}|våra|our|vilka|which|what) (\d{1,2}\b|[^\W\d]+)", re.IGNORECASE)
_BEFORE_MOST = re.compile(r"(\w+) (?:\w+st(?:a|e|est)?|most expensive)\b", re.IGNORECASE)
_PLURAL = re.compile(
    r"\bvilka\b.*\b(?:är|var) (?:de|våra|\w+s) (?:\w+ )?\w+sta\b"
    r"|\b(?:what|which)\b.*\bare (?:the|our) (?:\w+ )?\w+est\b",
    re.IGNORECASE,
)


def _all_areas(facts: Facts, question: Question) -> list[TableRow]:
    """The rows of the budget of all areas: the one with the largest total."""
    totals = [
        (abs(value.number) * kronor, row)
        for row in facts.plan.rows
        if row.kind == "budget" and TOTAL.match(row.row) and (value := value_in(facts, row, question))
        if (kronor := KRONOR.get(value.cell.unit or ""))
    ]
    return table_of(facts, max(totals, key=lambda each: each[0])[1]) if totals else []


_OF_MONEY = re.compile(
    r"\b(?:verksamhet(?:en|er|erna|sområde\w*)?|områden?a?|areas?|operations?|(?:budget|kostnads|utgifts)?post(?:en|er|erna)?"
    r"|(?:budget |cost )?items?|pengar(?:na)?|money|vart|where|lägger|spend\w*|gör|do)\b",
    re.IGNORECASE,
)


# The largest and the smallest


def _set_against(question: Question, rank: Rank, focus: Ranked | None) -> Statement | None:
    """How far the row that a question names after "than" is from the largest or smallest of its table ("which unit has
    most staff, and how many more than the office is that?"), or from the one talked about before."""
    most = question.asks & {"largest", "smallest"}
    found = _THAN.search(after_most(question)) if most or (focus and question.before) else None
    row = focus.hit.entry.unit.item if focus else None
    if found and focus and isinstance(row, Indicator):
        told = indicator_named(found["other"], rank)
        return targets_statement((focus.asked.facts, row), told, question) if told and told[1] is not row else None
    other = row_named(found["other"], question, rank) if found else None
    if other is None:
        return None
    if most:
        one = next(iter(_extreme_values(other.facts, table_of(other.facts, other.row), question)), None)
    else:
        one = value_in(focus.asked.facts, row, question) if focus and isinstance(row, TableRow) else None
    return difference(one, other, question) if one and one.row is not other.row else None


_THAN = re.compile(r"\b(?:än|than|jämfört med|compared (?:to|with)) (?P<other>[^,;?.]+)", re.IGNORECASE)


def _extreme_values(facts: Facts, rows: Sequence[TableRow], question: Question) -> list[Value]:
    """The values of rows that are no totals and no other row's parts, the largest or the smallest first; none where
    they can't be set against one another or the table isn't of what is asked for."""
    values = [value for row in _of_kind(_wholes(rows), question) if (value := _size_in(facts, row, question))]
    if len(values) < 2 or len({value.cell.unit for value in values}) > 1 or not _tells_of(values, question):
        return []
    return sorted(values, key=lambda v: v.number if "smallest" in question.asks else -v.number)


def _size_in(facts: Facts, row: TableRow, question: Question) -> Value | None:
    """The value that a row's size is told by: of the year that a question names, and where none of its columns is named
    what the others make together ("Riskvärde")."""
    years = [year for year in question.years if any(cell.year == year for cell in row.cells)]
    year = facts.year if facts.year in question.years or not years else years[0]
    worth = next((c for c in row.cells if c.number is not None and c.column.casefold().endswith("värde")), None)
    cell = named_cell(row, question, year) or worth or value_of(row, question, year)
    return Value(facts, row, cell, cell.number) if cell and cell.number is not None else None


def extremes(facts: Facts, rows: Sequence[TableRow], question: Question, most: int) -> list[Statement]:
    """So many rows with the largest or smallest values, that are no totals and no other row's parts; the one, and
    those that share it, are told as such."""
    values = _extreme_values(facts, rows, question)
    if not values:
        return []
    place = ordinal_of(question.text)
    if place > 1:
        values, most = values[place - 1 : place], 2
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
        "smallest" if "smallest" in question.asks else "largest",
        question.language,
        row=names,
        value=f"{best.written} {unit}".strip(),
        column=column_of(best.cell.column, question.language),
    )
    references = tuple(ref for v in same[:5] for ref in v.references)
    told = Statement(text, references, labels=headers_of(best.row))
    whole = next((row for row in rows if TOTAL.match(row.row)), None) if "share" in question.asks else None
    if whole and (share := share_statement(facts, best.row, whole, question)):
        of_whole = share.text.partition("; ")[2]
        return [replace(share, text=f"{text} {of_whole}", support=(*references, *share.support))]
    return [told]


def _tells_of(values: Sequence[Value], question: Question) -> bool:
    """True where what a question asks which of is said by the column, the table or its rows, and what it asks the most
    or the least of ("flest avdelningar") by the first two; a price is no size."""
    first, asks = values[0], question.asks
    if first.cell.unit == "kr" and not asks & {"price", "fee", *MONEY} and not _OF_PRICE.search(question.text):
        return False
    path = first.facts.plan.path(first.row.origin.section).rpartition(" › ")[2]
    held = terms_of(first.cell.column, first.row.table, first.row.parent or "", path, least=_PART)
    labels = terms_of(*(_OF_WHAT.split(value.row.row)[0] for value in values), least=_PART)
    after = after_most(question)
    measured = [c for c in question.things if c.words in _THAN.split(after)[0] and not asks_money(c.words)]
    before = _THAN.split(question.text.removesuffix(after))[0]
    meant = _kinds_asked(question) or [c for c in question.things if c.words in before and not kind_asked(question)]
    return all(c.is_in(held | labels) for c in meant) and (
        not measured or any(c.terms.keys() & held or _is_most(c, values) for c in measured)
    )


def _kinds_asked(question: Question) -> list[Concept]:
    """The things that a question asks which of."""
    kind = kind_asked(question)
    return [thing for thing in question.things if kind in thing.words.split() and not number_of(kind)]


def _is_most(thing: Concept, values: Sequence[Value]) -> bool:
    """True where most rows are named so."""
    return 2 * sum(thing.is_in(terms_of(value.row.row, least=_PART)) for value in values) > len(values)


_OF_WHAT = re.compile(r" (?:till|för|i|på|av|inom|med|vid) ")  # "laundry for homes" is no home
_OF_PRICE = re.compile(r"\b(?:dyr|billig|cheap|expensive)", re.IGNORECASE)
_PART = 0.3  # of a word: a part of a compound


def _of_kind(rows: Sequence[TableRow], question: Question) -> Sequence[TableRow]:
    """The rows that are named as what a question asks which of ("which preschool has the highest rent?"), where some
    are; else all."""
    first = re.match(r"\W*(\w+)", after_most(question))
    kinds = [*_kinds_asked(question), *(thing for thing in question.things if first and thing.words == first[1])]
    named = ((row, terms_of(_OF_WHAT.split(row.row)[0])) for row in rows)
    return [row for row, held in named if any(kind.is_in(held) for kind in kinds)] or rows


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
    r"\b(?:ök(?!en)\w*|väx(?:er|te|t|a|ande)|stig\w*|höj\w*|increas\w*|grow\w*|grew|rise\w*|rising|rose|gain\w*"
    r"|(?<!vad )(?<!what )(?:more|mer)|fler|dyrare|högre|higher"
    r"|(?:go(?:es|ne|ing)?|went|gå(?:r|tt)?|gick) up{1,2})\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:minsk\w*|sjunk\w*|krymp\w*|tappa\w*|sänk\w*|decreas\w*|shrink\w*|shrank|drop(?:s|p\w*)?|fall(?:s|en|ing|er|it)?|fell|cuts?|los\w*"
    r"|less|mindre|lägre|fewer|färre|billigare|cheaper|(?:go(?:es|ne|ing)?|went) down|(?:gå(?:r|tt)?|gick) ne[rd]+)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:oförändra\w*|unchanged|lika (?:mycket|många|stor\w*) som|(?:stays?|stayed) the same)\b", re.IGNORECASE
)


def _direction(text: str) -> int:
    """1 where a text tells of what grows, -1 of what shrinks, 0 of neither."""
    return -1 if _DOWN.search(text) else 1 if _UP.search(text) else 0


def extreme_change(facts: Facts, rows: Sequence[TableRow], question: Question) -> Statement | None:
    """The row of a table that grows or shrinks most from the year before."""
    relative = IN_PERCENT.search(question.text) is not None

    def grown(pair: tuple[Value, Value]) -> Decimal:
        now, then = pair
        by = _direction(question.text) * (now.number - then.number)
        return by / abs(then.number) if relative else by

    changes = [pair for pair in _changes(facts, _wholes(rows), question) if pair[1].number or not relative]
    best = max(changes, key=grown, default=None)
    return year_difference(facts, best[0].row, question) if best else None


def moved_listed(question: Question, ranked: Sequence[Ranked]) -> Draft | None:
    """The rows of the table that answers which grew, shrank or stayed as they were since the year before; None where a
    question doesn't ask which did."""
    changes = _direction(question.text) or _SAME.search(question.text)
    if not changes or question.asks & {"largest", "smallest"} or limit(question.text):
        return None
    best = next((each for each in ranked[:_NEXT] if is_counted(each)), None)
    if best is None or best.score < NEAR * ranked[0].score:
        return None
    row, facts = best.hit.entry.unit.item, best.asked.facts
    assert isinstance(row, TableRow)
    if "list" not in question.asks:
        held = terms_of(best.hit.entry.unit.path, row.table, *headers_of(row))
        if not kind_asked(question) or best.fit >= NAMED_IN_FULL or not any(c.is_in(held) for c in question.things):
            return None
    return _listed(changes_listed(facts, table_of(facts, row), question))


_NEXT = 12  # how far down the table is looked for


def changes_listed(facts: Facts, rows: Sequence[TableRow], question: Question) -> list[Statement]:
    """The rows of a table that grow, shrink or stay as they are from the year before, each with its difference; of
    several it is told shortly."""
    moved = [now.row for now, then in _changes(facts, rows, question)]
    told = [year_difference(facts, row, question, len(moved) > 1) for row in moved]
    return [statement for statement in told if statement]


def _changes(facts: Facts, rows: Sequence[TableRow], question: Question) -> list[tuple[Value, Value]]:
    """The two years' values of each row of a table that moved the way a question asks about."""
    pairs = [pair for row in rows if not TOTAL.match(row.row) and (pair := two_years(facts, row, question))]
    if _SAME.search(question.text):
        return [(now, then) for now, then in pairs if now.number == then.number]
    return [(now, then) for now, then in pairs if _direction(question.text) * (now.number - then.number) > 0]

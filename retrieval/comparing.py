"""What a question computes, compares or looks for the largest of, in the tables of one plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.plan import Indicator, TableRow
from retrieval.amounts import limit
from retrieval.answer_types import Counted, Draft, Statement
from retrieval.arithmetic import (
    Value,
    difference,
    share_statement,
    share_within,
    sum_statement,
    two_years,
    value_in,
    women_and_men,
    year_difference,
)
from retrieval.cues import Asks
from retrieval.dates import number_of
from retrieval.extract import prose_statements
from retrieval.lookup import (
    KINDS,
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
)
from retrieval.phrases import say
from retrieval.question import Question, after_most, asks_money, kind_asked, of_whole_budget
from retrieval.rank import MONEY, Ranked
from retrieval.search import analysed, terms_of
from retrieval.sides import (
    NAMED,
    Rank,
    counts,
    each_told,
    is_counted,
    is_telling,
    row_named,
    sides,
    target_against,
    targets,
)


def compared(
    question: Question,
    ranked: Sequence[Ranked],
    rank: Rank,
    enough: Callable[[Ranked], bool],
    focus: Ranked | None = None,
) -> Draft | None:
    """What a question that compares, adds or looks for the largest is answered with; None where it does none of it, or
    no row of a table is near enough to what it is about."""
    asks = question.asks & {"compare", "share", "largest", "smallest", "sum"}
    if not ranked:
        return None
    if not asks:
        return each_told(question, rank)
    if asks & {"compare", "largest", "smallest"} and (two := targets(question, rank)):
        return Draft((two,), "lookup", certain=True)
    if statement := extreme_against(question, rank) or _focus_against(question, rank, focus):
        return Draft((statement,), "lookup", certain=True)
    rows = [r for r in ranked[:30] if is_counted(r) and not (counts(question) and r.hit.kind == "budget")]
    of_targets = "target" in question.asks and not question.asks & {"price", *MONEY}
    apart = not of_targets and not _set_against(question) and not {"women", "men"} <= question.asks
    named = sides(question, rank) if apart and asks & {"compare", "sum", "largest", "smallest"} else []
    if len(named) > 1:
        statement = sum_statement(named, question) if "sum" in asks else difference(named[0], named[1], question)
    orders, grew = asks & {"largest", "smallest"}, Decimal()
    told_of_targets = orders and _OF_TARGETS.search(question.text)
    for row in () if told_of_targets else _tables_first(rows, question) if orders else _alike(rows):
        if statement is None and _is_meant(row, ranked[0], question) and (enough(row) or _has_column(row, question)):
            statement = of_one_row(row, question)
            grew = _growth(row, question)
    if statement is None:
        return None
    if "why" in question.asks:
        return _with_reason(statement, grew, question, ranked)
    return Draft((statement,), "lookup", certain=True)


# What is told of indicators, and in no table of figures: "the lowest target".
_OF_TARGETS = re.compile(r"\b(?:års)?mål(?:en|et|värde\w*)?\b|\btargets?\b|\bindi[ck]ator\w*", re.IGNORECASE)


def _tables_first(rows: Sequence[Ranked], question: Question) -> list[Ranked]:
    """The best-ranked row of each table, those first that stand under what the question names."""
    found: dict[tuple[int, int | None, str], Ranked] = {}
    for each in rows:
        item = each.hit.entry.unit.item
        assert isinstance(item, TableRow)
        found.setdefault((each.asked.known.id, item.origin.section, item.table), each)

    def is_of(each: Ranked) -> bool:
        origin, plan = each.hit.entry.unit.item.origin, each.asked.facts.plan
        title = plan.sections[origin.section].title if origin.section is not None else ""
        held = terms_of(title, least=0.9)
        return any(thing.is_in(held) for thing in question.things)

    return sorted(found.values(), key=lambda each: not is_of(each))


def _alike(rows: Sequence[Ranked]) -> list[Ranked]:
    """The first of some rows, and those called the same in other tables, which may tell of more years."""
    names = [name_of(item).casefold() for r in rows if isinstance(item := r.hit.entry.unit.item, TableRow)]
    return [r for r, name in zip(rows, names, strict=True) if name == names[0]]


def _has_column(ranked: Ranked, question: Question) -> bool:
    """True where a question asks the most or the least of what a column of a row's table is of, and names nothing that
    the table doesn't."""
    row, facts = ranked.hit.entry.unit.item, ranked.asked.facts
    assert isinstance(row, TableRow)
    kinds = [pattern for kind, pattern in KINDS.items() if kind in question.asks]
    named = named_cell(row, question, facts.year) or any(re.match(k, c.column, re.I) for k in kinds for c in row.cells)
    said = terms_of(*(words for r in table_of(facts, row) for words in (r.row, *headers_of(r))))
    strange = question.unknown or question.unknown_names
    return bool(named) and not strange and all(thing.is_in(said) for thing in question.things)


def _with_reason(said: Statement, grew: Decimal, question: Question, ranked: Sequence[Ranked]) -> Draft:
    """What was computed, and the sentence that tells why it `grew`, or shrank: one that gives a reason for a change of
    that way, else one that tells of the change in figures. Without one a note says that none was found."""
    way = _DOWN if (grew or _direction(question)) < 0 else _UP
    told = [r for r in ranked if r.hit.kind == "passage" and way.search(r.hit.entry.words)]
    given = [(not _BECAUSE.search(r.hit.entry.words), _nearness(r, question), n) for n, r in enumerate(told)]
    best = min((each for each in given if each[1] < (1 if each[0] else _FAR)), default=None)
    if best is None:
        return Draft((said,), "lookup", certain=True, note=say("no_reason", question.language))
    reason = told[best[2]]
    words = prose_statements(reason.asked.facts, reason.asked.searchable, [reason.hit], question, 400)
    return Draft((said, *words[:1]), "lookup", certain=True)


def _growth(each: Ranked, question: Question) -> Decimal:
    """By how much a row has grown since the year before; 0 where it does not tell."""
    row = each.hit.entry.unit.item
    assert isinstance(row, TableRow)
    pair = two_years(each.asked.facts, row, question)
    return pair[0].number - pair[1].number if pair else Decimal()


def _nearness(each: Ranked, question: Question) -> int:
    """Where what a question names stands: 0 in a sentence itself, with a figure where it gives no reason, 1 there or in
    the words of its passage before it, 2 there or in its heading."""
    words, unit = each.hit.entry.words, each.hit.entry.unit
    before, _, _ = unit.words.partition(words)
    for near, text in enumerate((words, f"{before} {words}", f"{unit.path.rpartition(' › ')[2]} {before} {words}")):
        held = {term for term, weight in analysed(text) if weight >= _PART}
        if all(thing.is_in(held) for thing in question.things):
            return near if near or _BECAUSE.search(words) or _SUM.search(words) else 1
    return _FAR


_SUM = re.compile(r"\d (?:mnkr|mkr|tkr|kronor|kr|miljoner|procent|st)\b|\d ?%")
_FAR, _PART = 3, 0.5  # further than any; what a part of a compound stands for
_BECAUSE = re.compile(r"\b(?:beror|eftersom|på grund av|till följd av|därför|orsak\w*|förklaras)\b", re.IGNORECASE)


NEAR = 0.6  # of a row that something else is ranked before: how near it is to that


def _is_meant(row: Ranked, first: Ranked, question: Question) -> bool:
    """True where a row answers though something else is ranked first: a sentence that does not have the figure."""
    if row is first or row.score < NEAR * first.score:
        return row is first
    if question.asks & {"largest", "smallest"}:
        return True
    figures = len(re.findall(r"\d[\d ]*(?:,\d+)?", first.hit.entry.words)) + _goes_on_to_compare(first)
    lacking = "compare" in question.asks and figures < 2
    return first.hit.kind == "passage" and (lacking or row.fit >= NAMED)


def _goes_on_to_compare(first: Ranked) -> bool:
    """True where the next sentence sets what was said against something: "It is 5.9 million more than 2019."."""
    entries, at = first.asked.searchable.entries, first.hit.entry.number + 1
    after = entries[at] if at < len(entries) else None
    return after is not None and after.unit is first.hit.entry.unit and _SET_AGAINST.match(after.words) is not None


_SET_AGAINST = re.compile(r"(?:Det|Detta) (?:är|innebär) [^.]*\d[^.]*\b(?:mer|mindre|högre|lägre|fler|färre) än\b")


def of_one_row(best: Ranked, question: Question) -> Statement | None:
    """What a question computes from one row and its table; None where it computes nothing."""
    row, facts, asks = best.hit.entry.unit.item, best.asked.facts, question.asks
    assert isinstance(row, TableRow)
    table = table_of(facts, row)
    if asks & {"largest", "smallest"}:
        named = best.fit >= _ONE_MEANT and "yes_no" not in asks
        of_kind = _of_kind(facts, _group_named(_own_table(facts, row) or table, question), row, question)
        table = (_parts_table(facts, row) if named else []) or of_kind
        changed = extreme_change(facts, table, question) if _direction(question) else None
        most = changed or extreme_statement(facts, table, question)
        return _with_share(most, facts, table, question) if most and "share" in asks and not changed else most
    if "share" in asks and not ("compare" in asks and _direction(question)):  # "by how many percent does it grow"
        within = share_within(facts, row, question)
        if within or not (asks & MONEY or row.kind != "budget"):
            return within
        whole = next((r for r in table if TOTAL.match(r.row) and r is not row), None)
        return share_statement(facts, row, whole, question) if whole else None
    if "compare" not in asks:
        return None
    return women_and_men(facts, row, question) or year_difference(facts, row, question)


def table_of(facts: Facts, row: TableRow) -> list[TableRow]:
    """The rows of a row's own table."""
    columns = [cell.column for cell in row.cells]
    return [
        r
        for r in facts.plan.rows
        if r.table == row.table and r.origin.section == row.origin.section and [c.column for c in r.cells] == columns
    ]


def _own_table(facts: Facts, row: TableRow) -> list[TableRow]:
    """The rows of the table that is about a row's subject: an area of all areas has a table of its own, in the unit of
    that."""
    name, units = name_of(row).casefold(), {cell.unit for cell in row.cells}
    same = (r for r in facts.plan.rows if r.table.casefold() == name and r.kind == row.kind and row.table != r.table)
    own = [r for r in same if units & {cell.unit for cell in r.cells}]
    return table_of(facts, own[0]) if own else []


def _parts_table(facts: Facts, row: TableRow) -> list[TableRow]:
    """The rows of the table that adds up to a row: its total has the same figures."""
    figures = {cell.number for cell in row.cells if cell.number}
    totals = (r for r in facts.plan.rows if r.kind == row.kind and r.table != row.table and TOTAL.match(r.row))
    same = (r for r in totals if len(figures & {cell.number for cell in r.cells}) >= max(2, min(3, len(figures))))
    return next((table_of(facts, total) for total in same), [])


def _with_share(most: Statement, facts: Facts, table: Sequence[TableRow], question: Question) -> Statement:
    """What is most in a table, and its share of the table's total where it has one."""
    values = _extreme_values(facts, table, question)
    whole = next((r for r in table_of(facts, values[0].row) if TOTAL.match(r.row)), None) if values else None
    share = share_statement(facts, values[0].row, whole, question) if whole else None
    if share is None:
        return most
    return replace(share, text=f"{most.text} {share.text}", support=(*most.support, *share.support))


def _group_named(rows: list[TableRow], question: Question) -> list[TableRow]:
    """The rows of the group of a table that a question names ("which investment is the largest?"); all where it names
    none."""
    groups = {row.parent or "": terms_of(row.parent or "") for row in rows}
    named = {name for name, held in groups.items() if any(thing.is_in(held) for thing in question.things)}
    return [row for row in rows if row.parent in named] or rows


def _of_kind(facts: Facts, rows: list[TableRow], best: TableRow, question: Question) -> list[TableRow]:
    """The rows that are of the kind of thing that a question names and the best row is one of ("vilken förskola"): all
    where their table is of that kind, none where the plan knows of no such thing."""
    if kind_asked(question) in question.unknown:
        return []
    held = terms_of(facts.plan.path(best.origin.section), *(words for row in rows for words in headers_of(row)))
    own = terms_of(best.row)
    kinds = [thing for thing in question.things if thing.is_in(own) and not thing.is_in(held)]
    return [row for row in rows if all(kind.is_in(terms_of(row.row)) for kind in kinds)]


def of_all_areas(facts: Facts, question: Question) -> Draft | None:
    """What a question asks of all areas that the money goes to: the largest or the smallest, those that get more or
    less than before, or how much there is altogether. None for any other question."""
    asks = question.asks
    if of_whole_budget(question.text) and not question.before and not asks & _OTHERWISE:
        row = next((row for row in _all_areas(facts, question) if TOTAL.match(row.row)), None)
        apart = "compare" in asks or set(question.years) - {facts.year}
        made = row and (year_difference if apart else row_statement)(facts, row, question)
        return Draft((made,), "lookup", certain=True) if made else None
    if not _is_of_areas(question):
        return None
    rows = _all_areas(facts, question)
    if (within := limit(question.text)) and asks & {"list", "how_many"}:
        kept = [
            v.row
            for v in (value_in(facts, r, question) for r in _wholes(rows))
            if v and within.has(v.number, v.cell.unit)
        ]
        told = [row_statement(facts, row, question) for row in kept]
        return Draft(tuple(told), "lookup", listed=len(told) > 1, certain=True, counted="found_such") if told else None
    if "list" in asks and not asks & {"largest", "smallest"} and _direction(question):
        moved = changes_listed(facts, _wholes(rows), question)
        return Draft(tuple(moved), "lookup", listed=len(moved) > 1, certain=True) if moved else None
    if not asks & {"largest", "smallest"}:
        return None
    if (moving := _direction(question)) and (changed := extreme_change(facts, rows, question)):
        return Draft((changed,), "lookup", certain=True)
    found = [] if moving else extremes(facts, rows, question, _how_many(question.text))
    if len(found) == 1 and "share" in asks:
        found = [_with_share(found[0], facts, rows, question)]
    return Draft(tuple(found), "lookup", listed=len(found) > 1, certain=True) if found else None


# What is asked of a budget that its total does not tell.
_OTHERWISE: frozenset[Asks] = frozenset(
    ("largest", "smallest", "list", "why", "who", "target", "when", "until", "share")
)


def _is_of_areas(question: Question) -> bool:
    """True where a question asks about the areas that the money goes to, not about one of them."""
    asks, text = question.asks, question.text
    if any(c.weight >= 0.5 and not _is_asking(c.words) for c in question.concepts):
        return False
    moves = asks & {"largest", "smallest"} and _direction(question)
    return bool(asks & MONEY or moves or _DEAREST.search(text)) and _OF_MONEY.search(text) is not None


def _is_asking(words: str) -> bool:
    """True for words that say how something is asked, how many, or that it is about money, and name nothing of it."""
    return not is_telling(words) or number_of(words) > 0 or _OF_MONEY.search(words) is not None


_DEAREST = re.compile(r"\bdyrast\w*|\bmost expensive\b|\bposten\b|\bposter(?:na)?\b", re.IGNORECASE)


def _how_many(text: str) -> int:
    """How many of the largest a text asks for: 3 in "de tre största posterna", else 1."""
    found = re.findall(
        r"\b(?:de|the|top|våra|our) (\d{1,2}|\w+)(?= (?:\w+ )?(?:största|dyraste|minsta|\w+est|items?)\b)"
        r"|\b(?:vilka|which|what) (\d{1,2}|\w+)",
        text,
        re.IGNORECASE,
    )
    return min(10, max((number_of(one or other) for one, other in found), default=1) or 1)


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


def extreme_statement(facts: Facts, rows: Sequence[TableRow], question: Question) -> Statement | None:
    """The row with the largest or smallest value among rows of one unit that are no totals and no other row's parts."""
    return next(iter(extremes(facts, rows, question, 1)), None)


def extreme_against(question: Question, rank: Rank) -> Statement | None:
    """The row with the largest or smallest value, and how far from it one is that the question names after that:
    "which unit has most staff, and how many more than the office is that?"."""
    piece = _set_against(question)
    other = row_named(piece, question, rank) if piece else None
    if other is None:
        return None
    values = _extreme_values(other.facts, table_of(other.facts, other.row), question)
    return difference(values[0], other, question) if values and values[0].row is not other.row else None


def _focus_against(question: Question, rank: Rank, focus: Ranked | None) -> Statement | None:
    """How far the row that was talked about before is from the one of its table that a follow-up sets it against, or
    the indicator from another: "is that more than in the office?"."""
    row = focus.hit.entry.unit.item if focus else None
    found = _THAN.search(question.text)
    if focus is None or not found or not question.before:
        return None
    if isinstance(row, Indicator):
        return target_against(focus, found["other"], question, rank)
    if not isinstance(row, TableRow):
        return None
    value = value_in(focus.asked.facts, row, question)
    table = table_of(focus.asked.facts, row)
    other = row_named(found["other"], question, rank, table)
    return difference(value, other, question) if value and other and other.row is not row else None


def _set_against(question: Question) -> str:
    """What a question sets the most or the least of something against, "" for nothing."""
    most = question.asks & {"largest", "smallest"}
    found = _THAN.search(after_most(question)) if most else None
    return found["other"] if found else ""


_THAN = re.compile(r"\b(?:än|than|jämfört med|compared (?:to|with)) (?P<other>[^,;?.]+)", re.IGNORECASE)


def _extreme_values(facts: Facts, rows: Sequence[TableRow], question: Question) -> list[Value]:
    """The values of rows that are no totals and no other row's parts, the largest or the smallest first; none where
    they can't be set against one another or the table isn't of what is asked for."""
    values = [value for row in _wholes(rows) if (value := value_in(facts, row, question))]
    if len(values) < 2 or len({value.cell.unit for value in values}) > 1 or not _tells_of(rows, question):
        return []
    return sorted(values, key=lambda v: v.number if "smallest" in question.asks else -v.number)


def extremes(facts: Facts, rows: Sequence[TableRow], question: Question, most: int) -> list[Statement]:
    """The rows with the largest or smallest values, so many and those that share the last's, the first told as such."""
    values = _extreme_values(facts, rows, question)
    if not values:
        return []
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
    return [Statement(text, references, labels=headers_of(best.row))]


def _tells_of(rows: Sequence[TableRow], question: Question) -> bool:
    """True unless a question asks the most or the least of something that a table doesn't name: "flest avdelningar"."""
    after = after_most(question)
    things = [c for c in question.concepts if c.words in after and is_telling(c.words) and not asks_money(c.words)]
    if not counts(question):  # of so many the very word tells, however common
        things = [c for c in things if c in question.things]
    named = terms_of(*(words for row in rows for words in (row.row, *headers_of(row))))
    return not things or any(named & c.terms.keys() for c in things)


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
    r"|(?:go(?:es|ne)?|went|gå(?:r|tt)?|gick) up{1,2})\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:minsk\w*|sjunk\w*|krymp\w*|tappa\w*|sänk\w*|decreas\w*|shrink\w*|shrank|drop(?:s|p\w*)?|fall(?:s|en|ing|er|it)?|fell|cuts?|los\w*"
    r"|less|mindre|lägre|fewer|färre|billigare|cheaper|(?:go(?:es|ne)?|went) down|(?:gå(?:r|tt)?|gick) ne[rd]+)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:oförändra\w*|unchanged|lika (?:mycket|många|stor\w*) som|(?:stays?|stayed) the same)\b", re.IGNORECASE
)


def _direction(question: Question) -> int:
    """1 where a question asks what grows, -1 for what shrinks, 0 where it asks for neither."""
    return -1 if _DOWN.search(question.text) else 1 if _UP.search(question.text) else 0


_IN_PERCENT = re.compile(r"%|\bprocent\w*|\bpercent\w*|\bper cent\b|\b(?:relativt|proportion\w*)", re.IGNORECASE)


def extreme_change(facts: Facts, rows: Sequence[TableRow], question: Question) -> Statement | None:
    """The row of a table that grows or shrinks most from the year before."""
    relative = _IN_PERCENT.search(question.text) is not None

    def grown(pair: tuple[Value, Value]) -> Decimal:
        now, then = pair
        by = _direction(question) * (now.number - then.number)
        return by / abs(then.number) if relative else by

    changes = [pair for pair in _changes(facts, _wholes(rows), question) if pair[1].number or not relative]
    best = max(changes, key=grown, default=None)
    return year_difference(facts, best[0].row, question) if best else None


def moved_listed(question: Question, ranked: Sequence[Ranked]) -> Draft | None:
    """The rows of the table that answers which grew, shrank or stayed as they were since the year before; None where a
    question doesn't ask which did, or means one row."""
    same = _SAME.search(question.text) is not None
    if "list" not in question.asks or question.asks & {"largest", "smallest"} or limit(question.text):
        return None
    if not ranked or not (same or _direction(question)):
        return None
    facts = ranked[0].asked.facts
    if (row := _announced(ranked[0])) is None:
        best = next((each for each in ranked[:_NEXT] if is_counted(each)), None)
        if best is None or best.score < NEAR * ranked[0].score:
            return None
        item, facts = best.hit.entry.unit.item, best.asked.facts
        assert isinstance(item, TableRow)
        row = next(iter(_own_table(facts, item)), None if best.fit >= _ONE_MEANT else item)
    moved = changes_listed(facts, table_of(facts, row) if row else [], question)
    counted: Counted | None = "found_such" if len(moved) > 1 else None
    return Draft(tuple(moved), "lookup", listed=len(moved) > 1, certain=True, counted=counted) if moved else None


_NEXT, _ONE_MEANT = 12, 0.8  # how far down the table is looked for; how fully one row's name is said that is meant


def _announced(first: Ranked) -> TableRow | None:
    """The first row of the table that a sentence announces: "The money is shared out like this:"."""
    words, end = first.hit.entry.words, first.hit.entry.spans[-1].end
    rows = first.asked.facts.plan.rows if words.endswith(":") and first.hit.kind == "passage" else []
    after = [row for row in rows if 0 <= row.origin.spans[0].start - end <= _ROOM_FOR_HEADER]
    return min(after, key=lambda row: row.origin.spans[0].start, default=None)


_ROOM_FOR_HEADER = 300  # characters between a sentence and the first row of its table


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
    return [(now, then) for now, then in pairs if _direction(question) * (now.number - then.number) > 0]

"""The rows of a table that a question asks to have listed: all, or those within its days, its amount, its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.plan import Indicator, TableCell, TableRow
from retrieval.answer_types import Counted, Draft, Statement
from retrieval.comparing import table_of
from retrieval.dated import either, first_within, row_words
from retrieval.dates import NUMBERS
from retrieval.lookup import KRONOR, TOTAL, indicator_statement, row_statement
from retrieval.question import Question, asks_money, of_all_together, without_all
from retrieval.rank import Asked, Ranked
from retrieval.search import Concept
from retrieval.swedish import terms

ROWS = 25  # of a table that are shown; more are counted


def rows_listed(question: Question, ranked: Sequence[Ranked]) -> Draft | None:
    """The rows of the table that answers, all of them or those within the days, above the amount, or with the words
    that a question names; None where it asks for no list, or what answers is no table."""
    if "list" not in question.asks or not ranked or _asks_figures(question):
        return None
    one, table = _table(question, ranked)
    if one is None or len(table) < 2:
        return None
    rows = [row for row in table if not TOTAL.match(row.row)]
    kept = _amounting(_dated(rows, one, question), question)
    if not kept:
        return None
    narrowed = _with_words(kept, question)
    if len(narrowed) == len(rows) > ROWS:
        return None
    statements = [row_statement(one.facts, row, question) for row in narrowed[:ROWS]]
    counted: Counted | None = "found_such" if 1 < len(narrowed) < len(rows) else None
    many = len(statements) > 8
    if many and sum(len(s.text) for s in statements) > 3200:
        room = max(80, 3200 // len(statements))
        statements = [Statement(_cut(s.text, room), s.support, s.computed, s.labels) for s in statements]
    more = len(narrowed) - len(statements)
    return Draft(tuple(statements), "lookup", listed=len(statements) > 1, more=more, counted=counted)


def others_listed(question: Question, focus: Ranked | None) -> Draft | None:
    """The other rows of the table that a row was told of, where a follow-up asks for those: "and the others?"."""
    row = focus.hit.entry.unit.item if focus else None
    if focus is None or not isinstance(row, TableRow) or not question.before or not _OTHERS.search(question.text):
        return None
    facts = focus.asked.facts
    rows = [each for each in table_of(facts, row) if each is not row and not TOTAL.match(each.row)]
    told = [row_statement(facts, each, question) for each in rows[:ROWS]]
    more = len(rows) - len(told)
    return Draft(tuple(told), "lookup", listed=len(told) > 1, more=more, certain=True) if told else None


def whole_told(question: Question, part: Ranked | None) -> Draft | None:
    """The row or the indicator of all together, where a question asks the same of that after it asked it of a part:
    "… and how many are we in total?"."""
    item = part.hit.entry.unit.item if part else None
    if part is None or not of_all_together(question.text):
        return None
    facts = part.asked.facts
    if isinstance(item, TableRow) and not TOTAL.match(item.row):
        others = [row for row in table_of(facts, item) if row is not item]
        total = next((row for row in others if TOTAL.match(row.row)), None) or _whole_of(item.row, others)
        told = row_statement(facts, total, question) if isinstance(total, TableRow) else None
    elif isinstance(item, Indicator):
        whole = _whole_of(item.name, [each for each in facts.plan.indicators if each is not item])
        told = indicator_statement(facts, whole, question) if isinstance(whole, Indicator) else None
    else:
        return None
    return Draft((told,), "lookup", certain=True) if told else None


def _whole_of(part: str, others: Sequence[TableRow | Indicator]) -> TableRow | Indicator | None:
    """What is named as a part is, but for what says that it is of all together."""
    held = {term for term, _ in terms(part)}
    for other in others:
        name = other.row if isinstance(other, TableRow) else other.name
        own = {term for term, _ in terms(without_all(name))}
        if own and own < held:
            return other
    return None


_OTHERS = re.compile(
    r"\b(?:de|dom) (?:andra|övriga)\b|\bövriga\b|\bthe (?:others|rest|other \w+s)\b|\bresten(?: av dem)?\W*$",
    re.IGNORECASE,
)


def _asks_figures(question: Question) -> bool:
    """True where figures of one thing are asked for, not what there is: "what are the costs of home care?"."""
    of = _FIGURES.search(question.text)
    return of is not None and asks_money(of[1]) and bool(question.things)


_FIGURES = re.compile(
    r"\b(?:what (?:are|were)|vilka är|vilka var|vad är)(?: (?:the|our|de|våra))? (\w+(?: \w+)?)"
    r" (?:of|for|from|in|on|at|av|för|från|i|på)\b",
    re.IGNORECASE,
)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[:room].rsplit(" ", 1)[0] + " …"


def _table(question: Question, ranked: Sequence[Ranked]) -> tuple[Asked | None, list[TableRow]]:
    """The table that what is ranked first belongs to, by its rows or as the words above it; none where it is another
    kind of thing that answers, or one row alone."""
    best = ranked[0]
    first = best.hit.entry.unit.item
    held: dict[tuple[int, int | None, str], list[Ranked]] = {}
    for each in ranked[:12]:
        row = each.hit.entry.unit.item
        if isinstance(row, TableRow) and each.score >= 0.5 * best.score:
            held.setdefault((each.asked.known.id, row.origin.section, row.table), []).append(each)
    for (document, section, _), members in sorted(held.items(), key=lambda kv: -sum(m.score for m in kv[1])):
        same = document == best.asked.known.id and section == first.origin.section
        if len(members) < (2 if same else 4) or not (same or members[0].score >= 0.9 * best.score):
            continue
        if isinstance(first, TableRow) and same and best.fit >= 0.6 and members[1].score < 0.8 * best.score:
            continue  # one row is meant
        row = members[0].hit.entry.unit.item
        assert isinstance(row, TableRow)
        return members[0].asked, table_of(members[0].asked.facts, row)
    return None, []


def _dated(rows: list[TableRow], one: Asked, question: Question) -> list[TableRow]:
    """The rows with a day within those that a question limits itself to; all where it does not."""
    dates, year = question.dates, one.facts.year
    if dates is None or year is None:
        return rows
    return [row for row in rows if first_within(row_words(row), dates, year)] or rows


_MORE = r"(?:mer än|över|minst|more than|over|above|at least|större än|larger than|högre än|higher than)"
_LESS = r"(?:mindre än|under|högst|less than|below|at most|lägre än|lower than|smaller than)"
_LARGE = {"hundra": 100, "hundred": 100, "tusen": 1000, "thousand": 1000, "miljon": 10**6, "miljoner": 10**6,
          "million": 10**6, "millions": 10**6}  # fmt: skip
_NUMBER = rf"(?:\d[\d ]*(?:,\d+)?|{'|'.join((*NUMBERS, *_LARGE))})"
_AMOUNT = re.compile(
    rf"\b(?:(?P<more>{_MORE})|{_LESS}) (?P<words>{_NUMBER}(?: (?:{'|'.join(_LARGE)}))*)(?!\d|\.\d)"
    r" ?(?P<unit>tkr|mnkr|mkr|kr\b|kronor|%|procent|percent|poäng|points?|platser)?",
    re.IGNORECASE,
)


_EXACT = re.compile(
    r"\b(?:på|med|är|har|får|of|with|at|is|have|has|gets?)"
    r"(?: (?:ett|a|årsmål|mål\w*|(?:risk)?värde\w*|targets?|value|score))* (?!(?:19|20)\d\d\b)"
    r"(?P<amount>\d+(?:,\d+)?) ?(?P<unit>%|procent|percent|mnkr|tkr|kr\b|kronor)?(?!\d|[.–-]\d)"
    r"(?! ?(?:år|jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)|\w)",
    re.IGNORECASE,
)


def amount_named(text: str) -> tuple[int, Decimal, str] | None:
    """The amount that a text asks for things above, 1, below, -1, or of exactly, 0, and its unit; None for none."""
    found = _AMOUNT.search(text)
    if not found:
        exact = _EXACT.search(text)
        return (0, Decimal(exact["amount"].replace(",", ".")), exact["unit"] or "") if exact else None
    amount = Decimal(1)
    for word in re.findall(r"\d[\d ]*(?:,\d+)?|\w+", found["words"].casefold()):
        amount *= NUMBERS.get(word) or _LARGE.get(word) or Decimal(re.sub(r" ", "", word).replace(",", "."))
    return 1 if found["more"] else -1, amount, found["unit"] or ""


def _amounting(rows: list[TableRow], question: Question) -> list[TableRow]:
    """The rows with an amount above, below or at the one that a question names; all where it names none, or none that
    is at it."""
    found = amount_named(question.text)
    if not found:
        return rows
    way, amount, unit = found
    limit = amount * KRONOR.get(unit.casefold().replace("mkr", "mnkr"), 1)
    if way == 0:
        return [row for row in rows if any(cell.number == amount for cell in row.cells)] or rows

    def holds(cell: TableCell) -> bool:
        if cell.number is None:
            return False
        number = cell.number * KRONOR.get((cell.unit or "").casefold(), 1)
        return number > limit if way > 0 else number < limit

    named = {term for thing in question.things for term in thing.meant}

    def meant(row: TableRow) -> TableCell | None:
        numbered = [cell for cell in row.cells if cell.number is not None]
        of = (cell for cell in numbered if named & {t for t, _ in terms(cell.column)})
        return next(of, next(iter(numbered), None))

    return [row for row in rows if (cell := meant(row)) and holds(cell)]


def _with_words(rows: list[TableRow], question: Question) -> list[TableRow]:
    """The rows that hold most of what a question names beside the table itself, in words that tell little elsewhere
    too ("which are new"); all where all hold as much."""
    common = {t for text in (rows[0].table, *(c.column for c in rows[0].cells)) for t, _ in terms(text)}
    wanted = [c for c in question.concepts if c in question.things or CONDITION.fullmatch(c.words)]
    held = [0] * len(rows)
    for concept in either(wanted, question.text):
        if not concept.meant & common:
            held = [n + _holds(row, concept) for n, row in zip(held, rows, strict=True)]
    return [row for n, row in zip(held, rows, strict=True) if n == max(held)]


# What a thing may be asked to be, in words that count little when all of a plan is ranked.
CONDITION = re.compile(r"ny|nya|nytt|new|stor\w*|klar\w*|färdig\w*|ready|finished|sägs upp|säga upp", re.IGNORECASE)


def _holds(row: TableRow, concept: Concept) -> bool:
    texts = (row.row, row.parent or "", *(cell.written or "" for cell in row.cells))
    own = {term for text in texts for term, weight in terms(text) if weight >= 0.5}
    return concept.is_in(own)

"""Which comparison a question asks for, in the tables of one plan, and of which rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.plan import Indicator, TableRow
from retrieval.evidence.answer_types import Draft, Statement, surely_told
from retrieval.evidence.lookup import targets_statement
from retrieval.evidence.rank import MONEY, NEAR, Ranked
from retrieval.evidence.tables import table_of
from retrieval.facts.arithmetic import difference, sum_statement, value_in
from retrieval.facts.extremes import THAN, extreme_values
from retrieval.facts.growth import growth_of_each, with_reason
from retrieval.facts.measure import is_asked
from retrieval.facts.one_row import of_one_row
from retrieval.facts.sides import (
    NAMED,
    Rank,
    each_told,
    indicator_named,
    is_counted,
    miscounts,
    row_named,
    sides,
    targets,
)
from retrieval.language.direction import moves
from retrieval.question.clauses import clauses
from retrieval.question.extent import after_most
from retrieval.question.question import Question
from retrieval.store.search import terms_of


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
    row: Ranked | None = None
    computed = targets(question, rank) or _set_against(question, rank, focus)
    of_targets = "target" in question.asks and not question.asks & {"price", *MONEY}
    # "The total of A, and how much of it is B?" adds nothing up.
    apart = "sum" in asks and clauses(question.text) != [question.text]
    named = [] if computed or of_targets or apart else sides(question, rank)
    if len(named) > 1 and "sum" not in asks and moves(question.text) and (told := growth_of_each(named, question)):
        return surely_told(told)
    if len(named) > 1:
        computed = sum_statement(named, question) if "sum" in asks else difference(named[0], named[1], question)
    told = [computed] if computed else []
    if not told:
        rows = [r for r in ranked[:30] if is_counted(r)]
        rows = _named_first(rows, ranked, question) if asks & {"largest", "smallest"} else rows
        made = ((of_one_row(r, question), r) for r in rows if _is_meant(r, ranked[0], question) and enough(r))
        told, row = next((each for each in made if each[0]), ([], None))
    if told and "why" in question.asks:
        return with_reason(told[0], row, question, ranked)
    return surely_told(told)


def _named_first(rows: Sequence[Ranked], ranked: Sequence[Ranked], question: Question) -> list[Ranked]:
    """Rows of tables, those first that stand under a heading that says what the question names, then those beside a
    sentence that is among the first."""

    leading = [(r.asked, r.hit.entry.unit.path) for r in ranked[:_LEADING] if r.hit.kind == "passage"]

    def place(each: Ranked) -> tuple[bool, bool]:
        path = each.hit.entry.unit.path
        held = terms_of(path.rpartition(" › ")[2], least=0.9)
        return not any(thing.is_in(held) for thing in question.things), (each.asked, path) not in leading

    return sorted(rows, key=place)


_LEADING = 3


def _is_meant(row: Ranked, first: Ranked, question: Question) -> bool:
    """True where a row answers though something else is ranked first that does not have the figure."""
    if row is first or (row.score < NEAR * first.score and not _is_measured(row)):
        return row is first
    if question.asks & {"largest", "smallest"}:
        return True
    figures = len(re.findall(r"\d[\d ]*(?:,\d+)?", first.hit.entry.words))
    compares, in_words = "compare" in question.asks, first.hit.kind == "passage"
    lacking = compares and in_words and figures < 2
    # A row that is ranked first has been tried: there was nothing in it to compare.
    return lacking or (row.fit >= NAMED and (in_words or (compares and is_counted(first))))


def _is_measured(each: Ranked) -> bool:
    """True where a question of the most or the least names a column of a row, and nothing that its table is not of."""
    row, question = each.hit.entry.unit.item, each.question
    if not question.asks & {"largest", "smallest"} or not isinstance(row, TableRow):
        return False
    columns = terms_of(*(cell.column for cell in row.cells if cell.number is not None), least=0.9)
    held = columns | terms_of(each.hit.entry.unit.path, row.table)
    return any(thing.is_in(columns) for thing in question.things) and all(t.is_in(held) for t in question.things)


def _set_against(question: Question, rank: Rank, focus: Ranked | None) -> Statement | None:
    """How far the row that a question names after "than" is from the largest or smallest of its table ("which unit has
    most staff, and how many more than the office is that?"), or from the one talked about before."""
    most = question.asks & {"largest", "smallest"}
    found = THAN.search(after_most(question)) if most or (focus and question.before) else None
    row = focus.hit.entry.unit.item if focus else None
    if found and focus and isinstance(row, Indicator):
        told = indicator_named(found["other"], rank)
        return targets_statement((focus.asked.facts, row), told, question) if told and told[1] is not row else None
    other = row_named(found["other"], question, rank) if found else None
    if other is None:
        return None
    if most:
        one = next(iter(extreme_values(other.facts, table_of(other.facts, other.row), question)), None)
    else:
        one = value_in(focus.asked.facts, row, question) if focus and isinstance(row, TableRow) else None
    if one is None or one.row is other.row or not is_asked([one, other], question):
        return None
    return difference(one, other, question)

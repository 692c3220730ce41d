"""What a question computes from one row and its table."""

from __future__ import annotations

from ingest.plan import TableRow
from retrieval.answer_types import Statement
from retrieval.arithmetic import difference, share_statement, share_within, women_and_men
from retrieval.extremes import extremes
from retrieval.growth import direction, year_difference
from retrieval.lookup import headers_of
from retrieval.question import Question
from retrieval.rank import MONEY, Ranked
from retrieval.search import terms_of
from retrieval.sides import NAMED, columns_said
from retrieval.tables import is_part, parts_of, table_of, total_of


def of_one_row(best: Ranked, question: Question) -> list[Statement]:
    """What a question computes from one row and its table; nothing where it computes none."""
    row, facts, asks = best.hit.entry.unit.item, best.asked.facts, question.asks
    assert isinstance(row, TableRow)
    if asks & {"largest", "smallest"}:
        table = (parts_of(facts, row) if best.fit >= _NAMED_ALONE else []) or table_of(facts, row)
        return extremes(facts, table, question)
    if "share" in asks and not ("compare" in asks and direction(question.text)):  # "by how many percent does it grow"
        told = [_share(best, row, question)]
    else:
        told = _set_apart(best, row, question) if "compare" in asks else []
    return [statement for statement in told if statement]


_NAMED_ALONE = 0.5  # how fully a row's name is said that parts are looked for


def _share(best: Ranked, row: TableRow, question: Question) -> Statement | None:
    """The share of one column of a row in another one, else of the row in what it is part of."""
    facts = best.asked.facts
    table = table_of(facts, row)
    if not best.fit and not question.is_told_by(row.row, row.table, *headers_of(row), best.hit.entry.unit.path):
        return None
    total = total_of(r for r in table if r.parent == row.parent)
    within = share_within(facts, total if total and not best.fit else row, question)  # no row is named: of all
    over = [r for r in table if is_part(row, r) and _is_named(r, question)]
    if within or not (over or question.asks & MONEY or row.kind != "budget"):
        return within
    whole = next(iter(over), None) or total_of(r for r in table if r is not row)
    return share_statement(facts, row, whole, question) if whole else None


def _is_named(row: TableRow, question: Question) -> bool:
    """True where a question names a row, maybe as a part of a compound: "hemtjänstbudgeten"."""
    held, named = terms_of(row.row, least=0.9), (c for c in question.concepts if c.weight >= _TELLING)
    return any(weight >= _PART for concept in named for term, weight in concept.terms.items() if term in held)


_TELLING, _PART = 0.5, 0.4  # of a concept: in a follow-up all count less; of a word: what it is a compound of


def _set_apart(best: Ranked, row: TableRow, question: Question) -> list[Statement | None]:
    """Two columns of a row, women and men, or two years: those of each row that is named as little as this one."""
    facts = best.asked.facts
    if columns := columns_said(facts, row, question, sure=bool(direction(question.text))):
        return [difference(*columns, question)]
    if halves := women_and_men(facts, row, question):
        return [halves]
    alike = [row]
    if best.fit < NAMED and (held := _held(row, question)):  # none of them is the one that is meant
        alike = [r for r in table_of(facts, row) if _held(r, question) == held][:_ALIKE]
    return [year_difference(facts, r, question, short=len(alike) > 1) for r in alike]


_ALIKE = 5  # rows that are told beside one another


def _held(row: TableRow, question: Question) -> set[str]:
    """What a question names that a row's name says."""
    return {thing.words for thing in question.things if thing.is_in(terms_of(row.row))}

"""What a question asks of all areas that the money of a budget goes to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from ingest.plan import TableRow
from retrieval.evidence.amounts import limit
from retrieval.evidence.answer_types import Draft, Reference, Statement, surely_told
from retrieval.evidence.lookup import KRONOR, TOTAL, Facts, row_statement, sides_asked, tells_net
from retrieval.evidence.rank import MONEY
from retrieval.evidence.tables import PARTS, table_of, wholes
from retrieval.facts.arithmetic import value_in
from retrieval.facts.extremes import extremes
from retrieval.facts.growth import changes_listed, year_difference
from retrieval.facts.rows import amounting
from retrieval.language.cues import Asks
from retrieval.language.dates import number_of
from retrieval.language.direction import direction
from retrieval.question.extent import kind_asked, of_whole_budget
from retrieval.question.question import Question, is_telling
from retrieval.store.search import terms_of


def of_all_areas(facts: Facts, question: Question) -> Draft | None:
    """What a question asks of all areas that the money goes to: how much there is altogether or was in another
    year, the largest or the smallest, or those that get more or less than before. None for any other question."""
    asks = question.asks
    if of_whole_budget(_as_ours(question, facts)) and not question.before and not asks & _OTHERWISE:
        whole = whole_budget(facts, question)
        whole = whole if whole and asks & {"costs", "revenue"} <= sides_asked(whole, question) else None
        if whole and "compare" in asks:
            return surely_told(told for told in [year_difference(facts, whole, question)] if told)
        if "compare" not in asks and not set(question.years) - {facts.year}:
            return surely_told([row_statement(facts, whole, question)] if whole else [])
    if not _is_of_areas(question):
        return None
    rows = _all_areas(facts, question)
    if within := limit(question.text):
        kept = amounting(facts, wholes(rows), question, within)
        return surely_told(row_statement(facts, row, question) for row in kept)
    if asks & {"largest", "smallest"}:
        return surely_told(extremes(facts, rows, question))
    which = asks & {"list", "where"} or _OF_MONEY.match(kind_asked(question))
    return (
        surely_told(changes_listed(facts, rows, question, parts=False)) if which and direction(question.text) else None
    )


def _as_ours(question: Question, facts: Facts) -> str:
    """What a question asks, with "we" for what the plan's own unit is for: elderly care's whole budget is that of the
    department of elderly care."""
    text, own = question.text, terms_of(facts.plan.description.unit or "")
    for thing in question.things:
        text = text.replace(thing.words, "vi") if thing.is_in(own) else text
    return text


def with_areas(draft: Draft, question: Question, plans: Mapping[int, Facts]) -> Draft:
    """A draft that quotes sentences, each with the heading that it stands under, where a question asks which areas have
    some money, or where it is: "Elderly care: the budget has a reserve of 8,0 mnkr"; `plans` by document."""
    kind = kind_asked(question)
    of_areas = "where" in question.asks or _OF_MONEY.match(kind) or PARTS.match(kind)
    if not question.asks & MONEY or not of_areas:
        return draft
    return replace(draft, statements=tuple(_under(statement, plans) for statement in draft.statements))


def _under(statement: Statement, plans: Mapping[int, Facts]) -> Statement:
    """A quote with the heading of its section, which it cites too; what tells a row of a table as it is."""
    if not statement.support or statement.support[0].table:
        return statement
    first = statement.support[0]
    plan = plans[first.document].plan
    section = next((n for n in range(len(plan.sections)) if plan.path(n) == first.section), None)
    if section is None:
        return statement
    heading = Reference(first.document, plan.sections[section].span, first.section)
    text = f"{plan.sections[section].heading}: {statement.text}"
    return replace(statement, text=text, support=(*statement.support, heading))


def whole_budget(facts: Facts, question: Question) -> TableRow | None:
    """The total of all areas, of the year that a question names or the plan's own."""
    totals = _totals(facts, question)
    return max(totals, key=lambda each: each[0])[1] if totals else None


# What is asked of a budget that its total does not tell.
_OTHERWISE: frozenset[Asks] = frozenset(
    ("largest", "smallest", "list", "where", "why", "who", "target", "when", "until", "share")
)


def _is_of_areas(question: Question) -> bool:
    """True where a question asks about the areas that the money goes to, not about one of them."""
    asks, text = question.asks, question.text
    if any(
        c.weight >= 0.5 and is_telling(c.words) and not number_of(c.words) and not _OF_MONEY.search(c.words)
        for c in question.concepts
    ):
        return False
    moves = asks & {"largest", "smallest"} and direction(text)
    of_money = "where" in asks or _OF_MONEY.search(text)
    return bool(asks & MONEY or moves or _DEAREST.search(text)) and bool(of_money)


_DEAREST = re.compile(r"\bdyrast\w*|\bmost expensive\b|\bposten\b|\bposter(?:na)?\b", re.IGNORECASE)


def _all_areas(facts: Facts, question: Question) -> list[TableRow]:
    """The rows of the budget of all areas."""
    whole = whole_budget(facts, question)
    return table_of(facts, whole) if whole else []


def _totals(facts: Facts, question: Question) -> list[tuple[tuple[bool, Decimal], TableRow]]:
    """The totals of a plan's budgets, each with whether it tells a net, which investments have none of and may be more
    than, and how much it is."""
    return [
        ((tells_net(row), abs(value.number) * kronor), row)
        for row in facts.plan.rows
        if row.kind == "budget"
        and TOTAL.match(row.row)
        and not _ONE_SIDE.search(row.row)
        and (value := value_in(facts, row, question))
        if (kronor := KRONOR.get(value.cell.unit or ""))
    ]


_ONE_SIDE = re.compile("kostnad|intäkt", re.IGNORECASE)  # all that comes in, or all that goes out
_OF_MONEY = re.compile(
    r"\b(?:verksamhet(?:en|er|erna|sområde\w*)?|områden?a?|areas?|operations?|(?:budget|kostnads|utgifts)?post(?:en|er|erna)?"
    r"|(?:budget |cost )?items?|pengar(?:na)?|money|vart|where|lägger|spend\w*|gör|do)\b",
    re.IGNORECASE,
)

"""A plan in short: whose goals it serves, its own, and its money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.answer_types import Draft, Reference, Statement
from retrieval.areas import whole_budget
from retrieval.cues import PATTERNS
from retrieval.goals import goals_on, own_rungs
from retrieval.lookup import row_statement
from retrieval.question import Question
from retrieval.rank import Asked

_TOP = "KF:s inriktningsmål"
_GOALS = 12  # or chapters that are told: more are counted


def in_short(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """What a plan is about, where a question asks for all of it: whose goals it serves, its own, and its money; its
    chapters, where it has no goals that are known as such."""
    said = PATTERNS["in_short"].search(question.text)
    if said is None or any(thing.words not in said[0] for thing in question.things):
        return None
    told: list[Statement] = []
    own: list[Statement] = []
    for one in asked:
        told += (goal for _, goal in goals_on(one.facts, {_TOP}))
        own += (goal for _, goal in goals_on(one.facts, own_rungs(one)))
        if (row := whole_budget(one.facts, question)) is not None:
            told.append(row_statement(one.facts, row, question))
    own = own or [chapter for one in asked for chapter in _chapters(one)]
    if not own:
        return None
    statements = (*told, *own[:_GOALS])
    return Draft(statements, "lookup", listed=True, more=max(0, len(own) - _GOALS), certain=True)


def _chapters(one: Asked) -> Iterator[Statement]:
    """The headings of a plan that stand under none."""
    plan = one.searchable.plan
    for n, section in enumerate(plan.sections):
        if section.parent is None:
            text = " ".join(filter(None, (section.number, section.title)))
            yield Statement(text, (Reference(one.facts.document, section.span, plan.path(n)),))

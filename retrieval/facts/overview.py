"""A plan in short: whose goals it serves, its own, and its money; and what it puts first itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.evidence.answer_types import Draft, Reference, Statement
from retrieval.evidence.extract import quoted
from retrieval.evidence.lookup import row_statement
from retrieval.evidence.rank import Asked
from retrieval.facts.areas import whole_budget
from retrieval.facts.goals import goals_on, own_rungs
from retrieval.language.cues import PATTERNS, Asks
from retrieval.language.dates import is_moment
from retrieval.question.question import Question

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


def priorities_told(question: Question, asked: Sequence[Asked]) -> Draft | None:
    """What a plan says under a heading of what it puts first, or of what is new, where a question asks for that of all
    of it; None where it names anything else, or there is no such heading."""
    headed = ((said, title) for kind, title in _HEADED.items() if (said := PATTERNS[kind].search(question.text)))
    said, title = next(headed, (None, None))
    if said is None or title is None or not all(_is_of_all(thing.words, said[0]) for thing in question.things):
        return None
    for one in asked:
        plan = one.searchable.plan
        tabled = {row.origin.section for row in plan.rows}  # a table has more than its prose tells
        of = (n for n, s in enumerate(plan.sections) if n not in tabled and title.fullmatch(s.title.strip()))
        path = next(map(plan.path, of), None)
        entries = [e for e in one.searchable.entries if e.unit.path == path and e.unit.kind == "passage"]
        told: list[Statement] = []
        for statement in quoted(one.facts, entries, question):
            if sum(len(each.text) for each in (*told, statement)) <= _ROOM:
                told.append(statement)
        if told:
            return Draft(tuple(told), "extract", certain=True)
    return None


_ROOM = 1500  # characters of what is put first
_WHEN = r"(?: (?:under|för|i|inför))?(?: (?:året|perioden|planperioden|år))?(?: \d{4}(?:[–-]\d{2,4})?)?"
_PRIORITIES = re.compile(
    r"(?:(?:\w+ens|\w+ets|årets|våra|övergripande|särskilda|särskilt|gemensamma) )*"
    r"(?:prioriteringar|prioriterade (?:frågor|områden|mål|insatser)|fokusområden|viktigaste (?:frågor|områden)\w*)"
    + _WHEN,
    re.IGNORECASE,
)


_NEWS = re.compile(
    rf"(?:(?:(?:det (?:här )?|vad som )?är )?nytt|(?:årets )?nyheter|(?:större |planerade )?förändringar){_WHEN}",
    re.IGNORECASE,
)
_HEADED: dict[Asks, re.Pattern[str]] = {"priorities": _PRIORITIES, "news": _NEWS}


def _is_of_all(words: str, said: str) -> bool:
    """True for words that name no part of a plan: how it is asked for what it puts first, or when."""
    return all(word in said or is_moment(word) or _OF_PLAN.fullmatch(word) for word in words.split())


_OF_PLAN = re.compile(
    r"\w*(?:plan|nämnd|förvaltning|avdelning|enhet)(?:en|ens|s)?|board|committee|department|frågor\w*|saker\w*"
    r"|issues?|things?|veta|know|right|now|just|nu|vad|what|är|before|förut|tidigare|us|oss",
    re.IGNORECASE,
)


def _chapters(one: Asked) -> Iterator[Statement]:
    """The headings of a plan that stand under none."""
    plan = one.searchable.plan
    for n, section in enumerate(plan.sections):
        if section.parent is None:
            text = " ".join(filter(None, (section.number, section.title)))
            yield Statement(text, (Reference(one.facts.document, section.span, plan.path(n)),))

"""What is answered from several plans: of each by itself, one against another, of all there are.

Each is None where a turn asks no such thing, or the plans don't tell it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.across import compared_across, in_columns, most_across, of_years
from retrieval.answerable import is_enough
from retrieval.citing import cited, joined
from retrieval.evidence.answer_types import Answer, Computed, Draft
from retrieval.evidence.naming import of_one_body, plan_name, told_beside
from retrieval.evidence.rank import MONEY, Asked
from retrieval.facts.apart import figures_alike, figures_apart
from retrieval.facts.changes import asks_all_changes, asks_changes, asks_lacking, changes, lacking, subject
from retrieval.language.cues import asked as asked_in
from retrieval.language.phrases import say
from retrieval.leant_on import told_before
from retrieval.question.extent import ordering, unordered
from retrieval.question.marks import asked_apart, is_one_thing, undated, year_against
from retrieval.question.question import Question
from retrieval.question.scope import LAST_YEAR, WHICH_PLAN, Scope, all_of, begins, other_years
from retrieval.question.turn import Turn
from retrieval.reading import Reader
from retrieval.store.known import Known


def of_each(
    turn: Turn, question: Question, reader: Reader, from_plan: Callable[[Turn, Sequence[Known]], Answer]
) -> Answer | None:
    """What a turn asks of each of several plans, each answered from its own; and how far apart the figures are that two
    of them have, where that is asked for and they are surely of one kind."""
    groups = turn.chosen.groups
    if len(groups) < 2:
        return None
    text = unordered(_OR.sub(" ", turn.text)) if question.asks & {"largest", "smallest"} else turn.text
    parts = asked_apart(text, turn.chosen.marks)
    made = [
        from_plan(turn.part(part.text, [part.after] if part.after else turn.history), group)
        for part, group in zip(parts, groups, strict=True)
    ]
    answer = joined(made)
    if len(made) != 2 or not is_one_thing(parts) or not all(each.citations for each in made):
        return answer
    if not question.asks & {"compare", "largest", "smallest", "number", "price", *MONEY}:
        return answer
    one, other = (reader.ready(group) for group in groups)
    about = reader.understood(replace(turn, text=parts[0].about), one)
    apart = figures_apart(about, *([citation.quote for citation in each.citations] for each in made))
    if apart is None:
        return answer
    more, less = (one, other) if apart.first_is_more else (other, one)
    at = told_beside(more[0].facts, less[0].facts, question.language)
    said = say("apart_by", question.language, difference=apart.difference, formula=apart.formula, at=at)
    sources = (1 + apart.quotes[0], len(made[0].citations) + 1 + apart.quotes[1])
    computed = (*answer.computed, Computed(apart.difference, apart.formula, sources))
    return replace(answer, answer=f"{answer.answer}\n\n{said} [{sources[0]}] [{sources[1]}]", computed=computed)


# What chooses between plans: "who has the largest, they or we?".
_OR = re.compile(r"\b(?:vem|vilka|who) (?=.*\b(?:eller|or)\b)|\b(?:eller|or)\b(?=[^,.]*$)", re.IGNORECASE)


def of_all(
    turn: Turn, question: Question, scope: Scope, reader: Reader, from_plan: Callable[[Turn, Sequence[Known]], Answer]
) -> Answer | None:
    """In which of all plans that a question chooses among a fact is highest or lowest: one of their tables, else one
    that each tells in its own words."""
    if len(turn.chosen.groups) < 2:
        question = ordering(question)
    if not question.asks & {"largest", "smallest"}:
        return None
    every = all_of(turn.text, reader.library.known(), scope, reader.today)
    if every is None:
        return None
    first, *others = (reader.ready(group) for group in every.groups)
    about = undated(replace(reader.understood(replace(turn, chosen=every), first), asks=question.asks))
    ranked = reader.ranked(about, first)
    draft = most_across(about, ranked, others, lambda fact: is_enough(about, fact, first))
    if draft is not None:
        return cited(about, draft, [one for group in (first, *others) for one in group])
    if len(every.groups) > _SIDE_BY_SIDE:
        return None
    part = turn.part(unordered(WHICH_PLAN.sub("", turn.text)))
    made = [from_plan(replace(part, chosen=every), group) for group in every.groups]
    quotes = [[citation.quote for citation in each.citations] for each in made]
    found = figures_alike(reader.understood(part, first), quotes)
    if found is None or any(_TELLS_MOST.search(quotes[n][each.quote]) for n, each in enumerate(found)):
        return None
    order = sorted(range(len(made)), key=lambda n: found[n].number, reverse="largest" in question.asks)
    if found[order[0]].number == found[order[1]].number:
        return None
    facts = [group[0].facts for group in (first, *others)]
    at = told_beside(facts[order[0]], facts[order[1]], question.language)
    said = say("most_at" if "largest" in question.asks else "least_at", question.language, at=at)
    answer = joined(made)
    return replace(answer, answer=f"{answer.answer}\n\n{said}")


_SIDE_BY_SIDE = 3  # plans that are told one after another in one answer
# What is largest within one plan: it orders no plans.
_TELLS_MOST = re.compile(r"\b(?:störst|flest|minst är|lägst är|högst är)\b", re.IGNORECASE)


def set_against(turn: Turn, reader: Reader) -> Answer | None:
    """One plan set against another, by a fact that both have or by what differs."""
    groups, differing = turn.chosen.groups, asks_changes(turn.text)
    overall = asks_all_changes(turn.text) and turn.leant_on is None
    if len(groups) == 1 and not differing and not overall and "compare" not in asked_in(turn.text):
        return None
    one = reader.ready(groups[0])
    question = reader.understood(turn, one)
    year = year_against(question, one[0].facts.year) if len(groups) == 1 else None
    whole = (differing or overall) and not subject(undated(question))
    if len(groups) == 1 and (year or differing or whole):
        groups = (groups[0], _of_year_beside(groups[0], year, reader))
    if len(groups) != 2:
        return None
    if not groups[1]:
        note = say("no_year", question.language, year=year)
        return cited(question, Draft((), "lookup", unset=True, note=note), one) if whole and year else None
    other = reader.ready(groups[1])
    if whole and (made := _changed(question, one[0], other[0], year)):
        return made
    if not of_one_body(one[0].facts, other[0].facts) and (lack := _lacking(turn)) is not None:
        has, lacks = (other[0], one[0]) if lack == 0 else (one[0], other[0])
        draft = lacking(question, has.facts, lacks.facts)
        return cited(question, draft, [has, lacks]) if draft else None
    if not question.asks & {"compare", "target", "price", "number", *MONEY}:
        return _changed(question, one[0], other[0], year) if differing else None
    about = undated(question)
    if len(turn.chosen.groups) > 1:
        parts = asked_apart(turn.text, turn.chosen.marks)
        if not is_one_thing(parts):  # not one fact of both
            return None
        about = replace(reader.understood(replace(turn, text=parts[0].about), one), asks=question.asks)
    ranked = reader.ranked(about, one, told_before(turn, one, reader))
    draft = compared_across(question, ranked, other, lambda fact: is_enough(about, fact, one), reader.lexicon, year)
    if draft is not None:
        return cited(question, draft, [*one, *other])
    if differing and not whole and (made := _changed(question, one[0], other[0], year)):
        return made
    if len(turn.chosen.groups) == 2 and of_one_body(one[0].facts, other[0].facts):
        later = max(one, other, key=lambda plan: plan[0].facts.year or 0)
        draft = in_columns(question, reader.ranked(about, later), lambda fact: is_enough(about, fact, later))
        return cited(question, draft, later) if draft else None
    return of_another_year(question, one, [year], reader) if year else None


def with_year(turn: Turn, year: int, reader: Reader) -> Turn | None:
    """A turn put to the plan of another year too, which it only sets its own against; None where there is none."""
    group = turn.chosen.groups[0]
    other = tuple(d for d in _of_year_beside(group, year, reader) if begins(d) == year)
    if not other:
        return None
    own, last = str(begins(group[0])), LAST_YEAR.search(turn.text)
    marks = (
        (own,) if own in turn.text else (),
        (str(year),) if str(year) in turn.text else (last.group(),) if last else (),
    )
    return replace(turn, chosen=replace(turn.chosen, groups=(group, other), marks=marks))


def _of_year_beside(group: Sequence[Known], year: int | None, reader: Reader) -> tuple[Known, ...]:
    """The plan of the year that one is set against; where none is named, the year before's, else the one after's:
    "which of the goals of 2023 are gone?"."""
    now = begins(group[0])
    if not now:
        return ()
    others = other_years(reader.library.known(), group, year or now - 1)
    if year:
        return tuple(others)
    before, after = (tuple(d for d in others if begins(d) == now + by) for by in (-1, 1))
    return before or after


def _lacking(turn: Turn) -> int | None:
    """Which of two plans a turn says lacks what the other has, the one that it names nearest to those words; None where
    it says so of none."""
    if not (found := asks_lacking(turn.text)):
        return None
    after: list[tuple[int, int]] = []
    before: list[tuple[int, int]] = []
    for n, marks in enumerate(turn.chosen.marks):
        for m in re.finditer("|".join(rf"\b{re.escape(mark)}\b" for mark in marks) or r"(?!)", turn.text):
            (after if m.start() >= found.end() else before).append((abs(m.start() - found.start()), n))
    nearest = after if found["after"] and after else [*before, *after]
    return min(nearest)[1] if nearest else None


def _changed(question: Question, one: Asked, other: Asked, year: int | None) -> Answer | None:
    """What is new, gone or changed from one year's plan to the next, `year` where it is named; None where they are not
    of one body."""
    if not of_one_body(one.facts, other.facts) or year not in (None, other.facts.year):
        return None
    then, now = sorted((one, other), key=lambda plan: plan.facts.year or 0)
    about = replace(undated(question), text=question.text)
    draft = changes(about, then.facts, now.facts)
    return cited(question, draft, [now, then]) if draft else None


def of_another_year(question: Question, asked: Sequence[Asked], years: Sequence[int], reader: Reader) -> Answer | None:
    """A fact asked for of years that its own plan doesn't have it for: as another year's plan tells it, else for which
    years it is there."""
    if not years:
        return None
    others = other_years(reader.library.known(), [one.known for one in asked], years[0])
    plans = [*asked, *reader.ready(others)]
    about = undated(question)
    draft = of_years(
        question, about, years, reader.ranked(about, asked), plans, lambda fact: is_enough(about, fact, asked)
    )
    if draft and not draft.unset:  # it is another plan that has the year
        told = next(one for one in plans if one.known.id == draft.statements[0].support[0].document)
        draft = replace(draft, note=say("other_plan", question.language, plan=plan_name(told.known.description)))
    return cited(question, draft, plans) if draft else None

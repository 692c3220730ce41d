"""What differs between a body's plans of two years: goals, indicators, targets or activities that are new, gone or
changed, found by setting the two plans' side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from ingest.values import number_in
from retrieval.evidence.answer_types import Draft, Reference, Statement
from retrieval.evidence.lookup import Facts, target_told
from retrieval.evidence.naming import alike, told_beside
from retrieval.facts.goals import COUNCIL, INDICATORS, goals_on
from retrieval.language.direction import direction
from retrieval.language.phrases import say
from retrieval.question.question import Question
from retrieval.question.scope import LAST_YEAR
from retrieval.store.search import Concept, terms_of

Which = Literal["new", "gone", "moved"]


@dataclass(frozen=True, slots=True)
class _Item:
    """Something that a plan names, which another plan may have too."""

    name: str
    about: str
    references: tuple[Reference, ...]
    target: str | None = None


_KINDS = {
    "indicators": INDICATORS,
    "activities": re.compile(r"\baktivitet\w*|\bactivit(?:y|ies)\b", re.IGNORECASE),
    "targets": re.compile(r"\bårsmål\w*|\bmålnivå\w*|\btargets?\b", re.IGNORECASE),
    "goals": re.compile(
        r"\b(?:\w+s)?(?<!års)(?:nämnd|enhets|inriktnings|kf-)?mål(?:en|s)?\b|\b(?:goal|objective)s\b", re.I
    ),
}
_WHICH: dict[Which, re.Pattern[str]] = {
    "new": re.compile(r"\b(?:nya|nytt|new|added|tillkom\w*|tillkomna|lagts till|lades till)\b", re.IGNORECASE),
    "gone": re.compile(
        r"\b(?:försv\w+|borta|utgått|utgår|(?:tagits|togs|tagna) bort|struk\w+|slopa\w*|inte längre|finns inte|gone"
        r"|dropped|removed|disappear\w*|no longer|discontinued)\b",
        re.IGNORECASE,
    ),
    "moved": re.compile(
        r"\b(?:ändra\w*|förändra\w*|chang\w*|höj[tds]\w*|sänk\w*|skärp\w*|högre|lägre|raised?|lower(?:ed)?|higher"
        r"|ökat|minskat|increased|decreased|justera\w*|adjusted)\b",
        re.IGNORECASE,
    ),
}
_REPLACED = re.compile(r"\b(?:byt(?:ts|tes|te|t)\b.*\but|ersatt\w*|ersätt\w*|replac\w*|swapped)\b", re.IGNORECASE)
# That a plan lacks something; which one does is named after it in some of the ways to say so.
_LACKS = re.compile(
    r"\b(?:(?P<after>men inte|saknas|inte finns|finns inte|but not|missing)"
    r"|saknar?|inte (?:har|gör)|har(?: [\w-]+)? inte|lacks?|lacking|(?:do|does|has|have)(?:n['’]t| not)(?: have)?)\b",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(r"\b(?:men inte|but not|och inte|not)(?: in| i)? ((?:19|20)\d\d)\b", re.IGNORECASE)
_PLAN = re.compile(r"\b(?:verksamhets)?plan(?:en|er|erna|s)?\b|\bår(?:s|et)?\b|\byears?\b|\d", re.IGNORECASE)
_DIFFERS = re.compile(r"\b(?:skillnad\w*|skilj\w*|differen\w*|differs?)\b", re.IGNORECASE)
_HOW_MUCH = re.compile(r"\b(?:hur (?:stor\w*|mycket|många)|how (?:much|many|big|large))\b", re.IGNORECASE)
_OTHER_PLAN = re.compile(
    rf"{LAST_YEAR.pattern}|\b(?:19|20)\d\d\b|\bplan(?:erna|s)\b|\b(?:förra|previous|last|nya|new) plan(?:en)?\b",
    re.IGNORECASE,
)
_MOST, _MOST_OF_ALL = 30, 12


def asks_changes(text: str) -> bool:
    """True where a text asks which of a plan's things are new, gone or changed."""
    which = _which(text, None) if any(kind.search(text) for kind in _KINDS.values()) else set()
    beside = which == {"moved"} and COUNCIL.search(text) and not _OTHER_PLAN.search(text)  # "lower than the council's"
    return bool(which) and not beside


def asks_all_changes(text: str) -> bool:
    """True where a text that names no kind of thing asks what differs from another plan or year."""
    differs = bool(_which(text, None)) or _DIFFERS.search(text) is not None
    return _kind(text) is None and differs and _OTHER_PLAN.search(text) is not None and not _HOW_MUCH.search(text)


def asks_lacking(text: str) -> re.Match[str] | None:
    """Where a text says of a plan that it lacks things that another one has; None where it doesn't."""
    return _LACKS.search(text) if _kind(text) else None


def _which(text: str, later: int | None) -> set[Which]:
    if _REPLACED.search(text):
        return {"new", "gone"}
    if but := _BUT_NOT.search(text):
        return {"gone" if int(but[1]) == later else "new"}
    return {which for which, pattern in _WHICH.items() if pattern.search(text)}


def subject(question: Question) -> list[Concept]:
    """What a question of changes is about, beside the kind of thing; none where it is about all."""
    return [thing for thing in question.things if not _is_asking(thing.words) and len(thing.words) > 2]


def _on(item: _Item, about: Sequence[Concept]) -> int:
    """How many of the things that a question names are said of an item, in its name or in its headings."""
    held = terms_of(item.about, least=0.5)
    return sum(
        any(term in held for term, weight in concept.terms.items() if weight >= 0.45)
        or any(held.issuperset(phrase) for _, phrase in concept.phrases)
        for concept in about
    )


def _is_asking(words: str) -> bool:
    asking = (*_KINDS.values(), *_WHICH.values(), _REPLACED, _LACKS, _PLAN, _DIFFERS)
    return any(pattern.search(words) for pattern in asking)


def changes(question: Question, earlier: Facts, later: Facts) -> Draft | None:
    """What is new, gone or has another target in the later of a body's two plans, or that they don't differ; None for
    another question, and where one of them has no such things."""
    text, spoken = question.text, question.language
    which = _which(text, later.year)
    kind = _kind(text)
    if kind is None and asks_all_changes(text) and not subject(question):
        return _all_changes(question, earlier, later)
    if kind is None or not which:
        return None
    if kind == "goals" and which == {"moved"}:
        kind = "targets"
    said = _changes_of(kind, which, question, earlier, later)
    if said is None:
        return None
    if not said and not subject(question):
        note = say("no_changes", spoken, then=earlier.year, now=later.year)
        return Draft((), "lookup", unset=True, certain=True, note=note)
    return _listed(said)


def _all_changes(question: Question, earlier: Facts, later: Facts) -> Draft | None:
    """The goals that are new or gone from one plan to the next, and the targets that are others, some of each; only
    those that a question asks for, where it says which."""
    which = _which(question.text, later.year)
    wanted: set[Which] = {"new", "gone", "moved"} if not which or "moved" in which else which
    kinds: list[tuple[str, Which]] = [("goals", "new"), ("goals", "gone"), ("targets", "moved")]
    made = (_changes_of(kind, {each}, question, earlier, later) for kind, each in kinds if each in wanted)
    said = [each for each in made if each]
    shown = [statement for each in said for statement in each[: _MOST_OF_ALL // len(said)]]
    return replace(_listed(shown), more=sum(map(len, said)) - len(shown)) if said else None


def _changes_of(
    kind: str, which: set[Which], question: Question, earlier: Facts, later: Facts
) -> list[Statement] | None:
    """What is new, gone or has another target of a kind of thing; None where one of the plans has no such things."""
    sides, spoken = _sides(question, kind, earlier, later), question.language
    if sides is None:
        return None
    gone, new, both = sides
    said: list[Statement] = []
    if "new" in which:
        said += [_told("is_new", item, spoken, year=later.year) for item in new]
    if "gone" in which:
        said += [_told("is_gone", item, spoken, then=earlier.year, now=later.year) for item in gone]
    if "moved" in which:
        said += [
            Statement(
                say(
                    "is_moved", spoken, name=new.name, a=target_told(old.target, spoken), then=earlier.year,
                    b=target_told(new.target, spoken), now=later.year,
                ),
                old.references + new.references,
            )
            for old, new in both
            if _is_moved(old.target, new.target, question.text)
        ]  # fmt: skip
    return said


def lacking(question: Question, has: Facts, lacks: Facts) -> Draft | None:
    """What one plan has that another lacks, of the kind that a question names; None where it names none, or one of them
    has no such things."""
    kind, spoken = _kind(question.text), question.language
    sides = _sides(question, kind, lacks, has) if kind else None
    if sides is None:
        return None
    _, only, _ = sides
    at, beside = told_beside(has, lacks, spoken), told_beside(lacks, has, spoken)
    said = [
        Statement(say("is_only", spoken, at=at, beside=beside, name=_named(item)), item.references) for item in only
    ]
    return _listed(said)


def _listed(said: Sequence[Statement]) -> Draft:
    return Draft(tuple(said[:_MOST]), "lookup", listed=len(said) > 1, more=max(0, len(said) - _MOST), certain=True)


def _kind(text: str) -> str | None:
    return next((name for name, pattern in _KINDS.items() if pattern.search(text)), None)


def _sides(
    question: Question, kind: str, one: Facts, two: Facts
) -> tuple[list[_Item], list[_Item], list[tuple[_Item, _Item]]] | None:
    """The things of a kind, on what a question is about, that only the one of two plans has, only the other, and both;
    None where one has no such things, or neither has any on that."""
    items: Callable[[Facts], Iterator[_Item]] = {"activities": _activities}.get(kind, _indicators)
    if kind == "goals":
        rung = next((label for label, pattern in _RUNGS.items() if pattern.search(question.text)), "")
        both = [{section.label for section in facts.plan.sections} for facts in (one, two)]
        items = partial(_goals, {label for label in both[0] & both[1] if label.startswith(rung)} - {"", "Uppdrag"})
    about = subject(question)
    every = [list(items(facts)) for facts in (one, two)]
    most = max((_on(item, about) for each in every for item in each), default=0)
    if not every[0] or not every[1] or (about and not most):
        return None
    first, second = ([item for item in each if _on(item, about) == most] for each in every)
    pairs = _paired(first, second, kind == "activities")
    paired = {id(item) for pair in pairs for item in pair}
    gone, new = ([item for item in each if id(item) not in paired] for each in (first, second))
    return gone, new, pairs


def _is_moved(old: str | None, new: str | None, text: str) -> bool:
    """True where two targets differ, and in the direction that a text asks about."""
    a, b = (number_in(each) if each else None for each in (old, new))
    if a is None or b is None:
        return False
    way = direction(text)
    return way * (b - a) > 0 if way else a != b


def _told(key: str, item: _Item, spoken: Literal["sv", "en"], **years: int | None) -> Statement:
    return Statement(say(key, spoken, name=_named(item), **years), item.references)


def _named(item: _Item) -> str:
    return f"{item.name}: {item.target}" if item.target else item.name


_RUNGS = {
    "Nämndmål": re.compile(r"\bnämnd\w*|\bboard\b", re.IGNORECASE),
    "Enhetsmål": re.compile(r"\benhet\w*|\bunit\w*", re.IGNORECASE),
    "KF:s inriktningsmål": re.compile(
        r"\binriktningsmål\w*|\borientation\b|\bdirection\b|\bövergripande\b", re.IGNORECASE
    ),
    "KF:s": re.compile(r"\bkf\b|\bfullmäktige\w*|\bcouncil\w*", re.IGNORECASE),
}


def _goals(rungs: Container[str], facts: Facts) -> Iterator[_Item]:
    for _, goal in goals_on(facts, rungs):
        yield _Item(goal.text, goal.support[0].section, goal.support)


def _indicators(facts: Facts) -> Iterator[_Item]:
    for item in facts.plan.indicators:
        about = f"{item.name} {facts.plan.path(item.origin.section)}"
        yield _Item(item.name, about, facts.references(item, "Årsmål"), item.target)


def _activities(facts: Facts) -> Iterator[_Item]:
    for item in facts.plan.activities:
        yield _Item(item.text, f"{item.text} {facts.plan.path(item.origin.section)}", facts.references(item))


def _paired(before: Sequence[_Item], now: Sequence[_Item], loosely: bool) -> list[tuple[_Item, _Item]]:
    """The things that both plans have, each with itself, the most alike first. A goal's number is no part of its name;
    `loosely` is for things that are told in a sentence of its own each year."""
    alikes = sorted(
        ((alike(_unnumbered(old.name), _unnumbered(new.name), loosely), n, m) for n, old in enumerate(before)
         for m, new in enumerate(now)), reverse=True,
    )  # fmt: skip
    found: dict[int, int] = {}
    for much, n, m in alikes:
        if much >= (_SAME_TOLD if loosely else _SAME) and n not in found and m not in found.values():
            found[n] = m
    return [(before[n], now[m]) for n, m in sorted(found.items(), key=lambda pair: pair[1])]


_SAME, _SAME_TOLD = 0.6, 0.5  # how alike two names are that are one thing's; what is less so has another name


def _unnumbered(name: str) -> str:
    return re.sub(r"^\d[\d.]*\s+", "", name)

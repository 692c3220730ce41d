"""Activities listed and counted: those due or begun within some days, those of somebody, those on a subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from ingest.plan import Activity
from retrieval.evidence.answer_types import Draft
from retrieval.evidence.lookup import activity_statement
from retrieval.evidence.rank import CERTAIN, MONEY, OF_ONE, Asked, Ranked, sure
from retrieval.evidence.status import asked_status, has_come, status_of, status_words
from retrieval.language.cues import asked as asked_in
from retrieval.language.dates import (
    NUMBERS,
    Dates,
    Most,
    asks_undated,
    counts_from_today,
    is_moment,
    is_next,
    is_overdue,
    most_of,
    names_day,
    times_said,
    within,
)
from retrieval.language.phrases import say
from retrieval.language.swedish import STOP_WORDS, parts, stem, tokens
from retrieval.question.concepts import lightened
from retrieval.question.leaning import LEANT
from retrieval.question.question import Question
from retrieval.store.search import Concept, either, terms_of

_LISTED, _ROOM = 20, 2600  # more are counted, not shown: a chat message is no table; characters of their words


@dataclass(frozen=True, slots=True)
class _Found:
    item: Activity
    asked: Asked
    coverage: float  # how much of the subject asked about it covers


def activities_listed(
    question: Question, asked: Sequence[Asked], ranked: Sequence[Ranked], today: date
) -> Draft | None:
    """The activities that a question asks for by days, by who is responsible, or all of them; those on its subject
    where it names one; of them the first, the last or the longest where it asks for that. None where it asks for no
    activities, or none of the plan's is meant."""
    asks, dates = question.asks, question.dates
    undated = asks_undated(question.text)  # what has no end is told to go on, too
    status = asked_status(question.text) if (dates is None and not undated) or is_overdue(question.text) else None
    if status == "late":
        asks |= {"activities"}
    if status and any(status_of(one.searchable.plan, i) for one in asked for i in one.searchable.plan.activities):
        dates = None  # the plan itself says how far each has come
        question = replace(question, dates=None)
    if is_next(question.text) and not subject_of(question, asked):
        return _next_due(question, asked, today)
    bodies = _bodies(question, asked)
    counted = bool(asks & {"list", "how_many"})
    subject = subject_of(question, asked, bodies)
    goals = [_goals(question, one, subject) for one in asked]
    numbers = [*chain(*goals), *_series(question, asked)]
    most = most_of(question.text) if "activities" in asks or not subject else None
    if not (
        most
        or (numbers and _UNDER_WAY.search(question.text))
        or (numbers and dates is not None and ("list" in asks or not asks & OF_ONE))
        or ("activities" in asks and (dates is not None or bodies or undated or status))
        or (bodies and dates is not None and not asks & OF_ONE)
        or (bodies and _asks_assigned(question) and not subject)
        or ("activities" in asks and counted and not asks & {"compare", "share", *MONEY})
    ):
        return None
    headings = terms_of(*(h for one, of in zip(asked, goals, strict=True) for n in of for h in _headings(one, n)))
    wanted = [c for c in subject if not c.is_in(headings) and not any(c.words in n.split() for n in numbers)]
    outside = _BRACKETS.sub(" ", question.text)
    wanted = either([c for c in wanted if c.words in outside] or wanted, question.text)
    found = [each for each in _within(question, asked, goals, wanted) if not bodies or _lead(each.item) in bodies]
    if "council" in asks and not _OTHERS_TOO.search(question.text):
        found = [each for each in found if _is_commission(each)] or found
    by_days = status is not None and dates is None and not any(_status(each) for each in found)
    if status and dates is None:
        found = [e for e in found if (has_come(e.item, status, today) if by_days else _status(e) == status)]
    if not found:
        return None if wanted or bodies or "activities" not in asks else _none_due(question, asked, today)
    best = max(each.coverage for each in found)
    under = [each for each in found if not numbers and _stands_under(each, wanted)]
    if wanted and not numbers and (under or best >= _SAID):
        least = max(_SAID, 0.6 * best)
        found = [each for each in found if each.coverage >= least or each in under]
    elif wanted and (
        "activities" not in asks or (not numbers and (dates is None or _is_of_another_kind(ranked, wanted)))
    ):
        return None  # beside a goal's number it is the goal that is named
    found = _most(found, most) if most else found
    if not found:
        return None
    shown = found[:_LISTED]
    if wanted and not under and best < _SAID and len(found) > len(shown):
        return None  # days that nearly all is within tell nothing of what is named
    short = _ROOM // len(shown) if sum(len(each.item.text) for each in shown) > _ROOM else None
    statements = [activity_statement(each.asked.facts, each.item, question.language, short) for each in shown]
    more = len(found) - len(shown)
    alone = bool(most) and len(found) == 1
    return Draft(
        tuple(statements), "lookup", listed=not alone, more=more, certain=bool(most),
        counted=None if alone else "found", note=_note(question, today, by_days),
    )  # fmt: skip


_BRACKETS = re.compile(r"\([^()]*\)")  # what explains a subject is no other one
_SAID, _OVER = 0.45, 3  # of what is wanted, what an activity says at least; the headings next above it


def _stands_under(each: _Found, wanted: Sequence[Concept]) -> bool:
    """True where the headings over an activity, with its own words, say all that is wanted of its subject."""
    held = terms_of(*each.asked.searchable.plan.path(each.item.origin.section).split(" › ")[-_OVER:])
    own = terms_of(each.item.text)
    return any(c.is_in(held) for c in wanted) and all(c.is_in(own | held) for c in wanted)


# Beside what the council has asked for: "both the council's and our own".
_OTHERS_TOO = re.compile(
    r"\b(?:både|såväl|both)\b|\b(?:och|and|or|eller) (?:the |our |vår[at]? )?(?:nämnd|board|egna|own)", re.I
)


def _is_commission(each: _Found) -> bool:
    """True for what the council has asked for, where a heading says so: "Assignments from the council"."""
    return {"council", "activities"} <= asked_in(each.asked.searchable.plan.path(each.item.origin.section))


def _most(found: Sequence[_Found], most: Most) -> list[_Found]:
    """Those of some activities that begin or end first or last, or last longest: all that do so alike."""

    def measure(item: Activity) -> date | timedelta | None:
        if most == "longest":
            return item.end - item.start if item.start and item.end else None
        return item.start if most.endswith("start") else item.end

    by = [(measured, each) for each in found if (measured := measure(each.item)) is not None]
    edge = (min if most.startswith("first") else max)((m for m, _ in by), default=None)
    return [each for measured, each in by if measured == edge]


def _next_due(question: Question, asked: Sequence[Asked], today: date) -> Draft | None:
    """The activities that are due first from today on."""
    coming = [(i.end, one, i) for one in asked for i in one.searchable.plan.activities if i.end and i.end >= today]
    first = min((end for end, _, _ in coming), default=None)
    statements = [activity_statement(one.facts, i, question.language) for end, one, i in coming if end == first]
    listed, note = len(statements) > 1, _note(question, today)
    return Draft(tuple(statements), "lookup", listed=listed, certain=True, note=note) if statements else None


def _note(question: Question, today: date, by_days: bool = False) -> str:
    """From which day something was counted, where a question names days so, or its days alone tell how far it is."""
    told = question.dates is None and asked_status(question.text) and not by_days
    if told or not (by_days or counts_from_today(question.text)):
        return ""
    by_days = by_days or is_overdue(question.text)
    return say("overdue" if by_days else "from_today", question.language, today=today)


def _status(each: _Found) -> str | None:
    """How far an activity has come as its plan says; None where that doesn't tell."""
    come = status_of(each.asked.searchable.plan, each.item)
    return come[0] if come else None


def _none_due(question: Question, asked: Sequence[Asked], today: date) -> Draft | None:
    """That no activity is due, or begins, within the days asked about, and the nearest that is; of those under the
    goals that a question names."""
    dates, spoken = question.dates, question.language
    numbers = [n for one in asked for n in numbered(question, one)]
    every = [
        (one, item)
        for one in asked
        for item in one.searchable.plan.activities
        if not numbers or _is_of(item, one.searchable.plan.path(item.origin.section), numbers, frozenset())
    ]
    days = [(day, one, item) for one, item in every if dates and (day := item.start if dates.starts else item.end)]
    if dates is None or dates.outside or not days or _tell_of_day(asked, dates):
        return None
    edge = dates.last or dates.first or today
    _, one, item = min(days, key=lambda each: (each[0] <= edge, abs(each[0] - edge)))
    activity = activity_statement(one.facts, item, spoken)
    key = "days_between" if dates.first and dates.last else "days_until" if dates.last else "days_from"
    said = say("days_on" if dates.first == dates.last else key, spoken, first=dates.first, last=dates.last)
    where = f"under {', '.join(numbers)}" if numbers else say("whole_plan", spoken)
    text = say("none_begun" if dates.starts else "none_due", spoken, where=where, days=said)
    text = f"{text} {say('next_due', spoken, activity=activity.text)}"
    return Draft((replace(activity, text=text),), "lookup", unset=True, certain=True, note=_note(question, today))


def _tell_of_day(asked: Sequence[Asked], dates: Dates) -> bool:
    """True where a sentence of a plan tells what there is on the one day that is asked about."""
    return (
        dates.first is not None
        and dates.first == dates.last
        and any(
            entry.unit.kind == "passage" and names_day(entry.words, dates.first, one.facts.year)
            for one in asked
            for entry in one.searchable.entries
        )
    )


def numbered(question: Question, one: Asked) -> tuple[str, ...]:
    """The numbers of goals that a question names: "1.4", and of this plan's those with letters: "SN 4"."""
    lettered = {s.number for s in one.searchable.plan.sections if s.number[:1].isalpha()}
    said = (n for n in lettered if re.search(rf"\b{re.escape(n)}\b", question.text, re.I if n[1:] else 0))
    return question.numbered + tuple(said)  # "a" is a word


def _goals(question: Question, one: Asked, subject: Sequence[Concept]) -> tuple[str, ...]:
    """The goals that a question names: by number, or by what it is about ("the climate goal") their uppermost headings
    that say all of it; all that it says of the goal where that stands after it ("the goal of clean water")."""
    if (numbers := numbered(question, one)) or not (named := _GOALS.search(question.text)):
        return numbers
    after = _OF_GOAL.match(question.text, named.end())
    subject = [c for c in subject if after is None or c.words in after[0]]
    plan = one.searchable.plan
    held = [(terms_of(s.title), terms_of(s.title, least=0.5)) for s in plan.sections]
    whole, part = (
        {n for n, terms in enumerate(held) if subject and all(c.is_in(terms[m]) for c in subject)} for m in (0, 1)
    )
    saying = whole or part  # "the climate goal" is one of what is "climate smart" where none says climate
    return tuple(plan.sections[n].heading for n in sorted(saying) if plan.sections[n].parent not in saying)


def _headings(one: Asked, goal: str) -> Iterator[str]:
    """What a plan calls the goals of a number, or of a heading."""
    return (s.title for s in one.searchable.plan.sections if goal in (s.number, s.heading))


def _series(question: Question, asked: Sequence[Asked]) -> frozenset[str]:
    """The letters by which a question names activities that have a number after them: G of "G1", "G2"."""
    letters = [
        found[1] for one in asked for item in one.searchable.plan.activities if (found := _CODE.match(item.text))
    ]
    return frozenset(
        each
        for each in letters
        if each != "I" and re.search(rf"(?<=[\w,] ){each}\b(?![:'’])|\({each}\)|\b{each}-", question.text)
    )


_CODE = re.compile(r"([A-ZÅÄÖ]{1,2})\d{1,2}\b")


def _is_of(item: Activity, path: str, goals: Iterable[str], series: Set[str]) -> bool:
    """True for an activity of a series, or under a goal, of those that are named."""
    code = _CODE.match(item.text)
    return bool(code and code[1] in series) if series else any(f" {n} " in f" {path} " for n in goals)


def _within(
    question: Question, asked: Sequence[Asked], goals: Sequence[tuple[str, ...]], wanted: Sequence[Concept]
) -> Iterator[_Found]:
    """The activities within the days that a question names and under the goals that it names in each plan, in order;
    with how much of what is wanted of its subject each says."""
    undated = asks_undated(question.text)
    for one, numbers in zip(asked, goals, strict=True):
        hits = {h.entry.number: h for h in one.searchable.search(wanted, ["activity"])} if wanted else {}
        series = _series(question, [one])
        for entry in one.searchable.entries:
            item = entry.unit.item
            if not isinstance(item, Activity) or (question.dates and not within(item, question.dates)):
                continue
            if undated and (item.end or (item.start and undated == "any")):
                continue
            if (numbers or series) and not _is_of(item, entry.unit.path, numbers, series):
                continue
            hit = hits.get(entry.number)
            told = hit and (hit.coverage if "activities" in question.asks else hit.own)
            yield _Found(item, one, told or 0.0)


_UNDER_WAY = re.compile(
    r"\b(?:going on|under ?way|planned|are we doing|do we do|pågår|på gång|planera[st]|gör vi)\b", re.IGNORECASE
)


def _asks_assigned(question: Question) -> bool:
    """True where a question asks what is somebody's to do, not whose it is."""
    others = question.asks & (OF_ONE - {"who"})
    return not others and _ASSIGNED.search(f"{question.before} {question.text}") is not None


_ASSIGNED = re.compile(
    r"\b(?:kalender\w*|årshjul\w*|calendar|ansvar(?:ar|ig\w*)?|responsible|in charge|hand om"
    r"|work(?:s|ing)? (?:on|with)|doing|(?:jobb|arbet)ar (?:\w+ ){0,3}med|håller (?:\w+ ){0,3}på med|gör)\b",
    re.IGNORECASE,
)
# Words for activities themselves, which say nothing of a subject.
_KIND = re.compile(
    r"(?:\w*(?:nämnd|verksamhet|enhet)s-?|kf-?)?(?:aktivitet|uppdrag|åtgärd|åtagand)\w*|activit(?:y|ies)|assignments?|tasks?|deliver\w*|things?|places|sak(?:er)?"
    r"|tabell\w*|tables?|kalender\w*|calendar|årshjul\w*|everything|allting?|ansvar\w*|responsib\w*"
    r"|work(?:s|ing)?(?: on| with)?|doing|happen(?:s|ing)?|händer|hända|sker|annorlunda"
    r"|organisation(?:en)?|verksamhet(?:en)?|services|added|tillkom\w*|chang(?:es?|ing|ed)|(?:för)?ändr\w*",
    re.IGNORECASE,
)
_GOALS = re.compile(r"\b(?:nämnd|inriktnings)?mål(?:e[nt])?\b|\bgoals?\b", re.IGNORECASE)  # what activities stand under
# What is done with activities by the day that they are due.
_REPORTED = re.compile(r"(?:åter)?(?:redovis|rapporter)\w*|report\w*(?: back)?", re.IGNORECASE)
_OF_GOAL = re.compile(r" (?:om|för|att|of|about|on|that) [^,;:()?]+", re.IGNORECASE)


def subject_of(
    question: Question, asked: Sequence[Asked], bodies: frozenset[str] = frozenset(), timed: bool = True
) -> list[Concept]:
    """What a question names beside whose plan it is, who is responsible or that it asks who is, that it asks for
    activities, and where it is `timed` the words that say when. A follow-up names what it leans on: it asks of that,
    not of all there is."""
    if question.before:
        question = replace(question, concepts=tuple(lightened(question.concepts, 1 / LEANT)))
    plans = (one.known.description for one in asked)
    whose = (name for plan in plans for name in (plan.organisation, plan.unit) if name)
    said = {stem(part) for name in (*bodies, *whose) for word in tokens(name) for part in (word, *parts(word))}
    when = times_said(question.text) if timed else frozenset()
    when |= {*tokens(status_words(question.text))}
    return [
        c
        for c in question.things
        if not is_moment(c.words)
        and not re.fullmatch(rf"[\d.]+|{'|'.join(NUMBERS)}", c.words)
        and not ("activities" in question.asks and _GOALS.fullmatch(c.words))
        and not ("activities" in question.asks and question.dates is not None and _REPORTED.fullmatch(c.words))
        and not _KIND.fullmatch(c.words)
        and not asked_in(c.words) & {"who", "compare", "council"}
        and not set(tokens(c.words)) - STOP_WORDS <= when
        and not (said & set(c.terms))
    ]


# Who is responsible


_ANY = {stem(word) for word in ("förvaltningen", "enheten", "avdelningen", "nämnden", "chefer", "alla", "verksamheter")}


def _bodies(question: Question, asked: Sequence[Asked]) -> frozenset[str]:
    """Those responsible for activities whom a question names."""
    said = {stem(word) for word in tokens(question.text.replace("-", " "))}
    said = said.union(*(concept.meant for concept in question.concepts))
    own = {stem(word) for one in asked for word in tokens(one.known.description.organisation or "")}
    return _named({_lead(a) for one in asked for a in one.searchable.plan.activities}, said, own)


def _named(names: Iterable[str], said: set[str], own: set[str]) -> frozenset[str]:
    """The names all of whose words are said, but those within a longer one; the words of whose plan it is go without
    saying: "our board"."""
    whole = {name: {stem(word) for word in tokens(name)} for name in names}
    found = {name for name in names if _is_said(name, said | own) and not whole[name] <= _ANY | own}
    return frozenset(name for name in found if not any(whole[name] < whole[other] for other in found))


def _is_said(name: str, said: Set[str]) -> bool:
    """True where each word of a name is said, or all that a compound is made of: "property manager", fastighetschef."""
    return all(stem(word) in said or ({*map(stem, parts(word))} or {""}) <= said for word in tokens(name))


def _lead(item: Activity) -> str:
    return item.responsible[0].casefold() if item.responsible else ""


def _is_of_another_kind(ranked: Sequence[Ranked], wanted: Sequence[Concept]) -> bool:
    """True where what answers is certain, no activity, and about what is wanted."""
    if not ranked or ranked[0].hit.kind == "activity" or (sure(ranked[0]) or 0.0) < CERTAIN:
        return False
    names = {concept.words for concept in wanted}
    shares = zip(ranked[0].question.concepts, ranked[0].hit.shares, strict=True)
    return any(share >= _ABOUT and concept.words in names for concept, share in shares)


_ABOUT = 0.3  # of a thing wanted: less is the part of a compound, or far off

"""From a question to a verified answer, step by step: whose plan, what is asked, what answers, what is supported."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from ingest.describe import plain
from ingest.plan import Description, Plan
from ingest.values import folded
from retrieval.across import (
    asked_apart,
    compared_across,
    figures_apart,
    in_columns,
    most_across,
    of_one_body,
    of_years,
    told_beside,
    undated,
    year_against,
)
from retrieval.answer_types import Answer, Citation, Computed, Draft, ModelUnavailable, Reference, Statement
from retrieval.changes import asks_changes, changes, subject
from retrieval.check import disagreeing
from retrieval.comparing import compared, of_all_areas
from retrieval.dated import dated_listed
from retrieval.drafting import drafted, fact_beside
from retrieval.due import activities_listed
from retrieval.extract import answers_form, asks_who, is_of_it, names_somebody, tells
from retrieval.lexicon import Lexicon
from retrieval.listing import (
    announced,
    commission_told,
    enumerating_first,
    goals_listed,
    indicators_listed,
    items_listed,
    rows_listed,
)
from retrieval.lookup import Facts
from retrieval.phrases import say
from retrieval.question import (
    Asks,
    Question,
    asks_money,
    asks_otherwise,
    asks_what_is_done,
    clauses,
    inherited_asks,
    item_named,
    leans,
    lightened,
    understand,
)
from retrieval.question import asked as asked_in
from retrieval.rank import CERTAIN, LIKELY, MONEY, Asked, Ranked, Similar, ranked, sure
from retrieval.scope import Chosen, Known, Scope, all_of, begins, choose, other_years, year_moved
from retrieval.search import Concept, Searchable
from retrieval.sides import Rank, is_counted
from retrieval.swedish import Language, near, terms
from retrieval.verify import quotable, verified

if TYPE_CHECKING:
    from retrieval.word import Writer  # LangChain takes half a second to import

log = logging.getLogger("plansvar")


class Library(Protocol):
    """The plans that can be asked."""

    def known(self) -> Sequence[Known]: ...

    def searchable(self, document: int) -> Searchable: ...


@dataclass(frozen=True, slots=True)
class _Words:
    """The vocabulary of the documents asked, together."""

    group: Sequence[Asked]
    lexicon: Lexicon

    def knows(self, term: str) -> bool:
        return not self.group or any(asked.searchable.knows(term) for asked in self.group)

    def near(self, word: str) -> str | None:
        for asked in self.group:
            found = near(word, asked.searchable.words, self.lexicon)
            if found:
                return found[0].word
        return None

    def initials(self, capitals: str) -> frozenset[str]:
        return next((long for a in self.group if (long := a.searchable.initials.get(capitals))), frozenset())

    def within(self, start: str) -> list[str]:
        return [term for asked in self.group for term in asked.searchable.within(start)]


# What kind of figure a question asks for holds for each part of it.
_OF_FIGURES: frozenset[Asks] = MONEY | {"target", "council", "price", "how_many", "compare"}
# What asks whether a thing is as it was, or what has become of it.
_STILL = re.compile(
    r"\b(?:fortfarande|kvar|längre|ersatt\w*|försvunnit|vad hände med|hänt med|still|any ?more|any longer|replaced"
    r"|become of|became of|happened (?:to|with))\b",
    re.IGNORECASE,
)
_DOUBTFUL = 0.45  # how likely an entry must be that lacks a part of what is asked about
_ALTERNATIVES, _ROOM = 2, 780  # what else is told: how many, how long it all may be
_CLOSE, _CLOSEST = (
    0.8,
    0.9,
)  # how likely it is beside the best: where it has half of what that has of the question, or less


class Answerer:
    """Answers questions from a library of plans.

    `similar` adds likeness in meaning to the ranking by words; without it, or while a plan lacks vectors, words alone
    decide. `writer` words prose with a language model, and reads what was found where nothing answered.
    """

    def __init__(
        self,
        library: Library,
        lexicon: Lexicon,
        clock: Callable[[], date],
        contact: str | None = None,
        similar: Similar | None = None,
        writer: Writer | None = None,
    ) -> None:
        self.library, self.lexicon, self.clock, self.contact = library, lexicon, clock, contact
        self.similar, self.writer = similar, writer

    @property
    def today(self) -> date:
        return self.clock()

    def answer(
        self, question: str, history: Sequence[str] = (), scope: Scope = Scope(), language: Language | None = None
    ) -> Answer:
        """The answer to a question; `history` is the asker's earlier questions, oldest first. It is in the language of
        the question unless another is given."""
        started = time.perf_counter()
        made = self._answer(folded(question)[:2000], [folded(h)[:2000] for h in history][-6:], scope, language)
        return replace(made, seconds=round(time.perf_counter() - started, 4))

    def ranking(self, question: str, history: Sequence[str] = (), scope: Scope = Scope()) -> list[Ranked]:
        """What is looked at to answer a question, best first: what search finds, before anything is said of it."""
        chosen = choose(question, self.library.known(), scope, self.today)
        found: list[Ranked] = []
        for group in chosen.groups:
            asked = [self._ready(document) for document in group]
            understood = self._understood(question, history, chosen, asked)
            found += self._ranked(understood, asked, self._focus(question, history, chosen, asked))
        return sorted(found, key=lambda each: -each.score)

    def _answer(self, text: str, history: Sequence[str], scope: Scope, language: Language | None) -> Answer:
        known = self.library.known()
        text = self._dated(text, history, scope)
        chosen = choose(text, known, scope, self.today)
        if not chosen.named and history and not chosen.missing:
            earlier = choose(history[-1], known, scope, self.today)
            if earlier.named and leans(text, history[-1]):
                chosen = earlier
        first = self._understood(text, history, chosen)
        first = replace(first, language=language or first.written)
        if not known:
            return self._refused(first, (), say("empty", first.language))
        if "instruction" in first.asks:
            return self._refused(first, (), say("instruction", first.language))
        for social in ("greeting", "thanks"):
            if social in first.asks:
                return self._refused(first, (), say(social, first.language))
        if "personal" in first.asks:
            return self._refused(first, known, say("personal", first.language))
        if chosen.open:
            whose = _some(d.description.organisation or d.name for d in known)
            return self._refused(first, known, say("which", first.language, plans=whose))
        if not chosen.groups:
            missing = chosen.missing or "?"
            plans = _some(sorted((plan_name(d.description) for d in known), key=lambda n: not _is_of(n, missing)))
            return self._refused(first, known, say("no_plan", first.language, what=missing, plans=plans))
        every = all_of(text, known, scope, self.today) if first.asks & {"largest", "smallest"} else None
        if every and (made := self._from_all(text, history, every, first.language)) is not None:
            return made
        if (made := self._from_two(text, history, chosen, first.language)) is not None:
            return made
        if len(chosen.groups) > 1:
            return self._from_each(text, history, chosen, first)
        made = self._from_group(text, history, chosen.groups[0], chosen, 1, first.language)
        return self._from_usual(text, history, scope, chosen, made)

    def _dated(self, text: str, history: Sequence[str], scope: Scope) -> str:
        """A follow-up with the number of the year that it names beside the question before's, where there is a plan of
        that year: "och året innan?"."""
        moved = year_moved(text) if history and leans(text, history[-1]) else None
        if moved is None or "compare" in asked_in(moved[0].sub(" ", text)):
            return text
        before = choose(history[-1], self.library.known(), scope, self.today).groups
        year = begins(before[0][0]) if len(before) == 1 else None
        if not year or not any(
            begins(d) == year + moved[1] for d in other_years(self.library.known(), before[0], year)
        ):
            return text
        return moved[0].sub(str(year + moved[1]), text)

    def _from_usual(self, text: str, history: Sequence[str], scope: Scope, chosen: Chosen, made: Answer) -> Answer:
        """An answer from the plan of the year that a question names; or from the current one, which may tell how that
        year turned out, where that is asked for or the year's own plan is silent."""
        if made.abstained and (before := self._as_before(text, history, chosen, made.language)):
            return self._joined([made, before])
        asks = asked_in(text)
        turned_out = "outcome" in asks and not asks & {"target", *MONEY}
        if not (made.abstained or turned_out):
            return made
        whose = chosen.groups[0][0].description
        body = replace(scope, organisation=whose.organisation, unit=whose.unit)
        usual = choose("", self.library.known(), body, self.today)
        if len(usual.groups) != 1 or usual.groups == chosen.groups:
            return made
        if usual.groups[0][0].description.unit != whose.unit:  # the whole's plan doesn't speak for a unit's
            return made
        chosen = replace(usual, words=chosen.words, named=chosen.named)
        other = self._from_group(text, history, usual.groups[0], chosen, 1, made.language)
        return made if other.abstained else other

    def _as_before(self, text: str, history: Sequence[str], chosen: Chosen, language: Language) -> Answer | None:
        """What the plan of the year before says of a thing that a question asks whether it is still there."""
        now = begins(chosen.groups[0][0])
        if not now or not _STILL.search(text):
            return None
        group = [d for d in other_years(self.library.known(), chosen.groups[0], now - 1) if begins(d) == now - 1]
        made = self._from_group(text, history, group, chosen, 2, language) if group else None
        return made if made and not made.abstained else None

    # Two plans

    def _from_each(self, text: str, history: Sequence[str], chosen: Chosen, first: Question) -> Answer:
        """What a message asks of each of several plans, each answered from its own; and how far apart the figures are
        that two of them have, where that is asked for and they are surely of one kind."""
        parts = asked_apart(text, chosen.marks)
        made = [
            self._from_group(
                part.text, [part.after] if part.after else history, group, chosen, len(parts), first.language
            )
            for part, group in zip(parts, chosen.groups, strict=True)
        ]
        answer = self._joined(made)
        if len(made) != 2 or parts[0].about != parts[1].about or any(not each.citations for each in made):
            return answer
        if not first.asks & {"compare", "largest", "smallest"}:
            return answer
        about = self._understood(parts[0].about, history, chosen, [self._ready(d) for d in chosen.groups[0]])
        apart = figures_apart(about, *(each.citations[0].quote for each in made))
        if apart is None:
            return answer
        more, less = (self._ready(group[0]).facts for group in chosen.groups)
        more, less = (more, less) if apart.first_is_more else (less, more)
        at = told_beside(more, less, first.language)
        said = say("apart_by", first.language, difference=apart.difference, formula=apart.formula, at=at)
        sources = (1, len(made[0].citations) + 1)
        computed = (*answer.computed, Computed(apart.difference, apart.formula, sources))
        return replace(answer, answer=f"{answer.answer}\n\n{said} [{sources[0]}] [{sources[1]}]", computed=computed)

    def _from_two(self, text: str, history: Sequence[str], chosen: Chosen, language: Language) -> Answer | None:
        """What a question that sets two plans against one another is answered with; None for any other question."""
        differing = asks_changes(text)
        if len(chosen.groups) == 1 and not differing and "compare" not in asked_in(text):
            return None
        groups = [[self._ready(document) for document in group] for group in chosen.groups]
        question = replace(self._understood(text, history, chosen, groups[0]), language=language)
        now = groups[0][0].facts.year
        year = year_against(question, now) if len(groups) == 1 else None
        if now and len(groups) == 1 and (year or differing):
            others = other_years(self.library.known(), chosen.groups[0], year or now - 1)
            if not year:  # the year before's, else the one after's: "which of the goals of 2023 are gone?"
                beside = [[d for d in others if begins(d) == now + by] for by in (-1, 1)]
                others = beside[0] or beside[1]
            groups.append([self._ready(document) for document in others])
        if len(groups) != 2 or not groups[1]:
            return None
        whole = differing and not subject(undated(question))
        if whole and (made := self._changed(question, groups)):
            return made
        if not question.asks & {"compare", "target", "price", "number", *MONEY}:
            return self._changed(question, groups) if differing else None
        about = undated(question)
        if len(chosen.groups) > 1:
            parts = asked_apart(text, chosen.marks)
            if any(part.about != parts[0].about for part in parts):  # not one fact of both
                return None
            about = replace(self._understood(parts[0].about, history, chosen, groups[0]), asks=question.asks)
        ranked = self._ranked(about, groups[0], self._focus(text, history, chosen, groups[0]))
        draft = compared_across(
            question, ranked, groups[1], lambda fact: self._enough(about, fact, groups[0]), self.lexicon, year
        )
        if draft is not None:
            return self._supported(question, draft, [*groups[0], *groups[1]])
        if differing and not whole and (made := self._changed(question, groups)):
            return made
        if len(chosen.groups) == 2 and of_one_body(groups[0][0].facts, groups[1][0].facts):
            later = max(groups, key=lambda group: group[0].facts.year or 0)
            draft = in_columns(question, self._ranked(about, later), lambda fact: self._enough(about, fact, later))
            return self._supported(question, draft, later) if draft else None
        return self._of_another_year(question, groups[0], [year]) if year else None

    def _from_all(self, text: str, history: Sequence[str], chosen: Chosen, language: Language) -> Answer | None:
        """In which of several plans a fact is highest or lowest; None where it is not a fact of each of them."""
        groups = [[self._ready(document) for document in group] for group in chosen.groups]
        question = undated(replace(self._understood(text, history, chosen, groups[0]), language=language))
        ranked = self._ranked(question, groups[0])
        draft = most_across(question, ranked, groups[1:], lambda fact: self._enough(question, fact, groups[0]))
        return self._supported(question, draft, [one for group in groups for one in group]) if draft else None

    def _changed(self, question: Question, groups: Sequence[Sequence[Asked]]) -> Answer | None:
        """What is new, gone or changed from one year's plan to the next; None where they are not of one body."""
        plans = sorted((group[0] for group in groups), key=lambda one: one.facts.year or 0)
        if not of_one_body(plans[0].facts, plans[1].facts):
            return None
        about = replace(undated(question), text=question.text)
        draft = changes(about, plans[0].facts, plans[1].facts)
        if draft is not None and not draft.statements and not subject(about):
            then, now = (one.facts.year for one in plans)
            name = plan_name(plans[1].known.description)
            lines = [
                say("no_changes", question.language, then=then, now=now),
                say("plan", question.language, plan=name),
            ]
            return Answer("\n".join(lines), question.language, True, None, plan=name)
        return self._supported(question, draft, plans) if draft else None

    # One plan

    def _understood(self, text: str, history: Sequence[str], chosen: Chosen, group: Sequence[Asked] = ()) -> Question:
        words = _Words(group, self.lexicon)
        year = next((a.facts.year for a in group), None)
        question = understand(text, self.lexicon, words, year, self.today, chosen.words)
        if sum(c.weight >= 0.5 for c in question.concepts) < 2 and chosen.named and group:
            whose = group[0].known.description.organisation or ""
            faint = Concept(whose, dict(terms(whose)), weight=0.3)
            question = replace(question, concepts=(*question.concepts, faint))
        if history and leans(text, history[-1]):
            skip = tuple(w for h in history for w in choose(h, self.library.known(), Scope(), self.today).words)
            before = [understand(h, self.lexicon, words, year, self.today, chosen.words + skip) for h in history[-2:]]
            inherited: list[Concept] = []
            for n, earlier in enumerate(reversed(before)):
                inherited += lightened(earlier.concepts, 0.7 if n == 0 else 0.35)
            leant = history[-1]
            if asks_otherwise(text) and before[-1].asks & {*MONEY, "price"}:
                # It asks of what the question before named, not of the sum that it asked for.
                inherited = [c for c in inherited if not asks_money(c.words)]
                leant = " ".join(c.words for c in inherited if c.weight >= 0.5) or leant
            have = {concept.words.casefold() for concept in question.concepts}
            extra = tuple(c for c in inherited if c.words.casefold() not in have)
            telling = [c for c in question.concepts if c.weight >= 0.5]
            asks = question.asks | (inherited_asks(text, before[-1].asks) if len(telling) < 2 else set())
            faded = tuple(lightened(question.concepts, 0.7))
            question = replace(question, concepts=faded + extra, asks=asks, before=leant)
        return question

    def _focus(self, text: str, history: Sequence[str], chosen: Chosen, asked: Sequence[Asked]) -> Ranked | None:
        """What the question before was answered with, where this one leans on it."""
        if not history or not leans(text, history[-1]):
            return None
        earlier = self._understood(history[-1], history[:-1], chosen, asked)
        ranked = self._ranked(earlier, asked, self._focus(history[-1], history[:-1], chosen, asked))
        return ranked[0] if ranked else None

    def _from_group(
        self, text: str, history: Sequence[str], group: Sequence[Known], chosen: Chosen, groups: int, language: Language
    ) -> Answer:
        asked = [self._ready(document) for document in group]
        question = replace(self._understood(text, history, chosen, asked), language=language)
        if groups > 1:
            question = replace(question, asks=question.asks - {"compare"})
        focus = self._focus(text, history, chosen, asked)

        def rank(part: str) -> list[Ranked]:
            own = self._understood(part, (), chosen, asked)
            kind = question.asks & _OF_FIGURES
            return self._ranked(replace(own, asks=own.asks | (kind if kind - {"compare"} else {"money"})), asked)

        whose = next((name for one in asked if (name := _anothers(question, one))), None)
        years = [] if any(one.facts.year in question.years for one in asked) else question.years
        elsewhen = [] if "outcome" in question.asks or question.dates else years
        other = self._of_another_year(question, asked, elsewhen) if not whose else None
        if other and (not other.abstained or "target" in question.asks):
            return other
        n = item_named(text) if history else None
        draft: Draft | None = None
        if n:
            earlier = self._understood(history[-1], history[:-1], chosen, asked)
            draft = _item_of(self._draft(earlier, asked, rank)[0], n, rank)
        if draft is not None:
            nearest = self._ranked(question, asked, focus)
        else:
            draft, nearest = self._draft(question, asked, rank, focus)
            if not n and draft is not None and not draft.listed and not draft.whole:
                draft = self._by_clause(clauses(text), question, draft, chosen, asked, rank, focus)
        by_document = {a.known.id: a for a in asked}
        if draft is not None:
            names = [*_names(asked), *_given(question)]
            draft = verified(draft, lambda id_: by_document[id_].searchable.plan.text, names)
            draft = _in_form(draft, question, by_document)
            told = _told_otherwise(draft, question, by_document)
            told = verified(told, lambda id_: by_document[id_].searchable.plan.text, names)
            draft = replace(draft, statements=draft.statements + told.statements)
            against = year_against(question, asked[0].facts.year)
            if groups == 1 and against and not any(str(against) in each.text for each in draft.statements):
                draft = replace(draft, note=say("no_year", language, year=against))
        if draft is None or not draft.statements:
            draft, answer = None, other or self._abstained(question, asked, nearest, whose)
        else:
            answer = self._cited(question, draft, by_document)
            answer = replace(answer, abstained=True, answered_by=None) if draft.unset else answer
        return answer if groups > 1 else self._worded(answer, question, draft, nearest, chosen, asked)

    def _ready(self, known: Known) -> Asked:
        searchable = self.library.searchable(known.id)
        period = known.description.period
        return Asked(known, searchable, Facts(known.id, searchable.plan, period.start.year if period else None))

    # What answers

    def _by_clause(
        self, pieces: Sequence[str], question: Question, whole: Draft, chosen: Chosen, asked: Sequence[Asked],
        rank: Rank, focus: Ranked | None,
    ) -> Draft:  # fmt: skip
        """A draft that answers each clause of a message by itself, where they ask about different things."""
        parts: list[Question] = []
        first: tuple[Concept, ...] = ()
        for piece in pieces:
            own = self._understood(piece, (), chosen, asked)
            telling = [c for c in own.concepts if c.weight >= 0.5]
            if parts and (not telling or ("council" in own.asks and not telling[1:])):
                parts[-1] = replace(parts[-1], asks=parts[-1].asks | own.asks)  # "… and by when?"
                continue
            alone = sum(c.weight >= 0.5 and not c.name for c in own.concepts) >= 2
            concepts = own.concepts if alone else own.concepts + tuple(lightened(first, 0.6))
            parts.append(replace(own, concepts=concepts, language=question.language, dates=question.dates))
            first = first or own.concepts
        if len(parts) < 2 or all(tells(whole.statements[0].text, part) for part in parts):
            return whole
        drafts = []
        for part in parts:
            ranked = self._ranked(part, asked, focus)
            if ranked and ranked[0].hit.coverage >= 0.45:
                made, _ = self._draft(part, asked, rank, focus)
                if made is not None and (not made.listed or question.dates):
                    drafts.append(made)
        if len(drafts) < len(parts):
            drafts = [whole, *drafts]
        statements: list[Statement] = []
        for made in drafts:
            for n, statement in enumerate(made.statements[:2]):
                held = [(r.document, r.span) for s in statements for r in s.support]
                fits = sum(len(s.text) for s in (*statements, statement)) <= _ROOM
                if (n == 0 or fits) and not all(
                    any(d == r.document and h.start <= r.span.start and r.span.end <= h.end for d, h in held)
                    for r in statement.support
                ):
                    statements.append(statement)
        return Draft(tuple(statements[:4]), drafts[0].by)

    def _draft(
        self, question: Question, asked: Sequence[Asked], rank: Rank, focus: Ranked | None = None
    ) -> tuple[Draft | None, list[Ranked]]:
        """What answers a question: what is due by its dates, else the best-ranked thing that has the form asked for."""
        ranked = self._ranked(question, asked, focus)
        if question.before and asks_what_is_done(question.text):  # no row of figures says so
            ranked = [r for r in ranked if not is_counted(r)]
        by_document = {a.known.id: a for a in asked}
        for listed in (
            commission_told(question, asked, ranked),
            goals_listed(question, asked),
            indicators_listed(question, asked),
            activities_listed(question, asked, ranked, self.today),
            dated_listed(question, asked),
            items_listed(question, ranked),
            next((told for one in asked if (told := of_all_areas(one.facts, question))), None),
        ):
            if listed is not None and _in_form(listed, question, by_document).statements:
                return listed, ranked
        if not ranked or ((likely := sure(ranked[0])) is not None and likely < LIKELY):
            return None, ranked
        if computed := compared(question, ranked, rank, lambda row: self._enough(question, row, asked)):
            return self._with_first(computed, question, ranked[0]), ranked
        if listed := announced(question, ranked) or rows_listed(question, ranked):
            return listed, ranked
        tried: set[int] = set()
        ranked = enumerating_first(question, ranked)
        for n, candidate in enumerate(ranked[:12]):
            unit = candidate.hit.entry.unit
            if len(tried) >= 5 or candidate.score < 0.55 * ranked[0].score:
                break
            if (
                id(unit) in tried
                or not self._enough(question, candidate, asked)
                or (n and candidate.hit.coverage < 0.45 and sure(candidate) is None)
            ):
                continue
            tried.add(id(unit))
            draft = drafted(question, [candidate, *ranked[:n], *ranked[n + 1 :]], self.lexicon)
            draft = replace(draft, certain=n == 0 and likely is not None and likely >= CERTAIN)
            if _in_form(draft, question, by_document).statements:
                return self._with_alternatives(draft, question, candidate, ranked), ranked
        return None, ranked

    def _with_first(self, draft: Draft, question: Question, first: Ranked) -> Draft:
        """What was computed, and what the plan says of it where that is ranked before any row."""
        if draft.listed or first.hit.kind != "passage" or sure(first) is None or _is_said(first, draft.statements):
            return draft
        said = drafted(question, [first], self.lexicon).statements[:1]
        fits = sum(len(s.text) for s in (*draft.statements, *said)) <= _ROOM
        return replace(draft, statements=(*draft.statements, *said)) if fits else draft

    def _with_alternatives(self, draft: Draft, question: Question, chosen: Ranked, ranked: Sequence[Ranked]) -> Draft:
        """The draft, and what is nearly as likely to be the answer: where two are plausible, both are told."""
        if draft.listed or draft.unset or sure(chosen) is None:
            return draft
        statements = list(draft.statements)
        others = [
            r
            for r in ranked[: _ALTERNATIVES + 3]
            if r.score >= _CLOSEST * chosen.score
            or (r.score >= _CLOSE * chosen.score and r.hit.coverage >= 0.5 * chosen.hit.coverage)
        ]
        fact = fact_beside(question, chosen, ranked)
        room = _ROOM if chosen.hit.kind == "passage" else _ROOM - 100
        for other in [fact, *others] if fact else others:
            if len(statements) > _ALTERNATIVES:
                break
            if other.hit.entry.unit is chosen.hit.entry.unit or _is_said(other, statements):
                continue
            for statement in drafted(question, [other], self.lexicon).statements[:1]:
                if sum(len(each.text) for each in (*statements, statement)) <= room:
                    statements.append(statement)
        return replace(draft, statements=tuple(statements))

    def _ranked(self, question: Question, asked: Sequence[Asked], focus: Ranked | None = None) -> list[Ranked]:
        return ranked(question, asked, self.similar, focus)

    def _enough(self, question: Question, best: Ranked, asked: Sequence[Asked]) -> bool:
        """True where the best hit covers enough of the question to be its answer."""
        if question.unknown_names or any(_anothers(question, one) for one in asked):
            return False
        hit = best.hit
        likely = sure(best)
        if likely is not None:
            return likely >= (LIKELY if is_of_it(hit, question) else _DOUBTFUL)
        unsaid = [
            c
            for c, gain in zip(question.concepts, hit.by_concept, strict=True)
            if c.name and c.weight > 1 and gain == 0
        ]
        if unsaid and best.fit < 0.5:
            return False
        telling = [
            (c, gain)
            for c, gain in zip(question.concepts, hit.by_concept, strict=True)
            if c.weight >= 0.5 and not c.name
        ]
        if question.unknown and not any(gain > 0 for _, gain in telling):
            return False
        if question.written == "sv":
            # A noun that nothing knows is most likely the subject: one more word in common is not yet an answer.
            strange = any(c.words in question.unknown and gain == 0 for c, gain in telling)
            if strange and sum(gain > 0 for _, gain in telling) < 2:
                return False
        there = [share for c, share in zip(question.concepts, hit.shares, strict=True) if c.weight >= 0.5]
        if there and max(there) < 0.55:  # nothing asked for is there but in parts of words, or far off
            return False
        return hit.coverage >= 0.25

    def _of_another_year(self, question: Question, asked: Sequence[Asked], years: Sequence[int]) -> Answer | None:
        """A fact asked for of years that its own plan doesn't have it for: as another year's plan tells it, else for
        which years it is there. None where no fact is named, or its plan has the year."""
        if not years:
            return None
        others = other_years(self.library.known(), [one.known for one in asked], years[0])
        plans = [*asked, *(self._ready(document) for document in others)]
        about = undated(question)
        found = of_years(
            question, about, years, self._ranked(about, asked), plans, lambda fact: self._enough(about, fact, asked)
        )
        if found and not found.unset:  # it is another plan that has the year
            told = next(one for one in plans if one.known.id == found.statements[0].support[0].document)
            found = replace(found, note=say("other_plan", question.language, plan=plan_name(told.known.description)))
        return self._supported(question, found, plans) if found else None

    def _supported(self, question: Question, draft: Draft, plans: Sequence[Asked]) -> Answer | None:
        """An answer of what several plans say, as far as it is supported; None where it is not."""
        by_document = {one.known.id: one for one in plans}
        names = [*_names(plans), *_given(question)]
        draft = verified(draft, lambda id_: by_document[id_].searchable.plan.text, names)
        if not draft.statements:
            return None
        answer = self._cited(question, draft, by_document)
        if not draft.unset:
            return answer
        said = f"{answer.answer}\n{self.contact}" if self.contact else answer.answer
        return replace(answer, answer=said, abstained=True, answered_by=None)

    # With a model

    def _worded(
        self, embedded: Answer, question: Question, draft: Draft | None, nearest: Sequence[Ranked], chosen: Chosen,
        asked: Sequence[Asked],
    ) -> Answer:  # fmt: skip
        """The answer as a model words it where all that it says is verified, else the embedded one.

        What was looked up stands as it is, and so does a refusal of what asks about something that no plan here knows.
        """
        if self.writer is None or question.unknown_names or any(_anothers(question, one) for one in asked):
            return embedded
        if draft is not None and (draft.by != "extract" or any(r.table for s in draft.statements for r in s.support)):
            return embedded
        names = _names(asked)
        by_document = {a.known.id: a for a in asked}
        try:
            made = self.writer.draft(
                question, draft, nearest, asked, names, self.today,
                search=lambda words: self._ranked(self._understood(words, (), chosen, asked), asked),
                told=lambda found: drafted(question, [found], self.lexicon).statements,
            )  # fmt: skip
        except ModelUnavailable as error:
            log.warning("%s", error)
            return replace(embedded, answer=f"{embedded.answer}\n{say('without_model', question.language)}")
        if made is None or not _in_form(made, question, by_document).statements:
            return embedded
        return self._cited(question, made, by_document)

    # What is sent

    def _cited(self, question: Question, draft: Draft, asked: dict[int, Asked]) -> Answer:
        numbers: dict[Reference, int] = {}
        citations: list[Citation] = []
        computed: list[Computed] = []
        lines = []
        for statement in draft.statements:
            marks = []
            for reference in statement.support:
                one = asked[reference.document]
                for span in quotable(one.searchable.plan.text, [reference.span]):
                    exact = replace(reference, span=span)
                    if exact not in numbers:
                        numbers[exact] = len(numbers) + 1
                        citations.append(citation(numbers[exact], exact, one.known, one.searchable.plan))
                    marks.append(numbers[exact])
            computed += [Computed(s.value, s.formula, tuple(dict.fromkeys(marks))) for s in statement.computed]
            said = unbracketed(statement.text) + "".join(f" [{n}]" for n in dict.fromkeys(marks))
            lines.append(f"• {said}" if draft.listed else said)
        one = next(iter(asked.values()))
        used = [asked[id_] for id_ in dict.fromkeys(r.document for r in numbers)] or [one]
        name = "; ".join(dict.fromkeys(plan_name(u.known.description) for u in used))
        spoken = question.language
        if draft.counted and len(lines) > 1:
            count = len(lines) + draft.more
            lines.insert(0, say(draft.counted, spoken, count=count))
            computed.append(Computed(str(count), "count", tuple(c.n for c in citations)))
        if draft.more:
            lines.append(say("more", spoken, count=draft.more))
            computed.append(Computed(str(draft.more), "count", tuple(c.n for c in citations)))
        lines += [draft.note, say("plan", spoken, plan=name)]
        if any(u.known.description.status == "proposal" for u in used):
            lines.append(say("proposal", spoken))
        return Answer(
            "\n".join(line for line in lines if line),
            spoken,
            False,
            draft.by,
            tuple(citations),
            tuple(computed),
            plan=name,
        )

    def _abstained(
        self, question: Question, asked: Sequence[Asked], nearest: Sequence[Ranked], whose: str | None = None
    ) -> Answer:
        spoken = question.language
        if whose:
            plans = _some(plan_name(d.description) for d in self.library.known())
            return self._refused(question, self.library.known(), say("no_plan", spoken, what=whose, plans=plans))
        name = "; ".join(dict.fromkeys(plan_name(a.known.description) for a in asked))
        sections = tuple(
            dict.fromkeys(r.hit.entry.unit.path.split(" › ")[-1] for r in nearest[:12] if r.hit.entry.unit.path)
        )[:3]
        lines = [say("abstain", spoken, plan=name)]
        if sections:
            lines.append(say("nearest", spoken, sections="; ".join(sections)))
        if self.contact:
            lines.append(say("contact", spoken, contact=self.contact))
        return Answer("\n".join(lines), spoken, True, None, plan=name, sections=sections)

    def _refused(self, question: Question, known: Sequence[Known], text: str) -> Answer:
        lines = [text] + ([self.contact] if self.contact and known else [])
        return Answer("\n".join(lines), question.language, True, None)

    def _joined(self, parts: Sequence[Answer]) -> Answer:
        """Answers from several plans as one, their citations numbered on."""
        said, citations, computed = [], list[Citation](), list[Computed]()
        answered = [p for p in parts if not p.abstained]
        for part in parts:
            shift = len(citations)
            silent = part.abstained and answered  # where another plan answers, nobody needs this one's nearest sections
            said.append(_renumbered(part.answer.split("\n")[0] if silent else part.answer, shift))
            citations += [replace(c, n=c.n + shift) for c in part.citations]
            computed += [replace(c, sources=tuple(s + shift for s in c.sources)) for c in part.computed]
        return Answer(
            "\n\n".join(said), parts[0].language, not answered, answered[0].answered_by if answered else None,
            tuple(citations), tuple(computed), plan="; ".join(p.plan for p in parts),
        )  # fmt: skip


def _names(asked: Sequence[Asked]) -> list[str]:
    """What an answer may say without a quote: the plans' names and years."""
    return [plan_name(a.known.description) for a in asked] + [str(a.facts.year) for a in asked]


def _given(question: Question) -> list[str]:
    """What an answer may say without a quote because the question does: the years and days that it names."""
    dates = question.dates
    days = (dates.first, dates.last) if dates else ()
    return [str(each) for each in (*question.years, *filter(None, days))]


def _item_of(given: Draft | None, n: int, rank: Rank) -> Draft | None:
    """The item of a list just given that a follow-up names by its number, with what is best said of it beside."""
    if given is None or not given.listed or n > len(given.statements):
        return None
    item = given.statements[n - 1]
    name = next((r.row for r in item.support if r.row), None) or item.text
    beside = [r for r in rank(name)[:3] if r.hit.kind == "passage" and (sure(r) or 0.0) >= CERTAIN]
    more = [s for r in beside[:1] if not _is_said(r, [item]) for s in drafted(r.question, [r], None).statements[:1]]
    return Draft((item, *more), given.by, certain=True)


def _is_said(other: Ranked, statements: Sequence[Statement]) -> bool:
    """True where an entry's words are within what statements quote already."""
    quoted = [(r.document, r.span) for statement in statements for r in statement.support]
    return any(
        document == other.asked.known.id and held.start <= span.start and span.end <= held.end
        for span in other.hit.entry.spans
        for document, held in quoted
    )


def _told_otherwise(draft: Draft, question: Question, asked: dict[int, Asked]) -> Draft:
    """What the plan says otherwise, in another place, of the very figures that a draft tells."""
    found: dict[str, Statement] = {}
    for statement in draft.statements if draft.more == 0 else ():
        if draft.listed and statement.support[0].table == "Aktiviteter":  # items that are counted
            continue
        one = asked[statement.support[0].document]
        for each in disagreeing(one.searchable, one.facts, statement):
            other = each.statement(question.language)
            words = say("disagree", question.language, words=other.text)
            found.setdefault(other.text, replace(other, text=words))
    return replace(draft, statements=tuple(found.values())[:_ALTERNATIVES])


def unbracketed(text: str) -> str:
    """A text whose own numbers in brackets don't read as citations of the answer it stands in."""
    return re.sub(r"\[(\d+)\]", r"(\1)", text)


def _renumbered(answer: str, shift: int) -> str:
    """An answer with its citation marks moved on: [1] becomes [3] where two citations go before."""
    return re.sub(r"\[(\d+)\]", lambda mark: f"[{int(mark[1]) + shift}]", answer)


def _some(names: Iterable[str], most: int = 8) -> str:
    """The first of some names, each once, and how many more there are."""
    each = list(dict.fromkeys(names))
    return ", ".join(each[:most]) + (f" (+{len(each) - most})" if len(each) > most else "")


def _is_of(plan: str, missing: str) -> bool:
    return plain(plan.split(",")[0]) in plain(missing)


def plan_name(description: Description) -> str:
    """How an answer names a plan: "Norrsjö, verksamhetsplan 2026"."""
    whose = ", ".join(filter(None, (description.organisation, description.unit)))
    what = " ".join(filter(None, (description.kind or description.title, str(description.period or ""))))
    return f"{whose}, {what}" if whose else what


def citation(n: int, reference: Reference, known: Known, plan: Plan) -> Citation:
    """The `n`th citation of an answer: what a reference to a document's plan quotes, and where it stands."""
    page = plan.page_at(reference.span.start)
    return Citation(
        n, known.name, reference.section, page.number if page else None, page.label if page else None,
        plan.text[reference.span.start : reference.span.end], reference.table, reference.row, reference.column,
        reference.span.start,
    )  # fmt: skip


# A neighbour's name: "grannområdena Hamre och Ekstorp", "Hamres stadsdelsnämnd".
_NEIGHBOURS = r"\bgrann\w* (?:[A-ZÅÄÖ][\w-]+(?:, | och ))*{name}\b|\b{name}s? (?:stadsdels|kommun|stad\b)"


def _anothers(question: Question, one: Asked) -> str | None:
    """Who else's a question asks about: "Norrby's net budget" in a plan that only works together with Norrby."""
    whose = plain(one.known.description.organisation or "")
    for found in re.finditer(r"\b([A-ZÅÄÖ][a-zåäöé]+?)(?:['’]s|s)?\b", question.text):
        name = found[1]
        owned = re.search(rf"\b{name}(?:['’]s|s) [a-zåäö]|\b(?:in|i|hos|at|har|hade|does|did) {name}\b", question.text)
        if owned and plain(name) not in whose and re.search(_NEIGHBOURS.format(name=name), one.searchable.plan.text):
            return name
    return None


def _in_form(draft: Draft, question: Question, asked: dict[int, Asked]) -> Draft:
    """The draft if it is certain, counts what it lists, or has something of the form that the question insists on,
    else nothing of it."""
    if draft.counted or (
        draft.certain and (not asks_who(question) or any(names_somebody(s.text, question) for s in draft.statements))
    ):
        return draft
    for statement in draft.statements:
        quotes = [asked[r.document].searchable.plan.text[r.span.start : r.span.end] for r in statement.support]
        year = next((asked[r.document].facts.year for r in statement.support), None)
        if "how_many" in question.asks and any(r.table for r in statement.support):
            quotes = []  # a row's cells say no more than the statement, and not what they are of
        if answers_form(" ".join([statement.text, *quotes]), question, year, " ".join(statement.labels)):
            return draft
    return replace(draft, statements=())

"""From a question to a verified answer, step by step: whose plan, what is asked, what answers, what is supported."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from retrieval.abstaining import no_plan_asked, not_asked, not_in_plan, without_plan
from retrieval.answerable import anothers, in_form
from retrieval.beside import with_otherwise
from retrieval.citing import called, cited, joined, supported
from retrieval.drafting import drafted
from retrieval.evidence.answer_types import Answer, Draft, ModelUnavailable, Reference
from retrieval.evidence.rank import MONEY, Asked, Ranked, Similar
from retrieval.evidence.year_told import asks_what_was_meant
from retrieval.facts.reckoned import tells_both
from retrieval.language.cues import Asks
from retrieval.language.dates import names_year
from retrieval.language.lexicon import Lexicon
from retrieval.language.phrases import say
from retrieval.language.swedish import Language
from retrieval.leant_on import leaning, told_before
from retrieval.one_plan import OnePlan
from retrieval.pointing import pointed
from retrieval.question.clauses import clauses
from retrieval.question.marks import undated, unmarked, year_against
from retrieval.question.question import Question, calmed, years_in
from retrieval.question.scope import Scope, begins, choose, other_years
from retrieval.question.turn import Turn, turn_of
from retrieval.reading import Library, Reader, with_told
from retrieval.several import of_all, of_another_year, of_each, set_against, with_year
from retrieval.store.known import Known

if TYPE_CHECKING:
    from retrieval.model.word import Writer  # LangChain takes half a second to import

log = logging.getLogger("plansvar")

# What asks whether a thing is as it was, or what has become of it.
_STILL = re.compile(
    r"\b(?:fortfarande|kvar|längre|ersatt\w*|försvunnit|vad hände med|hänt med|ble?[vi]r? (?:\w+ ){0,4}av|still"
    r"|any ?more|any longer|replaced|(?:be|ca)come? of|happened (?:to|with)|go(?:ing|es)? ahead|went ahead)\b",
    re.IGNORECASE,
)


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
        self.reader = Reader(library, lexicon, similar, clock)
        self.lexicon, self.contact, self.writer = lexicon, contact, writer

    @property
    def today(self) -> date:
        return self.reader.today

    def answer(
        self, question: str, history: Sequence[str] = (), scope: Scope = Scope(), language: Language | None = None
    ) -> Answer:
        """The answer to a question; `history` is the asker's earlier questions, oldest first. It is in the language of
        the question unless another is given."""
        started = time.perf_counter()
        text, earlier = calmed(question)[:2000], [calmed(each)[:2000] for each in history][-6:]
        turn = turn_of(text, earlier, self.reader.library.known(), scope, self.today)
        made = self._answer(turn, scope, language)
        return replace(made, seconds=round(time.perf_counter() - started, 4))

    def ranking(self, question: str, history: Sequence[str] = (), scope: Scope = Scope()) -> list[Ranked]:
        """What is looked at to answer a question, best first: what search finds, before anything is said of it."""
        text, earlier = calmed(question), [calmed(each) for each in history]
        turn = turn_of(text, earlier, self.reader.library.known(), scope, self.today)
        found: list[Ranked] = []
        for group in turn.chosen.groups:
            asked = self.reader.ready(group)
            before = told_before(turn, asked, self.reader)
            read = with_told(self.reader.understood(turn, asked), before, turn.history)
            found += self.reader.ranked(read, asked, before)
        return sorted(found, key=lambda each: -each.score)

    def _answer(self, turn: Turn, scope: Scope, language: Language | None) -> Answer:
        """The answer from whatever plans a turn is about: all there are, one against another, each of several, one."""
        reader, known = self.reader, self.reader.library.known()
        question = reader.understood(turn)
        question = replace(question, language=language or question.written)
        turn = replace(turn, language=question.language)
        if reply := not_asked(question, known):
            return reply
        made = (
            no_plan_asked(question, turn.chosen, known)
            or of_all(turn, question, scope, reader, self._from_plan_beside)
            or set_against(turn, reader)
            or of_each(turn, question, reader, self._from_plan_beside)
            or self._from_year(turn, question, scope)
        )
        return replace(made, answer=f"{made.answer}\n{self.contact}") if made.abstained and self.contact else made

    # One plan, or one year's after another's

    def _from_year(self, turn: Turn, question: Question, scope: Scope) -> Answer:
        """What the plan of the year asked for answers. Where a question asks whether a thing is still there, the year
        before's tells what it was, or where an earlier year is named the current one what became of it; and the plans
        after it tell how the year turned out, where they name it, or its own is silent."""
        if told := self._from_later(turn, question, scope):
            return told
        made = self._from_plan(turn, turn.chosen.groups[0])
        if _STILL.search(turn.text):
            # The year that is named is the one that it was planned for.
            undated = replace(turn, text=unmarked(turn.text, [str(begins(turn.chosen.groups[0][0]))]))
            if now := self._from_current(undated, scope):
                return joined([now, made])
            before = self._from_year_before(turn)
            if before and say("unsure", before.language) not in before.answer:
                return joined([made, before])
        now = self._from_current(turn, scope) if made.abstained else None
        return now or made

    def _from_later(self, turn: Turn, question: Question, scope: Scope) -> Answer | None:
        """What of a past year the plans after it tell, the newest first: its own was written before it was known how
        it turned out. None where it is asked what was planned, or what "is" in it, or none of them names the year first
        of all."""
        if len(question.years) != 1 or question.asks & _OF_PLANNED or asks_what_was_meant(question):
            return None
        if _IS.search(turn.text) and not _WAS.search(turn.text):
            return None
        year, group = question.years[0], turn.chosen.groups[0]
        usual = self._current(turn, scope)
        now = max(begins(group[0]) or 0, begins(usual[0]) or 0 if usual else 0)
        of_body = [*group, *other_years(self.reader.library.known(), group, now)]
        for later in sorted({at for d in of_body if (at := begins(d)) and year < at <= now}, reverse=True):
            plan = [d for d in of_body if begins(d) == later]
            made = self._from_plan(replace(turn, chosen=replace(turn.chosen, groups=(tuple(plan),))), plan)
            first = next(iter(made.citations), None)
            if first and str(year) in f"{first.quote} {first.column}":
                return made
        return None

    def _from_year_before(self, turn: Turn) -> Answer | None:
        """What the plan of the year before answers; None for nothing."""
        group = turn.chosen.groups[0]
        year = (begins(group[0]) or 0) - 1
        before = [d for d in other_years(self.reader.library.known(), group, year) if begins(d) == year]
        made = self._from_plan_beside(turn, before) if before else None
        return made if made and not made.abstained else None

    def _from_current(self, turn: Turn, scope: Scope) -> Answer | None:
        """What the current plan of the same body answers, where another year's is asked."""
        usual = self._current(turn, scope)
        if not usual or usual == turn.chosen.groups[0]:
            return None
        chosen = replace(turn.chosen, groups=(usual,), marks=(), dated=False)
        made = self._from_plan(replace(turn, chosen=chosen), usual)
        return None if made.abstained else made

    def _current(self, turn: Turn, scope: Scope) -> tuple[Known, ...]:
        """The current plan of the body whose plan of whichever year a turn asks; () for none."""
        whose = turn.chosen.groups[0][0].description
        body = replace(scope, organisation=whose.organisation, unit=whose.unit)
        usual = choose("", self.reader.library.known(), body, self.today)
        alone = len(usual.groups) == 1 and usual.groups[0][0].description.unit == whose.unit
        return usual.groups[0] if alone else ()  # the whole's plan doesn't speak for a unit's

    def _from_plan(self, turn: Turn, group: Sequence[Known], beside: bool = False) -> Answer:
        """What one plan answers: drafted, verified, cited, worded. `beside`: another one is asked as well."""
        reader = self.reader
        asked = reader.ready(group)
        turn, before = leaning(pointed(turn, asked, reader), asked, reader)
        question = with_told(reader.understood(turn, asked), before, turn.history)
        if beside:
            question = replace(question, asks=question.asks - {"compare"})
        whose = anothers(question, asked)
        other = None if whose else of_another_year(question, asked, _years_elsewhere(question, asked), reader)
        if other and (not other.abstained or ("target" in question.asks and "compare" not in question.asks)):
            return other
        draft, nearest = OnePlan(turn, question, asked, reader, before).drafted()
        if draft is not None:
            draft = with_otherwise(in_form(supported(question, draft, asked), question, asked), question, asked)
        if not beside and (year := _year_lacking(draft, question, asked)):
            both = with_year(turn, year, reader)
            each = (
                (set_against(both, reader) or of_each(both, question, reader, self._from_plan_beside)) if both else None
            )
            named = year == year_against(question, asked[0].facts.year)
            if each and not each.abstained and (named or len({c.document for c in each.citations}) > 1):
                return each
            if draft and named and not any(names_year(s.text, year, asked[0].facts.year) for s in draft.statements):
                draft = replace(draft, note=say("no_year", question.language, year=year))
        answer = cited(question, draft, asked) if draft and draft.statements else None
        if answer is None:
            draft = None
            if not (beside or other or whose) and (going_on := self._going_on(turn, group, question)):
                return going_on
            silent = not_in_plan(question, asked, nearest, self._of_this_year(turn, question, asked, nearest))
            answer = other or (without_plan(question, whose, reader.library.known()) if whose else silent)
        return answer if beside else self._worded(answer, turn, question, draft, nearest, asked)

    def _of_this_year(
        self, turn: Turn, question: Question, asked: Sequence[Asked], nearest: Sequence[Ranked]
    ) -> Reference | None:
        """Where the plan tells of its own year what is asked of another one; None where it does not, where that year
        is named there too, or for a list."""
        if not nearest or "list" in question.asks or not _years_elsewhere(question, asked):
            return None
        about, near = undated(question), nearest[0].hit.entry.unit
        draft, _ = OnePlan(replace(turn, text=about.text), about, asked, self.reader).drafted()
        told = in_form(supported(about, draft, asked), about, asked).statements if draft and not draft.unset else ()
        there = told[0].support[0] if told else None
        named = any(names_year(near.words, year, asked[0].facts.year) for year in question.years)
        return there if there and there.section == near.path and not named else None

    def _going_on(self, turn: Turn, group: Sequence[Known], question: Question) -> Answer | None:
        """What answers a turn that finds nothing by itself as one that goes on with what was told before it: it stands
        in the same place of the plan."""
        if not turn.history or turn.leant_on is not None or question.unknown or question.unknown_names:
            return None
        follow_up = replace(turn, points=True)
        before = told_before(follow_up, self.reader.ready(group), self.reader)
        made = self._from_plan(follow_up, group) if before else None
        if before is None or made is None or made.abstained or not made.citations:
            return None
        one, other = before.hit.entry.unit.path, made.citations[0].section
        return made if one.startswith(other) or other.startswith(one) else None

    def _from_plan_beside(self, turn: Turn, group: Sequence[Known]) -> Answer:
        """What one plan answers where others are asked as well."""
        return self._from_plan(turn, group, beside=True)

    def _worded(
        self, embedded: Answer, turn: Turn, question: Question, draft: Draft | None, nearest: Sequence[Ranked],
        asked: Sequence[Asked],
    ) -> Answer:  # fmt: skip
        """The answer as a model words it where all that it says is verified, else the embedded one.

        What was looked up stands as it is, and so does a refusal of what asks about something that no plan here knows.
        """
        if self.writer is None or question.unknown_names or anothers(question, asked):
            return embedded
        if draft is not None and (draft.by != "extract" or any(r.table for s in draft.statements for r in s.support)):
            return embedded
        reader = self.reader
        try:
            made = self.writer.draft(
                question, draft, nearest, asked, called(asked), self.today,
                search=lambda words: reader.ranked(reader.understood(turn.part(words), asked), asked),
                told=lambda found: drafted(question, [found], self.lexicon).statements,
            )  # fmt: skip
        except ModelUnavailable as error:
            log.warning("%s", error)
            return replace(embedded, answer=f"{embedded.answer}\n{say('without_model', question.language)}")
        if made is None or not in_form(made, question, asked).statements:
            return embedded
        return cited(question, made, asked) or embedded


_IS = re.compile(r"\b(?:är|blir|ska|skall|kommer|is|are|will)\b", re.IGNORECASE)
_WAS = re.compile(r"\b(?:var|blev|hade|fanns|kom|gick|fick|låg|was|were|had|did|got|came)\b", re.IGNORECASE)
# What a plan says of its own year beforehand.
_OF_PLANNED: frozenset[Asks] = MONEY | {"activities", "goals", "compare", "list", "price", "fee", "cost"}


def _years_elsewhere(question: Question, asked: Sequence[Asked]) -> Sequence[int]:
    """The years that a question asks a fact of, where none of them is the plan's own."""
    if "outcome" in question.asks or question.dates or any(one.facts.year in question.years for one in asked):
        return ()
    if "target" in question.asks and not all(map(years_in, clauses(question.text))):
        return ()  # "what do we aim at, and how was it in 2015?"
    return question.years


def _year_lacking(draft: Draft | None, question: Question, asked: Sequence[Asked]) -> int | None:
    """The year that a question sets the plan's own against, where a draft says nothing of it: the year before where it
    asks what has changed and names none."""
    year = asked[0].facts.year
    against = year_against(question, year)
    if against is None and year and draft and not draft.listed and _HAS_CHANGED.search(question.text):
        against = year - 1
    if against is None or draft is None or not draft.statements:
        return against
    first = draft.statements[0].text
    is_told = names_year(first, against, year) or (against + 1 == year and tells_both(first))
    return None if is_told else against


_HAS_CHANGED = re.compile(
    r".*\b(?:höj|sänk|skärp)(?:s|er|tes?|des?)\b|.*\b(?:did|why|how much)\b.*\b(?:raised?|lower(?:ed)?)\b"
    r"|(?=.*\b(?:har|blivit|have|has)\b).*\b(?:dyrare|billigare|ökat|minskat|höjts?|sänkts?|stigit|sjunkit|ändrats?|fler|färre"
    r"|cheaper|more expensive|risen|fallen|gone (?:up|down)|(?:increas|decreas|rais|lower|chang)ed|more|fewer)\b",
    re.IGNORECASE,
)

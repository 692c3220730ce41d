"""From a question to a verified answer, step by step: whose plan, what is asked, what answers, what is supported."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeGuard

from ingest.describe import plain
from ingest.plan import Activity, Description, Indicator, Passage, TableRow
from ingest.values import folded
from retrieval.answer_types import Answer, Citation, Computed, Draft, ModelUnavailable, Reference, Statement
from retrieval.extract import answers_form, prose_statements
from retrieval.lexicon import Lexicon
from retrieval.lookup import (
    TOTAL,
    Facts,
    activity_statement,
    extreme_statement,
    indicator_statement,
    row_statement,
    share_statement,
    year_difference,
)
from retrieval.phrases import say
from retrieval.question import Dates, Question, clauses, leans, lightened, understand
from retrieval.rank import LIKELY, MONEY, Asked, Ranked, Similar, ranked, sure
from retrieval.scope import Chosen, Known, Scope, choose
from retrieval.search import Concept, Searchable
from retrieval.swedish import near, stem, terms, tokens
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


_ALTERNATIVES, _CLOSE, _ROOM = 2, 0.9, 780  # what else is told: how many, how likely beside the best, characters of all
_CERTAIN = 0.75  # how sure the best entry has to be where it lacks the form that the question asks for
_LISTED = 20  # more are counted, not shown: a chat message is no table


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

    def answer(self, question: str, history: Sequence[str] = (), scope: Scope = Scope()) -> Answer:
        """The answer to a question; `history` is the asker's earlier questions, oldest first."""
        started = time.perf_counter()
        made = self._answer(folded(question)[:2000], [folded(h)[:2000] for h in history][-6:], scope)
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

    def _answer(self, text: str, history: Sequence[str], scope: Scope) -> Answer:
        known = self.library.known()
        chosen = choose(text, known, scope, self.today)
        if not chosen.named and history and not chosen.missing:
            earlier = choose(history[-1], known, scope, self.today)
            if earlier.named and leans(text):
                chosen = earlier
        first = self._understood(text, history, chosen)
        if not known:
            return self._refused(first, (), say("empty", first.language))
        if "instruction" in first.asks:
            return self._refused(first, (), say("instruction", first.language))
        if "greeting" in first.asks:
            return self._refused(first, (), say("greeting", first.language))
        if "personal" in first.asks:
            return self._refused(first, known, say("personal", first.language))
        if chosen.open:
            names = _some(d.description.organisation or d.name for d in known)
            return self._refused(first, known, say("which", first.language, plans=names))
        if not chosen.groups:
            plans = _some(plan_name(d.description) for d in known)
            return self._refused(first, known, say("no_plan", first.language, what=chosen.missing or "?", plans=plans))
        parts = [self._from_group(text, history, group, chosen, len(chosen.groups)) for group in chosen.groups]
        return self._joined(parts) if len(parts) > 1 else parts[0]

    # One plan

    def _understood(self, text: str, history: Sequence[str], chosen: Chosen, group: Sequence[Asked] = ()) -> Question:
        words = _Words(group, self.lexicon)
        year = next((a.facts.year for a in group), None)
        question = understand(text, self.lexicon, words, year, self.today, chosen.words)
        if sum(c.weight >= 0.5 for c in question.concepts) < 2 and chosen.named and group:
            whose = group[0].known.description.organisation or ""
            faint = Concept(whose, dict(terms(whose)), weight=0.3)
            question = replace(question, concepts=(*question.concepts, faint))
        if history and leans(text):
            skip = tuple(w for h in history for w in choose(h, self.library.known(), Scope(), self.today).words)
            before = [understand(h, self.lexicon, words, year, self.today, chosen.words + skip) for h in history[-2:]]
            inherited: list[Concept] = []
            for n, earlier in enumerate(reversed(before)):
                inherited += lightened(earlier.concepts, 0.7 if n == 0 else 0.35)
            have = {concept.words.casefold() for concept in question.concepts}
            extra = tuple(c for c in inherited if c.words.casefold() not in have)
            telling = [c for c in question.concepts if c.weight >= 0.5]
            asks = question.asks
            if len(telling) < 2:
                asks |= before[-1].asks & {
                    "target",
                    "money",
                    "net",
                    "costs",
                    "revenue",
                    "activities",
                    "price",
                    "how_many",
                }
            faded = tuple(lightened(question.concepts, 0.7))
            question = replace(question, concepts=faded + extra, asks=asks, before=history[-1])
        return question

    def _focus(self, text: str, history: Sequence[str], chosen: Chosen, asked: Sequence[Asked]) -> Ranked | None:
        """What the question before was answered with, where this one leans on it."""
        if not history or not leans(text):
            return None
        earlier = self._understood(history[-1], history[:-1], chosen, asked)
        ranked = self._ranked(earlier, asked, self._focus(history[-1], history[:-1], chosen, asked))
        return ranked[0] if ranked else None

    def _from_group(
        self, text: str, history: Sequence[str], group: Sequence[Known], chosen: Chosen, groups: int
    ) -> Answer:
        asked = [self._ready(document) for document in group]
        question = self._understood(text, history, chosen, asked)
        if groups > 1:
            question = replace(question, asks=question.asks - {"compare"})
        focus = self._focus(text, history, chosen, asked)
        draft, nearest = self._draft(question, asked, focus)
        if draft is not None and not draft.listed:
            draft = self._by_clause(clauses(text), question, draft, chosen, asked, focus)
        by_document = {a.known.id: a for a in asked}
        if draft is not None:
            names = [plan_name(a.known.description) for a in asked] + [str(a.facts.year) for a in asked]
            draft = verified(draft, lambda id_: by_document[id_].searchable.plan.text, names)
            draft = _in_form(draft, question, by_document)
        if draft is None or not draft.statements:
            draft, answer = None, self._abstained(question, asked, nearest)
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
        focus: Ranked | None,
    ) -> Draft:  # fmt: skip
        """A draft that answers each clause of a message by itself, where they ask about different things."""
        parts: list[Question] = []
        first: tuple[Concept, ...] = ()
        for piece in pieces:
            own = self._understood(piece, (), chosen, asked)
            if parts and not any(c.weight >= 0.5 for c in own.concepts):
                parts[-1] = replace(parts[-1], asks=parts[-1].asks | own.asks)  # "… and by when?"
                continue
            alone = sum(c.weight >= 0.5 and not c.name for c in own.concepts) >= 2
            concepts = own.concepts if alone else own.concepts + tuple(lightened(first, 0.6))
            parts.append(replace(own, concepts=concepts, language=question.language, dates=question.dates))
            first = first or own.concepts
        if len(parts) < 2:
            return whole
        drafts = []
        for part in parts:
            ranked = self._ranked(part, asked, focus)
            if ranked and ranked[0].hit.coverage >= 0.45:
                made, _ = self._draft(part, asked, focus)
                if made is not None and not made.listed:
                    drafts.append(made)
        if len(drafts) < len(parts):
            drafts = [whole, *drafts]
        statements: list[Statement] = []
        for made in drafts:
            for statement in made.statements[:2]:
                held = [(r.document, r.span) for s in statements for r in s.support]
                if not all(
                    any(d == r.document and h.start <= r.span.start and r.span.end <= h.end for d, h in held)
                    for r in statement.support
                ):
                    statements.append(statement)
        return Draft(tuple(statements[:4]), drafts[0].by)

    def _draft(
        self, question: Question, asked: Sequence[Asked], focus: Ranked | None = None
    ) -> tuple[Draft | None, list[Ranked]]:
        """What answers a question: what is due by its dates, else the best-ranked thing that has the form asked for."""
        ranked = self._ranked(question, asked, focus)
        for listed in (self._goals(question, asked), self._deadlines(question, asked, ranked)):
            if listed is not None:
                return listed, ranked
        if not ranked or ((likely := sure(ranked[0])) is not None and likely < LIKELY):
            return None, ranked
        by_document = {a.known.id: a for a in asked}
        tried: set[int] = set()
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
            draft = self._made(question, [candidate, *ranked[:n], *ranked[n + 1 :]])
            draft = replace(draft, certain=n == 0 and likely is not None and likely >= _CERTAIN)
            if _in_form(draft, question, by_document).statements:
                return self._with_alternatives(draft, question, candidate, ranked), ranked
        return None, ranked

    def _with_alternatives(self, draft: Draft, question: Question, chosen: Ranked, ranked: Sequence[Ranked]) -> Draft:
        """The draft, and what is nearly as likely to be the answer: where two are plausible, both are told."""
        if draft.listed or draft.unset or sure(chosen) is None:
            return draft
        statements = list(draft.statements)
        for other in ranked[: _ALTERNATIVES + 3]:
            if len(statements) > _ALTERNATIVES or other.score < _CLOSE * chosen.score:
                break
            if other.hit.entry.unit is chosen.hit.entry.unit or _is_said(other, statements):
                continue
            for statement in self._made(question, [other]).statements[:1]:
                if sum(len(each.text) for each in (*statements, statement)) <= _ROOM:
                    statements.append(statement)
        return replace(draft, statements=tuple(statements))

    def _made(self, question: Question, ranked: Sequence[Ranked]) -> Draft:
        """The draft that the first of the ranked things leads to."""
        item = ranked[0].hit.entry.unit.item
        if isinstance(item, Indicator):
            return self._indicators(question, ranked)
        if isinstance(item, Activity):
            return self._activities(question, ranked)
        if isinstance(item, TableRow):
            return self._rows(question, ranked)
        if "list" in question.asks:
            rows = [r for r in ranked[1:12] if _in_words(r.hit.entry.unit.item) and r.score >= 0.85 * ranked[0].score]
            if len(rows) >= 3 and len({r.hit.entry.unit.path for r in rows}) == 1:
                return self._rows(question, rows)
        return self._prose(question, ranked)

    def _ranked(self, question: Question, asked: Sequence[Asked], focus: Ranked | None = None) -> list[Ranked]:
        return ranked(question, asked, self.similar, focus)

    def _enough(self, question: Question, best: Ranked, asked: Sequence[Asked]) -> bool:
        """True where the best hit covers enough of the question to be its answer."""
        if question.unknown_names or _anothers(question, asked):
            return False
        hit = best.hit
        likely = sure(best)
        if likely is not None:
            return likely >= LIKELY
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
        if question.language == "sv":
            # A noun that nothing knows is most likely the subject: one more word in common is not yet an answer.
            strange = any(c.words in question.unknown and gain == 0 for c, gain in telling)
            if strange and sum(gain > 0 for _, gain in telling) < 2:
                return False
        there = [share for c, share in zip(question.concepts, hit.shares, strict=True) if c.weight >= 0.5]
        if there and max(there) < 0.55:  # nothing asked for is there but in parts of words, or far off
            return False
        return hit.coverage >= 0.25

    def _indicators(self, question: Question, ranked: Sequence[Ranked]) -> Draft:
        best = ranked[0]
        alike = [
            r
            for r in ranked
            if isinstance(r.hit.entry.unit.item, Indicator) and r.score >= 0.9 * best.score and r.fit >= 0.9 * best.fit
        ][:3]
        statements = []
        for r in alike:
            item = r.hit.entry.unit.item
            assert isinstance(item, Indicator)
            statements.append(indicator_statement(r.asked.facts, item, question, self.lexicon.gloss(item.name)))
        first = best.hit.entry.unit.item
        assert isinstance(first, Indicator)
        unset = (
            first.target is None
            and first.comment is None
            and "council" not in question.asks
            and "target" in question.asks
        )
        return Draft(tuple(statements[:1] if unset else statements), "lookup", unset=unset)

    def _activities(self, question: Question, ranked: Sequence[Ranked]) -> Draft:
        best = ranked[0]
        alike = ranked[:1]
        if question.asks & {"list", "activities"}:
            share = 0.6 if "list" in question.asks else 0.9
            among = [r for r in ranked if isinstance(r.hit.entry.unit.item, Activity)]
            alike = [r for r in among if r.score >= share * best.score][:6]
        short = 220 if len(alike) > 3 else None
        statements = []
        for r in alike:
            item = r.hit.entry.unit.item
            assert isinstance(item, Activity)
            statements.append(activity_statement(r.asked.facts, item, question.language, short))
        return Draft(tuple(statements), "lookup", listed=len(statements) > 1)

    def _rows(self, question: Question, ranked: Sequence[Ranked]) -> Draft:
        best = ranked[0]
        row = best.hit.entry.unit.item
        assert isinstance(row, TableRow)
        facts = best.asked.facts
        table = [
            r
            for r in facts.plan.rows
            if r.table == row.table and [c.column for c in r.cells] == [c.column for c in row.cells]
        ]
        numeric = any(cell.number is not None for cell in row.cells)
        asks = question.asks
        if numeric and asks & {"largest", "smallest"}:
            extreme = extreme_statement(facts, table, question)
            if extreme:
                return Draft((extreme,), "lookup")
        if numeric and "share" in asks and (asks & MONEY or row.kind != "budget"):
            whole = next((r for r in table if TOTAL.match(r.row) and r is not row), None)
            shared = share_statement(facts, row, whole, question) if whole else None
            if shared:
                return Draft((shared,), "lookup")
        if numeric and "compare" in asks:
            difference = year_difference(facts, row, question)
            if difference:
                return Draft((difference,), "lookup")
        if not numeric and "list" in asks:
            listed = [
                r
                for r in ranked
                if isinstance(r.hit.entry.unit.item, TableRow)
                and r.hit.entry.unit.item in table
                and r.score >= 0.45 * best.score
            ]
            listed.sort(key=lambda r: r.hit.entry.number)
            statements = [row_statement(facts, r.hit.entry.unit.item, question) for r in listed[:10]]  # type: ignore[arg-type]
            return Draft(tuple(statements), "lookup", listed=len(statements) > 1)
        same = [r for r in ranked if isinstance(r.hit.entry.unit.item, TableRow) and r.score >= 0.9 * best.score][:3]
        statements = [row_statement(r.asked.facts, r.hit.entry.unit.item, question) for r in same]  # type: ignore[arg-type]
        return Draft(tuple(statements), "lookup", listed=len(statements) > 1)

    def _prose(self, question: Question, ranked: Sequence[Ranked]) -> Draft:
        best = ranked[0]
        prose = [r for r in ranked if isinstance(r.hit.entry.unit.item, Passage) and r.asked is best.asked]
        statements = prose_statements(best.asked.facts, best.asked.searchable, [r.hit for r in prose], question, 700)
        section = best.hit.entry.unit.item.origin.section
        among = [r for r in prose if r.hit.entry.unit.item.origin.section == section and r.score >= 0.5 * best.score]
        have = [ref.span for s in statements for ref in s.support]
        for r in among[1:9] if "list" in question.asks else ():
            span = r.hit.entry.spans[0]
            if any(h.start <= span.start < h.end for h in have):
                continue
            extra = prose_statements(r.asked.facts, r.asked.searchable, [r.hit], question, 400)
            statements += extra
            have += [ref.span for s in extra for ref in s.support]
        room = 3000 if "list" in question.asks else 650
        while len(statements) > 1 and sum(len(s.text) for s in statements) > room:
            statements.pop()
        if question.language == "en":
            statements = _glossed(statements, question)
        return Draft(tuple(statements), "extract")

    # The goal ladder

    def _goals(self, question: Question, asked: Sequence[Asked]) -> Draft | None:
        """The goals of a rung, all of them or those under a number or on a subject; None where no rung is asked for."""
        rung = next((label for label, pattern in _RUNGS if pattern.search(question.text)), None)
        if (
            rung is None
            or not question.asks & {"list", "how_many", "goals"}
            or question.asks & {"activities", "until", "number"} - {"number"}
        ):
            return None
        if (
            "goals" in question.asks
            and not question.asks & {"list", "how_many"}
            and not re.search(r"\b(?:what|vad)\b", question.text, re.I)
        ):
            return None
        subject = {
            t
            for c in question.concepts
            if c.weight >= 0.9 and not _RUNG_WORDS.search(c.words)
            for t, w in c.terms.items()
            if w >= 0.6
        }
        on_subject: list[Statement] = []
        others: list[Statement] = []
        for one in asked:
            plan = one.searchable.plan
            for n, section in enumerate(plan.sections):
                if section.label != rung:
                    continue
                path = plan.path(n)
                if question.numbered and not any(
                    section.number.startswith(number) or f" {number} " in f" {path} " for number in question.numbered
                ):
                    continue
                text = " ".join(filter(None, (section.number, section.title)))
                own = {term for term, weight in terms(path) if weight >= 0.5}
                statement = Statement(text, (Reference(one.known.id, section.span, path),))
                (on_subject if subject & own else others).append(statement)
        statements = on_subject if on_subject and not question.numbered else on_subject + others
        if not statements or len(statements) > 40:
            return None
        return Draft(tuple(statements[:30]), "lookup", listed=True)

    # Activities by date

    def _deadlines(self, question: Question, asked: Sequence[Asked], ranked: Sequence[Ranked]) -> Draft | None:
        """The activities within the days a question names, those on its subject where there are any; else None."""
        dates = question.dates
        if dates is None or not question.asks & {"activities", "list", "until", "from", "when"}:
            return None
        wanted = [
            c
            for c in question.concepts
            if c.weight >= 0.9 and not _is_date(c.words) and not re.fullmatch(r"[\d.]+", c.words)
        ]
        found: list[tuple[Activity, Asked, float]] = []
        for one in asked:
            hits = {h.entry.number: h for h in one.searchable.search(wanted, ["activity"])} if wanted else {}
            for entry in one.searchable.entries:
                item = entry.unit.item
                if isinstance(item, Activity) and _within(item, dates):
                    if question.numbered and not any(
                        f" {number} " in f" {entry.unit.path} " for number in question.numbered
                    ):
                        continue
                    hit = hits.get(entry.number)
                    found.append((item, one, hit.coverage if hit else 0.0))
        if not found:
            return None
        best = max(coverage for _, _, coverage in found)
        if wanted and best >= 0.45 and not question.numbered:
            found = [f for f in found if f[2] >= 0.6 * best]
        elif wanted and ("activities" not in question.asks or self._is_of_another_kind(ranked)):
            return None
        own = re.search(
            r"\b(?:vår|our) (?:egen |own )?(?:stadsdelsnämnd|nämnd|board|district board)|\bvår egen\b|\bour own\b",
            question.text,
            re.I,
        )
        if own:
            name = asked[0].known.description.organisation or ""
            ours = [
                f
                for f in found
                if f[0].responsible
                and stem(f[0].responsible[0].split()[0].casefold().split("-")[0]) == stem(name.casefold().split("-")[0])
            ]
            found = ours or found
        spoken = question.language
        short = 220 if len(found) > 6 else None
        statements = [activity_statement(one.facts, item, spoken, short) for item, one, _ in found[:_LISTED]]
        return Draft(tuple(statements), "lookup", listed=True, more=len(found) - len(statements))

    @staticmethod
    def _is_of_another_kind(ranked: Sequence[Ranked]) -> bool:
        """True where what answers is certain, and no activity."""
        best = ranked[0] if ranked else None
        likely = sure(best) if best else None
        return best is not None and likely is not None and likely >= _CERTAIN and best.hit.kind != "activity"

    # With a model

    def _worded(
        self, embedded: Answer, question: Question, draft: Draft | None, nearest: Sequence[Ranked], chosen: Chosen,
        asked: Sequence[Asked],
    ) -> Answer:  # fmt: skip
        """The answer as a model words it where all that it says is verified, else the embedded one.

        What was looked up stands as it is, and so does a refusal of what asks about something that no plan here knows.
        """
        if self.writer is None or question.unknown_names or _anothers(question, asked):
            return embedded
        if draft is not None and (draft.by != "extract" or any(r.table for s in draft.statements for r in s.support)):
            return embedded
        names = [plan_name(a.known.description) for a in asked] + [str(a.facts.year) for a in asked]
        by_document = {a.known.id: a for a in asked}
        try:
            made = self.writer.draft(
                question, draft, nearest, asked, names, self.today,
                search=lambda words: self._ranked(self._understood(words, (), chosen, asked), asked),
                told=lambda found: self._made(question, [found]).statements,
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
                        citations.append(_citation(numbers[exact], exact, one))
                    marks.append(numbers[exact])
            computed += [Computed(s.value, s.formula, tuple(dict.fromkeys(marks))) for s in statement.computed]
            said = _UNBRACKETED.sub(r"(\1)", statement.text) + "".join(f" [{n}]" for n in dict.fromkeys(marks))
            lines.append(f"• {said}" if draft.listed else said)
        one = next(iter(asked.values()))
        used = [asked[id_] for id_ in dict.fromkeys(r.document for r in numbers)] or [one]
        name = "; ".join(dict.fromkeys(plan_name(u.known.description) for u in used))
        spoken = question.language
        if draft.listed and len(lines) > 1 and all(c.table == "Aktiviteter" for c in citations):
            count = len(lines) + draft.more
            lines.insert(0, say("found", spoken, count=count))
            computed.append(Computed(str(count), "count", tuple(c.n for c in citations)))
        if draft.more:
            lines.append(say("more", spoken, count=draft.more))
            computed.append(Computed(str(draft.more), "count", tuple(c.n for c in citations)))
        lines.append(say("plan", spoken, plan=name))
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

    def _abstained(self, question: Question, asked: Sequence[Asked], nearest: Sequence[Ranked]) -> Answer:
        spoken = question.language
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
        for part in parts:
            shift = len(citations)
            said.append(_renumbered(part.answer, shift))
            citations += [replace(c, n=c.n + shift) for c in part.citations]
            computed += [replace(c, sources=tuple(s + shift for s in c.sources)) for c in part.computed]
        answered = [p for p in parts if not p.abstained]
        return Answer(
            "\n\n".join(said), parts[0].language, not answered, answered[0].answered_by if answered else None,
            tuple(citations), tuple(computed), plan="; ".join(p.plan for p in parts),
        )  # fmt: skip


def _is_said(other: Ranked, statements: Sequence[Statement]) -> bool:
    """True where an entry's words are within what statements quote already."""
    quoted = [(r.document, r.span) for statement in statements for r in statement.support]
    return any(
        document == other.asked.known.id and held.start <= span.start and span.end <= held.end
        for span in other.hit.entry.spans
        for document, held in quoted
    )


# A plan's own number in brackets would read as one of the answer's citations.
_UNBRACKETED = re.compile(r"\[(\d+)\]")


def _in_words(item: object) -> TypeGuard[TableRow]:
    """True for a row of a table without figures, such as the premises."""
    return isinstance(item, TableRow) and not any(cell.number is not None for cell in item.cells)


def _renumbered(answer: str, shift: int) -> str:
    """An answer with its citation marks moved on: [1] becomes [3] where two citations go before."""
    return re.sub(r"\[(\d+)\]", lambda mark: f"[{int(mark[1]) + shift}]", answer)


def _some(names: Iterable[str], most: int = 8) -> str:
    """The first of some names, each once, and how many more there are."""
    each = list(dict.fromkeys(names))
    return ", ".join(each[:most]) + (f" (+{len(each) - most})" if len(each) > most else "")


def plan_name(description: Description) -> str:
    """How an answer names a plan: "Norrsjö, verksamhetsplan 2026"."""
    whose = ", ".join(filter(None, (description.organisation, description.unit)))
    what = " ".join(filter(None, (description.kind or description.title, str(description.period or ""))))
    return f"{whose}, {what}" if whose else what


def _citation(n: int, reference: Reference, one: Asked) -> Citation:
    plan = one.searchable.plan
    page = plan.page_at(reference.span.start)
    return Citation(
        n, one.known.name, reference.section, page.number if page else None, page.label if page else None,
        plan.text[reference.span.start : reference.span.end], reference.table, reference.row, reference.column,
        reference.span.start,
    )  # fmt: skip


def _is_date(words: str) -> bool:
    return (
        re.fullmatch(
            r"[\d\s/.-]*(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|january|february|march|may|june|july|august|october)?[\d\s/.-]*",
            words,
            re.I,
        )
        is not None
    )


def _within(item: Activity, dates: Dates) -> bool:
    day = item.start if dates.starts else item.end
    if day is None:
        return False
    return (dates.first is None or day >= dates.first) and (dates.last is None or day <= dates.last)


def _anothers(question: Question, asked: Sequence[Asked]) -> bool:
    """True where a question asks about what is another organisation's: "Norrby's net budget" in a plan that only works
    together with Norrby's administration."""
    for found in re.finditer(r"\b([A-ZÅÄÖ][a-zåäöé]+?)(?:['’]s|s)? (?=[a-zåäö])", question.text):
        name = found[1]
        owned = re.search(rf"\b{name}(?:['’]s|s) [a-zåäö]", question.text)
        for one in asked:
            ours = plain(name) in plain(one.known.description.organisation or "")
            if owned and not ours and re.search(rf"\b{name}s? (?:stadsdels|kommun|stad\b)", one.searchable.plan.text):
                return True
    return False


def _in_form(draft: Draft, question: Question, asked: dict[int, Asked]) -> Draft:
    """The draft if it is certain or something in it has the form the question insists on, else nothing of it."""
    if draft.certain:
        return draft
    for statement in draft.statements:
        quotes = [asked[r.document].searchable.plan.text[r.span.start : r.span.end] for r in statement.support]
        year = next((asked[r.document].facts.year for r in statement.support), None)
        if answers_form(" ".join([statement.text, *quotes]), question, year, " ".join(statement.labels)):
            return draft
    return replace(draft, statements=())


def _glossed(statements: Sequence[Statement], question: Question) -> list[Statement]:
    """Swedish quotes for an English asker: one lead-in, and the asker's own words beside those they were found as."""
    said: dict[str, str] = {}
    quotes = " ".join(s.text for s in statements)
    for concept in question.concepts:
        if concept.weight < 0.5 or concept.name or len(concept.words.split()) > 2:
            continue
        wanted = {term for term, weight in concept.terms.items() if weight >= 0.75}
        found = next((w for w in tokens(quotes) if len(w) > 3 and stem(w) in wanted), None)
        if found and found != concept.words.casefold():
            said.setdefault(found, concept.words.casefold())
    glosses = "; ".join(f"{word} = {meaning}" for word, meaning in list(said.items())[:4])
    lead, more = say("quoted", "en", quote=""), say("quoted_more", "en", quote="")
    shown = []
    for n, statement in enumerate(statements):
        text = statement.text
        if n and text.startswith(lead[:-1]):
            text = more[:1] + text.removeprefix(lead[:-1])
        shown.append(replace(statement, text=text))
    if glosses and shown:
        shown[-1] = replace(shown[-1], text=f"{shown[-1].text} {say('terms', 'en', terms=glosses)}")
    return shown


_RUNG_WORDS = re.compile(
    r"mål|goal|target|objective|kf|fullmäktig|council|nämnd|board|övergripande|overarching|enhet|unit|tre|three",
    re.IGNORECASE,
)
_RUNGS = (
    (
        "KF:s inriktningsmål",
        re.compile(
            r"\binriktningsmål\w*|\borientation goals?|\b(?:övergripande|överordnade) mål\w*"
            r"|\boverarching (?:goals?|objectives?)",
            re.IGNORECASE,
        ),
    ),
    (
        "Nämndmål",
        re.compile(r"\bnämndmål\w*|\bnämndens (?:egna )?mål\b|\bboard(?:'s)? (?:own )?goals?\b", re.IGNORECASE),
    ),
    ("Enhetsmål", re.compile(r"\benhetsmål\w*|\benhetens mål\b|\bunit(?:'s)? goals?\b", re.IGNORECASE)),
    (
        "KF:s mål för verksamhetsområdet",
        re.compile(
            r"\bkf:?s? (?:mål|-mål)\b(?! för (?:\w*frånvaro|\w*index))|\bkf-mål\w*|\barea goals?\b"
            r"|\bmål för verksamhetsområdet",
            re.IGNORECASE,
        ),
    ),
)

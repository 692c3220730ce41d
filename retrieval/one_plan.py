"""What one plan answers: an item of the list just given, what it lists, computes or tells, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.plan import Indicator, TableRow
from retrieval.answerable import in_form, is_enough, is_of_whole, numbered_alike
from retrieval.beside import (
    ALTERNATIVES,
    ROOM,
    begun_alike,
    fits,
    is_quoted,
    is_said,
    is_within,
    may_stand_beside,
    tells_more,
    worth,
)
from retrieval.drafting import drafted, fact_beside, fact_first
from retrieval.evidence.amounts import limit
from retrieval.evidence.answer_types import Draft, Statement
from retrieval.evidence.conditions import is_conditioned, is_unkept, meets
from retrieval.evidence.conditions import tells as tells_so
from retrieval.evidence.forms import has, insisted, lacks_form, says_who, tells, wished
from retrieval.evidence.lookup import with_left_empty
from retrieval.evidence.rank import CERTAIN, LIKELY, MONEY, Asked, Ranked, lacks, says_all, says_less, sure
from retrieval.evidence.year_told import asks_how_it_was, tells_how_it_was, tells_year
from retrieval.facts.areas import of_all_areas, with_areas
from retrieval.facts.comparing import compared
from retrieval.facts.dated import dated_listed
from retrieval.facts.due import activities_listed
from retrieval.facts.goals import commission_told, goals_listed, indicators_listed, set_beside_council, unset_listed
from retrieval.facts.growth import moved_listed
from retrieval.facts.lists import (
    alike_told,
    announced,
    enumerates,
    enumerating_first,
    items_listed,
    names_listed,
    way_told,
)
from retrieval.facts.overview import in_short, priorities_told
from retrieval.facts.reckoned import reckoned
from retrieval.facts.rows import lacking_listed, others_listed, rows_listed, whole_told, without_told
from retrieval.facts.standing import standing_told
from retrieval.foremost import (
    budget_first,
    denied_beside,
    denying,
    ended,
    foremost_first,
    heading_telling_who,
    turned_first,
    undenied,
)
from retrieval.lacking import lacks_named
from retrieval.language.cues import Asks
from retrieval.language.cues import asked as asked_in
from retrieval.language.phrases import say
from retrieval.question.aside import granted
from retrieval.question.clauses import clauses
from retrieval.question.concepts import lightened
from retrieval.question.leaning import item_named
from retrieval.question.question import Question
from retrieval.question.turn import Turn
from retrieval.reading import Reader
from retrieval.store.search import terms_of

# What kind of figure a question asks for holds for each part of it.
_OF_FIGURES: frozenset[Asks] = MONEY | {"target", "council", "price", "how_many", "compare"}
_OF_TIME: frozenset[Asks] = frozenset(("when", "until", "from", "date", "who", "why"))
_OF_TARGETS: frozenset[Asks] = frozenset(("target", "council", "number", "how_many", "share", "outcome"))
_OF_ONE: frozenset[Asks] = frozenset(("number", "how_many", "price", "compare", "when", "who", "why"))  # no list
_TRIED = 12  # of what is ranked
_OF_BEST = 0.5  # how much an outcome must have of what the best has of a question
_NEAR = 0.7  # of the best: what stands beside the answer to the first clause of a message
_COVERED = 0.45  # how much of a clause must be there, or of a question in what is not ranked first
_UNSURE = 0.3  # how likely what answers must be not to be told as doubtful: below, two of five are wrong
_CLOSE = 0.78  # what something is worth at least that is told beside, as a share of the best


@dataclass(frozen=True, slots=True)
class OnePlan:
    """A turn put to one plan, and what it asks there; `focus` is what was talked about before."""

    turn: Turn
    question: Question
    asked: Sequence[Asked]
    reader: Reader
    focus: Ranked | None = None

    def drafted(self) -> tuple[Draft | None, list[Ranked]]:
        """What answers, not verified yet, None for nothing; and all that may, best first."""
        n = item_named(self.turn.text) if self.turn.history else 0
        if n and (item := self._item(n)) is not None:
            return item, self._ranked(self.question, self.focus)
        draft, ranked = self._best(self.question, self.focus)
        if n or (draft is not None and draft.whole):
            return draft, ranked
        told = self._with_list(draft) or self._with_whole(draft, ranked) or self._by_clause(draft)
        if told is None and (over := ended(self.question, ranked)):
            told = drafted(self.question, [over], self.reader.lexicon)
        if (told is None or told.unset) and (denial := self._denial()):
            told = replace(drafted(self.question, [denial], self.reader.lexicon), certain=True)
        return told, ranked

    # The parts of a turn

    def _item(self, n: int) -> Draft | None:
        """The item of the list just given that has a number, with what is best said of it beside."""
        given, _ = self._best(self.reader.understood(self.turn.before, self.asked))
        if given is None or not given.listed or n > len(given.statements):
            return None
        item = given.statements[n - 1]
        name = next((r.row for r in item.support if r.row), None) or item.text
        sentences = (r for r in self._rank(name)[:3] if r.hit.kind == "passage" and (sure(r) or 0.0) >= CERTAIN)
        beside = next(sentences, None)
        more = () if beside is None or is_said(beside, [item]) else self._first(beside.question, beside)
        return Draft((item, *more), given.by, certain=True)

    def _denial(self) -> Ranked | None:
        """What says otherwise than the message takes for granted: "since the survey runs in March, …"."""
        if not (said := granted(self.turn.text)):
            return None
        premise = self.reader.understood(self.turn.part(said), self.asked)
        return denying(premise, self._ranked(premise)) if premise.things else None

    def _with_list(self, most: Draft | None) -> Draft | None:
        """What is most of some things, and all of them, where a message asks for both: "what risks are there, and which
        is the largest?"."""
        pieces = clauses(self.turn.text)
        if most is None or len(pieces) != 2 or not asked_in(pieces[1]) & {"largest", "smallest"}:
            return None
        listed, _ = self._best(self.reader.understood(self.turn.part(pieces[0]), self.asked))
        if listed is None or not listed.listed:
            return None
        said = most.statements[0]
        rows = {(r.document, r.span) for statement in listed.statements for r in statement.support}
        if not all((r.document, r.span) in rows for r in said.support):
            return None
        return replace(listed, statements=(said, *listed.statements), counted=None, certain=True)

    def _with_whole(self, part: Draft | None, ranked: Sequence[Ranked]) -> Draft | None:
        """What is told of a part, and the same of all together where a message asks for both."""
        for said in part.statements if part else ():
            for told in (each for each in ranked if is_said(each, [said])):
                if whole := whole_told(self.question, told):
                    return Draft((said, *whole.statements), "lookup", certain=True)
        return None

    def _by_clause(self, whole: Draft | None) -> Draft | None:
        """A draft that answers each clause by itself, where they ask about different things, and says which part the
        plan leaves unanswered; else the whole one."""
        parts = self._clauses()
        if len(parts) < 2 or (whole and self._tells_all(whole.statements[0].text, parts)):
            return whole
        made = self._of_clauses(parts)
        drafts = [
            draft for draft, part in zip(made, parts, strict=True) if draft and _is_about(draft, part, made[0], parts)
        ]
        if whole is not None and len(drafts) < len(parts):
            drafts = [whole, *drafts] if None in made else [*drafts, whole]
        if not drafts:
            return whole
        first = drafts[0]
        statements = list(first.statements) if first.listed else []
        in_turn = [(n, s) for n in (0, 1) for draft in drafts for s in draft.statements[n : n + 1]]
        for n, statement in in_turn:
            said = all(is_quoted(r.document, r.span, statements) for r in statement.support)
            less = next((m for m, each in enumerate(statements) if tells_more(statement, each)), None)
            if less is not None:
                statements[less] = statement  # the same row, with what another clause asks of it too
            elif not said and (n == 0 or fits(ROOM, *statements, statement)):
                # A quote that goes on from one told already stands for both.
                wider = (m for m, each in enumerate(statements) if is_within(each, statement))
                at = next(wider, len(statements))
                statements[at : at + 1] = [statement]
        kept = statements if first.listed else statements[:4]
        untold = [part for part, draft in zip(parts, made, strict=True) if draft is None and _is_left(part, kept)]
        left = "; ".join(part.text.rstrip(" ?") for part in untold)
        note = say("not_told", self.question.language, part=left) if left else ""
        return Draft(tuple(kept), first.by, first.listed, first.more, first.counted, certain=True, note=note)

    def _tells_all(self, words: str, parts: Sequence[Question]) -> bool:
        """True where a text tells what each clause asks; and names what they name, unless they lean."""
        leans = self.turn.leant_on is not None and all(map(wished, parts))
        plan_year = self.asked[0].facts.year
        return all(
            (not lacks_form(words, part) if leans else tells(words, part))
            and tells_year(words, part, plan_year)
            and (not asks_how_it_was(part) or tells_how_it_was(words))
            for part in parts
        )

    def _of_clauses(self, parts: Sequence[Question]) -> list[Draft | None]:
        """What answers each clause, None for nothing; the later ones are looked for first beside what answers the first
        one."""
        first, ranked = self._of_clause(parts[0])
        said = first.statements[:1] if first else ()
        told = next((each for each in ranked if is_said(each, said)), None)
        return [first, *(self._beside(part, told) or self._of_clause(part)[0] for part in parts[1:])]

    def _beside(self, part: Question, told: Ranked | None) -> Draft | None:
        """The sentence that answers a clause in the paragraph that the first one was answered from, where it has the
        form asked for and the clause leaves its subject to that."""
        if told is None or told.hit.kind != "passage" or not wished(part):
            return None
        ranked = self._ranked(part, self.focus)
        unit = told.hit.entry.unit
        near = (r for r in ranked[:_TRIED] if r.hit.entry.unit is unit and r.score >= _NEAR * ranked[0].score)
        formed = (r for r in near if r.hit.entry is not told.hit.entry and not lacks_form(r.hit.entry.words, part))
        found = next(formed, None)
        return Draft(self._first(part, found), "extract", certain=True) if found else None

    def _of_clause(self, part: Question) -> tuple[Draft | None, list[Ranked]]:
        """What answers one clause, where it is near enough to it: no list, unless of what is within the days that the
        message names; and all that may."""
        made, ranked = self._best(part, self.focus)
        near = any(r.hit.coverage >= _COVERED or (sure(r) or 0.0) >= CERTAIN for r in ranked[:1])
        answers = near and made and (not made.listed or self.question.dates is not None)
        return (made if answers else None), ranked

    def _clauses(self) -> list[Question]:
        """What each clause asks, with the subject of the first where it has none of its own."""
        parts: list[Question] = []
        for piece in clauses(self.turn.text):
            own = self.reader.understood(self._part(piece), self.asked)
            telling = [c for c in own.concepts if c.weight >= 0.5 and not says_who(c.words)]
            if parts and (not telling or ("council" in own.asks and not telling[1:])):
                if not _is_as_it_is(own, parts[-1]):
                    parts[-1] = replace(parts[-1], asks=parts[-1].asks | own.asks)  # "… and by when?"
                    continue
                own = replace(own, asks=own.asks | parts[-1].asks - _OF_TARGETS_ALONE, before=parts[-1].text)
            leant_on = parts[0].concepts if parts and len(telling) < 2 else ()
            concepts = (*own.concepts, *lightened(leant_on, 0.6))
            parts.append(replace(own, concepts=concepts, dates=self.question.dates))
        return parts

    def _part(self, piece: str) -> Turn:
        """A clause as a turn, which leans on the one before where the whole does."""
        return self.turn.part(piece) if self.turn.leant_on is None else replace(self.turn, text=piece, points=True)

    # What answers

    def _best(self, question: Question, focus: Ranked | None = None) -> tuple[Draft | None, list[Ranked]]:
        """What answers a question: a list that it asks for, what it computes, else the best-ranked thing that has the
        form asked for."""
        every = without_told(question, focus, self._ranked(question, focus))
        if lacks_named(question, every, self.asked):
            return None, every
        ranked = undenied(question, budget_first(question, numbered_alike(question, every)))
        for listed in self._lists(question, ranked):
            if listed is not None and in_form(listed, question, self.asked).statements:
                return listed, ranked
        if not ranked:
            return None, every
        turned = turned_first(question, ranked)
        if turned[0] is not ranked[0] and (told := self._told(question, turned)):
            return told, turned
        # No one entry is like a question of two things: each side is looked for, and judged, by itself.
        if not is_unkept(question) and (
            computed := compared(question, ranked, self._rank, lambda row: is_enough(question, row, self.asked), focus)
        ):
            return self._with_first(computed, question, ranked[0]), ranked
        ranked = foremost_first(question, ranked)
        likely = sure(ranked[0])
        if likely is not None and likely < LIKELY and not any(map(says_all, ranked[:_TRIED])):
            return None, ranked
        listed = announced(question, ranked)
        if listed is not None and is_conditioned(question) and not _is_met(listed, question):
            listed = None
        counting = enumerating_first(question, ranked)
        counted = counting[0] is not ranked[0] and counting[0].score >= _NEARLY * ranked[0].score
        if listed := listed or alike_told(question, ranked) or (None if counted else rows_listed(question, ranked)):
            return listed, ranked
        ranked = counting
        told = self._told(question, ranked)
        if told is not None and (heading := heading_telling_who(question, ranked[0])):
            return replace(told, statements=(heading, *told.statements[:ALTERNATIVES])), ranked
        return told, ranked

    def _lists(self, question: Question, ranked: Sequence[Ranked]) -> Iterator[Draft | None]:
        """What a question may ask to have listed, whether or not anything is ranked for it."""
        yield in_short(question, self.asked)
        yield priorities_told(question, self.asked)
        yield standing_told(question, self.asked)
        yield others_listed(question, self.focus)
        yield whole_told(question, self.focus)
        yield commission_told(question, self.asked, ranked)
        yield unset_listed(question, self.asked)
        yield lacking_listed(question, self.asked)
        if not (unkept := is_unkept(question)):
            yield set_beside_council(question, self.asked)
            yield indicators_listed(question, self.asked)
            yield goals_listed(question, self.asked)
            yield activities_listed(question, self.asked, ranked, self.reader.today)
            yield dated_listed(question, self.asked)
        yield way_told(question, self.asked)
        if not ranked or not enumerates(ranked[0], question):
            for told in (names_listed(question, self.asked), items_listed(question, ranked)):
                yield told if not unkept or _is_met(told, question) else None
        if not unkept or not limit(question.text):
            of_all = next((told for one in self.asked if (told := of_all_areas(one.facts, question))), None)
            beside = ranked[0] if ranked and "compare" in question.asks else None
            yield self._with_first(of_all, question, beside) if of_all and beside else of_all
        yield moved_listed(question, ranked, self._rank)

    def _told(self, question: Question, ranked: Sequence[Ranked]) -> Draft | None:
        """The best-ranked thing that has the form asked for."""
        least = _OF_BEST * ranked[0].hit.coverage if "outcome" in question.asks else 0.0
        conditioned = "list" in question.asks and is_conditioned(question)
        target: Draft | None = None  # told beside that the plan does not say how it turned out
        formless: list[Ranked] = []  # facts that are named, but not for the year or in the form asked for
        for n, candidate in enumerate(ranked[:_TRIED]):
            likely = sure(candidate)
            if conditioned and candidate.hit.kind != "passage" and not tells_so(candidate.hit.entry.words, question):
                continue  # tells of one that is otherwise
            far_off = candidate.hit.coverage < (_COVERED if n and likely is None else least)
            # An indicator that lacks what the first one has tells the figure of another thing.
            anothers = ranked[0].hit.kind == candidate.hit.kind == "indicator" and says_less(candidate, ranked[0])
            if far_off or anothers or not is_enough(question, candidate, self.asked):
                continue
            if is_of_whole(candidate, question):
                return target  # what is ranked after it is of another thing still
            if candidate.hit.kind != "passage" and any(says_less(candidate, fact) for fact in formless):
                continue
            draft = drafted(question, [candidate, *ranked[:n], *ranked[n + 1 :]], self.reader.lexicon)
            # How much money is told by no sentence without a number, however near it is.
            figured = "money" not in insisted(question) or has("number", draft.statements[0].text, question)
            certain = draft.certain or (n == 0 and (likely or 0.0) >= CERTAIN and figured)
            draft = reckoned(replace(draft, certain=certain), question, candidate)
            if draft.unset and question.asks & _OF_TIME and not question.asks & _OF_TARGETS:
                continue  # no target of an indicator tells when something is
            # A row or an activity has the form itself: one told beside it is another thing's.
            own = draft if candidate.hit.kind == "passage" else replace(draft, statements=draft.statements[:1])
            if _has_target_alone(draft, question, candidate):
                note = say("target_alone", question.language)
                target = target or replace(draft, statements=draft.statements[:1], unset=True, note=note)
                least = max(least, _AS_NEAR * candidate.hit.coverage)
                formless.append(candidate)
                continue
            if in_form(own, question, self.asked).statements:
                if conditioned:  # what is nearly as likely tells of others that are otherwise
                    unsure = not tells_so(draft.statements[0].text, question)
                else:
                    draft = fact_first(self._with_alternatives(draft, question, candidate, ranked), question)
                    unsure = likely is not None and likely < _UNSURE
                draft = with_areas(draft, question, {one.known.id: one.facts for one in self.asked})
                draft = _with_left_empty(draft, question, ranked)
                note = draft.note or _no_reason(draft, question)
                return replace(draft, note=note or (say("unsure", question.language) if unsure else ""))
            formless += [candidate] if candidate.hit.kind != "passage" else []
        return target

    def _with_first(self, draft: Draft, question: Question, first: Ranked) -> Draft:
        """What was computed, and what the plan says of it where that is ranked before any row."""
        if draft.listed or first.hit.kind != "passage":
            return draft
        more = () if is_said(first, draft.statements) else self._first(question, first)
        return replace(draft, statements=(*draft.statements, *more), note="")

    def _with_alternatives(self, draft: Draft, question: Question, chosen: Ranked, ranked: Sequence[Ranked]) -> Draft:
        """The draft, and what is nearly as likely to be the answer: where two are plausible, both are told."""
        if draft.unset:
            return draft
        statements = list(draft.statements)
        for other in begun_alike(chosen, ranked) if not question.asks & _OF_ONE else ():
            if not is_said(other, statements):
                statements += self._fresh(question, other, statements, ROOM)
        if sure(chosen) is None:
            return replace(draft, statements=tuple(statements))
        room = ROOM if chosen.hit.kind == "passage" else ROOM - 100
        first = self._to_tell_first(question, chosen, ranked)
        others = (r for r in ranked[:_TRIED] if r not in first and may_stand_beside(r, chosen))
        told, left = [chosen], [*first, *others]
        while left and len(statements) <= ALTERNATIVES:
            other = max(left, key=lambda each: (each in first, worth(each, told)))
            if other not in first and worth(other, told) < _CLOSE:
                break
            left.remove(other)
            more = [] if is_said(other, statements) else self._fresh(question, other, statements, room)
            statements += more
            told += [other] if more else []
        return replace(draft, statements=tuple(statements))

    def _to_tell_first(self, question: Question, chosen: Ranked, ranked: Sequence[Ranked]) -> list[Ranked]:
        """What is told beside the one chosen however near it is: what goes on, what denies, and a fact asked for."""
        going_on = self._going_on(question, chosen, ranked)
        found = (going_on, denied_beside(question, chosen, ranked), fact_beside(question, chosen, ranked))
        return [each for each in found if each and not lacks(each, chosen)]

    def _going_on(self, question: Question, chosen: Ranked, ranked: Sequence[Ranked]) -> Ranked | None:
        """The best other sentence in the form asked for that stands under the heading of the one chosen, where the turn
        before was answered from there too: what was told is hardly asked for again."""
        path = chosen.hit.entry.unit.path
        if self.focus is None or self.focus.hit.entry.unit.path != path or chosen.hit.kind != "passage":
            return None
        beside = (r for r in ranked[:_TRIED] if r.hit.kind == "passage" and r.hit.entry.unit.path == path)
        return next((r for r in beside if r is not chosen and not lacks_form(r.hit.entry.words, question)), None)

    def _fresh(self, question: Question, one: Ranked, told: Sequence[Statement], room: int) -> list[Statement]:
        """The first statement that an entry leads to, where there is room for it and it is not told already, as another
        place of the plan may say the same."""
        first = self._first(question, one)
        return [s for s in first if all(s.text not in each.text for each in told) and fits(room, *told, s)]

    def _first(self, question: Question, one: Ranked) -> tuple[Statement, ...]:
        """The first statement that an entry leads to."""
        return drafted(question, [one], self.reader.lexicon).statements[:1]

    def _ranked(self, question: Question, focus: Ranked | None = None) -> list[Ranked]:
        return self.reader.ranked(question, self.asked, focus)

    def _rank(self, part: str) -> list[Ranked]:
        """A part of the question ranked by itself."""
        own = self.reader.understood(self.turn.part(part), self.asked)
        kind = self.question.asks & _OF_FIGURES
        return self._ranked(replace(own, asks=own.asks | (kind if kind - {"compare"} else {"money"})))


def _with_left_empty(draft: Draft, question: Question, ranked: Sequence[Ranked]) -> Draft:
    """The draft, which says of each row that it has no figure of the year asked about where it has none."""
    rows = {e.spans[0]: item for r in ranked if isinstance(item := (e := r.hit.entry).unit.item, TableRow)}
    told = [(s, rows.get(s.support[0].span)) for s in draft.statements]
    return replace(draft, statements=tuple(with_left_empty(s, row, question) if row else s for s, row in told))


def _is_met(draft: Draft | None, question: Question) -> bool:
    """True where what a list begins with, or the heading above it, says what a question's condition does."""
    if draft is None:
        return False
    first = draft.statements[0]
    return any(meets(words, question) for words in (first.text.partition("\n")[0], first.support[0].section))


def _no_reason(draft: Draft, question: Question) -> str:
    """What is said where a question asks why, and figures are all that is told; "" elsewhere."""
    figures = all(any(r.table for r in statement.support) for statement in draft.statements)
    untold = figures and not any(has("reason", statement.text, question) for statement in draft.statements)
    return say("no_reason", question.language) if "why" in question.asks and untold else ""


def _has_target_alone(draft: Draft, question: Question, chosen: Ranked) -> bool:
    """True where a question asks how something turned out, and what is told is its target."""
    of_indicator = isinstance(chosen.hit.entry.unit.item, Indicator)
    return of_indicator and asks_how_it_was(question) and not tells_how_it_was(draft.statements[0].text)


_NEARLY = 0.7  # of the score of what ranks first, so that a sentence that counts up goes before rows
_AS_NEAR = 0.75  # how much another entry must have of a question beside the target alone of what is asked about


def _is_about(draft: Draft, part: Question, first: Draft | None, parts: Sequence[Question]) -> bool:
    """False where a clause leaves what it is about to the first one, and what answers it is of another thing: it stands
    under another heading, and says no more than half of what the first names."""
    names = {thing.words for thing in parts[0].things}
    leant = [concept for concept in part.concepts if concept.words in names]
    said = draft.statements[0]
    if part is parts[0] or first is None or said.support[0].section == first.statements[0].support[0].section:
        return True
    held = terms_of(said.text, said.support[0].section)
    return not leant or 2 * sum(concept.is_in(held) for concept in leant) > len(leant)


def _is_as_it_is(one: Question, other: Question) -> bool:
    """True where one of two clauses asks for a target, and the other how it is or was: "what do we aim at, and what is
    it today?"."""
    return any("target" in a.asks - b.asks and asks_how_it_was(b) for a, b in ((one, other), (other, one)))


_OF_TARGETS_ALONE: frozenset[Asks] = frozenset(("target", "council"))


def _is_left(part: Question, statements: Sequence[Statement]) -> bool:
    """True where no statement has the form that a clause about other things asks for, nor says any of those."""
    said = " ".join(statement.text for statement in statements)
    held = terms_of(said)
    others = [thing for thing in part.things if not held & thing.meant]
    return len(others) >= 2 and others == part.things and lacks_form(said, part)

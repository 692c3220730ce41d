"""One thing told: what the best-ranked entry leads to, as statements with their support."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.plan import Activity, Indicator, Passage, TableRow
from retrieval.evidence.answer_types import Draft, Statement
from retrieval.evidence.extract import is_expected, prose_statements
from retrieval.evidence.forms import has_time
from retrieval.evidence.lookup import (
    Facts,
    activity_statement,
    indicator_statement,
    of_council,
    row_statement,
    sides_asked,
    with_target,
)
from retrieval.evidence.rank import LIKELY, MONEY, Ranked, lacks, says_less, sure
from retrieval.evidence.tables import table_of
from retrieval.facts.one_row import of_one_row
from retrieval.facts.sides import is_counted
from retrieval.language.dates import is_moment
from retrieval.language.lexicon import Lexicon
from retrieval.language.phrases import say
from retrieval.language.swedish import STOP_WORDS, Token, spans, stem
from retrieval.question.question import Question
from retrieval.store.search import Concept


def drafted(question: Question, ranked: Sequence[Ranked], lexicon: Lexicon | None) -> Draft:
    """The draft that the first of the ranked things leads to."""
    item = ranked[0].hit.entry.unit.item
    if isinstance(item, Indicator):
        return _indicators(question, ranked, lexicon)
    if isinstance(item, Activity):
        return _activities(question, ranked)
    if isinstance(item, TableRow):
        return _rows(question, ranked)
    return _prose(question, ranked)


def _indicators(question: Question, ranked: Sequence[Ranked], lexicon: Lexicon | None) -> Draft:
    best = ranked[0]
    alike = [
        r
        for r in ranked
        if isinstance(r.hit.entry.unit.item, Indicator) and r.score >= 0.9 * best.score and r.fit >= 0.9 * best.fit
    ][:3]
    found = [(r.asked.facts, item) for r in alike if isinstance(item := r.hit.entry.unit.item, Indicator)]
    items = list(dict.fromkeys((facts, with_target(facts, item)) for facts, item in found))
    statements = [
        indicator_statement(facts, item, question, lexicon.gloss(item.name) if lexicon else None)
        for facts, item in items
    ]
    first = items[0][1]
    target = first.council_target if of_council(question.text) else first.target
    unset = target is None and first.comment is None  # a comment tells when it will be set: that is an answer
    return Draft(tuple(statements[:1] if unset else statements), "lookup", unset=unset)


def _activities(question: Question, ranked: Sequence[Ranked]) -> Draft:
    best = ranked[0]
    alike = ranked[:1]
    if question.asks & {"list", "activities"}:
        share = 0.6 if "list" in question.asks and not _WHICH_ONE.search(question.text) else 0.9
        among = [r for r in ranked if isinstance(r.hit.entry.unit.item, Activity)]
        least = _SAYS * best.hit.coverage
        alike = [r for r in among if r.score >= share * best.score and r.hit.coverage >= least][:6]
    items = [(r.asked.facts, item) for r in alike if isinstance(item := r.hit.entry.unit.item, Activity)]
    short = None if sum(len(item.text) for _, item in items) <= _ROOM else max(160, _ROOM // len(items))
    statements = [activity_statement(facts, item, question.language, short) for facts, item in items]
    note = say("undated", question.language) if _lacks_date(items, question) else ""
    return Draft(tuple(statements), "lookup", listed=len(statements) > 1, certain=bool(note), note=note)


def _lacks_date(items: Sequence[tuple[Facts, Activity]], question: Question) -> bool:
    """True where a question asks when one activity is, and its row has no time at all."""
    if len(items) != 1 or not question.asks & {"when", "until", "from", "date"}:
        return False
    facts, item = items[0]
    row = "\n".join(facts.plan.text[span.start : span.end] for span in item.origin.spans)
    return item.start is None and item.end is None and not has_time(row, "passage")


_SAYS = 0.6  # how much of what the best says of the question another must, to be listed beside it
_ROOM = 1000  # characters of several activities' words: more are cut
# One of a kind, asked for in English: "which course".
_WHICH_ONE = re.compile(
    r"\bwhich (?!of|ones?|are|have|do|did|will|should|can|people|children|staff)[a-z-]*[a-rt-z]\b", re.IGNORECASE
)


def _rows(question: Question, ranked: Sequence[Ranked]) -> Draft:
    best = ranked[0]
    row = best.hit.entry.unit.item
    assert isinstance(row, TableRow)
    if is_counted(best) and (computed := of_one_row(best, question)):
        return Draft(tuple(computed), "lookup", listed=len(computed) > 1)
    rows = [(r, item) for r in ranked if isinstance(item := r.hit.entry.unit.item, TableRow)]
    if "list" in question.asks and not is_counted(best):
        table = table_of(best.asked.facts, row)
        told = [(r, item) for r, item in rows if item in table and r.score >= 0.45 * best.score]
        told = sorted(told, key=lambda each: each[0].hit.entry.number)[:10]
    else:
        near = [(r, item) for r, item in rows if r.score >= 0.9 * best.score and not lacks(r, best)]
        sides = sides_asked(row, question)
        told = [(r, item) for r, item in near if sides <= sides_asked(item, question)][:3]
    statements = [row_statement(r.asked.facts, item, question) for r, item in told]
    return Draft(tuple(statements), "lookup", listed=len(statements) > 1)


def _prose(question: Question, ranked: Sequence[Ranked]) -> Draft:
    best = ranked[0]
    prose = [r for r in ranked if isinstance(r.hit.entry.unit.item, Passage) and r.asked is best.asked]
    statements = prose_statements(best.asked.facts, best.asked.searchable, [r.hit for r in prose], question, 700)
    section = best.hit.entry.unit.item.origin.section
    among = [r for r in prose if r.hit.entry.unit.item.origin.section == section and r.score >= 0.5 * best.score]
    for r in (r for r in among[1:9] if not says_less(r, best)) if "list" in question.asks else ():
        have = (ref.span for s in statements for ref in s.support)
        if not any(h.start <= r.hit.entry.spans[0].start < h.end for h in have):
            statements += prose_statements(r.asked.facts, r.asked.searchable, [r.hit], question, 400)
    room = 3000 if "list" in question.asks else 650
    while len(statements) > 1 and sum(len(s.text) for s in statements) > room:
        statements.pop()
    if question.language == "en":
        statements = _glossed(statements, question)
    return Draft(tuple(statements), "extract")


def fact_first(draft: Draft, question: Question) -> Draft:
    """The draft, with the sentence that tells how something is before one that tells what is hoped for."""
    first, *rest = draft.statements
    if not is_expected(first.support[0].section, question):
        return draft
    told = (s for s in rest if not s.support[0].table and not is_expected(s.support[0].section, question))
    fact = next((s for s in told if question.is_told_by(s.text) and re.search(r"\d", s.text)), None)
    others = tuple(s for s in draft.statements if s is not fact)
    return replace(draft, statements=(fact, *others)) if fact else draft


def fact_beside(question: Question, chosen: Ranked, ranked: Sequence[Ranked]) -> Ranked | None:
    """The fact of the kind asked for that is nearly as good as what was chosen, where that is none of the kind: the
    row of a table beside the sentence about its subject."""
    wanted = _kinds(question)
    if _kind(chosen) in wanted:
        return None
    near = [r for r in ranked[:12] if r.score >= _BESIDE * chosen.score and _kind(r) in wanted]
    near = [r for r in near if (sure(r) or 0.0) >= LIKELY]
    # Of rows nearly alike the one with no other name is meant: "Steps" before "Steps in the eastern park".
    return max((r for r in near if r.score >= _NEXT_TO * near[0].score), key=lambda r: r.fit, default=None)


_BESIDE, _NEXT_TO = 0.7, 0.8


def _kinds(question: Question) -> set[str]:
    """The kinds of fact that have what a question asks for."""
    asks = question.asks
    if asks & {"target", "council"}:
        return {"indicator"}
    kinds = {"activity"} if asks & {"until", "when", "from", "activities"} else set()
    if asks & {"number", "how_many", "price", "women", "men", *MONEY}:
        kinds |= {"counted", "indicator"}
    return kinds


def _kind(each: Ranked) -> str:
    return "counted" if is_counted(each) else each.hit.kind


_TRANSLATED = 0.95  # of the likeliest that the lexicon has for a word: the others may be far from it
_SHORTEST = 3  # letters; what has no more needs no explaining


def _glossed(statements: Sequence[Statement], question: Question) -> list[Statement]:
    """Swedish quotes for an English asker: one lead-in, and the asker's own words beside those they were found as."""
    quotes = " ".join(s.text for s in statements)
    words = [(token, stem(token.text)) for token in spans(quotes) if token.text not in STOP_WORDS]
    said: dict[str, str] = {}
    for concept in question.concepts if question.written == "en" else ():
        if concept.weight < 0.5 or concept.name or len(concept.words.split()) > 2 or is_moment(concept.words):
            continue
        found = quotes[_place(concept, words)].casefold()
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


def _place(concept: Concept, words: Sequence[tuple[Token, str]]) -> slice:
    """Where some words, each with its stem, are first what the lexicon has for a concept: whole terms, never one word
    of several. An empty slice where they are not."""
    terms = [*((weight, (term,)) for term, weight in concept.terms.items()), *concept.phrases]
    least = _TRANSLATED * max((weight for weight, _ in terms), default=0.0)
    for stems in (stems for weight, stems in terms if stems and weight >= least):
        for at in range(len(words) - len(stems) + 1):
            if tuple(key for _, key in words[at : at + len(stems)]) == stems:
                start, end = words[at][0].start, words[at + len(stems) - 1][0].end
                if end - start > _SHORTEST:
                    return slice(start, end)
    return slice(0)

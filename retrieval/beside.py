"""What is told beside what answers: what is worth it, where there is room, and what the plan says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.source import Span
from retrieval.check.check import disagreeing
from retrieval.evidence.answer_types import Draft, Statement
from retrieval.evidence.rank import Asked, Ranked, lacks, lacks_name, says_less
from retrieval.language.phrases import say
from retrieval.language.swedish import stem
from retrieval.question.question import Question

_NEW = 0.2  # what all of a question counts that nothing told has
ALTERNATIVES, ROOM = 2, 735  # what else is told: how many, how long it all may be


def with_otherwise(draft: Draft, question: Question, asked: Sequence[Asked]) -> Draft:
    """A draft, and what the plan says otherwise, in another place, of the very figures that it tells; where there is
    no room for all, without the last that it tells of something else."""
    by_document = {one.known.id: one for one in asked}
    found: dict[str, Statement] = {}
    for statement in draft.statements:
        one = by_document[statement.support[0].document]
        for each in disagreeing(one.searchable, one.facts, statement):
            other = each.statement(question.language)
            words = say("disagree", question.language, words=other.text)
            found.setdefault(other.text, replace(other, text=words))
    others = tuple(found.values())[:ALTERNATIVES]
    disputed = {r for other in others for r in other.support}
    told = list(draft.statements)
    while others and len(told) > 1 and disputed.isdisjoint(told[-1].support) and not fits(ROOM, *told, *others):
        told.pop()
    return replace(draft, statements=(*told, *others))


def begun_alike(chosen: Ranked, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The sentences that begin as the one chosen does, which are the items of one list: "We apply for money for …"."""
    start, least = _begins(chosen), _AS_MUCH * chosen.hit.coverage
    begun = (r for r in ranked if _begins(r) == start and r.hit.coverage >= least)
    return sorted(begun, key=lambda r: r.hit.entry.number)


def may_stand_beside(other: Ranked, chosen: Ranked) -> bool:
    """False for what is chosen itself, and for a fact of another unit, year or place."""
    if other.hit.entry.unit is chosen.hit.entry.unit or lacks(other, chosen):
        return False
    if other.hit.kind == chosen.hit.kind == "activity" and _names_all(chosen) and says_less(other, chosen):
        return False  # the same is done elsewhere at another time
    another = lacks_name(other.hit, other.question) and not lacks_name(chosen.hit, chosen.question)
    return other.hit.kind == "passage" or not another


def _names_all(each: Ranked) -> bool:
    """True where an entry says in full all that the question names."""
    held = zip(each.question.concepts, each.hit.shares, strict=True)
    return all(share >= _IN_FULL for concept, share in held if concept in each.question.things)


_IN_FULL = 0.8  # of a thing: by another form or word for it


def worth(other: Ranked, told: Sequence[Ranked]) -> float:
    """What an entry is worth beside some that are told: how near it is to the first of them, and how much of the
    question it has that none of them has."""
    first = told[0]
    found, total = 0.0, 0.0
    for n, concept in enumerate(first.question.concepts):
        weight = concept.weight * first.asked.searchable.rarity(concept)
        found += weight * max(0.0, other.hit.shares[n] - max(each.hit.shares[n] for each in told))
        total += weight
    return other.score / first.score + _NEW * found / (total or 1.0)


def _begins(each: Ranked) -> list[str]:
    """How a sentence begins, in whichever form its words are."""
    return [stem(word.casefold()) for word in each.hit.entry.words.split()[:_BEGINNING]]


_BEGINNING, _AS_MUCH = 4, 0.9  # words; how much of what that says of the question


def is_said(other: Ranked, statements: Sequence[Statement]) -> bool:
    """True where an entry's words are within what statements quote already."""
    return any(is_quoted(other.asked.known.id, span, statements) for span in other.hit.entry.spans)


def is_within(one: Statement, other: Statement) -> bool:
    """True where the words that a statement quotes are within those of another one."""
    prose = not one.computed and not any(r.table for r in one.support)
    return prose and all(is_quoted(r.document, r.span, [other]) for r in one.support)


def tells_more(one: Statement, other: Statement) -> bool:
    """True where of the same row a statement tells all that another does, and more."""
    sentences = other.text.split(". ")
    return one.support == other.support and one.text != other.text and all(said in one.text for said in sentences)


def is_quoted(document: int, span: Span, statements: Sequence[Statement]) -> bool:
    """True where some words are within what statements quote."""
    held = (r for statement in statements for r in statement.support if r.document == document)
    return any(r.span.start <= span.start and span.end <= r.span.end for r in held)


def fits(room: int, *statements: Statement) -> bool:
    return sum(len(statement.text) for statement in statements) <= room

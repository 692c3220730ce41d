"""From a draft to an answer: only what is supported is said, each statement with the numbers of its citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.plan import Plan
from retrieval.evidence.answer_types import Answer, Citation, Computed, Draft, Reference
from retrieval.evidence.naming import plan_name
from retrieval.evidence.rank import Asked
from retrieval.language.phrases import say
from retrieval.model.verify import quotable, verified
from retrieval.question.question import Question
from retrieval.store.known import Known


def cited(question: Question, draft: Draft, plans: Sequence[Asked]) -> Answer | None:
    """The answer that a draft makes with its citations, as far as the plans support it; None where nothing of it is."""
    draft = supported(question, draft, plans)
    if not draft.statements and not (draft.unset and draft.note):
        return None
    by_document = {one.known.id: one for one in plans}
    numbers: dict[Reference, int] = {}
    citations: list[Citation] = []
    computed: list[Computed] = []
    lines = []
    for statement in draft.statements:
        marks = []
        for reference in statement.support:
            one = by_document[reference.document]
            for span in quotable(one.searchable.plan.text, [reference.span]):
                exact = replace(reference, span=span)
                if exact not in numbers:
                    numbers[exact] = len(numbers) + 1
                    citations.append(citation(numbers[exact], exact, one.known, one.searchable.plan))
                marks.append(numbers[exact])
        computed += [Computed(s.value, s.formula, tuple(dict.fromkeys(marks))) for s in statement.computed]
        said = unbracketed(statement.text) + "".join(f" [{n}]" for n in dict.fromkeys(marks))
        lines.append(f"• {said}" if draft.listed else said)
    spoken, every = question.language, tuple(citation.n for citation in citations)
    if draft.counted and len(lines) > 1:
        count = len(lines) + draft.more
        lines.insert(0, say(draft.counted, spoken, count=count))
        computed.append(Computed(str(count), "count", every))
    if draft.more:
        lines.append(say("more", spoken, count=draft.more))
        computed.append(Computed(str(draft.more), "count", every))
    used = [by_document[id_] for id_ in dict.fromkeys(r.document for r in numbers)] or plans[:1]
    name = names(used)
    lines += [draft.note, say("plan", spoken, plan=name)]
    if any(one.known.description.status == "proposal" for one in used):
        lines.append(say("proposal", spoken))
    return Answer(
        "\n".join(filter(None, lines)), spoken, draft.unset, None if draft.unset else draft.by, tuple(citations),
        tuple(computed), plan=name,
    )  # fmt: skip


def supported(question: Question, draft: Draft, plans: Sequence[Asked]) -> Draft:
    """What the plans support of a draft. The plans' names and years need no quote, nor the years and days that the
    question itself names."""
    texts = {one.known.id: one.searchable.plan.text for one in plans}
    days = (question.dates.first, question.dates.last) if question.dates else ()
    given = [*called(plans), *(str(each) for each in (*question.years, *filter(None, days)))]
    return verified(draft, texts.__getitem__, given)


def called(plans: Sequence[Asked]) -> list[str]:
    """What some plans are called: their names, then their years."""
    return [plan_name(one.known.description) for one in plans] + [str(one.facts.year) for one in plans]


def names(plans: Sequence[Asked]) -> str:
    """The names of some plans as the last line of an answer has them."""
    return "; ".join(dict.fromkeys(plan_name(one.known.description) for one in plans))


def citation(n: int, reference: Reference, known: Known, plan: Plan) -> Citation:
    """The `n`th citation of an answer: what a reference to a document's plan quotes, and where it stands."""
    page = plan.page_at(reference.span.start)
    return Citation(
        n, known.name, reference.section, page.number if page else None, page.label if page else None,
        plan.text[reference.span.start : reference.span.end], reference.table, reference.row, reference.column,
        reference.span.start,
    )  # fmt: skip


def unbracketed(text: str) -> str:
    """A text whose own numbers in brackets don't read as citations of the answer it stands in."""
    return re.sub(r"\[(\d+)\]", r"(\1)", text)


def joined(parts: Sequence[Answer]) -> Answer:
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


def _renumbered(answer: str, shift: int) -> str:
    """An answer with its citation marks moved on: [1] becomes [3] where two citations go before."""
    return re.sub(r"\[(\d+)\]", lambda mark: f"[{int(mark[1]) + shift}]", answer)

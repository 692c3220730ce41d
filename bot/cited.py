"""Replies made of a plan's own facts, without a question: each statement verified, its citations numbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.plan import Passage, Plan
from ingest.source import Span
from ingest.values import folded
from retrieval.citing import citation, unbracketed
from retrieval.evidence.answer_types import Citation, Draft, Reference, Statement
from retrieval.evidence.lookup import Facts
from retrieval.evidence.naming import plan_name
from retrieval.language.sentences import sentences_in
from retrieval.model.verify import quotable, verified
from retrieval.store.known import Known
from retrieval.store.library import IndexLibrary


@dataclass(frozen=True, slots=True)
class Opened:
    """A stored document with its plan, and its facts ready to be referred to."""

    known: Known
    plan: Plan

    @property
    def facts(self) -> Facts:
        period = self.known.description.period
        return Facts(self.known.id, self.plan, period.start.year if period else None)

    def sentence(self, passage: Passage, span: Span) -> Statement:
        """A sentence of a passage, in the plan's own words."""
        section = self.plan.path(passage.origin.section)
        return Statement(self._words(span), (Reference(self.known.id, span, section),))

    def sentences(self) -> Iterable[tuple[Passage, Span, str]]:
        """Every sentence of the plan's prose: where it stands, and its words."""
        for passage in self.plan.passages:
            for span in sentences_in(self.plan.text, passage.origin.spans):
                yield passage, span, self._words(span)

    def _words(self, span: Span) -> str:
        return folded(self.plan.text[span.start : span.end]).lstrip("•·▪◦●○■–—\uf0b7\uf0a7 ")


def opened(library: IndexLibrary, documents: Iterable[Known]) -> list[Opened]:
    """The plans of some documents."""
    return [Opened(known, library.searchable(known.id).plan) for known in documents]


@dataclass(frozen=True, slots=True)
class Cited:
    """Statements as lines with citation numbers, and the citations; `kept` are those that were verified, in order."""

    lines: tuple[str, ...]
    citations: tuple[Citation, ...]
    kept: tuple[Statement, ...]
    numbers: tuple[int, ...]


def cited(statements: Sequence[Statement], plans: Sequence[Opened], first: int = 1) -> Cited:
    """The statements that their quotes support, cited from number `first` on; the others are left out."""
    by_id: Mapping[int, Opened] = {each.known.id: each for each in plans}
    given = [plan_name(each.known.description) for each in plans]
    draft = verified(Draft(tuple(statements), "lookup"), lambda id_: by_id[id_].plan.text, given)
    lines, citations, numbers = [], list[Citation](), []
    for statement in draft.statements:
        marks = []
        for reference in statement.support:
            one = by_id[reference.document]
            for span in quotable(one.plan.text, [reference.span]):
                marks.append(first + len(citations))
                citations.append(citation(marks[-1], replace(reference, span=span), one.known, one.plan))
        lines.append(unbracketed(statement.text) + "".join(f" [{n}]" for n in marks))
        numbers.append(marks[0])
    return Cited(tuple(lines), tuple(citations), draft.statements, tuple(numbers))

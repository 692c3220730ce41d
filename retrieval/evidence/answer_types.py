"""What an answer is made of, before and after it is verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from ingest.source import Span
from retrieval.language.swedish import Language

AnsweredBy = Literal["lookup", "extract", "model"]
Counted = Literal["found", "found_indicators", "found_commissions", "found_goals", "found_such"]


class ModelUnavailable(RuntimeError):
    """The language model could not be used; the message is one line with where it is and the trouble, and has nobody's
    words."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a statement's support stands: a document, the words, and for a table the table, row and column."""

    document: int
    span: Span
    section: str
    table: str | None = None
    row: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure that stands in no source, with what it was made of."""

    value: str
    formula: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or list item of an answer and what supports it; `labels` are table headers that it names."""

    text: str
    support: tuple[Reference, ...] = ()
    computed: tuple[Sum, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its citations are verified.

    `listed` sets each statement as an item of a list, `more` is how many are left out of it, `counted` what they are
    where they are counted; `unset` says that the plan leaves open what was asked, `certain` that what it says answers
    whatever its form, `whole` that it does so for all that a message asks; `note` is a sentence of ours about it.
    """

    statements: tuple[Statement, ...]
    by: AnsweredBy
    listed: bool = False
    more: int = 0
    counted: Counted | None = None
    unset: bool = False
    certain: bool = False
    note: str = ""
    whole: bool = False


def surely_told(statements: Iterable[Statement | None]) -> Draft | None:
    """What is looked up and answers whatever its form, each of several as an item of a list; None where there is
    nothing."""
    told = tuple(statement for statement in statements if statement)
    return Draft(told, "lookup", listed=len(told) > 1, certain=True) if told else None


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source of an answer, as the contract gives it.

    `start` is where its quote begins in the document's stored text.
    """

    n: int
    document: str
    section: str
    page: int | None
    page_label: str | None
    quote: str
    table: str | None = None
    row: str | None = None
    column: str | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A computed figure and the citations it was made from."""

    value: str
    formula: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer to one question."""

    answer: str
    language: Language
    abstained: bool
    answered_by: AnsweredBy | None
    citations: tuple[Citation, ...] = ()
    computed: tuple[Computed, ...] = ()
    seconds: float = 0.0
    plan: str = ""
    sections: tuple[str, ...] = field(default=())

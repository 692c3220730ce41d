"""A reply as a page shows it: its words with links where they cite, the table rows it stands on, a chart, files."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.beside import Fact, fact_at
from bot.message import Reply, Suggestion, Table
from bot.phrases import page_of
from bot.web.chart import Chart, chart_of
from bot.web.document import link
from bot.web.words import Words
from ingest.plan import Activity, Indicator, TableRow
from retrieval.evidence.answer_types import Citation
from retrieval.language.phrases import say
from retrieval.language.swedish import Language
from retrieval.store.index import UnknownDocument
from retrieval.store.library import IndexLibrary

_REFERENCE = re.compile(r"\[(\d{1,3})\]")
# What is read as one word though it has a space or hyphen in it: a date, an amount with its unit.
_WHOLE = re.compile(r"(\d{4}-\d\d-\d\d|(?<![\d,])\d{1,3}(?:[\s]\d{3})*(?:,\d+)?\s(?:%|mnkr|tkr|kr|st)(?!\w))")
_TABLES, _ROWS = 3, 12  # shown below an answer


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation's number in a text."""

    n: int
    link: str
    label: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Words that no line should break."""

    text: str


Piece = str | Whole | Mark


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or a list, each line in words and marks. An `aside` names the plan, a `table` is where tables go."""

    kind: str  # "paragraph", "list", "aside" or "table"
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A source below an answer: its number, its link, where it stands, and its words."""

    n: int
    link: str
    place: str
    section: str
    quote: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `copied` is what its button copies, None where it is no figure."""

    text: str
    numeric: bool = False
    copied: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A table below an answer."""

    caption: str
    columns: tuple[tuple[str, bool], ...]  # each with whether it holds figures
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class ReplyView:
    """All that the template of a reply needs."""

    language: Language
    parts: tuple[Part, ...]
    tables: tuple[Shown, ...]
    chart: Chart | None
    sources: tuple[Cited, ...]
    files: tuple[Attachment, ...]
    suggestions: tuple[Suggestion, ...]
    answer: str | None
    spoken: str  # what a screen reader is told when it arrives


def view_of(reply: Reply, library: IndexLibrary, w: Words) -> ReplyView:
    """A reply laid out; `w` are the words of whoever reads it. Its notice stands on the page already."""
    marks = {citation.n: _mark(citation, w) for citation in reply.citations}
    parts = list(_parts(reply, marks))
    facts = list(_facts(reply.citations, library))
    return ReplyView(
        language=reply.language,
        parts=tuple(_with_table(parts, reply.table) if reply.table else parts),
        tables=(_given(reply, reply.table, marks, w),) if reply.table else tuple(_behind(facts, marks, w)),
        chart=chart_of([(fact, citation.column) for citation, fact in facts if isinstance(fact, TableRow)]),
        sources=tuple(_cited(citation, w) for citation in reply.citations),
        files=tuple(
            Attachment(file.name, f"data:{file.media_type};base64,{base64.b64encode(file.content).decode()}")
            for file in reply.files
        ),
        suggestions=reply.suggestions,
        answer=reply.answer,
        spoken=_REFERENCE.sub("", reply.text),
    )


def where(citation: Citation, w: Words) -> str:
    """Where a citation stands, in a few words: document and page."""
    return ", ".join(filter(None, (citation.document, page_of(citation, w.language))))


def _mark(citation: Citation, w: Words) -> Mark:
    return Mark(citation.n, link(citation), w.open_source.format(n=citation.n, place=where(citation, w)))


def _cited(citation: Citation, w: Words) -> Cited:
    section = citation.section
    if citation.table and not section.endswith(citation.table):
        section = f"{section} › {citation.table}" if section else citation.table
    return Cited(citation.n, link(citation), where(citation, w), section, " ".join(citation.quote.split()))


def _parts(reply: Reply, marks: dict[int, Mark]) -> Iterator[Part]:
    source = say("plan", reply.language, plan="").strip()
    kinds = {"•": "list", "-": "list", "–": "list"}

    def kind(line: str) -> str:
        if line.startswith(source):
            return "aside"
        return kinds.get(line[:1], "paragraph") if line[1:2] == " " else "paragraph"

    lines = [line.strip() for line in reply.text.splitlines()]
    for name, group in groupby((line for line in lines if line), key=kind):
        found = tuple(tuple(_pieces(line[2:] if name == "list" else line, marks)) for line in group)
        if name == "list":
            yield Part(name, found)
        else:
            yield from (Part(name, (line,)) for line in found)


def _with_table(parts: Sequence[Part], table: Table) -> Sequence[Part]:
    """The text with a table in place of the list that says the same, row for row."""
    lists = [n for n, part in enumerate(parts) if part.kind == "list"]
    if not lists or sum(len(parts[n].lines) for n in lists) != len(table.rows):
        return parts
    return [*parts[: lists[0]], Part("table", ()), *parts[lists[-1] + 1 :]]


def _pieces(line: str, marks: dict[int, Mark]) -> Iterator[Piece]:
    for n, part in enumerate(_REFERENCE.split(line)):  # words and numbers in turn
        if n % 2 and (mark := marks.get(int(part))):
            yield mark
        elif n % 2:
            yield f"[{part}]"
        else:
            yield from (Whole(each) if m % 2 else each for m, each in enumerate(_WHOLE.split(part)) if each)


def _facts(citations: Sequence[Citation], library: IndexLibrary) -> Iterator[tuple[Citation, Fact]]:
    """The table rows that an answer cites, whole, as the plans have them."""
    known = {each.name: each.id for each in library.known()} if citations else {}
    for citation in citations:
        if citation.start is None or citation.table is None or citation.document not in known:
            continue
        try:
            plan = library.searchable(known[citation.document]).plan
        except UnknownDocument:  # stored anew since it was answered from
            continue
        end = citation.start + len(citation.quote)
        if plan.text[citation.start : end] != citation.quote:
            continue
        if fact := fact_at(plan, citation.start):
            yield citation, fact


def _behind(facts: Sequence[tuple[Citation, Fact]], marks: dict[int, Mark], w: Words) -> Iterator[Shown]:
    """The tables that an answer's rows are from, a few rows each; a list of activities says it all itself."""
    if len(facts) > _ROWS:
        return
    grouped = groupby(
        (each for each in facts if not isinstance(each[1], Activity)), key=lambda each: _columns(each[1], w)
    )
    for (caption, columns), group in [(key, list(group)) for key, group in grouped][:_TABLES]:
        rows = []
        seen = set()
        for citation, fact in group:
            if fact.origin in seen:
                continue
            seen.add(fact.origin)
            values = _values(fact)
            cells = [Cell(values[0] or "")]
            for (name, _), value, is_figure in zip(columns[1:], values[1:], _figures(fact), strict=True):
                cells.append(
                    Cell(
                        value or "",
                        is_figure,
                        f"{value} ({values[0]}, {name}; {where(citation, w)})" if is_figure else None,
                    )
                )
            rows.append(Row(tuple(cells), marks[citation.n]))
        yield Shown(caption, columns, tuple(rows))


def _columns(fact: Fact, w: Words) -> tuple[str, tuple[tuple[str, bool], ...]]:
    """The caption of a fact's table, and its columns with whether they hold figures."""
    if isinstance(fact, TableRow):
        return w.table.format(table=fact.table), (
            (w.row, False),
            *((cell.column, cell.number is not None or not cell.written) for cell in fact.cells),
        )
    names = (w.indicator, w.target, w.council_target, w.reporting)
    return w.table.format(table=w.indicators), tuple((name, n in (1, 2)) for n, name in enumerate(names))


def _values(fact: Fact) -> tuple[str | None, ...]:
    if isinstance(fact, TableRow):
        return (fact.row, *(cell.written for cell in fact.cells))
    assert isinstance(fact, Indicator)
    return (fact.name, fact.target, fact.council_target, fact.period)


def _figures(fact: Fact) -> tuple[bool, ...]:
    if isinstance(fact, TableRow):
        return tuple(cell.number is not None for cell in fact.cells)
    assert isinstance(fact, Indicator)
    return tuple(bool(value) and str(value)[0].isdigit() for value in (fact.target, fact.council_target, None))


def _given(reply: Reply, table: Table, marks: dict[int, Mark], w: Words) -> Shown:
    """The table that came with a reply."""
    sources = table.sources or (None,) * len(table.rows)
    cited = {citation.n: citation for citation in reply.citations}
    rows = []
    for values, n in zip(table.rows, sources, strict=True):
        citation = cited.get(n) if n is not None else None
        cells = []
        for column, value in enumerate(values):
            figure = column in table.numeric and bool(value)
            place = f"; {where(citation, w)}" if citation else ""
            cells.append(
                Cell(
                    value,
                    column in table.numeric,
                    f"{value} ({values[0]}, {table.columns[column]}{place})" if figure else None,
                )
            )
        rows.append(Row(tuple(cells), marks.get(n) if n is not None else None))
    return Shown("", tuple((name, n in table.numeric) for n, name in enumerate(table.columns)), tuple(rows))

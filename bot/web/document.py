"""A stored plan as a page shows it: outline, headings, prose and tables in reading order, with the cited words marked.

Words are cut from the stored text wherever they may be cited, so that what is marked is what was quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal
from urllib.parse import quote as quoted

from bot.beside import Fact
from ingest.plan import Activity, Indicator, Origin, Passage, Plan, TableRow
from ingest.source import Page, Span
from retrieval.evidence.answer_types import Citation

_BULLET = re.compile(r"^[^\S\n]*[•·▪◦●‣\-–\ue000-\uf8ff][^\S\n]+", re.MULTILINE)
INDICATORS = ("indicator", "target", "council_target", "reporting", "comment")  # names of words, as columns
ACTIVITIES = ("activity", "start", "end")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row, cited or not. `first` is the beginning of what is cited: where the page opens."""

    text: str
    cited: bool = False
    first: bool = False


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading; `level` counts from 1, `id` is its anchor."""

    id: str
    level: int
    label: Pieces
    pieces: Pieces
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph, and the list it leads into, where there is one."""

    pieces: Pieces
    items: tuple[Pieces, ...] = ()
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell."""

    pieces: Pieces
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: its heading and the cells after it."""

    head: Pieces
    cells: tuple[Cell, ...]
    cited: bool
    part: bool = False  # of a row above
    group: str = ""  # what the rows from here on stand under


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `columns` are names as the plan writes them, or keys of our own words where `known`."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    known: bool = False
    numeric: frozenset[int] = frozenset()
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True, slots=True)
class PageMark:
    """The beginning of a page."""

    page: Page
    kind: Literal["page"] = "page"


Block = Heading | Prose | Grid | PageMark


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline, with the lines below it."""

    id: str
    title: str
    below: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class View:
    """A document laid out. `at` is the block where the cited words begin; `apart` are cited words that no block shows,
    such as a line of a page's head."""

    blocks: tuple[Block, ...]
    outline: tuple[Entry, ...]
    cited: bool = False
    at: int | None = None
    apart: str = ""


def link(citation: Citation) -> str:
    """Where a citation stands in the document view, as a path of this server."""
    return place(citation.document, citation.start, len(citation.quote))


def place(document: str, start: int | None, length: int) -> str:
    """The same, from a document's name and the place of the words in its text."""
    path = f"/documents/{quoted(document)}"
    return path if start is None else f"{path}?from={start}&to={start + length}#cited"


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans have a character in common."""
    return one.start < other.end and other.start < one.end


def lay_out(plan: Plan, cited: Span | None = None) -> View:
    """A plan as blocks in reading order, with the cited words marked."""
    return _Layout(plan, cited).view()


class _Layout:
    """Makes one view; `found` says whether the cited words have been met."""

    def __init__(self, plan: Plan, cited: Span | None) -> None:
        self.plan, self.cited = plan, cited
        self.found = False
        self.levels = _levels(plan)

    def view(self) -> View:
        blocks: list[Block] = []
        at: int | None = None
        for block in self._blocks():
            if self.found and at is None:
                at = len(blocks)
            blocks.append(block)
        apart = "" if self.found or not self.cited else self.plan.text[self.cited.start : self.cited.end].strip()
        return View(tuple(blocks), _outline(self.plan), self.cited is not None, at, apart)

    def _blocks(self) -> Iterator[Block]:
        plan = self.plan
        placed: tuple[Passage | Fact, ...] = (*plan.passages, *plan.indicators, *plan.activities, *plan.rows)
        parts: list[tuple[int, int | Span | Passage | Fact]] = [
            *((section.span.start, n) for n, section in enumerate(plan.sections)),
            *((_start(each.origin), each) for each in placed),
            *((each.span.start, each.span) for each in plan.unplaced),
        ]
        parts.sort(key=lambda part: part[0])
        pages = iter([page for page in plan.pages if page.number is not None or page.label])
        ahead = next(pages, None)
        facts: list[Fact] = []

        def flush() -> Iterator[Block]:
            if facts:
                yield self._grid(facts)
                facts.clear()

        for start, part in parts:
            page: Page | None = None
            while ahead and ahead.start <= start:
                page, ahead = ahead, next(pages, None)
            if isinstance(part, Indicator | Activity | TableRow):
                if facts and (page or not _alike(facts[-1], part)):
                    yield from flush()
                if page:
                    yield PageMark(page)
                facts.append(part)
                continue
            yield from flush()
            if page:
                yield PageMark(page)
            if isinstance(part, int):
                yield self._heading(part)
            elif isinstance(part, Span):
                yield self._prose((part,))
            else:
                yield self._prose(part.origin.spans)
        yield from flush()

    def _heading(self, n: int) -> Heading:
        """A heading whose label is told apart from its words, where the text has it before them."""
        section = self.plan.sections[n]
        words = self.plan.text[section.span.start : section.span.end]
        label = section.label
        if label and words.startswith(label) and len(words.strip()) > len(label) + 1:
            begins = len(label) + len(words[len(label) :]) - len(words[len(label) :].lstrip(": \n"))
            return Heading(
                f"s{n}",
                self.levels[n],
                self._cut(Span(section.span.start, section.span.start + len(label))),
                self._cut(Span(section.span.start + begins, section.span.end)),
            )
        return Heading(f"s{n}", self.levels[n], (), self._cut(section.span))

    def _prose(self, spans: Sequence[Span]) -> Prose:
        pieces: list[Piece] = []
        items: list[list[Piece]] = []
        for span in spans:
            words = self.plan.text[span.start : span.end]
            bullets = [*_BULLET.finditer(words)]
            ends = [match.start() for match in bullets] + [len(words)]
            into = items[-1] if items else pieces
            into += [*([Piece(" ")] if into else []), *self._cut(Span(span.start, span.start + ends[0]))]
            for match, end in zip(bullets, ends[1:], strict=True):
                items.append([*self._cut(Span(span.start + match.end(), span.start + end))])
        return Prose(tuple(pieces), tuple(map(tuple, items)))

    def _grid(self, facts: Sequence[Fact]) -> Grid:
        first = facts[0]
        if isinstance(first, Indicator):
            used = [n for n, name in enumerate(_FIELDS) if n == 0 or any(getattr(fact, name) for fact in facts)]
            rows = [self._plain(fact, [getattr(fact, _FIELDS[n]) for n in used]) for fact in facts]
            columns = tuple(INDICATORS[n] for n in used)
            return Grid("indicators", columns, tuple(rows), known=True)
        if isinstance(first, Activity):
            rows = [
                self._plain(fact, [fact.text, *(day.isoformat() if day else None for day in (fact.start, fact.end))])
                for fact in facts
                if isinstance(fact, Activity)
            ]
            return Grid("activities", ACTIVITIES, tuple(rows), known=True)
        table = [fact for fact in facts if isinstance(fact, TableRow)]
        columns = tuple(cell.column for cell in first.cells)
        numeric = frozenset(
            n
            for n in range(len(columns))
            if all(row.cells[n].number is not None or not row.cells[n].written for row in table)
        )
        return Grid(first.table, ("", *columns), tuple(self._table_rows(table, numeric)), numeric=numeric)

    def _table_rows(self, table: Sequence[TableRow], numeric: frozenset[int]) -> Iterator[Row]:
        names = {row.row for row in table}
        above: str | None = None
        for row in table:
            cited = self._is_cited(row.origin)
            part = row.parent in names
            group = row.parent if row.parent and not part and row.parent != above else ""
            above = row.parent
            head = self._written(row.row, cited)
            cells = tuple(
                Cell(self._written(cell.written, cited), n in numeric and cell.number is not None)
                for n, cell in enumerate(row.cells)
            )
            yield Row(head, cells, cited, part, group)

    def _plain(self, fact: Fact, values: Sequence[str | None]) -> Row:
        cited = self._is_cited(fact.origin)
        head, *cells = (self._written(value, cited) for value in values)
        return Row(head, tuple(map(Cell, cells)), cited)

    def _is_cited(self, origin: Origin) -> bool:
        """Whether a table row is cited: it is then marked as a whole, since its cells are not always known apart."""
        cited = self.cited
        return cited is not None and any(overlap(span, cited) for span in origin.spans)

    def _written(self, words: str | None, cited: bool) -> Pieces:
        return (self._piece(words, cited),) if words else ()

    def _cut(self, span: Span) -> Pieces:
        """Words of the stored text, divided where the cited ones begin and end."""
        cited = self.cited
        if not cited or not overlap(span, cited):
            return (Piece(self.plan.text[span.start : span.end]),)
        cuts = (span.start, max(span.start, cited.start), min(span.end, cited.end), span.end)
        parts = [self.plan.text[start:end] for start, end in pairwise(cuts)]
        return tuple(self._piece(part, cited=n == 1) for n, part in enumerate(parts) if part)

    def _piece(self, text: str, cited: bool) -> Piece:
        first = cited and not self.found
        self.found = self.found or cited
        return Piece(text, cited, first)


_FIELDS = ("name", "target", "council_target", "period", "comment")


def _start(origin: Origin) -> int:
    return origin.spans[0].start if origin.spans else 0


def _alike(one: Fact, other: Fact) -> bool:
    """Whether two facts are rows of the same table."""
    if type(one) is not type(other) or one.origin.section != other.origin.section:
        return False
    if isinstance(one, TableRow) and isinstance(other, TableRow):
        return one.table == other.table and [cell.column for cell in one.cells] == [c.column for c in other.cells]
    return True


def _levels(plan: Plan) -> list[int]:
    """How deep each section lies, from 1: never more than one step below the one above, as headings should be."""
    levels: list[int] = []
    for section in plan.sections:
        levels.append(1 if section.parent is None else levels[section.parent] + 1)
    return levels


def _outline(plan: Plan) -> tuple[Entry, ...]:
    top: list[Entry] = []
    entries: list[Entry] = []
    for n, section in enumerate(plan.sections):
        entry = Entry(f"s{n}", " ".join(part for part in (section.number, section.title) if part) or section.label)
        entries.append(entry)
        (top if section.parent is None else entries[section.parent].below).append(entry)
    return tuple(top)

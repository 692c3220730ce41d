"""Plans and reports as tables for the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.facts import KINDS, Kind
from bot.ingesting import Ingested
from bot.words import words
from ingest.plan import Origin, Plan, TableRow
from retrieval.store.index import Document

if TYPE_CHECKING:  # what makes calendars need not be loaded for every table
    from bot.deadlines import Deadline

_WIDE = 300  # columns where there is no terminal that says


def console() -> Console:
    """Where tables go: stdout, as wide as the terminal."""
    return Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False)


def report(results: Iterable[Ingested], documents: Mapping[str, Document]) -> Table:
    """What became of each file, and how much of each kind was read."""
    w = words()
    kinds = (w.pages, w.sections, w.passages, w.indicators, w.activities, w.budget, w.rows, w.unplaced)
    table = _table("", w.document, w.outcome, *kinds, numbers=len(kinds))
    for result in results:
        stored = documents.get(result.document) if result.outcome not in ("failed", "left_out") else None
        outcome: str = getattr(w, result.outcome)
        table.add_row(Text(result.document), outcome, *(_counts(stored) if stored else [""] * len(kinds)))
    return table


def listing(documents: Iterable[Document], embedder: str) -> Table:
    """What is stored."""
    w = words()
    kinds = (w.pages, w.sections, w.passages, w.indicators, w.activities, w.budget, w.rows, w.unplaced)
    about = (w.document, w.organisation, w.unit, w.period, w.status, w.vectors)
    table = _table("", *about, *kinds, numbers=len(kinds))
    for document in documents:
        says = document.description
        status = getattr(w, says.status) if says.status else ""
        vectors = w.yes if document.is_embedded(embedder) else w.no
        values = (document.name, says.organisation, says.unit, says.period, status, vectors)
        table.add_row(*(_cell(value) for value in values), *_counts(document))
    return table


def plan_tables(document: str, plan: Plan) -> Iterable[Table]:
    """Everything that was read of a plan, as tables."""
    w = words()
    outline = _table(f"{document}: {w.sections}", w.page, w.section, numbers=0)
    for section in plan.sections:
        page = plan.page_at(section.span.start)
        outline.add_row(_cell(page and page.number), Text("  " * (section.level - 1) + section.heading))
    prose = _table(f"{document}: {w.passages}", w.page, w.section, w.words)
    for passage in plan.passages:
        prose.add_row(*_where(plan, passage.origin), Text(passage.text))
    unplaced = _table(f"{document}: {w.unplaced}", w.page, w.words, w.reason)
    for each in plan.unplaced:
        page = plan.page_at(each.span.start)
        text = " ".join(plan.text[each.span.start : each.span.end].split())
        unplaced.add_row(_cell(page and page.number), Text(text), Text(each.reason))
    return [table for table in (outline, prose, *fact_tables(document, plan), unplaced) if table.row_count]


def fact_tables(document: str, plan: Plan, kinds: Sequence[Kind] = KINDS) -> Iterable[Table]:
    """A plan's facts, a table for each kind, and for table rows one for each table of the plan."""
    w = words()
    if "indicators" in kinds and plan.indicators:
        about = (w.indicator, w.target, w.council_target, w.outcomes, w.reporting, w.comment)
        table = _table(f"{document}: {w.indicators}", w.page, w.section, *about)
        for i in plan.indicators:
            outcomes = "\n".join(f"{each.column}: {each.written}" for each in i.outcomes)
            values = (i.name, i.target, i.council_target, outcomes, i.period, i.comment)
            table.add_row(*_where(plan, i.origin), *map(_cell, values))
        yield table
    if "activities" in kinds and plan.activities:
        table = _table(f"{document}: {w.activities}", w.page, w.section, w.activity, w.responsible, w.start, w.end)
        for a in plan.activities:
            table.add_row(*_where(plan, a.origin), *map(_cell, (a.text, ", ".join(a.responsible), a.start, a.end)))
        yield table
    rows = [row for row in plan.rows if row.kind in kinds]
    for (name, columns), group in groupby(rows, key=lambda row: (row.table, _columns(row))):
        table = _table(f"{document}: {name}", w.page, w.row, *columns)
        for row in group:
            page, _ = _where(plan, row.origin)
            label = f"{row.parent} › {row.row}" if row.parent else row.row
            table.add_row(page, Text(label), *(_cell(cell.written) for cell in row.cells))
        yield table


def deadline_table(found: Iterable[Deadline]) -> Table:
    """What is due when; what only the text says is marked."""
    w = words()
    table = _table("", w.due, w.start, w.activity, w.responsible, w.section, w.page, w.document, numbers=0)
    for each in found:
        page, heading = _where(each.source.plan, each.origin)
        said = each.words if each.item is not None else f"{each.words} ({w.only_text})"
        who = ", ".join(each.responsible)
        table.add_row(*map(_cell, (each.due, each.start, said, who)), heading, page, Text(each.source.known.name))
    return table


def _columns(row: TableRow) -> tuple[str, ...]:
    return tuple(cell.column for cell in row.cells)


def _where(plan: Plan, origin: Origin) -> tuple[Text, Text]:
    """The page and the last heading a value stands under."""
    page = plan.page_at(origin.spans[0].start) if origin.spans else None
    heading = plan.sections[origin.section].heading if origin.section is not None else ""
    return _cell(page and page.number), Text(heading)


def _counts(document: Document) -> list[str]:
    c = document.counts
    counts = (c.pages, c.sections, c.passages, c.indicators, c.activities, c.budget, c.rows, c.unplaced)
    return [str(count) for count in counts]


def _cell(value: object) -> Text:
    """A value as it is: a document's words are never markup."""
    return Text("" if value is None else str(value))


def _table(title: str, *columns: str, numbers: int = 0) -> Table:
    table = Table(title=Text(title) if title else None, title_justify="left", header_style="bold")
    for n, column in enumerate(columns):
        table.add_column(Text(column), justify="right" if n >= len(columns) - numbers else "left", overflow="fold")
    return table

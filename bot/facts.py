"""The facts of a plan as the contract gives them: `facts --json` a line each, and rows for CSV and Excel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from ingest.plan import Origin, Plan, TableCell, TableRow
from retrieval.store.index import Document

Kind = Literal["indicators", "activities", "budget", "rows"]
KINDS: tuple[Kind, ...] = get_args(Kind)

QUOTE = 800  # characters at most

# What a row of CSV or Excel has, by kind. A table row gets a line for each cell, so that numbers can be added up.
_ORIGIN = ("kind", "document", "section", "page", "quote")
_CELL = ("table", "parent", "row", "column", "year", "unit", "written", "number")
COLUMNS: dict[Kind, tuple[str, ...]] = {
    "indicators": (*_ORIGIN, "name", "target", "council_target", "outcomes", "period", "comment"),
    "activities": (*_ORIGIN, "text", "responsible", "start", "end"),
    "budget": (*_ORIGIN, *_CELL),
    "rows": (*_ORIGIN, *_CELL),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a stored document, `item` being the plan's own type."""

    kind: Kind
    document: str
    plan: Plan
    item: Any

    def record(self) -> dict[str, object]:
        """The fact as JSON has it: dates as ISO, numbers as numbers."""
        origin, item = self._origin(), self.item
        if self.kind == "indicators":
            names = ("name", "target", "council_target", "outcomes", "period", "comment")
            outcomes = {each.column: each.written for each in item.outcomes}
            return origin | {name: getattr(item, name) for name in names} | {"outcomes": outcomes}
        if self.kind == "activities":
            start, end = (day and day.isoformat() for day in (item.start, item.end))
            return origin | {"text": item.text, "responsible": list(item.responsible), "start": start, "end": end}
        return origin | {
            "table": item.table,
            "row": item.row,
            "parent": item.parent,
            "columns": {cell.column: cell.written for cell in item.cells},
            "cells": [_cell(cell) for cell in item.cells],
        }

    def rows(self) -> Iterator[dict[str, object]]:
        """The fact as rows under `COLUMNS`: one, or for a table row one a cell."""
        origin, item = self._origin(), self.item
        if isinstance(item, TableRow):
            place = {"table": item.table, "parent": item.parent, "row": item.row}
            for cell in item.cells or (TableCell("", None, None, None, None, None),):
                yield origin | place | _cell(cell)
        elif self.kind == "activities":
            yield self.record() | {"responsible": ", ".join(item.responsible), "start": item.start, "end": item.end}
        else:
            outcomes = "; ".join(f"{each.column}: {each.written}" for each in item.outcomes)
            yield self.record() | {"outcomes": outcomes or None}

    def _origin(self) -> dict[str, object]:
        origin: Origin = self.item.origin
        page = self.plan.page_at(origin.spans[0].start) if origin.spans else None
        return {
            "kind": self.kind,
            "document": self.document,
            "section": self.plan.path(origin.section),
            "page": page.number if page else None,
            "quote": quote(self.plan, origin),
        }


def facts_of(document: str, plan: Plan, kinds: Sequence[Kind] = KINDS) -> Iterator[Fact]:
    """A plan's facts, kind by kind, each in reading order."""
    items: dict[Kind, Sequence[object]] = {
        "indicators": plan.indicators,
        "activities": plan.activities,
        "budget": [row for row in plan.rows if row.kind == "budget"],
        "rows": [row for row in plan.rows if row.kind == "rows"],
    }
    for kind in KINDS:
        if kind in kinds:
            yield from (Fact(kind, document, plan, item) for item in items[kind])


def document_record(document: Document, embedder: str) -> dict[str, Any]:
    """A stored document as `documents --json` has it."""
    says, counts = document.description, document.counts
    return {
        "document": document.name,
        "title": says.title,
        "organisation": says.organisation,
        "unit": says.unit,
        "period": str(says.period) if says.period else None,
        "status": says.status,
        "pages": counts.pages,
        "sections": counts.sections,
        "passages": counts.passages,
        "indicators": counts.indicators,
        "activities": counts.activities,
        "budget": counts.budget,
        "rows": counts.rows,
        "embedded": document.is_embedded(embedder),
    }


def quote(plan: Plan, origin: Origin) -> str:
    """The words a value stands in, word for word; up to the page break where one splits them."""
    return plan.text[origin.spans[0].start : origin.spans[0].end][:QUOTE] if origin.spans else ""


def _cell(cell: TableCell) -> dict[str, object]:
    return {
        "column": cell.column,
        "year": cell.year,
        "unit": cell.unit,
        "written": cell.written,
        "number": cell.number if cell.number is None else _number(cell.number),
    }


def _number(number: Decimal) -> int | float:
    """The number as JSON and Excel take it: what was written with decimals keeps being a decimal."""
    return int(number) if number.as_tuple().exponent == 0 else float(number)

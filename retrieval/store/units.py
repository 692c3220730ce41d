"""A plan cut into what can be found: units are its passages and facts, entries the sentences and facts to quote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingest.plan import Activity, Indicator, Passage, Plan, TableRow
from ingest.source import Span
from ingest.values import mended
from retrieval.language.sentences import sentences_in

Kind = Literal["passage", "indicator", "activity", "budget", "rows"]


@dataclass(frozen=True, slots=True)
class Unit:
    """Something a search can find: a passage or a fact of one plan.

    `key` is unique in the plan and stable while its text is ("p12", "i3", "a5", "r40").
    `path` is the section path; `words` are the unit's own words.
    """

    key: str
    kind: Kind
    path: str
    words: str
    item: Passage | Indicator | Activity | TableRow

    @property
    def columns(self) -> str:
        """The headers of a row's columns; of an indicator the years that it has more columns for beside its target."""
        if isinstance(self.item, TableRow):
            return " ".join(dict.fromkeys(cell.column for cell in self.item.cells))
        outcomes = self.item.outcomes if isinstance(self.item, Indicator) else ()
        return " ".join(year for each in outcomes for year in re.findall(r"(?:19|20)\d\d", each.column))


def units_of(plan: Plan) -> tuple[Unit, ...]:
    """Every passage and fact of the plan, in that order and each kind in reading order."""
    found: list[Unit] = []
    for n, passage in enumerate(plan.passages):
        found.append(Unit(f"p{n}", "passage", plan.path(passage.origin.section), passage.text, passage))
    for n, indicator in enumerate(plan.indicators):
        words = " ".join(filter(None, (indicator.name, indicator.comment)))
        found.append(Unit(f"i{n}", "indicator", plan.path(indicator.origin.section), words, indicator))
    for n, activity in enumerate(plan.activities):
        found.append(Unit(f"a{n}", "activity", plan.path(activity.origin.section), activity.text, activity))
    for n, row in enumerate(plan.rows):
        cells = (cell.written for cell in row.cells if cell.written and cell.number is None)
        words = " ".join(filter(None, (row.table, row.parent, row.row, *cells)))
        found.append(Unit(f"r{n}", row.kind, plan.path(row.origin.section), words, row))
    return tuple(found)


LENGTH = 600  # characters of an entry that are embedded: a long text blurs what it is about


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found and quoted: a sentence of a passage, or a whole fact.

    `number` is its place among the plan's entries, so that a sentence's neighbours are `number` ± 1. `key` is unique in
    the plan ("p12.3", "i3").
    """

    number: int
    key: str
    unit: Unit
    words: str
    spans: tuple[Span, ...]

    @property
    def embedded(self) -> str:
        """What is embedded of it: its words, for a fact its values too, under the last heading."""
        item = self.unit.item
        if isinstance(item, Indicator):
            words = " ".join(filter(None, (item.name, item.target, item.comment)))
        elif isinstance(item, TableRow):
            cells = (f"{cell.column} {cell.written}" for cell in item.cells if cell.written)
            words = f"{item.table}: {' '.join(filter(None, (item.parent, item.row, *cells)))}"
        else:
            words = self.words
        heading = self.unit.path.rpartition(" › ")[2]
        return f"{heading}: {words[:LENGTH]}" if heading else words[:LENGTH]


def entries_of(plan: Plan) -> tuple[Entry, ...]:
    """Every sentence and fact of the plan, in the order of its units."""
    found: list[Entry] = []
    for unit in units_of(plan):
        spans = unit.item.origin.spans
        if not isinstance(unit.item, Passage):
            found.append(Entry(len(found), unit.key, unit, unit.words, spans))
            continue
        for n, span in enumerate(sentences_in(plan.text, spans)):
            words = mended(plan.text[span.start : span.end])
            found.append(Entry(len(found), f"{unit.key}.{n}", unit, words, (span,)))
    return tuple(found)

"""A plan cut into what can be found: its passages, and each fact phrased with the headings it stands under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.plan import Activity, Indicator, Passage, Plan, TableRow

Kind = Literal["passage", "indicator", "activity", "budget", "rows"]


@dataclass(frozen=True, slots=True)
class Unit:
    """Something a search can find: a passage or a fact of one plan.

    `key` is unique in the plan and stable while its text is ("p12", "i3", "a5", "r40").
    `path` is the section path; `words` are the unit's own words, what is embedded together with the last heading.
    """

    key: str
    kind: Kind
    path: str
    words: str
    item: Passage | Indicator | Activity | TableRow


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

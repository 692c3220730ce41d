"""File to plan: the stages in order, each a plain function you can call to see what it made of a document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest.plan import Plan
from ingest.source import Source

# Raised whenever reading the same file would give another plan, so that plans already stored are read again.
PARSER_VERSION = 18


def read_plan(path: Path, name: str | None = None) -> Plan:
    """Reads a document; `name` is what it is called where that says more than the path.

    Raises `UnreadableDocument` with one line that names the file, the trouble and the remedy.
    """
    from ingest.readers.open import read_source

    return plan_of(read_source(path), name or path.name)


def plan_of(source: Source, name: str) -> Plan:
    """A source interpreted: furniture out, tables put together, headings and prose, facts."""
    # Imported when there is something to read: where all is unchanged, that would take longer than to see it.
    from ingest.describe import described
    from ingest.facts import facts_of, uncovered
    from ingest.flattened import tabled
    from ingest.furniture import without_furniture
    from ingest.goal_rows import goal_tables
    from ingest.grids import tidied
    from ingest.laid_out import laid_out
    from ingest.led import led_tables
    from ingest.outline import outlined
    from ingest.stacked import stacked
    from ingest.tabbed import tabbed

    close = stacked(laid_out(tabbed(without_furniture(source))), close=True)
    cleaned = tidied(tabled(stacked(goal_tables(led_tables(close)))))
    outline = outlined(cleaned)
    description = described(cleaned, outline.sections, name)
    year = description.period.start.year if description.period else None
    facts = facts_of(cleaned, outline, year, of_unit=description.kind == "enhetsplan" or bool(description.unit))
    plan = Plan(
        description=description,
        text=source.text,
        pages=cleaned.pages,
        sections=outline.sections,
        passages=outline.passages,
        indicators=tuple(facts.indicators),
        activities=tuple(facts.activities),
        rows=tuple(facts.rows),
        unplaced=tuple(facts.unplaced),
        notes=source.notes,
    )
    return replace(plan, unplaced=(*plan.unplaced, *uncovered(source, cleaned, outline, plan, facts.groups)))

"""The answer key: what reading a sample should find, from the source the sample is set from."""

from __future__ import annotations

from typing import Any

from samples.content.model import Activities, Block, Heading, Indicators, Plan, Table


def key(plan: Plan) -> dict[str, Any]:
    """Description, outline, indicators, activities and table rows of a plan, in reading order.

    `section` is the headings from the top, joined with " › ". Numbers keep a plain space between thousands.
    """
    found: dict[str, Any] = {
        "description": {
            "title": plan.title,
            "organisation": plan.organisation,
            "year": plan.year,
            "status": plan.status,
            "decided": plan.decided,
            "reference": plan.reference,
        },
        "outline": [],
        "indicators": [],
        "activities": [],
        "rows": [],
    }
    path: list[Heading] = []
    for block in plan.blocks:
        if isinstance(block, Heading):
            path = [*(above for above in path if above.level < block.level), block]
            found["outline"].append(
                {
                    "level": block.level,
                    "label": block.label,
                    "number": block.number,
                    "title": block.title,
                    "path": " › ".join(heading.whole for heading in path),
                }
            )
        section = " › ".join(heading.whole for heading in path)
        for kind, facts in _facts(block).items():
            found[kind].extend({**fact, "section": section} for fact in facts)
    return found


def _facts(block: Block) -> dict[str, list[dict[str, Any]]]:
    if isinstance(block, Indicators):
        return {
            "indicators": [
                {
                    "name": each.name,
                    "target": each.target,
                    "council_target": each.council_target,
                    "period": each.period,
                    "comment": each.comment,
                }
                for each in block.rows
            ]
        }
    if isinstance(block, Activities):
        return {
            "activities": [
                {"text": each.text, "responsible": list(each.responsible), "start": each.start, "end": each.end}
                for each in block.rows
            ]
        }
    if isinstance(block, Table):
        return {"rows": _rows(block)}
    return {}


def _rows(table: Table) -> list[dict[str, Any]]:
    return [
        {
            "kind": table.kind,
            "table": table.name,
            "row": row.label,
            "parent": row.parent,
            "columns": [
                {"column": column.name, "year": column.year, "unit": column.unit, "written": cell}
                for column, cell in zip(table.columns[1:], row.cells, strict=True)
            ],
        }
        for row in table.rows
        if not row.group
    ]

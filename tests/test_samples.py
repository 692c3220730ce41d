"""The sample plans are true to their source, and their budgets add up."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest

from samples.build import HERE, files
from samples.content import PLANS
from samples.content.model import Activities, Indicators, Plan, Row, Table


def words(path: Path) -> str:
    """All the text of a sample, page after page or paragraph after paragraph."""
    if path.suffix == ".pdf":
        with pdfium.PdfDocument(path) as document:  # type: ignore[no-untyped-call]
            return "\f".join(page.get_textpage().get_text_range() for page in document)
    if path.suffix == ".docx":
        body = docx.Document(str(path)).element.body
        return "\n".join(text for text in body.itertext() if text.strip())
    return path.read_text(encoding="utf-8")


def made() -> list[object]:
    """Every file of every plan; setting PDF or Word takes a second or more."""
    return [
        pytest.param(name, make, id=name, marks=pytest.mark.slow if name.endswith((".pdf", ".docx")) else ())
        for plan in PLANS
        for name, make in files(plan).items()
    ]


@pytest.mark.parametrize(("name", "make"), made())
def test_committed_sample_says_what_its_source_says(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    """A sample is what `python -m samples.build` makes of its source today, and no clock or chance gets into it."""
    again = tmp_path / Path(name).name
    again.write_bytes(make())
    assert words(HERE / name) == words(again)
    assert make() == again.read_bytes()


def budget_tables() -> list[tuple[Plan, Table]]:
    return [
        (plan, block) for plan in PLANS for block in plan.blocks if isinstance(block, Table) and block.kind == "budget"
    ]


def amount(written: str | None) -> Decimal:
    return Decimal((written or "0").replace(" ", "").replace(",", "."))


def column(table: Table, row: Row, start: str) -> Decimal:
    at = next(i for i, each in enumerate(table.columns[1:]) if each.name.startswith(start))
    return amount(row.cells[at])


@pytest.mark.parametrize(("plan", "table"), budget_tables(), ids=lambda each: getattr(each, "slug", None) or each.name)
def test_net_is_costs_less_revenue(plan: Plan, table: Table) -> None:
    """Every budget row with a net has the net that its costs and revenue make."""
    if not any(each.name.startswith("Netto") for each in table.columns):
        pytest.skip("no net in this table")
    for row in table.rows:
        if not row.group:
            assert column(table, row, "Netto") == column(table, row, "Kostnader") - column(table, row, "Intäkter"), row


@pytest.mark.parametrize(("plan", "table"), budget_tables(), ids=lambda each: getattr(each, "slug", None) or each.name)
def test_sums_are_the_sums_of_their_rows(plan: Plan, table: Table) -> None:
    """A sum row is the sum of the rows above it that are not parts of another row."""
    numeric = [i for i, each in enumerate(table.columns[1:]) if each.unit == "mnkr"]
    groups = {row.label for row in table.rows if row.group}
    above = [Decimal(0)] * len(numeric)
    sums = 0
    for row in table.rows:
        cells = [amount(row.cells[i]) for i in numeric]
        if row.group:
            above = [Decimal(0)] * len(numeric)
        elif row.strong:
            assert cells == above, row
            sums += 1
        elif row.parent is None or row.parent in groups:
            above = [total + cell for total, cell in zip(above, cells, strict=True)]
    assert sums


def test_parts_of_a_row_make_no_more_than_the_row() -> None:
    """Parts marked "varav" never exceed what they are part of."""
    for _, table in budget_tables():
        whole = {row.label: row for row in table.rows}
        for parent in {row.parent for row in table.rows if row.parent and not whole[row.parent].group}:
            parts = [row for row in table.rows if row.parent == parent]
            assert sum(amount(row.cells[0]) for row in parts) <= amount(whole[parent].cells[0]), parent


def test_the_main_table_agrees_with_the_detail_tables() -> None:
    """What an area has in the main table is the sum of its own table."""
    for plan in PLANS:
        tables = {table.name: table for owner, table in budget_tables() if owner is plan}
        main = {row.label: row for row in tables["Redovisning av ekonomi"].rows}
        agreeing = [name for name in tables if name in main and not main[name].group]
        assert len(agreeing) >= 4
        for name in agreeing:
            assert main[name].cells[:4] == tuple(cell or "0,0" for cell in tables[name].rows[-1].cells[:4]), name


def test_last_years_plan_is_this_years_comparison() -> None:
    """What the 2026 plan of Norrsjö gives as VP 2025 is the net of the 2025 plan."""
    mains = {
        plan.slug: {row.label: row for row in table.rows}
        for plan, table in budget_tables()
        if table.name == "Redovisning av ekonomi"
    }
    now, before = mains["verksamhetsplan-2026-norrsjo"], mains["verksamhetsplan-2025-norrsjo"]
    assert {name: row.cells[3] for name, row in now.items()} == {name: row.cells[2] for name, row in before.items()}


def test_volumes_of_women_and_men_make_the_whole() -> None:
    """Volumes told apart by gender add up."""
    told_apart = 0
    for plan in PLANS:
        for table in (block for block in plan.blocks if isinstance(block, Table)):
            names = [each.name for each in table.columns]
            if "varav kvinnor" in names:
                women = names.index("varav kvinnor") - 1
                for row in table.rows:
                    assert amount(row.cells[women]) + amount(row.cells[women + 1]) == amount(row.cells[women - 1]), row
                    told_apart += not row.group
    assert told_apart


def test_the_key_has_every_fact_of_the_source() -> None:
    """The answer key counts what the source has."""
    for plan in PLANS:
        key = json.loads((HERE / "expected" / f"{plan.slug}.json").read_text(encoding="utf-8"))
        blocks = plan.blocks
        assert len(key["indicators"]) == sum(len(each.rows) for each in blocks if isinstance(each, Indicators))
        assert len(key["activities"]) == sum(len(each.rows) for each in blocks if isinstance(each, Activities))
        tables = [each for each in blocks if isinstance(each, Table)]
        assert len(key["rows"]) == sum(not row.group for table in tables for row in table.rows)


def test_responsible_bodies_stand_in_the_text_in_their_order() -> None:
    """The body named first in the key is the one the text begins with, and all of them are in the text."""
    for plan in PLANS:
        for block in plan.blocks:
            for activity in block.rows if isinstance(block, Activities) else ():
                text = activity.text.casefold()
                places = [text.find(body.casefold()) for body in activity.responsible]
                assert places == sorted(places), activity
                assert not places or places[0] == 0, activity

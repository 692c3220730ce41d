"""Bars: only of figures that can be compared, and as long as the figures are."""

from __future__ import annotations

from decimal import Decimal

from bot.web.chart import Chart, chart_of
from ingest.plan import Origin, TableCell, TableRow
from ingest.source import Span

COLUMNS = ("Kostnader", "Intäkter", "Netto VP 2031", "VP 2030", "VB 2029")
_places = iter(range(0, 10_000, 10))


def row(name: str, *figures: str | None, table: str = "Kajer", kind: str = "budget", unit: str = "mnkr") -> TableRow:
    """A budget row with these figures under COLUMNS."""
    cells = tuple(
        TableCell(column, int(column[-4:]) if column[-4:].isdigit() else 2031, unit, written,
                  Decimal(written.replace(",", ".").replace("−", "-")) if written else None, None)
        for column, written in zip(COLUMNS, figures, strict=True)
    )  # fmt: skip
    start = next(_places)
    return TableRow(kind, table, name, None, cells, Origin(None, (Span(start, start + 5),)))  # type: ignore[arg-type]


def bars(chart: Chart | None) -> list[tuple[str, float]]:
    return [(bar.label, bar.length) for bar in chart.bars] if chart else []


def test_one_row_is_compared_over_its_years() -> None:
    """Of one budget row its net of each year is shown: costs and revenue are another thing."""
    chart = chart_of([(row("Fyren", "12,0", "2,0", "10,0", "8,0", "5,0"), "Netto VP 2031")])
    assert bars(chart) == [("Netto VP 2031", 100.0), ("VP 2030", 80.0), ("VB 2029", 50.0)]
    assert chart
    assert chart.words == "Netto VP 2031: 10,0 mnkr; VP 2030: 8,0 mnkr; VB 2029: 5,0 mnkr"
    assert [bar.first for bar in chart.bars] == [True, False, False]


def test_several_rows_are_compared_by_the_column_they_cite() -> None:
    """Rows of one table that cite the same column are compared by it, each once."""
    fyren, kajen = row("Fyren", "12", "2", "10", "8", "5"), row("Kajen", "5", "0", "5", None, None)
    column = "Netto VP 2031"
    assert bars(chart_of([(fyren, column), (kajen, column), (fyren, column)])) == [("Fyren", 100.0), ("Kajen", 50.0)]


def test_a_row_in_two_plans_is_compared_by_the_columns_cited() -> None:
    """The same row of two plans is compared by the years cited."""
    new, old = row("Fyren", "12", "2", "10", "8", "5"), row("Fyren", "9", "1", "8", "8", "5", table="Hamnen")
    assert bars(chart_of([(new, "Netto VP 2031"), (old, "VP 2030")])) == [("Netto VP 2031", 100.0), ("VP 2030", 80.0)]


def test_below_zero_goes_the_other_way() -> None:
    """A surplus is a bar to the left of where the others begin."""
    chart = chart_of([(row("Fyren", "0", "0", "−5", "10", "5"), "Netto VP 2031")])
    assert chart
    assert [(bar.start, round(bar.start + bar.length, 1)) for bar in chart.bars] == [
        (0, 33.3),
        (33.33, 100),
        (33.33, 66.7),
    ]


def test_what_can_not_be_compared_has_no_bars() -> None:
    """Rows of different tables, other columns, other units, one figure, no figure, nothing but zeros: no chart."""
    fyren = row("Fyren", "12", "2", "10", "8", "5")
    other = row("Kajen", "12", "2", "10", "8", "5", table="Hamnen")
    crowns = row("Kajen", "12", "2", "10", "8", "5", unit="tkr")
    for cited in (
        [],
        [(fyren, "Netto VP 2031"), (other, "Netto VP 2031")],
        [(fyren, "Netto VP 2031"), (row("Kajen", "1", "1", "1", "1", "1"), "Kostnader")],
        [(fyren, "Netto VP 2031"), (crowns, "Netto VP 2031")],
        [(row("Fyren", "12", "2", "10", None, None), "Netto VP 2031")],
        [(row("Fyren", None, None, None, None, None), None)],
        [(row("Fyren", "0", "0", "0", "0", "0"), "Netto VP 2031")],
        [(row("Fyren", "12", "2", "10", "8", "5", kind="rows"), "Netto VP 2031")],
    ):
        assert chart_of(cited) is None

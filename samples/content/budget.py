"""Budget tables in million SEK, whose nets and sums are computed and never typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from samples.content.model import Column, Row, Table

UNIT = "mnkr"


def number(value: Decimal) -> str:
    """A number as Swedish tables print it: one decimal, a comma, a space between thousands."""
    return f"{value:,.1f}".replace(",", " ").replace(".", ",")


def count(number: int) -> str:
    """A whole number with a space between thousands."""
    return f"{number:,}".replace(",", " ")


def mnkr(value: Decimal | str) -> str:
    """A number in prose or in a small table: as many decimals as it has, a comma."""
    return str(value).replace(".", ",")


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line in million SEK: costs, revenue, last year's net, the change in turnover."""

    name: str
    costs: Decimal
    revenue: Decimal
    previous: Decimal
    turnover: Decimal = Decimal(0)
    parent: str | None = None

    @property
    def net(self) -> Decimal:
        return self.costs - self.revenue

    @property
    def change(self) -> Decimal:
        return self.net - self.previous


def line(name: str, costs: str, revenue: str, previous: str, turnover: str = "0.0", parent: str | None = None) -> Line:
    return Line(name, Decimal(costs), Decimal(revenue), Decimal(previous), Decimal(turnover), parent)


def total(name: str, lines: tuple[Line, ...]) -> Line:
    """The sum of the lines that are not part of another one."""
    tops = [each for each in lines if each.parent is None]
    return Line(
        name,
        sum((each.costs for each in tops), Decimal(0)),
        sum((each.revenue for each in tops), Decimal(0)),
        sum((each.previous for each in tops), Decimal(0)),
        sum((each.turnover for each in tops), Decimal(0)),
    )


@dataclass(frozen=True, slots=True)
class Detail:
    """The detail table of an area of operations.

    `blank_zero` leaves nothing where a revenue or a change in turnover is nil, as some departments do;
    `glued` is the slip "NettoVP 2026" that extraction makes of two header lines.
    """

    name: str
    year: int
    lines: tuple[Line, ...]
    blank_zero: bool = False
    glued: bool = False
    notes: tuple[str, ...] = ()
    head: str = "Verksamhet, mnkr"
    sum_name: str = "Summa"

    def __post_init__(self) -> None:
        """The parts of a line add up to it."""
        for top in self.lines:
            parts = tuple(replace(each, parent=None) for each in self.lines if each.parent == top.name)
            whole = total(top.name, parts)
            if parts and (whole.costs, whole.revenue, whole.previous) != (top.costs, top.revenue, top.previous):
                raise ValueError(f"{self.name}: the parts of {top.name} make {whole}, not {top}")

    @property
    def total(self) -> Line:
        return total(self.sum_name, self.lines)

    def __getitem__(self, name: str) -> Line:
        return next(each for each in self.lines if each.name == name)

    def table(self) -> Table:
        columns = (
            Column(self.head, width=20),
            Column("Kostnader", self.year, UNIT),
            Column("Intäkter", self.year, UNIT),
            Column(
                f"Netto VP {self.year}",
                self.year,
                UNIT,
                width=13,
                printed=f"NettoVP {self.year}" if self.glued else None,
            ),
            Column(f"VP {self.year - 1}", self.year - 1, UNIT),
            Column("Omslutningsförändring", self.year, UNIT, width=12),
        )
        rows = [self._row(each) for each in self.lines]
        rows.append(self._row(self.total, strong=True))
        return Table("budget", self.name, columns, tuple(rows), self.notes)

    def _row(self, each: Line, strong: bool = False) -> Row:
        def nil(value: Decimal) -> str | None:
            return None if self.blank_zero and value == 0 else number(value)

        cells = (number(each.costs), nil(each.revenue), number(each.net), number(each.previous), nil(each.turnover))
        return Row(each.name, cells, each.parent, strong=strong)


@dataclass(frozen=True, slots=True)
class Main:
    """A line of the main table, with the outcome two years back."""

    line: Line
    outcome: Decimal


def main(shown: Line, outcome: str, name: str | None = None, parent: str | None = None) -> Main:
    """A main-table line that shows a detail table's line or total, under another name where one is given."""
    renamed = Line(name or shown.name, shown.costs, shown.revenue, shown.previous, shown.turnover, parent)
    return Main(renamed, Decimal(outcome))


def sum_of(name: str, lines: tuple[Main, ...]) -> Main:
    tops = tuple(each for each in lines if each.line.parent is None)
    return Main(total(name, tuple(each.line for each in tops)), sum((each.outcome for each in tops), Decimal(0)))


def main_table(
    name: str, year: int, operations: tuple[Main, ...], investments: tuple[Main, ...], notes: tuple[str, ...] = ()
) -> Table:
    """The main table: a line for each area of operations, their sum, then the investments and theirs."""
    columns = (
        Column("Verksamhetsområden, mnkr", width=22),
        Column("Kostnader", year, UNIT),
        Column("Intäkter", year, UNIT),
        Column(f"Netto VP {year}", year, UNIT, width=13, printed=f"NettoVP {year}"),
        Column(f"VP {year - 1}", year - 1, UNIT),
        Column(f"VB {year - 2}", year - 2, UNIT),
    )

    def row(each: Main, strong: bool = False) -> Row:
        line = each.line
        cells = tuple(number(n) for n in (line.costs, line.revenue, line.net, line.previous, each.outcome))
        parent = line.parent or (None if strong or each not in investments else "Investeringar")
        return Row(line.name, cells, parent, strong=strong)

    rows = [row(each) for each in operations]
    rows.append(row(sum_of("Drift totalt", operations), strong=True))
    rows.append(Row("Investeringar", (None,) * 5, group=True, strong=True))
    rows.extend(row(each) for each in investments)
    rows.append(row(sum_of("Investeringar totalt", investments), strong=True))
    return Table("budget", name, columns, tuple(rows), notes)


def operations(
    office: Detail,
    families: Detail,
    parks: Detail,
    preschool: Detail,
    elderly: Detail,
    disability: Detail,
    culture: Detail,
    income: Detail,
    outcomes: str,
) -> tuple[Main, ...]:
    """The operations of the main table, from the detail tables and the outcomes two years back, in the same order.

    A district's parks are set as operations (the first two lines), depreciation and interest; its income support
    apart from the labour market measures that its detail table ends with.
    """
    depreciation, interest = parks.lines[2:]
    paid, handling, measures = income.lines
    support = total("Ekonomiskt bistånd", (paid, handling))
    whole = "Individ- och familjeomsorg"
    shown = (
        (office.total, "Nämnd- och förvaltningsadm.", None),
        (families.total, whole, None),
        *((part, f"varav {part.name.lower()}", whole) for part in families.lines),
        (total("Stadsmiljö drift", parks.lines[:2]), "Stadsmiljö drift", None),
        (depreciation, "Stadsmiljö avskrivningar", None),
        (interest, "Stadsmiljö ränta", None),
        (preschool.total, preschool.name, None),
        (elderly.total, elderly.name, None),
        (disability.total, disability.name, None),
        (culture.total, culture.name, None),
        (measures, measures.name, None),
        (support, support.name, None),
        (handling, "varav handläggning", support.name),
    )
    return tuple(
        main(each, outcome, name, parent) for (each, name, parent), outcome in zip(shown, outcomes.split(), strict=True)
    )

"""The typed plan: what an operational plan says, each value with its origin in the stored source text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from ingest.source import Page, Span

Status = Literal["proposal", "adopted", "revised"]
RowKind = Literal["budget", "rows"]


@dataclass(frozen=True, slots=True)
class Period:
    """The days a plan is for, both included."""

    start: date
    end: date

    def __str__(self) -> str:
        whole_years = (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)
        if whole_years:
            same = self.start.year == self.end.year
            return str(self.start.year) if same else f"{self.start.year}–{self.end.year}"
        return f"{self.start.isoformat()}–{self.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class Description:
    """What a document is: whose plan, for when, and how far it has come. None where the document does not tell."""

    title: str
    organisation: str | None = None
    unit: str | None = None
    kind: str | None = None
    period: Period | None = None
    status: Status | None = None
    decided: date | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    `label` is the rung of the goal ladder ("KF:s inriktningsmål", "Nämndmål", …) or "". `number` is as printed
    ("1.4.2") or "". `parent` is the index of the section above in `Plan.sections`, None at the top.
    """

    title: str
    label: str
    number: str
    level: int
    parent: int | None
    span: Span

    @property
    def heading(self) -> str:
        """The heading as a reader would say it: "Nämndmål 1.4.2 Barn, unga och vuxna …"."""
        return " ".join(part for part in (self.label, self.number, self.title) if part)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands: the index of its section (None before the first heading), and its words.

    One span, or one a page where a page break splits the words.
    """

    section: int | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a list with the sentence that leads into it; `text` has its white space folded."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Outcome:
    """An indicator's value in another year as written, and what its column is called."""

    column: str
    written: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of an indicator table; cells as written, None where empty.

    `outcomes` has what was measured before and what is aimed at in other years, each with its column's name
    ("Utfall 2022", "Mål 2025").
    """

    name: str
    target: str | None
    council_target: str | None
    period: str | None
    comment: str | None
    origin: Origin
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """A row of an activity table, with the bodies its text makes responsible, leading one first."""

    text: str
    responsible: tuple[str, ...]
    start: date | None
    end: date | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell under its column: the name made whole and unique, the year and unit it is for, the cell as written.

    `number` is `written` as a decimal in `unit` (mnkr, tkr, kr, %, …), None where it is no number.
    """

    column: str
    year: int | None
    unit: str | None
    written: str | None
    number: Decimal | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a budget table or of any other table.

    `table` names the table, `row` is the row's label (its first cell), `parent` the row or group it is part of.
    """

    kind: RowKind
    table: str
    row: str
    parent: str | None
    cells: tuple[TableCell, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words the reading could not place, and why: shown to a person, never guessed at."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A document read: its text, outline, prose and facts, in reading order."""

    description: Description
    text: str
    pages: tuple[Page, ...] = ()
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()
    rows: tuple[TableRow, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    notes: tuple[str, ...] = ()

    def page_at(self, offset: int) -> Page | None:
        """The page that the character at `offset` stands on, None where the document does not show it."""
        i = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[i] if i >= 0 and offset < self.pages[i].end else None

    def path(self, section: int | None) -> str:
        """A section's headings from the top, joined with " › "; "" for None."""
        headings: list[str] = []
        while section is not None:
            headings.append(self.sections[section].heading)
            section = self.sections[section].parent
        return " › ".join(reversed(headings))

    @property
    def names(self) -> set[str]:
        """What its headings, indicators and rows are called."""
        titles, indicators = (section.title for section in self.sections), (each.name for each in self.indicators)
        return {*titles, *indicators, *(row.row for row in self.rows)}

    def described(self, **changes: object) -> Plan:
        """The same plan with some of its description replaced (what the user said wins over what was read)."""
        return replace(self, description=replace(self.description, **changes))  # type: ignore[arg-type]

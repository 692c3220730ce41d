"""What a sample plan is made of: blocks in reading order, and the facts in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ORIENTATION = "KF:s inriktningsmål"
AREA_GOAL = "KF:s mål för verksamhetsområdet"
BOARD_GOAL = "Nämndmål"
UNIT_GOAL = "Enhetsmål"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `label` is the rung of the goal ladder or "", `number` is as printed ("1.", "1.1.2") or ""."""

    level: int
    title: str
    label: str = ""
    number: str = ""

    @property
    def numbered(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def whole(self) -> str:
        return f"{self.label} {self.numbered}".strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of an indicator table; None is an empty cell. A comment is printed in a row of its own below."""

    name: str
    target: str | None
    council_target: str | None
    period: str | None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Indicators:
    rows: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """A row of an activity table; dates as ISO, `responsible` the bodies named in the text, the leading one first."""

    text: str
    start: str | None
    end: str | None
    responsible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Activities:
    rows: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the year and unit its cells are for, and its share of the table's width.

    `printed` is the header as set where a typesetter's slip or a broken word makes it differ from the name.
    """

    name: str
    year: int | None = None
    unit: str | None = None
    width: int = 10
    printed: str | None = None

    @property
    def header(self) -> str:
        return self.name if self.printed is None else self.printed


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: its label, the other cells as written, and the row or group it is part of.

    A `group` row is a heading inside the table: it has a label alone and is no fact.
    """

    label: str
    cells: tuple[str | None, ...]
    parent: str | None = None
    group: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A budget table or any other; `columns[0]` heads the labels. `notes` are footnotes set right below it."""

    kind: Literal["budget", "rows"]
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    captioned: bool = False


Block = Heading | Paragraph | Bullets | Indicators | Activities | Table


@dataclass(frozen=True, slots=True)
class Flattening:
    """How a plain text extraction of the plan came out.

    `furniture` tells which pages kept their header and footer, `target_width` how many characters the columns of
    the targets hold, `marks` whether rows had icons before them, `page_lines` how many lines a page holds,
    `rows_break` whether a page may end
    in the middle of a cell.
    """

    title_page: bool
    furniture: frozenset[int]
    bullet: str
    thousands: str
    target_width: int
    marks: bool
    page_lines: int
    rows_break: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of an invented district; `label_on_own_line` puts "Nämndmål:" above its title instead of before it."""

    slug: str
    title: str
    organisation: str
    city: str
    year: int
    status: Literal["proposal", "adopted"]
    decided: str | None
    dated: str
    reference: str
    contact: str
    label_on_own_line: bool
    flattening: Flattening
    blocks: tuple[Block, ...]

    @property
    def status_line(self) -> str:
        if self.status == "adopted":
            return f"Beslutad av stadsdelsnämnden {self.decided}"
        return f"Förslag {self.dated}"


def prose(text: str) -> Iterator[Paragraph | Bullets]:
    """Paragraphs parted by blank lines; one whose lines begin with "- " is a bulleted list."""
    for part in text.strip().split("\n\n"):
        lines = [line.strip() for line in part.strip().splitlines()]
        if lines[0].startswith("- "):
            items: list[str] = []
            for line in lines:
                if line.startswith("- "):
                    items.append(line[2:])
                else:
                    items[-1] += " " + line
            yield Bullets(tuple(items))
        else:
            yield Paragraph(" ".join(lines))


def plan_blocks(*parts: Block | str) -> tuple[Block, ...]:
    """A plan's blocks in order, where plain strings are prose."""
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, str):
            blocks.extend(prose(part))
        else:
            blocks.append(part)
    return tuple(blocks)

"""Indicator, activity, budget and other tables as one kind of grid, which each typesetter sets in its own way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from samples.content.model import Activities, Indicators, Table

# Where long words may be broken at a line's end. Left to a hyphenation library the files would change with its version.
BREAKS = (
    "Omslutnings-förändring stadsdels-förvaltningen stadsdels-nämnden stadsdels-nämnderna försörjnings-stöd "
    "kompetens-utveckling verksamhets-området verksamhets-planen funktions-nedsättning familje-hemsplacerade "
    "äldre-omsorgen förskole-enheterna arbets-marknadsinsatser trygghets-skapande medborgar-dialogen "
    "lokal-kostnaderna arbets-miljöarbetet budget-justering vårdnads-havare samhälls-vägledning hemtjänst-timmar "
    "arbetsmarknads-åtgärder medarbetar-undersökningen myndighets-utövning besöks-verksamheten "
    "förvaltnings-administration korttids-platser förebyggande-arbetet utrednings-gruppen kultur-skolans "
    "social-sekreterare bistånds-handläggare bistånds-handläggning avtals-uppföljning ledsagar-service boende-stödet"
)
_SOFT = {word.replace("-", "").casefold(): word.index("-") for word in BREAKS.split()}
SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def hyphenated(text: str) -> str:
    """The text with a soft hyphen in each word that may be broken."""

    def soft(match: re.Match[str]) -> str:
        word = match.group()
        at = _SOFT.get(word.casefold())
        return word if at is None else word[:at] + SOFT_HYPHEN + word[at:]

    return re.sub(r"\w{12,}", soft, text)


def spaced(text: str, space: str) -> str:
    """The text with `space` instead of a plain space between thousands: "1 250" but not "12 25"."""
    return re.sub(r"(?<![\d,.-])\d{1,3}(?: \d{3})+(?![\d-])", lambda match: match.group().replace(" ", space), text)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row as set. `spanning` rows have one cell that goes over the whole width."""

    cells: tuple[str, ...]
    spanning: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as set: a header, rows, the columns' shares of the width, and which columns are set flush right."""

    kind: Literal["indicators", "activities", "budget", "rows"]
    header: tuple[str, ...]
    rows: tuple[GridRow, ...]
    widths: tuple[int, ...]
    right: frozenset[int] = frozenset()
    caption: str = ""


def grid_of(block: Indicators | Activities | Table) -> Grid:
    """The grid of a block's table; an empty cell is ""."""
    if isinstance(block, Indicators):
        rows: list[GridRow] = []
        for indicator in block.rows:
            texts = (indicator.name, indicator.target, indicator.council_target, indicator.period)
            rows.append(GridRow(tuple(text or "" for text in texts)))
            if indicator.comment:
                rows.append(GridRow(("Kommentar",), spanning=True, strong=True))
                rows.append(GridRow((indicator.comment,), spanning=True))
        return Grid("indicators", ("Indikator", "Årsmål", "KF:s årsmål", "Periodicitet"), tuple(rows), (54, 15, 16, 13))
    if isinstance(block, Activities):
        return Grid(
            "activities",
            ("Aktivitet", "Startdatum", "Slutdatum"),
            tuple(GridRow((each.text, each.start or "", each.end or "")) for each in block.rows),
            (72, 12, 12),
        )
    shown = [
        GridRow((row.label, *(cell or "" for cell in row.cells)), strong=row.strong or row.group) for row in block.rows
    ]
    shown.extend(GridRow((note,), spanning=True) for note in block.notes)
    return Grid(
        block.kind,
        tuple(column.header for column in block.columns),
        tuple(shown),
        tuple(column.width for column in block.columns),
        _numeric(block),
        block.name if block.captioned else "",
    )


def _numeric(table: Table) -> frozenset[int]:
    """The columns after the first whose every filled cell begins with a digit and is short."""
    return frozenset(
        i + 1
        for i in range(len(table.columns) - 1)
        if all(len(cell) < 12 and cell[:1].isdigit() for row in table.rows if (cell := row.cells[i]))
    )

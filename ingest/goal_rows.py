"""Rows that belong to a goal: indicators with their targets, and activities with their dates.

Both end in a known way, a reporting period or dates, whatever stands before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, Blocks, Joined
from ingest.columns import likeliest
from ingest.grids import FOOTNOTE
from ingest.source import Cell, Row
from ingest.values import AMOUNT, UNIT, mended

_PERIOD = (
    r"(?:Vartannat |Vart annat )?[Åå]r(?:lig(?:en)?|svis)?|Tertial|Kvartal|Månad|Halvår|Delår|T[123](?:[,/ ]+T[123])*"
)
_ISO = r"\d{4}-\d{2}-\d{2}"
_LADDER = re.compile(
    r"^(?:KF:?s? (?:inriktningsmål|mål för verksamhetsområdet)|Kommunfullmäktiges (?:inriktningsmål|mål)\b.{0,40}|"
    r"(?:Nämnd|Enhets|Avdelnings|Bolags)(?:ens )?mål)\s*:?(?:\s|$)",
    re.IGNORECASE,
)
_IN_WORDS = (
    r"Tas fram av(?: \S+){0,4}|[Ff]astställs?(?: \S+){0,5}|[Ss]ätts? (?:av|i)(?: \S+){1,3}|[Öö]ka[rs]?|[Mm]inska[rs]?|"
    r"[Oo]förändra[dt]|[Bb]ibehåll[as]+|[Nn]y indikator|[Ss]aknas|[Ee]j \S+|Nej|Ja|[-–]"
)
_VALUE_AT_END = re.compile(rf"(?:^|\s)(?P<value>{AMOUNT}{UNIT}|{_IN_WORDS})$", re.IGNORECASE)
_COUNCILS_OWN = re.compile(r"Tas fram av|Fastställ", re.IGNORECASE)
_CUT_SHORT = re.compile(r"\b(?:av|i|till|/)$")
_TIME = re.compile(r"(?:dagar|timmar|minuter|månader|veckor|år)$")
_ROLE = re.compile(
    r"(?<=[^.:] )([A-ZÅÄÖ]\w*(?:chef|konsulent|ledare|samordnare|strateg|handläggare|controller|sekreterare|direktör|"
    r"utvecklare|rektor|avdelningen?|enheten?|förvaltningen?|nämnden?|kontoret?))\s*$"
)
_INDICATOR_TABLE = re.compile(r"(?:Namn på )?[Ii]ndikator(?:er)?\b")
_ACTIVITY_TABLE = re.compile(r"Aktivitet|Åtgärd|Insats|Uppdrag")
_ACTIVITY_HEADER = re.compile(
    r"(Aktivitet(?:er)?|Åtgärd(?:er)?|Insats(?:er)?|Uppdrag),?(?: (Ansvariga?))? (Start(?:datum)?) "
    r"(Slut(?:datum)?|Klart?(?: senast)?)"
)

# A header read: the names of its columns, and the place after it.
Header = tuple[list[str], int]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a table is known: by its header, and by how its rows end. Prose may be part of a row, or end the table."""

    header: Callable[[Blocks, int], Header | None]
    ends: re.Pattern[str]
    with_sentences: bool


def indicator_header(blocks: Blocks, i: int) -> Header | None:
    """The columns of an indicator table whose header begins at place `i`, None where none does."""
    block = blocks.at(i)
    if block is None or not _INDICATOR_TABLE.match(block.words):
        return None
    words, j = "", i
    while (part := blocks.at(j)) is not None and j - i < 5 and not part.words.endswith("."):
        words = f"{words} {part.words}".strip()
        j += 1
        if re.search(r"Periodicitet|Mätperiod", words):
            break
    else:
        words, j = block.words, i + 1
    if not re.search(r"[åÅ]rsmål|\b[mM]ål\b|Utfall|Målvärde", words) or len(words) > 140:
        return None
    columns = likeliest([blocks.lines(block) for block in blocks.run(i, j)], blocks.apart)
    return (columns, j) if columns else None


def activity_header(blocks: Blocks, i: int) -> Header | None:
    """The columns of an activity table whose header begins at place `i`, None where none does."""
    block = blocks.at(i)
    if block is None or not _ACTIVITY_TABLE.match(block.words) or len(block.words) > 60:
        return None
    for size in range(1, 6):
        found = _ACTIVITY_HEADER.fullmatch(" ".join(part.words for part in blocks.run(i, i + size)))
        if found:
            return [name for name in found.groups() if name], i + size
    return None


_INDICATORS = _Kind(indicator_header, re.compile(rf"(?:^|\s)(?:{_PERIOD})\s*$"), with_sentences=False)
_ACTIVITIES = _Kind(activity_header, re.compile(rf"(?:^|\s){_ISO}(?:\s+{_ISO})?\s*$"), with_sentences=True)


def indicator_rows(blocks: Blocks, start: int, columns: Sequence[str]) -> tuple[list[Row], int] | None:
    """The rows of an indicator table from place `start` on, and the place after them; None where there are none.

    A comment is a row whose first cell is "Kommentar" and whose second holds its words.
    """
    rows: list[Row] = []
    at, repeated = start, False
    while (block := blocks.at(at)) is not None:
        if again := indicator_header(blocks, at):
            at, repeated = again[1], True
        elif rows and repeated and (row := _continued(rows[-1], blocks, at)):
            rows[-1], at, repeated = row, at + 1, False
        elif rows and block.words.rstrip(":") == "Kommentar":
            end = _comment_end(blocks, at)
            rows.append(_comment_row(blocks.joined(at, end), blocks.text, len(columns)))
            at, repeated = end, False
        elif end_ := _row_end(blocks, at, _INDICATORS):
            rows.append(_indicator_row(_without_headers(blocks, at, end_, _INDICATORS), blocks.text, len(columns)))
            at, repeated = end_, False
        else:
            break
    return (rows, at) if rows else None


def activity_rows(blocks: Blocks, start: int, columns: Sequence[str]) -> tuple[list[Row], int] | None:
    """The rows of an activity table from place `start` on, and the place after them; None where there are none."""
    rows: list[Row] = []
    at, repeated = start, False
    while (block := blocks.at(at)) is not None:
        if again := activity_header(blocks, at):
            at, repeated = again[1], True
        elif rows and repeated and (row := _continued(rows[-1], blocks, at)):
            rows[-1], at, repeated = row, at + 1, False
        elif end := _row_end(blocks, at, _ACTIVITIES):
            # Where a line is a block, dates may stand beside the first line of a text that wraps on.
            while len(block.lines) == 1 and _goes_on(blocks, end):
                end += 1
            parts = blocks.run(at, end)
            joined = _without_headers(blocks, at, end, _ACTIVITIES)
            rows.append(_activity_row(joined, parts, blocks, columns))
            at, repeated = end, False
        else:
            break
    return (rows, at) if rows else None


def _goes_on(blocks: Blocks, at: int) -> bool:
    """True where the line after a row's dates is the rest of its text."""
    block = blocks.at(at)
    return (
        block is not None
        and block.words[:1].islower()
        and not _ACTIVITIES.ends.search(block.words)
        and blocks.at(at + 1) is not None
    )


def _continued(row: Row, blocks: Blocks, at: int) -> Row | None:
    """The row with the rest of a cell that a page break divided and that stands under the header's repetition.

    The rest begins in the middle of a sentence or leaves the spaces of the empty cells after it, and no row ends with
    it. Which cell it belongs to is told by these spaces, else by the cell that stops short ("Tas fram av").
    """
    block = blocks.at(at)
    if block is None or any(kind.ends.search(block.raw) for kind in (_INDICATORS, _ACTIVITIES)):
        return None
    after = len(block.raw) - len(block.raw.rstrip(" ")) - 1 if blocks.apart else 0
    if not block.words[:1].islower() and not 0 < after == len(row.cells) - 1:
        return None
    stopped = [n for n, cell in enumerate(row.cells) if n and _CUT_SHORT.search(cell.text)]
    column = len(row.cells) - 1 - after if 0 < after < len(row.cells) else stopped[0] if stopped else 0
    joined = blocks.joined(at, at + 1)
    more, cell = joined.cell(blocks.text, 0, len(joined.text)), row.cells[column]
    whole = Cell(mended(f"{cell.text}\n{more.text}"), cell.spans + more.spans)
    return Row((*row.cells[:column], whole, *row.cells[column + 1 :]), row.spans + joined.spans())


def _row_end(blocks: Blocks, i: int, kind: _Kind) -> int | None:
    """The place after the row that begins at place `i`, None where no row begins there."""
    lines, j, broken = 0, i, False
    while (block := blocks.at(j)) is not None and lines <= 16:
        words = block.words
        if _LADDER.match(words) or FOOTNOTE.match(words):
            return None
        again = kind.header(blocks, j) if j > i else None
        if again:
            if not block.broken:
                return None
            j = again[1]
            continue
        if kind.ends.search(block.raw):
            return j + 1
        after = blocks.at(j + 1)
        if not kind.with_sentences and words.endswith(".") and not (after and kind.ends.search(after.raw)):
            return None
        # A text that wraps is one block; a second block of prose before the dates means that no row began.
        if j == i:
            broken = block.broken
        elif len(block.lines) == 1 and blocks.apart and not broken and not block.broken:
            return None
        lines += len(block.lines)
        j += 1
    return None


def _without_headers(blocks: Blocks, i: int, j: int, kind: _Kind) -> Joined:
    """The blocks of a row as one string, without the header where a page break repeats it among them."""
    kept: list[Block] = []
    at = i
    while at < j:
        again = kind.header(blocks, at) if at > i else None
        at = again[1] if again else at
        kept += [replace(block, broken=block.broken or again is not None) for block in blocks.run(at, at + 1)]
        at += 1
    return Joined(blocks.text, kept)


def _indicator_row(joined: Joined, source: str, width: int) -> Row:
    """Name, values and period: from the right, since only the name has no known form."""
    text = joined.text
    period = _INDICATORS.ends.search(text)
    assert period is not None
    cells = [joined.cell(source, period.start(), period.end())]
    end = period.start() + (1 if text[period.start()].isspace() else 0)
    wanted = width - 2
    values: list[Cell] = []
    # An empty cell leaves one space more than a single one.
    while len(values) < wanted:
        body = text[:end].rstrip(" ")
        if end - len(body) > 1 and (not values or values[-1].spans):
            values.append(Cell())
            end = len(body) + 1
            continue
        found = _VALUE_AT_END.search(body)
        if not found or not body[: found.start("value")].strip():
            break
        value = joined.cell(source, found.start("value"), found.end("value"))
        if values and _TIME.search(value.text) and values[-1].text and not _TIME.search(values[-1].text):
            break  # "… efter 5 år 60 %": the years belong to the name
        values.append(value)
        end = found.start("value")
    name = joined.cell(source, 0, end)
    if len(values) < wanted and values and not _COUNCILS_OWN.match(values[0].text):
        values = []  # no trace of which cell is empty: reported rather than guessed
    values += [Cell()] * (wanted - len(values))
    return Row((name, *reversed(values), *cells), joined.spans())


def _activity_row(joined: Joined, parts: Sequence[Block], blocks: Blocks, columns: Sequence[str]) -> Row:
    """Text, perhaps who is responsible, and dates; of one date alone it is not known to be the start."""
    text, source = joined.text, blocks.text
    dates = list(re.finditer(_ISO, text))[-2:]
    first = dates[0].start()
    who = Cell()
    if len(columns) > 3 and blocks.apart and len(parts) > 1:  # a text that wraps ends a block: the next cell begins one
        begins = len(Joined(source, parts[:-1]).text)
        who, first = joined.cell(source, begins, first), min(begins, first)
    elif len(columns) > 3 and (role := _ROLE.search(text[:first])):  # all on one line: known by what it is called
        who, first = joined.cell(source, role.start(1), first), role.start(1)
    words = joined.cell(source, 0, first)
    tail = joined.cell(source, dates[-1].end(), len(text))
    if tail.text:
        words = Cell(mended(f"{words.text}\n{tail.text}"), words.spans + tail.spans)
    ends = [joined.cell(source, date.start(), date.end()) for date in dates]
    cells = [words, *([who] if len(columns) > 3 else []), *([Cell()] if len(ends) < 2 else []), *ends]
    return Row(tuple(cells), joined.spans())


def _comment_end(blocks: Blocks, i: int) -> int:
    """The place after a "Kommentar" line and the sentences under it."""
    j = i + 1
    while (block := blocks.at(j)) is not None and j - i <= 12:
        if _LADDER.match(block.words) or indicator_header(blocks, j) or activity_header(blocks, j):
            break
        before = blocks.at(j - 1)
        if j > i + 1 and before is not None:
            if _row_end(blocks, j, _INDICATORS) is not None:
                break
            if before.words.endswith((".", "!", "?")) and _starts_anew(before, block):
                break
        j += 1
    return j


def _starts_anew(before: Block, after: Block) -> bool:
    """True where the line before ended a paragraph: it stops well short of the other, or a row follows."""
    return len(before.words) + 12 < len(after.words) or len(after.lines) > 1


def _comment_row(joined: Joined, source: str, width: int) -> Row:
    end = len("Kommentar") + (1 if joined.text.startswith("Kommentar:") else 0)
    label, words = joined.cell(source, 0, end), joined.cell(source, end, len(joined.text))
    return Row((label, words, *[Cell()] * (width - 2)), joined.spans())

"""Lines to grids: tables that text extraction flattened are put together again.

What an extraction leaves of a table varies. Two things help where they are there: cells that wrap stay together as
lines with no blank line between them while everything else is set apart by one, and an empty cell leaves one space
more. Neither is relied on alone: a row is also known by how it ends (a reporting period, two dates, as many numbers as
the header has columns), and numbers by what must hold between them (net = costs − revenue, women + men = all).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.blocks import Block, Blocks, Joined
from ingest.columns import divided, is_name, is_numeric, like_header, likeliest
from ingest.grids import FOOTNOTE
from ingest.number_rows import holds_numbers, number_rows, widths_at
from ingest.source import Cell, Grid, Line, Row, Source
from ingest.values import AMOUNT, UNIT, folded
from ingest.word_rows import amount_rows, comment_rows, listed_rows

PERIOD = (
    r"(?:Vartannat |Vart annat )?[Åå]r(?:lig(?:en)?|svis)?|Tertial|Kvartal|Månad|Halvår|Delår|T[123](?:[,/ ]+T[123])*"
)
_ENDS_INDICATOR = re.compile(rf"(?:^|\s)(?:{PERIOD})\s*$")
_ISO = r"\d{4}-\d{2}-\d{2}"
_ENDS_ACTIVITY = re.compile(rf"(?:^|\s){_ISO}(?:\s+{_ISO})?\s*$")
_STARTS_WITH_DATE = re.compile(rf"^\s*{_ISO}\b")
LADDER = re.compile(
    r"^(?:KF:?s? (?:inriktningsmål|mål för verksamhetsområdet)|Kommunfullmäktiges (?:inriktningsmål|mål)\b.{0,40}|"
    r"(?:Nämnd|Enhets|Avdelnings|Bolags)(?:ens )?mål)\s*:?(?:\s|$)",
    re.IGNORECASE,
)
_COMMENT_HEADER = re.compile(
    r"^(Lokal(?:er)?|Objekt|Enhet|Område|Projekt|Insats|Risk|Åtgärd|Mål|Verksamhet|Namn|Plats|Fastighet|Uppdrag|Bilaga|"
    r"Nämnd) (Kommentar(?:er)?|Beskrivning|Åtgärd|Ansvarig|Status|Anmärkning|Inriktning|Förändring|Innehåll)$"
)
_LIST_HEADER = re.compile(
    r"^(Enhet(?:er)?|Resultatenhet(?:er)?|Förskola|Verksamhet|Namn|Lokal|Uppdrag) "
    r"(Avdelning|Verksamhet|Verksamhetsområde|Område|Förvaltning|Stadsdel|Nämnd|Chef|Ansvarig)$"
)
_MAX_HEADER = 160  # characters
_IN_WORDS = (
    r"Tas fram av(?: \S+){0,4}|[Ff]astställs?(?: \S+){0,5}|[Ss]ätts? (?:av|i)(?: \S+){1,3}|[Öö]ka[rs]?|[Mm]inska[rs]?|"
    r"[Oo]förändra[dt]|[Bb]ibehåll[as]+|[Nn]y indikator|[Ss]aknas|[Ee]j \S+|Nej|Ja|[-–]"
)
_VALUE_AT_END = re.compile(rf"(?:^|\s)(?P<value>{AMOUNT}{UNIT}|{_IN_WORDS})$", re.IGNORECASE)
_COUNCILS_OWN = re.compile(r"Tas fram av|Fastställ", re.IGNORECASE)


def tabled(source: Source) -> Source:
    """The source with the lines of every flattened table replaced by a grid whose first row is the header."""
    reading = _Reading(Blocks(source))
    items: list[Line | Grid] = []
    i = 0
    while i < len(reading.blocks.items):
        block = reading.blocks.items[i]
        if isinstance(block, Grid):
            items.append(block)
            i += 1
            continue
        found = reading.table(i)
        if found:
            grid, i = found
            items.append(grid)
        else:
            items.extend(block.lines)
            i += 1
    return replace(source, items=tuple(items))


# A header read: the names of its columns, and the place after it.
_Header = tuple[list[str], int]


class _Reading:
    """One pass over a document's blocks. Each method reads a table that begins at a place: (grid, next place)."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks, self.text = blocks, blocks.text
        # For each place how far the next row of numbers is: most places are far from any, and no header.
        self.to_numbers: list[int] = []
        distance = len(blocks.items)
        for item in reversed(blocks.items):
            distance = 0 if isinstance(item, Block) and holds_numbers(item) else distance + 1
            self.to_numbers.append(distance)
        self.to_numbers.reverse()

    def table(self, i: int) -> tuple[Grid, int] | None:
        """The table whose header begins at place `i`, None where none does."""
        return (
            self.indicators(i) or self.activities(i) or self.numbers(i) or self.amounts(i) or self.comments(i)
            or self.listed(i)
        )  # fmt: skip

    # Tables whose rows end in a known way

    def indicators(self, i: int) -> tuple[Grid, int] | None:
        """Indikator | Årsmål | KF:s årsmål | Periodicitet, with comments under their rows."""
        head = self._indicator_header(i)
        if head is None:
            return None
        columns, start = head
        rows = [self._header_row(columns, i, start)]
        at = start
        while (block := self.blocks.at(at)) is not None:
            again = self._indicator_header(at)
            if again:
                at = again[1]
                continue
            if block.words.rstrip(":") == "Kommentar" and len(rows) > 1:
                at = self._comment(at, rows, len(columns))
                continue
            end = self._row_end(at, _ENDS_INDICATOR, stop_at_sentence=True, header=self._indicator_header)
            if end is None:
                break
            rows.append(self._indicator_row(self._without_headers(at, end, self._indicator_header), len(columns)))
            at = end
        return (Grid(tuple(rows), header=1), at) if len(rows) > 1 else None

    def activities(self, i: int) -> tuple[Grid, int] | None:
        """Aktivitet | Startdatum | Slutdatum."""
        head = self._activity_header(i)
        if head is None:
            return None
        columns, start = head
        rows = [self._header_row(columns, i, start)]
        at = start
        while (block := self.blocks.at(at)) is not None:
            again = self._activity_header(at)
            if again:
                at = again[1]
                continue
            end = self._row_end(at, _ENDS_ACTIVITY, stop_at_sentence=False, header=self._activity_header)
            if end is None:
                break
            # Where a line is a block, dates may stand beside the first line of a text that wraps on.
            while len(block.lines) == 1 and (after := self.blocks.at(end)) and self._continues(after, end):
                end += 1
            joined = self._without_headers(at, end, self._activity_header)
            dates = list(re.finditer(_ISO, joined.text))[-2:]
            first = dates[0].start()
            text = joined.cell(self.text, 0, first)
            tail = joined.cell(self.text, dates[-1].end(), len(joined.text))
            if tail.text:
                text = Cell(f"{text.text} {tail.text}", text.spans + tail.spans)
            ends = [joined.cell(self.text, d.start(), d.end()) for d in dates]
            cells = [text, *([Cell()] if len(ends) < 2 else []), *ends]
            rows.append(Row(tuple(cells + [Cell()] * (len(columns) - len(cells))), joined.spans()))
            at = end
        return (Grid(tuple(rows), header=1), at) if len(rows) > 1 else None

    def _continues(self, after: Block, at: int) -> bool:
        words = after.words
        return words[:1].islower() and not _ENDS_ACTIVITY.search(words) and self.blocks.at(at + 1) is not None

    def _row_end(
        self,
        i: int,
        ends: re.Pattern[str],
        stop_at_sentence: bool,
        header: Callable[[int], _Header | None],
    ) -> int | None:
        """The block after the row that begins at block `i`, None where no row begins there."""
        lines, j, broken = 0, i, False
        while (block := self.blocks.at(j)) is not None and lines <= 16:
            words = block.words
            if LADDER.match(words) or FOOTNOTE.match(words):
                return None
            again = header(j) if j > i else None
            if again:
                if not block.broken:
                    return None
                j = again[1]
                continue
            if ends.search(block.raw):
                return j + 1
            after = self.blocks.at(j + 1)
            if stop_at_sentence and words.endswith(".") and not (after and ends.search(after.raw)):
                return None
            # A text that wraps is one block; a second block of prose before the dates means that no row began.
            if j == i:
                broken = block.broken
            elif len(block.lines) == 1 and self.blocks.apart and not broken and not block.broken:
                return None
            lines += len(block.lines)
            j += 1
        return None

    def _without_headers(self, i: int, j: int, header: Callable[[int], _Header | None]) -> Joined:
        """The blocks of a row as one string, without the header where a page break repeats it among them."""
        kept: list[Block] = []
        at = i
        while at < j:
            again = header(at) if at > i else None
            at = again[1] if again else at
            kept += [replace(block, broken=block.broken or again is not None) for block in self.blocks.run(at, at + 1)]
            at += 1
        return Joined(self.text, kept)

    def _indicator_header(self, i: int) -> _Header | None:
        block = self.blocks.at(i)
        if block is None or not re.match(r"Indikator(?:er)?\b", block.words):
            return None
        words, j = "", i
        while (part := self.blocks.at(j)) is not None and j - i < 5 and not part.words.endswith("."):
            words = f"{words} {part.words}".strip()
            j += 1
            if re.search(r"Periodicitet", words):
                break
        else:
            words, j = block.words, i + 1
        if not re.search(r"[åÅ]rsmål|\bMål\b|Utfall|Målvärde", words) or len(words) > 140:
            return None
        columns = likeliest([self._lines(block) for block in self.blocks.run(i, j)], self.blocks.apart)
        return (columns, j) if columns else None

    def _activity_header(self, i: int) -> _Header | None:
        block = self.blocks.at(i)
        if block is None or not re.match(r"Aktivitet(?:er)?\b", block.words):
            return None
        words, j = block.words, i + 1
        while (
            not re.search(r"Slut(?:datum)?\b|Klart\b", words) and j - i < 4 and (part := self.blocks.at(j)) is not None
        ):
            words, j = f"{words} {part.words}", j + 1
        if not re.fullmatch(r"Aktivitet(?:er)?,? Start(?:datum)? Slut(?:datum)?", words):
            return None
        return words.split(), j

    def _header_row(self, columns: Sequence[str], i: int, j: int) -> Row:
        """The names of the columns as a row, each with the place it stands at."""
        joined = self.blocks.joined(i, j)
        cells, at = [], 0
        for name in columns:
            found = re.compile(r"-?\s*".join(map(re.escape, re.sub(r"\s", "", name)))).search(joined.text, at)
            if found:
                cells.append(replace(joined.cell(self.text, found.start(), found.end()), text=name))
                at = found.end()
            else:
                cells.append(Cell(name))
        return Row(tuple(cells), joined.spans())

    def _indicator_row(self, joined: Joined, width: int) -> Row:
        """Name, values and period: from the right, since only the name has no known form."""
        text = joined.text
        period = _ENDS_INDICATOR.search(text)
        assert period is not None
        cells = [joined.cell(self.text, period.start(), period.end())]
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
            values.append(joined.cell(self.text, found.start("value"), found.end("value")))
            end = found.start("value")
        name = joined.cell(self.text, 0, end)
        if len(values) < wanted and values and not _COUNCILS_OWN.match(values[0].text):
            values = []  # no trace of which cell is empty: reported rather than guessed
        values += [Cell()] * (wanted - len(values))
        return Row((name, *reversed(values), *cells), joined.spans())

    def _comment(self, i: int, rows: list[Row], width: int) -> int:
        """A "Kommentar" line and the sentences under it, kept as a row whose first cell is "Kommentar"."""
        j = i + 1
        while (block := self.blocks.at(j)) is not None:
            words = block.words
            if LADDER.match(words) or words.startswith(("Indikator ", "Aktivitet ")) or j - i > 12:
                break
            if j > i + 1 and self._row_end(j, _ENDS_INDICATOR, True, self._indicator_header) is not None:
                break
            before = self.blocks.at(j - 1)
            if j > i + 1 and before and before.words.endswith((".", "!", "?")) and _starts_anew(before, block):
                break
            j += 1
        joined = self.blocks.joined(i, j)
        label_end = len("Kommentar") + (1 if joined.text.startswith("Kommentar:") else 0)
        label, words_ = joined.cell(self.text, 0, label_end), joined.cell(self.text, label_end, len(joined.text))
        rows.append(Row((label, words_, *[Cell()] * (width - 2)), joined.spans()))
        return j

    # Tables of numbers and of words

    def numbers(self, i: int) -> tuple[Grid, int] | None:
        """A header and rows that end in as many numbers as it has columns."""
        if self.to_numbers[i] > 10:
            return None
        for size in range(1, 5 if self.blocks.apart else 8):
            head = self.blocks.run(i, i + size)
            if len(head) < size or head[-1].words.endswith((".", ":")) or holds_numbers(head[-1]):
                return None
            words = " ".join(block.words for block in head)
            if sum(len(block.lines) for block in head) > 8 or len(words) > _MAX_HEADER:
                return None
            if not like_header(words):
                continue
            for columns in self._columns(head, i + size):
                rows = number_rows(self.blocks, i + size, columns, [block.words for block in head])
                if rows:
                    return Grid((self._header_row(columns, i, i + size), *rows[0]), header=1), rows[1]
        return None

    def _columns(self, head: Sequence[Block], start: int) -> list[list[str]]:
        """The ways to name the columns of the rows from place `start` on by the header above them, likeliest first."""
        found: list[tuple[float, list[str]]] = []
        for width in widths_at(self.blocks, start):
            named = self._named(head, width + 1)
            if named is None or (width == 1 and not is_name(named[0][1])):
                continue
            below = self._named(head[1:], width + 1) if len(head) > 1 else None
            if below is None or below[1] > named[1]:  # else the first block is a heading above a whole header
                found.append((named[1], named[0]))
        return [names for _, names in sorted(found)]

    def _named(self, head: Sequence[Block], count: int) -> tuple[list[str], float] | None:
        return divided([self._lines(block) for block in head], count, self.blocks.apart)

    def _lines(self, block: Block) -> list[str]:
        return [folded(self.text[line.start : line.end]) for line in block.lines]

    def amounts(self, i: int) -> tuple[Grid, int] | None:
        """Label | amounts, perhaps with units | words: what they are made of, or what they are per."""
        if self.to_numbers[i] > 10:
            return None
        for size in range(1, 4):
            head = self.blocks.run(i, i + size)
            words = " ".join(block.words for block in head)
            if len(head) < size or len(words) > 120 or head[-1].words.endswith((".", ":")) or holds_numbers(head[-1]):
                return None
            if not like_header(words):
                continue
            named = [found for count in range(2, 7) if (found := self._named(head, count))]
            for columns, cost in sorted(named, key=lambda each: each[1]):
                below = self._named(head[1:], len(columns)) if size > 1 else None
                if cost > 2 or (below is not None and below[1] <= cost):
                    continue
                numeric = next((n for n, name in enumerate(columns[1:]) if not is_numeric(name)), len(columns) - 1)
                for amounts in (numeric, numeric - 1):
                    if amounts < 1 or len(columns) - amounts > 2:
                        continue
                    rows = amount_rows(self.blocks, i + size, columns, amounts)
                    if rows:
                        return Grid((self._header_row(columns, i, i + size), *rows[0]), header=1), rows[1]
        return None

    def comments(self, i: int) -> tuple[Grid, int] | None:
        """Name | comment."""
        block = self.blocks.at(i)
        head = block and _COMMENT_HEADER.match(block.words)
        if not block or not head or not self.blocks.apart:  # else nothing tells where a comment that wraps ends
            return None
        rows = comment_rows(self.blocks, i + 1, block.words)
        return (Grid((self._header_row(list(head.groups()), i, i + 1), *rows[0]), header=1), rows[1]) if rows else None

    def listed(self, i: int) -> tuple[Grid, int] | None:
        """Name | the department or district it belongs to."""
        block = self.blocks.at(i)
        head = block and _LIST_HEADER.match(block.words)
        rows = listed_rows(self.blocks, i + 1, block.words) if block and head else None
        if not head or not rows:
            return None
        return Grid((self._header_row(list(head.groups()), i, i + 1), *rows[0]), header=1), rows[1]


def _starts_anew(before: Block, after: Block) -> bool:
    """True where the line before ended a paragraph: it stops well short of the other, or a row follows."""
    return len(before.words) + 12 < len(after.words) or len(after.lines) > 1

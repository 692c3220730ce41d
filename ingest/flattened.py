"""Lines to grids: tables that text extraction flattened are put together again.

What an extraction leaves of a table varies. Two things help where they are there: cells that wrap stay together as
lines with no blank line between them while everything else is set apart by one, and an empty cell leaves one space
more. Neither is relied on alone: a row is also known by how it ends (a reporting period, two dates, as many numbers as
the header has columns), and numbers by what must hold between them (net = costs − revenue, women + men = all).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block, Blocks
from ingest.cell_lines import cell_line_rows
from ingest.columns import (
    ADDRESSES,
    STREET,
    Name,
    divided,
    ends_sentence,
    is_caption,
    is_name,
    is_numeric,
    is_title,
    leads_number,
    like_header,
    words_of,
)
from ingest.figured_rows import FIGURED, figured_names, figured_rows
from ingest.label_words import parted_rows
from ingest.number_cells import holds_numbers
from ingest.number_rows import amount_list, number_rows, widths_at
from ingest.source import Cell, Grid, Line, Row, Source, Span
from ingest.sums import summed
from ingest.typed_headers import Header, typed_headers
from ingest.typed_rows import typed_rows, wrapped_rows
from ingest.values import AMOUNT, MONTHS, TOTAL, UNIT
from ingest.word_rows import amount_rows, comment_rows, listed_rows, month_rows, rows_beside

_COMMENT_HEADER = re.compile(
    r"^(Lokal(?:er)?|Objekt|Enhet|Område|Projekt|Insats|Risk|Åtgärd|Mål|Verksamhet|Namn|Plats|Fastighet|Uppdrag|Bilaga|"
    r"Nämnd) (Kommentar(?:er)?|Beskrivning|Åtgärd|Ansvarig|Status|Anmärkning|Inriktning|Förändring|Innehåll)$"
)
_MONTH_HEADER = re.compile(r"^(Månad|När|Tid) ([A-ZÅÄÖ][a-zåäö]+(?: [a-zåäö]+){0,2})$")
_LIST_HEADER = re.compile(
    r"^(Enhet(?:er)?|Resultatenhet(?:er)?|Förskola|Verksamhet|Namn|Lokal|Uppdrag) "
    r"(Avdelning|Verksamhet|Verksamhetsområde|Område|Förvaltning|Stadsdel|Nämnd|Chef|Ansvarig)$"
)
# Columns that hold words, whatever else a table has.
_IN_WORDS = re.compile(
    r"Verksamhet(?:sområde)?|Avdelning|Förvaltning|Adress|Ansvarig|\w*[Cc]hef|Åtgärd|Kommentar|Anmärkning|Beskrivning|Avser|Status|Typ|"
    r"Stadsdel|Ägare|Finansiär|Finansiering|Syfte|Ändamål|Enhet|Mått|Målgrupp|Område|Period|Tid"
)
_IN_FIGURES = re.compile(
    r"\b(?:Kostnad|Intäkt|Netto|Budget|Bokslut|Utfall|Prognos|Plan|Ersättning|Avgift|Pris|Volym|Antal|Andel|Summa|Total|"
    r"Belopp|Förändring|mnkr|tkr)|^20\d\d",
    re.IGNORECASE,
)
_A_YEAR, _YEARS, _YEAR_AND_NAME = (
    re.compile(r"20\d\d"),
    re.compile(r"20\d\d(?: \([^()]*\))? 20\d\d"),
    re.compile(r"20\d\d [A-ZÅÄÖ]"),
)
_BALANCE = ("Kostnad", "Intäkt", "Netto")  # columns of which one is told by the others
_EITHER = frozenset(("Förändring", "Förändringar", "Omfattning"))  # columns of figures, or of words
_FIGURE = re.compile(rf"{AMOUNT}{UNIT}\*{{0,2}}")
_WORDS = re.compile(rf"(?!(?:{'|'.join(MONTHS)}|ing[ae]n|inget|saknas|löpande|nej)\b)[^\W\d_]{{3}}", re.IGNORECASE)
_LEAD = re.compile(r"[A-ZÅÄÖ][^.:]{5,100}?,? \(?(?:belopp i )?(?:[mt]kr|mnkr|kr|kronor)\)?:")
_OF_UNIT = re.compile(r"(?:, (?:belopp i )?|\((?:belopp i )?)(?:[mt]kr|mnkr|kr|kronor)(?: per [a-zåäö]+)?\)?$")
# Places that are compared, or who pays, a word each.
_OF_NAMES = re.compile(r"[A-ZÅÄÖ][a-zåäö]{2,}(?: [A-ZÅÄÖ][\w-]{2,}){2,5}")
_NUMBERED = re.compile(r"\d{1,2}\.\d{1,2}\.? [A-ZÅÄÖ]")  # a heading
_MAX_HEADER = 160  # characters
_FEW_LINES, _MOST_LINES = 7, 14  # of a header; more than few only where its columns are narrow
_NARROW = 24  # characters
# A time that ends a line of figures: a day, or a month and perhaps its year.
_TIME = re.compile(
    rf" (?:\d{{4}}-\d\d-\d\d|(?:{'|'.join(MONTHS)})(?:[-–](?:{'|'.join(MONTHS)}))?(?: 20\d\d)?|löpande|tills vidare)$",
    re.IGNORECASE,
)
_AHEAD = 12  # blocks after a header that tell whether its last column has times
_WITH_WORDS = 0.5  # how much more a table is worth by each of its columns that has words or times


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


class _Reading:
    """One pass over a document's blocks. Each method reads a table that begins at a place: (grid, next place)."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks, self.text = blocks, blocks.text
        # For each place how far the next row of numbers is: most places are far from any, and no header.
        self.starts = [item.lines[0].start if isinstance(item, Block) else -1 for item in blocks.items]
        self.times = [isinstance(item, Block) and _TIME.search(item.words) is not None for item in blocks.items]
        self.to_numbers: list[int] = []
        distance = len(blocks.items)
        for item, time in zip(reversed(blocks.items), reversed(self.times), strict=True):
            distance = 0 if time or (isinstance(item, Block) and holds_numbers(item)) else distance + 1
            self.to_numbers.append(distance)
        self.to_numbers.reverse()
        self.headers: dict[int, list[Header]] = {}
        self.begin: dict[int, bool] = {}
        self.tried: dict[int, tuple[float, Grid, int] | None] = {}

    def table(self, i: int) -> tuple[Grid, int] | None:
        """The table whose header begins at place `i`, None where none does."""
        block = self.blocks.at(i)
        if block and is_title(block.words):
            return None
        if block and (bare := self.bare(i)):
            return bare
        read, wrapped = self._read(i), self.wrapped(i)
        if not read or not wrapped or read[1] > wrapped[1]:
            return read or wrapped
        names = [[cell.text for cell in grid.rows[0].cells] for grid, _ in (read, wrapped)]
        return wrapped if read[1] < wrapped[1] or names[0] != names[1] else read

    def _read(self, i: int) -> tuple[Grid, int] | None:
        """The table whose header begins at place `i`, of whatever kind its rows are."""
        after = self.blocks.at(i + 1)
        if (
            after
            and re.match(r"(?i:\(?(?:mnkr|tkr|mkr)\)?(?: 20\d\d|$))", after.words)
            and (below := self._numbers(i + 1))
        ):
            own = self._numbers(i)
            if own is None or own[0] <= below[0]:
                return None  # a heading above a header that begins with its unit
        return (
            self.figured(i)
            or self.numbers(i)
            or self.amounts(i)
            or self.lines(i)
            or self.comments(i)
            or self.listed(i)
            or self.led(i)
            or self.typed(i)
            or self.months(i)
            or self.compared(i)
        )

    def figured(self, i: int) -> tuple[Grid, int] | None:
        """Label | figures, perhaps with units | times | words."""
        if self.blocks.traced or not self.blocks.at(i):
            return None
        for size in range(1, (3 if self.blocks.apart else _MOST_LINES) + 1):
            block, row = self.blocks.at(i + size - 1), self.blocks.at(i + size)
            if not block or not row or ends_sentence(block.words):
                return None
            if size > 1 and self.blocks.apart and not block.broken:
                return None  # a header is one block there, but for a day that its line ends in
            if not FIGURED.search(row.words) or not (names := figured_names(self.blocks, i, size)):
                continue
            header = [part.words for part in self.blocks.run(i, i + size)]
            if rows := figured_rows(self.blocks, i + size, [name.text for name in names], header):
                below = any(self.figured(at) for at in range(i + 1, i + size))
                return None if below else self._grid(names, i, i + size, rows)
        return None

    def compared(self, i: int) -> tuple[Grid, int] | None:
        """Label | a figure for each of what is compared, which proper names head ("Fyren", "Udden")."""
        names = figured_names(self.blocks, i, 1, proper=True) if self.blocks.apart and self.blocks.at(i + 1) else None
        if not names:
            return None
        header = [part.words for part in self.blocks.run(i, i + 1)]
        rows = figured_rows(self.blocks, i + 1, [name.text for name in names], header, alone=True)
        return self._grid(names, i, i + 1, rows)

    def numbers(self, i: int) -> tuple[Grid, int] | None:
        """A header and rows that end in as many numbers as it has columns."""
        found = self._numbers(i)
        if found is None:
            return None
        worth, grid, end = found
        if (
            (len(grid.rows[0].cells) == 2 or _are_torn(grid.rows[1:]))
            and (words := self.typed(i))
            and self._says_more(words, grid, end)
        ):
            return words
        inside = [at for at in range(i + 1, end) if self.starts[at] < grid.rows[1].spans[0].start]
        below = max((found[0] for at in inside if (found := self._numbers(at))), default=-math.inf)
        return (grid, end) if below <= worth else None  # else headings above a whole header

    def _says_more(self, table: tuple[Grid, int], other: Grid, end: int) -> bool:
        """True where a table of words parts what another reading, up to the place `end`, took for one label."""
        grid, after = table
        more = len(grid.rows[0].cells) > len(other.rows[0].cells)
        return after == end and more and all(row.cells[1].text for row in grid.rows)

    def _numbers(self, i: int) -> tuple[float, Grid, int] | None:
        """The best reading of a table of numbers whose header begins at place `i`, and how good it is."""
        if i not in self.tried:
            near = i < len(self.to_numbers) and self.to_numbers[i] <= _MOST_LINES + 2
            self.tried[i] = self._best_numbers(i) if near else None
        return self.tried[i]

    def _best_numbers(self, i: int) -> tuple[float, Grid, int] | None:
        best: tuple[float, Grid, int] | None = None
        for size in range(1, _MOST_LINES + 1):
            head = self.blocks.run(i, i + size)
            if len(head) < size or ends_sentence(head[-1].words) or holds_numbers(head[-1]):
                break
            caption = is_caption(head[-1].words) and len(head[-1].lines) == 1  # "Snittpris per dygn, kr" may wrap
            if head[-1].lines[0].listed or _NUMBERED.match(head[0].words) or caption:
                break
            if size > _FEW_LINES and len(head[-1].words) > _NARROW:
                break
            words = " ".join(block.words for block in head)
            if sum(len(block.lines) for block in head) > _MOST_LINES or len(words) > _MAX_HEADER:
                break
            of_names = size == 1 and _OF_NAMES.fullmatch(words) is not None
            titled = of_names and (above := self.blocks.at(i - 1)) is not None and _OF_UNIT.search(above.words)
            if not like_header(words) and not of_names:
                continue
            ways = self._ways(i + size)
            most = max((width for _, width, _ in ways), default=0)
            if most and all(f" {name}" in f" {words}" for name in _BALANCE) and self._has_more(head, most + 1):
                ways.append((self.blocks, most + 1, 0))
            for blocks, width, texts in ways:
                if of_names and (width != words.count(" ") or texts):
                    continue
                found = self._numbers_under(head, i, size, blocks, width, texts, best[0] if best else -math.inf)
                if width > most and found and any(all(cell.text for cell in row.cells) for row in found[1].rows[1:]):
                    continue  # only where all rows lack the same figure, as that of revenue
                if found and (not of_names or titled or _are_whole(found[1])):
                    best = found
        return best

    def _has_more(self, head: Sequence[Block], count: int) -> bool:
        """True where a header is rather of one name more than of so many."""
        fewer, more = self._named(head, count), self._named(head, count + 1)
        return more is not None and (fewer is None or more[1] < fewer[1])

    def _ways(self, at: int) -> list[tuple[Blocks, int, int]]:
        """How rows from place `at` on may be read: the blocks, with a last column of times left out or not, how many
        columns of figures they have, and how many of words after the labels."""
        views = [self.blocks]
        if self.times[at : at + _AHEAD].count(True) > 2:
            views.append(self.blocks.cut(at, _TIME))
        widths = {blocks: widths_at(blocks, at) for blocks in views}
        most = max(max(found, default=0) for found in widths.values())
        plain = [(self.blocks, width, 0) for width in widths[self.blocks]]
        counts = [(blocks, texts) for blocks in views for texts in range(blocks is self.blocks, 3)]
        return plain + [(blocks, width, texts) for width in range(1, most + 1) for blocks, texts in counts]

    def _numbers_under(
        self, head: Sequence[Block], i: int, size: int, blocks: Blocks, width: int, texts: int, least: float
    ) -> tuple[float, Grid, int] | None:
        """The table under a header read in one of the ways, and how good that is; None where no better than `least`."""
        timed = blocks is not self.blocks
        named = self._named(head, 1 + texts + width + timed)
        if named is None or not _may_head(named[0], texts, timed):
            return None
        if timed and self.times[i + size - 1]:
            return None  # a row
        if (timed or texts) and self._has_more(head, len(named[0])):
            return None  # one more column of words
        if timed and not texts and not self._has_more(head, len(named[0]) - 1):
            return None  # "Budget" and "2031, tkr" are one name
        columns = [name.text for name in named[0][texts : texts + width + 1]]
        read = number_rows(blocks, i + size, columns, [block.words for block in head], texts)
        if read is None or (texts and not _are_labels(read[0])):
            return None
        addressed = texts > 0 and columns[0] in ADDRESSES
        worth = _filled(read[0], addressed) - named[1] + _WITH_WORDS * (texts + timed)
        if worth <= least:
            return None
        rows, end = read
        if texts:
            rows = parted_rows(self.blocks, rows, 1 + texts) or []
            end = self._place(read[0][len(rows)]) if len(rows) < len(read[0]) else end
        if timed:
            rows = [_with_time(row, self.text) for row in rows]
            if 2 * sum(bool(row.cells[-1].text) for row in rows) < len(rows):
                return None  # what some comments end in
        grid = self._grid(named[0], i, i + size, (rows, end)) if rows else None
        return (worth, *grid) if grid else None

    def _place(self, row: Row) -> int:
        """The place of the block that a row begins in."""
        return next(n for n, start in enumerate(self.starts) if start >= row.spans[0].start)

    def _named(self, head: Sequence[Block], count: int) -> tuple[Sequence[Name], float] | None:
        return divided(tuple(self.blocks.lines(block) for block in head), count, self.blocks.apart)

    def amounts(self, i: int) -> tuple[Grid, int] | None:
        """Label | amounts, perhaps with units | words: what they are made of, or what they are per."""
        for size in range(1, 4):
            head = self.blocks.run(i, i + size)
            words = " ".join(block.words for block in head)
            if len(head) < size or len(words) > 120 or head[-1].words.endswith((".", ":")) or holds_numbers(head[-1]):
                return None
            if not like_header(words):
                continue
            named = [found for count in range(2, 7) if (found := self._named(head, count))]
            below = min(
                (found[1] for count in range(2, 7) if (found := self._named(head[1:], count))), default=math.inf
            )
            best: tuple[list[Row], int] | None = None
            heads: Sequence[Name] = ()
            for columns, cost in sorted(named, key=lambda each: each[1]):
                if cost > 2 or below <= cost:
                    break
                numeric = next((n for n, name in enumerate(columns[1:]) if not is_numeric(name.text)), len(columns) - 1)
                for amounts in (numeric, numeric - 1):
                    if amounts < 1 or len(columns) - amounts > 2:
                        continue
                    rows = amount_rows(self.blocks, i + size, [name.text for name in columns], amounts)
                    if not rows or not any(row.cells[-1].text for row in rows[0]):
                        continue  # no table has a last column that is empty
                    if best is None or _full(rows[0]) > _full(best[0]):
                        best, heads = rows, columns
            if best:
                read = self.typed(i) if heads[1].text in _EITHER else None
                return read or self._grid(heads, i, i + size, best)
        return None

    def lines(self, i: int) -> tuple[Grid, int] | None:
        """A header of names and rows whose cells each begin a line."""
        for header in self._headers(i) if self.blocks.apart else ():
            words = [block.words for block in self.blocks.run(i, header.end)]
            names = [name.text for name in header.names]
            read = cell_line_rows(self.blocks, header.end, names, words, self._begins) if header.sure else None
            if read:
                return self._grid(header.names, i, header.end, read)
        return None

    def comments(self, i: int) -> tuple[Grid, int] | None:
        """Name | comment."""
        block = self.blocks.at(i)
        head = block and _COMMENT_HEADER.match(block.words)
        if not block or not head or not self.blocks.apart:  # else nothing tells where a comment that wraps ends
            return None
        return self._grid(head.groups(), i, i + 1, comment_rows(self.blocks, i + 1, block.words))

    def months(self, i: int) -> tuple[Grid, int] | None:
        """A month | what happens in it."""
        block = self.blocks.at(i)
        head = block and _MONTH_HEADER.match(block.words)
        return self._grid(head.groups(), i, i + 1, month_rows(self.blocks, i + 1)) if head else None

    def listed(self, i: int) -> tuple[Grid, int] | None:
        """Name | the department or district it belongs to."""
        block = self.blocks.at(i)
        head = block and _LIST_HEADER.match(block.words)
        if not block or not head:
            return None
        return self._grid(head.groups(), i, i + 1, listed_rows(self.blocks, i + 1, block.words))

    def led(self, i: int) -> tuple[Grid, int] | None:
        """Lines that each end in an amount, under a line that leads into them and tells the unit ("… (tkr):")."""
        block = self.blocks.at(i)
        head = block and _LEAD.fullmatch(block.words)
        if not head:
            return None
        return self._grid((head[0].rstrip(":"), "Belopp"), i, i + 1, amount_list(self.blocks, i + 1))

    def bare(self, i: int) -> tuple[Grid, int] | None:
        """Rows of one amount without a header, right under a table's number, title and unit."""
        above, block = self.blocks.at(i - 1) if i else None, self.blocks.at(i)
        if not above or not block or not is_title(above.words) or not _OF_UNIT.search(above.words):
            return None
        rows = number_rows(self.blocks, i, ("", "Belopp"), [above.words]) if holds_numbers(block) else None
        return self._grid(("", "Belopp"), i, i, rows) if rows and len(rows[0]) > 2 else None

    def wrapped(self, i: int) -> tuple[Grid, int] | None:
        """A table up to a blank line, whose cells of several lines have these to themselves."""
        if self.blocks.apart or not (i == 0 or self.blocks.blank(i) or self.blocks.page_before(i)):
            return None
        found = wrapped_rows(self.blocks, i)
        return found and self._grid(found[0], i, found[1], found[2:4])

    def typed(self, i: int) -> tuple[Grid, int] | None:
        """A header of names and rows whose cells are told apart by what the cells of a column have in common."""
        best: tuple[float, Grid, int] | None = None
        for header in self._headers(i):
            if any(self.numbers(at) for at in range(i + 1, header.end)):
                break  # a heading above the header of another table
            names = [name.text for name in header.names]
            if len(names) > 2:
                wrapped = self._grid(header.names, i, header.end, rows_beside(self.blocks, header.end, names))
                if wrapped:
                    return wrapped
            words = [block.words for block in self.blocks.run(i, header.end)]
            read = typed_rows(self.blocks, header, words, self._begins)
            if not read or (best is not None and read[2] <= best[0]):
                continue
            if grid := self._grid(header.names, i, header.end, read[:2]):
                best = read[2], *grid
        return best[1:] if best else None

    def _begins(self, at: int) -> bool:
        """True where a table that is known by its header begins at a place."""
        if at not in self.begin:
            known = self.numbers(at)
            self.begin[at] = bool(known) or any(each.sure and len(each.names) > 2 for each in self._headers(at))
        return self.begin[at]

    def _headers(self, i: int) -> list[Header]:
        """The headers of names that may begin at place `i`."""
        if i not in self.headers:
            self.headers[i] = typed_headers(self.blocks, i)
        return self.headers[i]

    def _grid(
        self, columns: Sequence[Name | str], i: int, start: int, rows: tuple[list[Row], int] | None
    ) -> tuple[Grid, int] | None:
        """A table's grid, its header from place `i` to before `start`, and the place after its rows."""
        names = [column.text if isinstance(column, Name) else column for column in columns]
        merged = any(map(_A_YEAR.fullmatch, names)) and any(map(_YEAR_AND_NAME.match, names))
        if not rows or merged or any(map(_YEARS.search, names)):
            return None  # years that head a column each are in the name of another ("2030 Kommentar")
        if _are_torn_off([row.cells[0].text for row in rows[0]]) or _are_mixed(rows[0]):
            return None
        return summed(Grid((self._header_row(columns, i, start), *rows[0]), header=1), self.text), rows[1]

    def _header_row(self, columns: Sequence[Name | str], i: int, j: int) -> Row:
        """The names of the columns as a row, each with the place it stands at."""
        joined = self.blocks.joined(i, j)
        words = words_of(joined.text)
        cells, at = [], 0
        for name in columns:
            if isinstance(name, Name):
                parts = [joined.cell(self.text, *words[n]) for n in name.words]
                spans = _runs(self.text, [span for part in parts for span in part.spans])
                cells.append(Cell(name.text, spans))
                continue
            found = re.compile(r"-?\s*".join(map(re.escape, re.sub(r"\s", "", name)))).search(joined.text, at)
            if found:
                cells.append(replace(joined.cell(self.text, found.start(), found.end()), text=name))
                at = found.end()
            else:
                cells.append(Cell(name))
        return Row(tuple(cells), joined.spans())


def _are_labels(rows: Sequence[Row]) -> bool:
    """True where rows have amounts after their labels: no decimals in them, and no years or houses' numbers after."""
    figures = [cell.text for row in rows for cell in row.cells[1:] if cell.text]
    amounts = [re.match(r"(?!(?:19|20)\d\d$)[-−–+(]?\d", words) is not None for words in figures]
    if 2 * sum(amounts) < len(figures):
        return False
    labels = [row.cells[0].text for row in rows]
    houses = sum(STREET.search(label) is not None for label in labels)
    return len(rows) > 2 and 2 * houses < len(rows) and not any(re.search(r"\s\d+,\d", label) for label in labels)


def _are_torn_off(labels: Sequence[str]) -> bool:
    """True where many labels are bare figures, or end in figures: these are of columns that were not seen."""
    bare = sum(re.fullmatch(r"(?!(?:19|20)\d\d$)\d[\d ]*", label) is not None for label in labels)
    ends = [re.search(r"(\S+) (?!(?:19|20)\d\d$)\d[\d ]*\d{2}$", label) for label in labels]
    torn = sum(end is not None and not STREET.search(end[1]) and not leads_number(f" {end[1]}") for end in ends)
    return len(labels) > 2 and (len(labels) < 4 * bare < 4 * len(labels) or 2 * torn > len(labels))


def _are_mixed(rows: Sequence[Row]) -> bool:
    """True where some column has figures in part, and else words, so that some stand under another's name."""
    body = [row for row in rows if not TOTAL.match(row.cells[0].text)]
    columns = zip(*([cell.text for cell in row.cells[1:]] for row in body), strict=True)
    for column in columns:
        figures = sum(_FIGURE.fullmatch(text) is not None for text in column)
        words = sum(_WORDS.match(text) is not None for text in column)
        if words >= _TELLING and 0.2 * (words + figures) < figures < 0.8 * (words + figures):
            return True
    return False


_TELLING = 2  # cells of words; one may be that a figure is set later


def _are_torn(rows: Sequence[Row]) -> bool:
    """True where some rows have labels alone and others words in more cells: they may be parts of the same rows."""
    more = ["".join(cell.text for cell in row.cells[1:]) for row in rows]
    return "" in more and any(re.search(r"[^\W\d]{3}", words) for words in more)


def _are_whole(grid: Grid) -> bool:
    """True where a table has three rows or more, and no cell is empty."""
    return len(grid.rows) > 3 and all(cell.text for row in grid.rows for cell in row.cells)


def _full(rows: Sequence[Row]) -> int:
    """How many cells have words."""
    return sum(bool(cell.text) for row in rows for cell in row.cells)


def _may_head(names: Sequence[Name], texts: int, timed: bool) -> bool:
    """True where names may be those of labels, of `texts` columns of words, of figures, and of times where `timed`."""
    words = [name.text for name in names]
    if timed and is_numeric(words.pop()):
        return False
    of_words, figures = words[1 : 1 + texts], words[1 + texts :]
    if any(map(_IN_WORDS.fullmatch, figures)) or any(map(_IN_FIGURES.search, of_words)):
        return False
    if len(figures) > 1:
        return True
    if not texts:
        return is_name(figures[0]) or (timed and is_numeric(figures[0]))
    return is_numeric(figures[0]) and not re.match(r"(?:19|20)\d\d", figures[0])


def _with_time(row: Row, text: str) -> Row:
    """The row with what ends the line of its last figure as one more cell."""
    last = next((cell for cell in reversed(row.cells) if cell.spans), None)
    start = last.spans[-1].end if last else 0
    end = text.find("\n", start) if last else 0
    words = text[start : end if end >= 0 else len(text)]
    if not last or not words.strip():
        return Row((*row.cells, Cell()), row.spans)
    place = Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
    spans = tuple(Span(s.start, max(s.end, place.end)) if s.start <= start <= s.end else s for s in row.spans)
    return Row((*row.cells, Cell(words.strip(), (place,))), spans)


def _runs(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans with nothing but white space between them as one."""
    runs: list[Span] = []
    for span in spans:
        if runs and not text[runs[-1].end : span.start].strip() and runs[-1].end <= span.start:
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
    return tuple(runs)


def _filled(rows: Sequence[Row], addressed: bool) -> float:
    """How many rows are filled, a row in part counted in part, less those whose label ends in a number: there the
    columns are one too few, but for the numbers of houses, as all may be where labels are `addressed`, and of what
    comes in several ("plan 2", "Hemtjänst 1" and "Hemtjänst 2")."""
    shares = [sum(bool(cell.text) for cell in row.cells[1:]) / (len(row.cells) - 1) for row in rows]
    labels = [row.cells[0].text for row in rows]
    ends = [re.search(r"\S (\d[\d ,.]*)$", label) for label in labels]
    streets = [addressed or (end and STREET.search(end.string[: end.start(1) - 1])) for end in ends]
    houses = [end and street and len(end[1]) < 4 for end, street in zip(ends, streets, strict=True)]
    names = [end.string[: end.start(1)].rstrip() if end else "" for end in ends]
    several = [
        (names.count(name) > 1 and end and len(end[1]) < 3) or leads_number(name)
        for end, name in zip(ends, names, strict=True)
    ]
    odd = [end is not None and not (house or many) for end, house, many in zip(ends, houses, several, strict=True)]
    return sum(-1.0 if short else share for share, short in zip(shares, odd, strict=True))

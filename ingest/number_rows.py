"""Rows of numbers read one below another: how many columns they have, where a label wraps, and where the table ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import Block, Blocks, Joined, header_again
from ingest.columns import dangling, like_header, likeliest
from ingest.goal_columns import VALUE
from ingest.grids import FOOTNOTE
from ingest.ladder import is_rung
from ingest.number_cells import YEAR, Tail, ends_in_several, holds_numbers, numeric_tail, readings_of, without_first
from ingest.number_sums import decided
from ingest.row_readings import RowReader, RowReading, like_label
from ingest.source import Row
from ingest.values import NUMBER, PART, folded

_ONE_AMOUNT = re.compile(rf"(?<= )(?:{NUMBER}|[-−–]?\d+(?:,\d+)?)$")
_LONGEST_REST = 30  # characters of a label that go on under its numbers
_YEAR_AND_UNIT = re.compile(r"\b20\d\d,? \(?(?:mnkr|tkr|mkr|kr|antal|st)\)?$")
_UNTIL = re.compile(r"(?:t\.?o\.?m\.?|fr\.?o\.?m\.?|till|från|senast)$")


def _goes_on(before: Block | None, block: Block) -> bool:
    """True where a block goes on in the middle of what the block before it said."""
    return block.words[:1].islower() or block.words[:1] == "(" or (before is not None and dangling(before.words))


def widths_at(blocks: Blocks, start: int) -> list[int]:
    """How many number columns the rows from place `start` on may have, likeliest first; none where they are no rows."""
    rows = _lines_at(blocks, start)
    if len(rows) < 2:
        return []
    series = _in_series(rows)
    counts: Counter[int] = Counter()
    for last, tail in rows:
        ways = (tail, without_first(tail)) if last[: tail.start].strip() in series else (tail,)
        counts.update({len(reading) for way in ways for reading in readings_of(last, way)})
    most = max(counts.values())
    return sorted((w for w, c in counts.items() if c >= max(2, most // 2)), key=lambda w: (-counts[w], -w))


def _lines_at(blocks: Blocks, start: int) -> list[tuple[str, Tail]]:
    """The lines of the first rows from place `start` on that end in numbers, and these."""
    rows: list[tuple[str, Tail]] = []
    at, missed = start, 0
    while len(rows) < 12 and missed < 4 and (block := blocks.at(at)) is not None:
        last = block.raw.rsplit("\n", 1)[-1]
        tail = numeric_tail(last)
        years = tail.tokens and all(YEAR.match(last[a:b]) for a, b in tail.tokens)
        if rows and years and len(tail.tokens) > 1 and like_header(block.words):
            break  # another table
        if tail.tokens and not block.words.endswith("."):
            rows.append((last, tail))
            missed = 0
        elif not (at > start and _goes_on(blocks.at(at - 1), block)):
            missed += 1
        at += 1
    return rows


def _in_series(rows: Sequence[tuple[str, Tail]]) -> frozenset[str]:
    """The names of rows that stand one below another and are numbered ("Hemtjänst 1 …", "Hemtjänst 2 …")."""
    numbered: list[tuple[str, int]] = []
    for last, tail in rows:
        first = last[slice(*tail.tokens[0])]
        number = int(first) if re.fullmatch(r"[1-9]\d?", first) and len(tail.tokens) > 1 else 0
        numbered.append((last[: tail.start].strip(), number))
    pairs = {(a[0], a[1]) for a, b in pairwise(numbered) if a[1] and b == (a[0], a[1] + 1)}
    # Two amounts of rows that are called alike may happen to begin so.
    return frozenset(name for name, n in pairs if name and not PART.match(name) and (n == 1 or (name, n + 1) in pairs))


def number_rows(
    blocks: Blocks, start: int, columns: Sequence[str], header: Sequence[str], texts: int = 0
) -> tuple[list[Row], int] | None:
    """The rows of numbers from place `start` on, and the place after them; None where there are fewer than two.

    `columns` are the names of all columns, the labels' first; `header` is the header's words, a string a block, by
    which it is known where a page repeats it; labels hold the words of `texts` more columns.
    """
    series = _in_series(_lines_at(blocks, start))
    reader = RowReader(blocks, columns, texts, series)
    return _Body(blocks, tuple(folded(words) for words in header), reader).rows(start)


def amount_list(blocks: Blocks, start: int) -> tuple[list[Row], int] | None:
    """The lines from place `start` on that each end in one amount, and the place after them; None for fewer than three.

    "Ram 2031 129 670" has its amount after the year.
    """
    rows: list[Row] = []
    at = start
    while (block := blocks.at(at)) is not None and not block.lines[0].listed:
        joined = blocks.joined(at, at + 1)
        text = joined.text.rstrip()
        found = _ONE_AMOUNT.search(text)
        if not found or not re.search(r"[^\W\d_]{2}", text[: found.start()]) or not like_label(text[: found.start()]):
            break
        rows.append(
            Row((joined.cell(blocks.text, 0, found.start()), joined.cell(blocks.text, *found.span())), joined.spans())
        )
        at += 1
    return (rows, at) if len(rows) > 2 else None


@dataclass(frozen=True, slots=True)
class _Body:
    blocks: Blocks
    header: tuple[str, ...]
    reader: RowReader

    def rows(self, start: int) -> tuple[list[Row], int] | None:
        at, read = start, list[RowReading]()
        while (block := self.blocks.at(at)) is not None:
            if again := self._header_at(at):
                at += again
                continue
            if FOOTNOTE.match(block.words) or is_rung(block.words):
                break
            found = self._labelled(at) or self._over_page(at) or self._label_alone(at, inside=bool(read))
            if not found or (block.lines[0].listed and found[0].label_end is None):
                break
            if found[0].label_end is None and read and read[-1].is_total and self._leads_on(found[1]):
                break  # after a sum, a label above a header or other rows is the heading of the next table
            if not found[0].whole and read and read[-1].is_total:
                break  # and words with fewer figures are its too
            row, at = (found[0].label_end is None and self._as_long(at, read)) or found
            if (longer := self._label_after(row, found[1])) is not None:
                row, at = longer, at + 1
            read.append(row)
        return (decided(self.blocks.text, read, self.reader.width), at) if len(read) > 1 else None

    def _as_long(self, at: int, read: Sequence[RowReading]) -> tuple[RowReading, int] | None:
        """A label that is as long as labels get, with what stands below it as one row: its next word had no room."""
        parts = self.blocks.run(at, at + 2)
        longest = max((len(folded(row.joined.text[: row.label_end])) for row in read), default=99)
        if self.blocks.apart or len(read) < 2 or len(parts) < 2 or len(parts[0].words) <= longest:
            return None
        row = self.reader.reading(self.blocks.joined(at, at + 2))
        return (row, at + 2) if row is not None and row.whole else None

    def _leads_on(self, at: int) -> bool:
        """True where the header stands again at a place, or one of the next two rows has not its columns' figures."""
        return self._header_at(at) > 0 or not self._two_rows(at)

    def _two_rows(self, at: int) -> bool:
        """True where two rows stand at a place whose figures are all known."""
        first = self._labelled(at)
        second = self._labelled(first[1]) if first and first[0].whole else None
        return second is not None and second[0].whole

    def _header_at(self, at: int) -> int:
        """How many blocks from a place on are the header again, however its lines break there; 0 where they are not. On
        a new page its last words may be all that stands there, which name the columns without the labels."""
        if again := header_again(self.blocks, at, self.header):
            return again
        whole, words = " ".join(self.header), ""
        for n in range(len(self.header) if self.blocks.page_before(at) else 0):
            block = self.blocks.at(at + n)
            words = f"{words} {block.words}".lstrip() if block else ""
            if not words or words not in whole:
                return 0
            if whole.endswith(f" {words}") and like_header(words) and " " in words:
                return n + 1
        return 0

    def _labelled(self, at: int) -> tuple[RowReading, int] | None:
        """A label and its numbers in one block, or in the last of a few where the label wraps."""
        row = self.reader.reading(self.blocks.joined(at, at + 1))
        said = re.search(r"\S ([A-ZÅÄÖ]\S+)\s*$", row.joined.text[: row.label_end]) if row is not None else None
        if said and re.fullmatch(VALUE, said[1]) and (worded := self.reader.worded(self.blocks.joined(at, at + 1))):
            return worded, at + 1  # "Årligt" is a value and no end of a label
        if row is not None and row.whole:
            return row, at + 1
        found = (row, at + 1) if row is not None else None
        loose = 0  # blocks of the label that nothing ties to the one before
        for size in range(2, 7):
            parts = self.blocks.run(at, at + size)
            if len(parts) < size or any(len(part.words) >= 90 for part in parts):
                break
            if any(part.words.endswith(":") for part in parts[:-2]):
                break  # the name of a group
            if any(map(ends_in_several, parts[:-1])) and not all(map(self._numbers_alone, parts[1:])):
                break  # a row, and another row
            beside = self._wrap_beside(parts)
            if size > 2 and not beside:
                loose += not _goes_on(*parts[-3:-1])
                if loose > (size == 3 and all(len(part.lines) == 1 for part in parts)):
                    break  # one label of two lines may begin both with a capital, as its numbers stand alone
            if self._numbers_alone(parts[-1]) or ((beside or _goes_on(*parts[-2:])) and holds_numbers(parts[-1])):
                wrapped = self.reader.reading(self.blocks.joined(at, at + size))
                if wrapped is not None and wrapped.whole:
                    return wrapped, at + size
                if found is None and wrapped is not None:
                    found = wrapped, at + size
        worded = self.reader.worded(self.blocks.joined(at, at + 1))
        return (worded, at + 1) if worded else found

    def _wrap_beside(self, parts: Sequence[Block]) -> bool:
        """True where all blocks before a row's figures are cells that wrap, beside one another: only such a cell has
        more lines, and no group's name leaves no trace of the cells that it lacks."""
        wrapped = all(len(part.lines) > 1 and not part.raw.endswith("  ") for part in parts[:-1])
        return self.reader.texts > 0 and self.blocks.apart and wrapped

    def _label_after(self, row: RowReading, at: int) -> RowReading | None:
        """The row with the rest of its label, which stands under its numbers: the label breaks off before them, or
        what stands there begins as no label does, and above another row."""
        block = self.blocks.at(at)
        if block is None or row.label_end is None or holds_numbers(block) or not self.reader.like_label(block.words):
            return None
        small = block.words[:1].islower() or block.words[:1] == "(" or re.match(r"\d+[-–]\d+ [a-zåäö]", block.words)
        label = row.joined.text[: row.label_end].strip()
        if _UNTIL.search(label) and re.fullmatch(r"\d{4}-\d\d-\d\d", block.words):
            small = dangles = True
        else:
            dangles = dangling(label)
        if not dangles:
            above = (below := self._labelled(at + 1)) is not None and below[0].joined.text[:1].isupper()
            if not small or not above or len(block.words) > _LONGEST_REST:
                return None
        elif not small and not (block.words[:1].isupper() and "-" in block.words.split()[0]):
            return None
        joined = Joined(self.blocks.text, [*row.joined.blocks, block])
        return replace(row, joined=joined, more=(len(row.joined.text), len(joined.text)))

    def _over_page(self, at: int) -> tuple[RowReading, int] | None:
        """A row that a page break divides in its label or after it: the header stands again between its two parts."""
        before = next((n for n in (1, 2, 3) if self._header_at(at + n)), 0)
        above = self.blocks.run(at, at + before)
        ends = ends_in_several if self.reader.width > 1 else holds_numbers  # "… 65" may go on with "år och äldre"
        if not before or any(map(ends, above)) or not all(_goes_on(*pair) for pair in pairwise(above)):
            return None
        rest = at + before + self._header_at(at + before)
        for size in (1, 2):
            parts = self.blocks.run(rest, rest + size)
            if len(parts) < size or not (parts[0].words[:1].islower() or self._numbers_alone(parts[0])):
                return None
            parts = [*above, replace(parts[0], broken=True), *parts[1:]]
            whole = size == 1 or self._numbers_alone(parts[-1])
            if whole and (row := self.reader.reading(Joined(self.blocks.text, parts))):
                return row, rest + size
        return None

    def _label_alone(self, at: int, inside: bool) -> tuple[RowReading, int] | None:
        """A label without values: the name of a group, or a row whose cells are empty.

        It is known by a colon, by the spaces its empty cells leave, by the header's repetition on the next page, or
        by standing right above another row, and two where it is not `inside` the table.
        """
        for size in range(1, 2 if self.blocks.apart else 4):
            parts = self.blocks.run(at, at + size)
            words = " ".join(part.words for part in parts)
            if (
                len(parts) < size
                or not self.reader.like_label(words)
                or holds_numbers(parts[-1])
                or self._other_header(parts[-1])
            ):
                return None
            if re.search(r"\d{4}-\d\d-\d\d|\b20\d\d\b.*\b20\d\d\b", words):
                return None  # a day, or two years, are a header's
            if not inside and (_YEAR_AND_UNIT.search(words) or PART.match(words)):
                return None  # right under a header so is a year with its unit, and what is part of nothing above it
            last, header, end = parts[-1], self.blocks.at(at + size), at + size
            traced = last.raw.endswith(("  ", ": ", ":")) or last.empties_after >= self.reader.width - 1 > 0
            again = header is not None and self._header_at(end) > 0
            over_page = again and header is not None and (header.broken or not self.blocks.apart)
            capitals = words[:1].isupper() and header is not None and header.words[:1].isupper()
            if traced or over_page or (capitals and not dangling(words) and self._above_rows(at, end, inside)):
                return RowReading(self.blocks.joined(at, end), None, ((None,) * self.reader.width,)), end
        return None

    def _above_rows(self, at: int, end: int, inside: bool) -> bool:
        """True where a row stands at the place after a label, and two after its first line where none stands above."""
        return self._labelled(end) is not None and (inside or self._two_rows(at + 1))

    def _other_header(self, block: Block) -> bool:
        """True where a block is the header of another table."""
        if not like_header(block.words) or block.words in self.header:
            return False
        return likeliest((self.blocks.lines(block),), self.blocks.apart) is not None

    def _numbers_alone(self, block: Block) -> bool:
        tail = numeric_tail(block.raw)
        return bool(tail.tokens) and not block.raw[: tail.start].strip()

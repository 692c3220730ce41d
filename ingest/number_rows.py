"""Rows of numbers: how many columns they have, and which number stands in which."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from ingest.blocks import Block, Blocks, Joined
from ingest.columns import dangling, leads_number, like_header, likeliest
from ingest.goal_columns import VALUE
from ingest.grids import FOOTNOTE
from ingest.ladder import is_rung
from ingest.source import Cell, Row
from ingest.values import MONTHS, NUMBER, PART, folded, number_in

_NUMERIC_TOKEN = re.compile(r"^\(?[-−–+]?\d[\d.,\u00a0\u2009\u202f]*(?: ?%)?\)?\*{0,2}$|^[-−–]$")
_TOKEN = re.compile(r"[^ \n]+(?:(?<=\d) %(?=[ \n]|$))?")  # thin spaces stand inside numbers
_YEAR = re.compile(r"(?:19|20)\d\d\*{0,2}$")
_PHONE = re.compile(r"\b0\d{1,3}[-/] ?\d{2,3} $")  # the beginning of a telephone number
_OF_YEAR = re.compile(rf"\b(?:{'|'.join(MONTHS)}|vår\w*|höst\w*|sommar\w*|vinter\w*|år) 20\d\d$", re.IGNORECASE)
_ONE_AMOUNT = re.compile(rf"(?<= )(?:{NUMBER}|[-−–]?\d+(?:,\d+)?)$")
_LONGEST_REST = 30  # characters of a label that go on under its numbers
_LONGEST_WORDS = 60  # characters of a cell that says in words what the others do in figures
_YEAR_AND_UNIT = re.compile(r"\b20\d\d,? \(?(?:mnkr|tkr|mkr|kr|antal|st)\)?$")
_MOST_OTHERS = 40  # less likely ways to read a row that a sum may choose from
_TOTAL = re.compile(r"\s*(?:Summa|Totalt?|Netto totalt)\b")
STREET = re.compile(r"\w(?:gatan?|väg(?:en)?|stigen|gränd(?:en)?|torg(?:et)?|backen|allén?|kajen|plan)$")
ADDRESSES = frozenset(("Adress", "Gatuadress", "Besöksadress"))  # columns of streets and houses
_UNTIL = re.compile(r"(?:t\.?o\.?m\.?|fr\.?o\.?m\.?|till|från|senast)$")
_NEAR = 0.5  # how much worse another reading may fit and still be thought of
_LAID_OUT = 2  # empty cells that seldom stand before every number of a row
_OFF = Decimal("0.15")  # what rounding to one decimal may put a sum off by


@dataclass(frozen=True, slots=True)
class _Tail:
    """The numbers a line ends with: token extents, and how many empty cells the spaces before each leave."""

    start: int
    tokens: tuple[tuple[int, int], ...]
    empties: tuple[int, ...]
    empties_after: int

    @property
    def spaced(self) -> bool:
        """True where wider gaps tell of empty cells, so that the places are known."""
        return any(self.empties) or self.empties_after > 0


def holds_numbers(block: Block) -> bool:
    """True where a block ends in numbers that are no years of a header."""
    last = block.raw.rsplit("\n", 1)[-1]
    tokens = [last[start:end] for start, end in _numeric_tail(last).tokens]
    return any(not _YEAR.match(token.rstrip(",")) for token in tokens) and not block.words.endswith(".")


def _several(block: Block) -> bool:
    """True where a block ends in more numbers than a label does, or in a decimal."""
    tail = _numeric_tail(block.raw)
    return len(tail.tokens) > 1 or "," in block.raw[tail.start :]


def _goes_on(before: Block | None, block: Block) -> bool:
    """True where a block goes on in the middle of what the block before it said."""
    return block.words[:1].islower() or block.words[:1] == "(" or (before is not None and dangling(before.words))


@lru_cache(maxsize=4096)  # a line is tried as many rows' end
def _numeric_tail(raw: str) -> _Tail:
    body = raw.rstrip(" ")
    tokens: list[tuple[int, int]] = []
    for found in reversed(list(_TOKEN.finditer(body))):
        if not _NUMERIC_TOKEN.match(found.group()):
            break
        tokens.append((found.start(), found.end()))
    tokens.reverse()
    if tokens and _PHONE.search(body[: tokens[0][0]]):
        tokens = []
    elif tokens and _OF_YEAR.search(body[: tokens[0][1]]):
        del tokens[0]  # "juni 2031" is words
    empties = []
    for n, (start, _) in enumerate(tokens):
        before = tokens[n - 1][1] if n else len(body[:start].rstrip(" "))
        empties.append(max(0, start - before - 1) if before else 0)
    if len(tokens) > 1 and min(empties) > _LAID_OUT:
        empties = [0] * len(tokens)  # gaps as wide as these set columns apart and tell of no empty cells
    return _Tail(tokens[0][0] if tokens else len(body), tuple(tokens), tuple(empties), max(0, len(raw) - len(body) - 1))


# A reading of a row: where each column's number stands in the joined text, None for an empty cell.
Extents = tuple[tuple[int, int] | None, ...]


def widths_at(blocks: Blocks, start: int) -> list[int]:
    """How many number columns the rows from place `start` on may have, likeliest first; none where they are no rows."""
    rows = _lines_at(blocks, start)
    if len(rows) < 2:
        return []
    series = _in_series(rows)
    counts: Counter[int] = Counter()
    for last, tail in rows:
        ways = (tail, _without_first(tail)) if last[: tail.start].strip() in series else (tail,)
        counts.update({len(reading) for way in ways for reading in _readings(last, way)})
    most = max(counts.values())
    return sorted((w for w, c in counts.items() if c >= max(2, most // 2)), key=lambda w: (-counts[w], -w))


def _lines_at(blocks: Blocks, start: int) -> list[tuple[str, _Tail]]:
    """The lines of the first rows from place `start` on that end in numbers, and these."""
    rows: list[tuple[str, _Tail]] = []
    at, missed = start, 0
    while len(rows) < 12 and missed < 4 and (block := blocks.at(at)) is not None:
        last = block.raw.rsplit("\n", 1)[-1]
        tail = _numeric_tail(last)
        years = tail.tokens and all(_YEAR.match(last[a:b]) for a, b in tail.tokens)
        if rows and years and len(tail.tokens) > 1 and like_header(block.words):
            break  # another table
        if tail.tokens and not block.words.endswith("."):
            rows.append((last, tail))
            missed = 0
        elif not (at > start and _goes_on(blocks.at(at - 1), block)):
            missed += 1
        at += 1
    return rows


def _in_series(rows: Sequence[tuple[str, _Tail]]) -> frozenset[str]:
    """The names of rows that stand one below another and are numbered ("Hemtjänst 1 …", "Hemtjänst 2 …")."""
    numbered: list[tuple[str, int]] = []
    for last, tail in rows:
        first = last[slice(*tail.tokens[0])]
        number = int(first) if re.fullmatch(r"[1-9]\d?", first) and len(tail.tokens) > 1 else 0
        numbered.append((last[: tail.start].strip(), number))
    pairs = {(a[0], a[1]) for a, b in pairwise(numbered) if a[1] and b == (a[0], a[1] + 1)}
    # Two amounts of rows that are called alike may happen to begin so.
    return frozenset(name for name, n in pairs if name and not PART.match(name) and (n == 1 or (name, n + 1) in pairs))


def _without_first(tail: _Tail) -> _Tail:
    """The numbers of a row whose first is its label's."""
    return replace(tail, tokens=tail.tokens[1:], empties=(0, *tail.empties[2:]))


def sole_reading(text: str, width: int, columns: Sequence[str]) -> Extents | None:
    """The one way to read words that are all numbers as `width` cells, None where there is none or more than one."""
    tail = _numeric_tail(text)
    options = (
        [cells for cells in _readings(text, tail) if len(cells) == width] if not text[: tail.start].strip() else []
    )
    near = _fitting(text, options, columns)
    return near[0] if len(near) == 1 else None


def number_rows(
    blocks: Blocks, start: int, columns: Sequence[str], header: Sequence[str], texts: int = 0
) -> tuple[list[Row], int] | None:
    """The rows of numbers from place `start` on, and the place after them; None where there are fewer than two.

    `columns` are the names of all columns, the labels' first; `header` is the header's words, a string a block, by
    which it is known where a page repeats it; labels hold the words of `texts` more columns.
    """
    series = _in_series(_lines_at(blocks, start))
    return _Body(blocks, columns, tuple(folded(words) for words in header), texts, series).rows(start)


def header_again(blocks: Blocks, at: int, header: Sequence[str]) -> int:
    """How many blocks from a place on say what a header's blocks say, however its lines break there and whether or not
    it tells the unit of its labels; 0 where they do not."""
    block = blocks.at(at)
    if block is None or block.words.split()[0].strip(",") != header[0].split()[0].strip(","):
        return 0
    wanted, said = _bare(header), ""
    for size in range(1, len(header) + 1):
        said = _bare([part.words for part in blocks.run(at, at + size)])
        if said == wanted:
            return size
    return 0


def _bare(header: Sequence[str]) -> str:
    """A header's letters and figures, without the unit that its labels may have."""
    return re.sub(r"[\W_]", "", re.sub(r"^([^\d,]+?),? \(?(?:mnkr|tkr|mkr|kr)\b\)?", r"\1", " ".join(header)))


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
    columns: Sequence[str]
    header: tuple[str, ...]
    texts: int = 0
    series: frozenset[str] = frozenset()  # names of rows that are numbered

    @property
    def width(self) -> int:
        return len(self.columns) - 1

    def rows(self, start: int) -> tuple[list[Row], int] | None:
        at, read = start, list[_RowReading]()
        while (block := self.blocks.at(at)) is not None:
            if again := self._header_at(at):
                at += again
                continue
            if FOOTNOTE.match(block.words) or is_rung(block.words):
                break
            found = self._labelled(at) or self._over_page(at) or self._label_alone(at, inside=bool(read))
            if not found or (block.lines[0].listed and found[0].label_end is None):
                break
            if found[0].label_end is None and read and _is_total(read[-1]) and self._leads_on(found[1]):
                break  # after a sum, a label above a header or other rows is the heading of the next table
            if not found[0].whole and read and _is_total(read[-1]):
                break  # and words with fewer figures are its too
            row, at = (found[0].label_end is None and self._as_long(at, read)) or found
            if (longer := self._label_after(row, found[1])) is not None:
                row, at = longer, at + 1
            read.append(row)
        return (_decided(self.blocks.text, read, self.columns), at) if len(read) > 1 else None

    def _as_long(self, at: int, read: Sequence[_RowReading]) -> tuple[_RowReading, int] | None:
        """A label that is as long as labels get, with what stands below it as one row: its next word had no room."""
        parts = self.blocks.run(at, at + 2)
        longest = max((len(folded(row.joined.text[: row.label_end])) for row in read), default=99)
        if self.blocks.apart or len(read) < 2 or len(parts) < 2 or len(parts[0].words) <= longest:
            return None
        row = self._row(self.blocks.joined(at, at + 2))
        return (row, at + 2) if row is not None and row.whole else None

    def _like_label(self, words: str) -> bool:
        return like_label(words, self.texts)

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

    def _labelled(self, at: int) -> tuple[_RowReading, int] | None:
        """A label and its numbers in one block, or in the last of a few where the label wraps."""
        row = self._row(self.blocks.joined(at, at + 1))
        said = re.search(r"\S ([A-ZÅÄÖ]\S+)\s*$", row.joined.text[: row.label_end]) if row is not None else None
        if said and re.fullmatch(VALUE, said[1]) and (worded := self._worded(self.blocks.joined(at, at + 1))):
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
            if any(map(_several, parts[:-1])) and not all(map(self._numbers_alone, parts[1:])):
                break  # a row, and another row
            beside = self._wrap_beside(parts)
            if size > 2 and not beside:
                loose += not _goes_on(*parts[-3:-1])
                if loose > (size == 3 and all(len(part.lines) == 1 for part in parts)):
                    break  # one label of two lines may begin both with a capital, as its numbers stand alone
            if self._numbers_alone(parts[-1]) or ((beside or _goes_on(*parts[-2:])) and holds_numbers(parts[-1])):
                wrapped = self._row(self.blocks.joined(at, at + size))
                if wrapped is not None and wrapped.whole:
                    return wrapped, at + size
                if found is None and wrapped is not None:
                    found = wrapped, at + size
        worded = self._worded(self.blocks.joined(at, at + 1))
        return (worded, at + 1) if worded else found

    def _wrap_beside(self, parts: Sequence[Block]) -> bool:
        """True where all blocks before a row's figures are cells that wrap, beside one another: only such a cell has
        more lines, and no group's name leaves no trace of the cells that it lacks."""
        wrapped = all(len(part.lines) > 1 and not part.raw.endswith("  ") for part in parts[:-1])
        return self.texts > 0 and self.blocks.apart and wrapped

    def _label_after(self, row: _RowReading, at: int) -> _RowReading | None:
        """The row with the rest of its label, which stands under its numbers: the label breaks off before them, or
        what stands there begins as no label does, and above another row."""
        block = self.blocks.at(at)
        if block is None or row.label_end is None or holds_numbers(block) or not self._like_label(block.words):
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

    def _over_page(self, at: int) -> tuple[_RowReading, int] | None:
        """A row that a page break divides in its label or after it: the header stands again between its two parts."""
        before = next((n for n in (1, 2, 3) if self._header_at(at + n)), 0)
        above = self.blocks.run(at, at + before)
        ends = _several if self.width > 1 else holds_numbers  # "… 65" may go on with "år och äldre"
        if not before or any(map(ends, above)) or not all(_goes_on(*pair) for pair in pairwise(above)):
            return None
        rest = at + before + self._header_at(at + before)
        for size in (1, 2):
            parts = self.blocks.run(rest, rest + size)
            if len(parts) < size or not (parts[0].words[:1].islower() or self._numbers_alone(parts[0])):
                return None
            parts = [*above, replace(parts[0], broken=True), *parts[1:]]
            if (size == 1 or self._numbers_alone(parts[-1])) and (row := self._row(Joined(self.blocks.text, parts))):
                return row, rest + size
        return None

    def _label_alone(self, at: int, inside: bool) -> tuple[_RowReading, int] | None:
        """A label without values: the name of a group, or a row whose cells are empty.

        It is known by a colon, by the spaces its empty cells leave, by the header's repetition on the next page, or
        by standing right above another row, and two where it is not `inside` the table.
        """
        for size in range(1, 2 if self.blocks.apart else 4):
            parts = self.blocks.run(at, at + size)
            words = " ".join(part.words for part in parts)
            if (
                len(parts) < size
                or not self._like_label(words)
                or holds_numbers(parts[-1])
                or self._other_header(parts[-1])
            ):
                return None
            if re.search(r"\d{4}-\d\d-\d\d|\b20\d\d\b.*\b20\d\d\b", words):
                return None  # a day, or two years, are a header's
            if not inside and (_YEAR_AND_UNIT.search(words) or PART.match(words)):
                return None  # right under a header so is a year with its unit, and what is part of nothing above it
            last, header, end = parts[-1], self.blocks.at(at + size), at + size
            traced = last.raw.endswith(("  ", ": ", ":")) or last.empties_after >= self.width - 1 > 0
            again = header is not None and self._header_at(end) > 0
            over_page = again and header is not None and (header.broken or not self.blocks.apart)
            capitals = words[:1].isupper() and header is not None and header.words[:1].isupper()
            if traced or over_page or (capitals and not dangling(words) and self._above_rows(at, end, inside)):
                return _RowReading(self.blocks.joined(at, end), None, ((None,) * self.width,)), end
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
        tail = _numeric_tail(block.raw)
        return bool(tail.tokens) and not block.raw[: tail.start].strip()

    def _row(self, joined: Joined) -> _RowReading | None:
        """The ways to read a label and its numbers as one row of the table, None where it is none."""
        text = joined.text
        tail = self._unturned(text, self._tail(joined))
        if not tail.tokens or text.rstrip().endswith((".", ",")) or len(text) - tail.start > 120:
            return None
        if all(_YEAR.match(text[start:end]) for start, end in tail.tokens) and like_header(text):
            return None  # what is left of the header
        # Digits of the label stand before the numbers, and a line may end in more spaces than cells are empty.
        for lost, skip in itertools.product(range(max(1, tail.empties_after)), range(len(tail.tokens))):
            before = tail.empties[0] if not skip else 0
            empties = (before, *tail.empties[skip + 1 :])
            rest = _Tail(tail.start, tail.tokens[skip:], empties, tail.empties_after - lost)
            options = [reading for reading in _readings(text, rest) if len(reading) == self.width]
            in_label = [text[start:end] for start, end in tail.tokens[:skip]]
            if options and not any("," in token for token in in_label):  # no label ends in a decimal
                before_first = text[: tail.start].rstrip()
                streets = self.columns[0] in ADDRESSES or STREET.search(before_first)
                addressed = self.texts and streets and not _TOTAL.match(text)
                named = before_first.strip() in self.series or leads_number(before_first)
                if not skip and (named or addressed):
                    numbered = _without_first(tail)
                    if more := [reading for reading in _readings(text, numbered) if len(reading) == self.width]:
                        rest, options = numbered, more  # the number of the house, or of the hour
                break
        else:
            rest, options = tail, self._where_traced(joined, _placed(_readings(text, tail), self.width))
        if len(rest.tokens) == len(tail.tokens) > 2 and not tail.spaced:
            tail, rest, options = self._balanced(text, tail, rest, options)
        label_end = rest.tokens[0][0]
        label = folded(text[:label_end])
        if not options or not label or not self._like_label(label.rstrip(".")):
            return None
        if rest is tail and not tail.spaced:
            if 2 * len(tail.tokens) < self.width:
                return None
            broken = self._broken(text, options)
            sound = [cells for cells, each in zip(options, broken, strict=True) if each == min(broken)]
            others = [cells for cells in options if cells not in sound]
            return _RowReading(joined, label_end, tuple(sound), tuple(others[:_MOST_OTHERS]))
        fitting = tuple(_fitting(text, options, self.columns))
        others = [cells for cells in options if cells not in fitting]
        if _TOTAL.match(text) and not tail.spaced:  # a sum may lack what isn't added up
            others += _placed(_readings(text, tail), self.width)
        return _RowReading(joined, label_end, fitting, tuple(others[:_MOST_OTHERS]))

    def _tail(self, joined: Joined) -> _Tail:
        """The numbers that a row ends with. Where blank lines stand for empty cells they are believed if they fill the
        columns; a row that has as many numbers as columns has none, and what stands after it parts tables."""
        text = joined.text
        tail = _numeric_tail(text)
        if not tail.spaced or not any(block.blanks for block in joined.blocks):
            return tail
        plain = replace(tail, empties=(0,) * len(tail.tokens), empties_after=0)
        named = leads_number(text[: tail.start].rstrip())  # "etapp 2" has its number
        numbered = _without_first(tail) if named else tail
        ways = (tail, numbered, plain) if self._among_rows(joined.blocks[-1]) else (plain, tail, numbered)
        for way in ways:
            if way.tokens and any(len(cells) == self.width for cells in _readings(text, way)):
                return way if way is plain else tail
        return plain

    def _where_traced(self, joined: Joined, options: list[Extents]) -> list[Extents]:
        """Of the ways to spread a row's numbers those whose empty cells stand where blank lines do, or where a page
        ends, and are as few as may be; all where there are none, or where blank lines tell of no cells."""
        if not self.blocks.traced:
            return options
        tail, after = _numeric_tail(joined.text), self.blocks.after(joined.blocks[-1])
        gaps = {start for (start, _), empty in zip(tail.tokens, tail.empties, strict=True) if empty}
        open_end = tail.empties_after > 0 or (after is not None and after.broken)

        right = [
            cells
            for cells in options
            if (open_end or cells[-1])
            and all(a or b is None or b[0] in gaps for a, b in pairwise(cells))
            and (cells[0] or next(cell[0] for cell in cells if cell) in gaps)
        ]
        fewest = min((cells.count(None) for cells in right), default=0)
        return [cells for cells in right if cells.count(None) == fewest] or options

    def _among_rows(self, block: Block) -> bool:
        """True where the table has another row after a block, whose label may wrap."""
        while (after := self.blocks.after(block)) is not None and self._like_label(after.words):
            if holds_numbers(after):
                return True
            if after.broken or like_header(after.words) or after.lines[0].listed:
                return False
            block = after
        return False

    def _unturned(self, text: str, tail: _Tail) -> _Tail:
        """The numbers of a line, the space before the first no empty cell's where all columns are filled without it: a
        new page's first line may begin with one."""
        if tail.empties[:1] == (1,) and not any(len(cells) == self.width for cells in _readings(text, tail)):
            without = replace(tail, empties=(0, *tail.empties[1:]))
            if any(len(cells) == self.width for cells in _readings(text, without)):
                return without
        return tail

    def _balanced(
        self, text: str, tail: _Tail, rest: _Tail, options: list[Extents]
    ) -> tuple[_Tail, _Tail, list[Extents]]:
        """The figures of a row, those that are no label's, and the ways to read them: the ones given, or where costs
        less revenue are the net in none of them those after a figure of the label's ("Enhet 2 16 700 200 16 500"), or
        with empty cells where they are ("12 000 12 000 12 400"), or both ("Tillägg 2 % 7,5 7,5 7,4")."""
        if _balances(self.columns) and min(self._broken(text, options), default=0):
            without = replace(tail, tokens=tail.tokens[1:], empties=tail.empties[1:])
            labelled = "," not in text[slice(*tail.tokens[0])]
            filled = [cells for cells in _readings(text, without) if len(cells) == self.width] if labelled else []
            if not min(self._broken(text, filled), default=1):
                return tail, without, filled
            for own in (tail, without) if labelled else (tail,):
                fewer = _placed(_readings(text, own), self.width)
                if not min(self._broken(text, fewer), default=1):
                    return own, own, fewer
        return tail, rest, options

    def _broken(self, text: str, options: Sequence[Extents]) -> list[int]:
        """How many of the identities that hold between columns each reading breaks."""
        rows = ([number_in(text[slice(*cell)]) if cell else None for cell in cells] for cells in options)
        return [_broken(row, self.columns) for row in rows]

    def _worded(self, joined: Joined) -> _RowReading | None:
        """A row of which one cell says in words what the others do in figures ("Årligt", "Beslutas i juni").

        The words begin with a capital: after a figure, or with one that only begins a cell. None where more than one
        reading has it so.
        """
        text = joined.text
        if alike := re.search(r"(?<=[\w)]) ([a-zåäö]{3,})((?: \1)+) *$", text):  # "gratis gratis"
            cells = tuple(
                each.span() for each in re.finditer(r"\S+", text[: alike.end()]) if each.start() >= alike.start(1)
            )
            if len(cells) == self.width > 1 and self._like_label(text[: cells[0][0]]):
                return _RowReading(joined, cells[0][0], (cells,))
        found: list[tuple[int, Extents]] = []
        for start in (
            each.start() for each in re.finditer(r"(?<=\S )[A-ZÅÄÖ][a-zåäö]+|(?<=\d )[a-zåäö]+(?= *$)", text)
        ):
            before = _numeric_tail(text[:start])
            after = _numeric_tail(text[start:])
            words = text[start : start + after.start].rstrip()
            small = words.split()[0].lower() in self.blocks.said.small or re.fullmatch(VALUE, words) is not None
            if len(words) > _LONGEST_WORDS or words.endswith(".") or not (before.tokens or small):
                continue
            if before.tokens and text[before.tokens[-1][1] - 1] == ".":
                continue  # the year that a sentence ends in
            if after.tokens and all(_YEAR.match(text[start + a : start + b]) for a, b in after.tokens):
                continue  # a header's years
            label = folded(text[: before.start])
            if not label or not self._like_label(label):
                continue
            ahead = _readings(text[:start], replace(before, empties_after=0)) if before.tokens else [()]
            behind = _readings(text[start:], after) if after.tokens else [()]
            for one in ahead:
                for other in behind:
                    if len(one) + 1 + len(other) == self.width:
                        moved = [cell and (cell[0] + start, cell[1] + start) for cell in other]
                        found.append((before.start, (*one, (start, start + len(words)), *moved)))
        places = {label_end for label_end, _ in found}
        if len(places) != 1:
            return None
        options = _fitting(text, [cells for _, cells in found], self.columns)
        return _RowReading(joined, places.pop(), tuple(options)) if len(options) == 1 else None


@dataclass(frozen=True, slots=True)
class _RowReading:
    """A row and the ways its numbers can be placed; more than one where empty cells left no trace."""

    joined: Joined
    label_end: int | None
    options: tuple[Extents, ...]
    others: tuple[Extents, ...] = ()  # less likely ones
    more: tuple[int, int] | None = None  # where the label goes on under the numbers

    @property
    def whole(self) -> bool:
        """True where the row is read in one way, no cell of it open."""
        return len(self.options) == 1


def _decided(source: str, read: Sequence[_RowReading], columns: Sequence[str]) -> list[Row]:
    """The rows with their numbers placed. Where places are open, the printed sum of each column decides; where it
    can't, the cells stay empty, to be reported rather than guessed."""
    chosen = [row.options[0] if row.whole else None for row in read]
    total = next((n for n in range(len(read) - 1, -1, -1) if _is_total(read[n]) and chosen[n]), None)
    if total is not None and not all(row.whole for row in read[:total]):
        for n, option in _proven(read[: total + 1]).items():
            chosen[n] = read[n].options[option]
    if _is_total(read[-1]) and not chosen[-1] and all(chosen[:-1]):
        chosen[-1] = _summing(read)
    _settle(read, chosen)
    rows = []
    for row, extents in zip(read, chosen, strict=True):
        joined = row.joined
        label = joined.cell(source, 0, len(joined.text) if row.label_end is None else row.label_end)
        if row.more:
            rest = joined.cell(source, *row.more)
            label = Cell(f"{label.text} {rest.text}", label.spans + rest.spans)
        places = extents or (None,) * (len(columns) - 1)
        cells = [joined.cell(source, *extent) if extent else Cell() for extent in places]
        rows.append(Row((label, *cells), joined.spans()))
    return rows


def _settle(read: Sequence[_RowReading], chosen: list[Extents | None]) -> None:
    """Chooses among the less likely ways to place the numbers where a printed sum comes out by just one of them: first
    for the sum itself, then for the rows above it."""
    first = 0
    for n in [n for n, row in enumerate(read) if _is_total(row)]:
        rows = [m for m in range(first, n) if not _is_part(read[m]) and read[m].label_end is not None]
        first = n + 1
        total = chosen[n]
        if len(rows) < 2 or (total and all(chosen[m] for m in rows) and _adds_up(read, chosen, rows, n, total)):
            continue
        if all(chosen[m] for m in rows):
            right = [cells for cells in read[n].others if _adds_up(read, chosen, rows, n, cells)]
            if len(right) == 1:
                chosen[n] = right[0]
                continue
        if total is None:
            continue
        filled = [column for column, cell in enumerate(total) if cell]
        ways = {m: (*read[m].options, *read[m].others) for m in rows}
        values = {m: [tuple(_values(read[m], cells)[c] for c in filled) for cells in ways[m]] for m in rows}
        found = _ways(values, tuple(_values(read[n], total)[c] for c in filled))
        if len(found) == 1:
            for m, option in found[0].items():
                chosen[m] = ways[m][option]


def _is_part(row: _RowReading) -> bool:
    return PART.match(folded(row.joined.text).lower()) is not None


def _adds_up(
    read: Sequence[_RowReading], chosen: Sequence[Extents | None], rows: Sequence[int], n: int, total: Extents
) -> bool:
    """True where what rows have in each column that a sum has a figure in add up to it."""
    values = [_values(read[m], cells) for m in rows if (cells := chosen[m])]
    wanted = _values(read[n], total)
    return all(
        abs(sum(row[column] for row in values) - wanted[column]) <= _OFF for column, cell in enumerate(total) if cell
    )


def _summing(read: Sequence[_RowReading]) -> Extents | None:
    """The one way to place a sum's numbers by which each is that of its column; None where there is none or another."""
    *rows, last = read
    counted = [row for row in rows if not _is_part(row)]
    sums = [sum(column) for column in zip(*(_values(row, row.options[0]) for row in counted), strict=True)]
    right = [
        cells
        for cells in last.options
        if all(not cell or abs(a - b) <= _OFF for cell, a, b in zip(cells, _values(last, cells), sums, strict=True))
    ]
    return right[0] if len(right) == 1 else None


def _proven(read: Sequence[_RowReading]) -> dict[int, int]:
    """The rows whose option is the only one by which the columns add up to the last row, and that option.

    Rows that begin with "varav" are parts and not counted; after a row that ends in "varav:" as many rows are its parts
    as make the sum come out, and they have to add up to it to be decided.
    """
    *rows, last = read
    values = [[_values(row, option) for option in row.options] for row in rows]
    wanted = _values(last, last.options[0])
    labels = [folded(row.joined.text[: row.label_end]).lower() for row in rows]
    counted = [n for n, label in enumerate(labels) if not PART.match(label)]
    whole = next((n for n, label in enumerate(labels) if label.endswith(("varav:", "därav:"))), None)
    if any(not read[n].whole for n in range(len(rows)) if n not in counted):
        return {}
    found: list[dict[int, int]] = []
    for parts in range(1, len(rows) - whole) if whole is not None else (0,):
        inside = [] if whole is None else list(range(whole + 1, whole + 1 + parts))
        tops = _ways({n: values[n] for n in counted if n not in inside}, wanted)
        subs = _ways({n: values[n] for n in inside}, values[whole][0], may_lack=True) if whole is not None else []
        found += [{**top, **sub} for top in tops for sub in subs or [{}]]
    return found[0] if len(found) == 1 else {}


def _ways(
    rows: Mapping[int, Sequence[tuple[Decimal, ...]]], wanted: tuple[Decimal, ...], may_lack: bool = False
) -> list[dict[int, int]]:
    """The choices of one option a row, no more than two of them, that add up to the wanted sums column by column.

    A column that no row fills adds up to nothing, which will do where it `may_lack`.
    """
    sums: dict[tuple[Decimal, ...], list[dict[int, int]]] = {(Decimal(0),) * len(wanted): [{}]}
    for n, options in rows.items():
        after: dict[tuple[Decimal, ...], list[dict[int, int]]] = {}
        for before, ways in sums.items():
            for choice, amounts in enumerate(options):
                summed = tuple(a + b for a, b in zip(before, amounts, strict=True))
                if min(amounts) >= 0 and any(a > b + _OFF for a, b in zip(summed, wanted, strict=True)):
                    continue  # sums of amounts only grow
                known = after.setdefault(summed, [])
                known += [{**way, n: choice} for way in ways[: 2 - len(known)]]
        if len(after) > 20_000:
            return []
        sums = after
    return [
        way
        for summed, ways in sums.items()
        if all(abs(a - b) <= _OFF or (may_lack and not a) for a, b in zip(summed, wanted, strict=True))
        for way in ways
    ][:2]


def _values(row: _RowReading, cells: Extents) -> tuple[Decimal, ...]:
    """The amounts of a reading, 0 for an empty cell."""
    return tuple((number_in(row.joined.text[slice(*cell)]) if cell else None) or Decimal(0) for cell in cells)


def _is_total(row: _RowReading) -> bool:
    return _TOTAL.match(row.joined.text) is not None


def like_label(words: str, texts: int = 0) -> bool:
    """True where words could be a row's label, with the words of `texts` more columns, rather than a sentence or
    numbers."""
    if re.match(r"[-−–]?\d[\d ]*,\d", words):
        return False
    if len(words) >= 90 * (1 + texts) or len(words.split()) >= 12 * (1 + texts):
        return False
    return not re.search(r"[a-zåäö]{2}\.(?! [a-zåäö(])", words)


@lru_cache(maxsize=1024)  # one for every number of columns that a table may have
def _readings(text: str, tail: _Tail) -> tuple[Extents, ...]:
    """Every way to read the tail as cells: neighbouring tokens may be one number with a space in its thousands."""
    found: list[Extents] = []

    def go(n: int, cells: Extents) -> None:
        if len(found) > 400:
            return
        if n == len(tail.tokens):
            found.append(cells + (None,) * tail.empties_after)
            return
        start, end = tail.tokens[n]
        if re.match(r"0\d", text[start:end]):
            return  # "084" is the end of a number
        cells += (None,) * tail.empties[n]
        if text.count("(", start, end) == text.count(")", start, end):
            go(n + 1, (*cells, (start, end)))
        k = n
        while (
            k + 1 < len(tail.tokens)
            and not tail.empties[k + 1]
            and re.fullmatch(r"\(?[-−–+]?\d{1,3}" if k == n else r"\d{3}", text[tail.tokens[k][0] : tail.tokens[k][1]])
            and re.fullmatch(r"\d{3}(?:,\d+)?\)?\*{0,2}", text[tail.tokens[k + 1][0] : tail.tokens[k + 1][1]])
            and text[start] != "0"
        ):
            k += 1
            if text.count("(", start, tail.tokens[k][1]) == text.count(")", start, tail.tokens[k][1]):
                go(k + 1, (*cells, (start, tail.tokens[k][1])))

    go(0, ())
    return tuple(found)


def _placed(readings: Sequence[Extents], width: int) -> list[Extents]:
    """Every way to spread too few numbers over the columns, where the empty cells left no trace."""
    placed = []
    for reading in readings:
        numbers = [extent for extent in reading if extent]
        if len(numbers) < width <= 8:
            for places in itertools.combinations(range(width), len(numbers)):
                cells: list[tuple[int, int] | None] = [None] * width
                for place, extent in zip(places, numbers, strict=True):
                    cells[place] = extent
                placed.append(tuple(cells))
    return placed[:400]


def _fitting(text: str, options: Sequence[Extents], columns: Sequence[str]) -> list[Extents]:
    """The readings that fit best, more than one where nothing tells them apart."""
    strains = [_strain(text, cells, columns) for cells in options]
    broken, spread = min(strains, default=(0, 0.0))
    return [
        cells
        for cells, strain in zip(options, strains, strict=True)
        if strain[0] == broken and strain[1] <= spread + _NEAR
    ]


@lru_cache(maxsize=64)
def _roles(columns: tuple[str, ...]) -> tuple[int | None, ...]:
    """Which columns hold costs, revenue, net, women and men, None for those that aren't there."""
    patterns = (r"^kostnad", r"^intäkt", r"^netto", r"kvinnor|flickor", r"\bmän\b|pojkar")
    return tuple(
        next((n for n, name in enumerate(columns) if re.search(pattern, name.lower())), None) for pattern in patterns
    )


def _strain(text: str, cells: Extents, columns: Sequence[str]) -> tuple[int, float]:
    """How badly a reading fits: broken identities first, then how far the numbers differ in size."""
    values = [number_in(text[slice(*extent)]) if extent else None for extent in cells]
    sizes = [math.log10(float(abs(v)) + 1) for v in values if v is not None]
    mean = sum(sizes) / len(sizes) if sizes else 0.0
    return _broken(values, columns), sum((s - mean) ** 2 for s in sizes)


def _broken(values: Sequence[Decimal | None], columns: Sequence[str]) -> int:
    """How many of the identities that must hold between columns a row's values break."""
    roles = _roles(tuple(columns[1:]))
    cost, revenue, net, women, men = (values[n] if n is not None else None for n in roles)
    broken = 0
    if _balances(columns) and (cost, revenue) != (None, None):
        # A row may lack costs or revenue, but not what is left of them, which may be printed as a deficit.
        left = abs(cost or Decimal(0)) - abs(revenue or Decimal(0))
        balances = net is not None and (abs(left - net) <= _OFF or (net < 0 and abs(left + net) <= _OFF))
        broken += not balances or (cost is None and not revenue)
    if women is not None and men is not None:
        broken += not any(v is not None and abs(v - women - men) <= 1 for v in values)
    return broken


def _balances(columns: Sequence[str]) -> bool:
    """True where columns have costs and what is left of them."""
    cost, _, net, *_ = _roles(tuple(columns[1:]))
    return cost is not None and net is not None

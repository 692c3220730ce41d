"""Rows with words in several columns, told apart by what the cells of a column have in common.

A flattened row is one run of words: "Norra kajen Hamngatan 4, Lervik 72 platser Ada Lind". Nothing says where a cell
ends, but columns are alike from row to row (a street and its number, a count and what is counted, a first name and a
last), cells begin with a capital or a figure, and a capital on a word that the document elsewhere writes small is the
beginning of something. Of all ways to cut the lines after a header into rows and the rows into cells the likeliest is
taken: first by where cells may begin alone, then, a few times over, by how alike the cells of each column became.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.blocks import Blocks, header_again
from ingest.columns import Name, is_title
from ingest.grids import FOOTNOTE
from ingest.ladder import is_rung
from ingest.source import Row
from ingest.typed_headers import Header, share_of_common, wrapped_headers
from ingest.typed_table import FARTHEST, Table
from ingest.typed_words import STARTS
from ingest.values import TOTAL

_LONGEST_ROW = 180  # characters that a block of one may have
_SET_APART = 1.0  # how much more a reading is worth by which all of them are
_FURTHER = 0.8  # how much of what others have in common rows must have that go on where those end
_FEW = 3  # rows, fewer of which tell nothing
_SENTENCES = re.compile(
    r"[a-zåäö%)]{2}\. (?=[A-ZÅÄÖ])|^(?:\S+ ){7,}\S*[a-zåäö]{2}\.$"
)  # two of them, or a long one's end
_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.? [A-ZÅÄÖ]")  # a numbered one
_SECTION = re.compile(r"\d{1,2}\.\d{1,2}\.? [A-ZÅÄÖ]")  # one of more than one level
_NO_FIGURE = re.compile(r"[^\W\d_]{3}|\d{4}-\d\d-\d\d")


def typed_rows(
    blocks: Blocks, header: Header, words: Sequence[str], ends: Callable[[int], bool]
) -> tuple[list[Row], int, float] | None:
    """The rows of cells under a header, the place after them and how much they have in common.

    `words` are the header's words, a string a block; `ends` tells of a place that another table begins there. None
    where there are fewer than three rows, or where they have too little in common.
    """
    places = _places(blocks, header.end, tuple(words), len(header.names), ends)
    names = [name.text for name in header.names]
    best: tuple[list[Row], int, float] | None = None
    if paragraph := _paragraph(blocks, header.end, places):
        table = Table(paragraph, blocks, names)
        found = table.reading(long=False, lone=True, whole=True)
        if found and found[1] > 0.0 and _may_be(rows := table.rows(found[0])):
            best = rows, paragraph[-1] + 1, found[1] + _SET_APART
        for long in () if best else (False, True):  # rows that wrap
            found = table.reading(long, lone=False)
            if found and found[0][-1].end == len(paragraph) and found[1] > max(0.0, best[2] if best else 0.0):
                rows = table.rows(found[0])
                best = (rows, paragraph[-1] + 1, found[1]) if _tell(rows) else best
    if not header.sure:
        places = places[: next((n for n, at in enumerate(places) if not blocks.meant(at, at + 1)), None)]
    before_prose = places[: _prose_at(blocks, places)]
    of_lines = blocks.are_set_apart(header.end - 1, header.end + 2)
    for within in (before_prose, places) if len(before_prose) < len(places) else (places,):
        if len(within) < 3:
            continue
        table = Table(within, blocks, names)
        ways = [(long, lone) for lone in (True, False) if header.sure or lone for long in (False, True)]
        for long, lone in ways:
            found = table.reading(long, lone) if of_lines or not lone else None
            rows = table.rows(found[0]) if found and found[1] > 0.0 else []
            if not found or not rows or not _may_be(rows):
                continue
            further = best is not None and _goes_further(rows, best[0]) and found[1] > _FURTHER * best[2]
            if best is None or further or found[1] > best[2]:
                best = rows, within[found[0][-1].end - 1] + 1, found[1]
    return best


def _goes_further(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    """True where rows are the same as others, but for the last of these, and go on after it."""
    same = len(others) - 1
    return (
        len(rows) >= len(others) + _FEW
        and same >= _FEW
        and [row.cells for row in rows[:same]] == [row.cells for row in others[:same]]
    )


def wrapped_rows(blocks: Blocks, start: int) -> tuple[list[Name], int, list[Row], int, float] | None:
    """The table whose header begins at a place and which fills all lines up to a blank one, its cells one after another
    on a line, but that a cell of several lines has them to itself: its columns' names, the place after its header, its
    rows, the place after them, and how much these have in common. None where none is."""
    end = start
    while (block := blocks.at(end)) is not None and (end == start or not blocks.blank(end)):
        if block.lines[0].listed or len(block.lines) > 1 or is_title(block.words) or end - start > FARTHEST:
            break
        if end > start and blocks.page_before(end) and (_HEADING.match(block.words) or not blocks.meant(end, end + 1)):
            break
        end += 1
    if end - start < 4 or not blocks.are_mostly_meant(start, end - 1):
        return None
    best: tuple[list[Name], int, list[Row], int, float] | None = None
    for names, first in wrapped_headers(blocks, start, end):
        head = tuple(block.words for block in blocks.run(start, first))
        places = _places(blocks, first, head, len(names), lambda at: False)
        places = [place for place in places if place < end]
        if not places or places[-1] != end - 1 or _prose_at(blocks, places) < len(places):
            continue
        table = Table(places, blocks, [name.text for name in names])
        found = table.reading(long=False, lone=False, wrapped=True)
        if not found or found[0][-1].end != len(places) or any(len(cut.cells) < 2 for cut in found[0]):
            continue
        rows = table.rows(found[0])
        worth = found[1] * share_of_common(names, blocks) ** 2
        if _tell(rows) and worth > (best[4] if best else 0.0):
            best = names, first, rows, end, worth
    return best


def _may_be(rows: Sequence[Row]) -> bool:
    """True where rows are not of figures alone, or lack none: nothing here tells which figure a row lacks."""
    return _tell(rows) or not any(map(_lacks_figures, rows))


def _lacks_figures(row: Row) -> bool:
    """True where a row, which is no sum and names no group, lacks some of its cells."""
    cells = [bool(cell.text) for cell in row.cells[1:]]
    return any(cells) and not all(cells) and not TOTAL.match(row.cells[0].text)


def _tell(rows: Sequence[Row]) -> bool:
    """True where rows have words or days in more than the first column: figures alone are told apart by what they add
    up to."""
    columns = list(zip(*([cell.text for cell in row.cells] for row in rows), strict=True))
    return any(2 * sum(_NO_FIGURE.search(text) is not None for text in texts) > len(rows) for texts in columns[1:])


def _paragraph(blocks: Blocks, start: int, places: Sequence[int]) -> Sequence[int]:
    """The places that are rows as far as the lines tell: up to a blank line where none stands under the header, else up
    to the first full line of prose or a numbered heading. None where the lines are not set as rows, or where what comes
    after may be a row too."""
    before, first = blocks.at(start - 1), blocks.at(start)
    if before is None or first is None or not places:
        return []
    if blocks.blank(start):
        full = (n for n, at in enumerate(places) if not blocks.meant(at, at + 1) or _HEADING.match(_words(blocks, at)))
        end = next(full, 0)
        prose = [_words(blocks, at) for at in places[end : end + 2]]
        if not _HEADING.match(prose[0]) and not (len(prose) > 1 and prose[1][:1].islower()):
            return []
    else:
        end = next((n for n, at in enumerate(places[1:], 1) if blocks.blank(at)), len(places))
    if end < 2 or not blocks.are_set_apart(start - 1, places[end - 1]) or _prose_at(blocks, places[:end]) < end:
        return []
    after = places[end - 1] + 1
    if (block := blocks.at(after)) is None or block.lines[0].listed or TOTAL.match(_words(blocks, places[end - 1])):
        return places[:end]  # nothing comes after a sum
    goes_on = blocks.meant(after, after + 1) and STARTS.search(block.words) and not _HEADING.match(block.words)
    return [] if goes_on else places[:end]


def _words(blocks: Blocks, at: int) -> str:
    return blocks.run(at, at + 1)[0].words


def _prose_at(blocks: Blocks, places: Sequence[int]) -> int:
    """How many of the places come before a paragraph of prose: the first words of several sentences, or a sentence's
    end after lines that are as long. A table that has sentences from its first rows on has none."""
    words = [blocks.run(place, place + 1)[0].words for place in places]
    first = next((n for n, each in enumerate(words) if _SENTENCES.search(each)), len(words))
    if first < 3 or (first == len(words)):
        return len(words)
    while first > 3 and len(words[first - 1]) > 0.75 * len(words[first]) and words[first - 1][-1:].islower():
        first -= 1
    return first


def _places(
    blocks: Blocks, start: int, header: tuple[str, ...], columns: int, ends: Callable[[int], bool]
) -> list[int]:
    """The places of the blocks that may belong to a table of so many columns, the header left out where a page repeats
    it."""
    places: list[int] = []
    at = start
    while len(places) < FARTHEST and (block := blocks.at(at)) is not None:
        if again := header_again(blocks, at, header):
            at += again
            continue
        if FOOTNOTE.match(block.words) or is_rung(block.words) or len(block.words) > _LONGEST_ROW or ends(at):
            break
        numbered = _HEADING.match(block.words) and not any(_HEADING.match(_words(blocks, place)) for place in places)
        if numbered and places and 2 * (1 + len(STARTS.findall(_words(blocks, places[-1])))) < columns:
            numbered = False  # the row above it has more cells
        if (
            block.lines[0].listed
            or is_title(block.words)
            or (numbered and len(places) > 2 and (blocks.blank(at) or _SECTION.match(block.words)))
        ):
            break  # a heading
        places.append(at)
        at += 1
    return places
